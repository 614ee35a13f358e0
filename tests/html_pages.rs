//! Every folder of `fixtures/html/`: of `page.html` the article must hold all strings `with` and none of `without`, and
//! title and date must be right.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

use std::fs;
use std::path::Path;

use serde::Deserialize;
use solieu::page::PageRules;
use solieu::rules::RuleSources;
use solieu::source::{Format, RawPage};

#[derive(Deserialize)]
struct Expected {
    title: String,
    published: String,
    with: Vec<String>,
    without: Vec<String>,
}

#[test]
fn articles_of_many_layouts() {
    let rules = PageRules::compile(&RuleSources::builtin()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/html");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let wrong: Vec<String> = cases.iter().flat_map(|case| check(case, &rules)).collect();
    assert!(!cases.is_empty() && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the article of a case.
fn check(case: &Path, rules: &PageRules) -> Vec<String> {
    let expected: Expected = serde_json::from_slice(&fs::read(case.join("expected.json")).unwrap()).unwrap();
    let bytes = fs::read(case.join("page.html")).unwrap();
    let raw = RawPage { format: Format::Html, bytes: bytes.into(), ..RawPage::default() };
    let article = rules.read_raw(&raw);
    let text = article.text.as_str();
    let kept: Vec<&str> =
        article.page.blocks.iter().filter(|b| b.keep).map(|b| &text[b.span.clone()]).collect();
    let kept = kept.join("\n");
    let mut wrong = Vec::new();
    let mut say = |what: String| wrong.push(format!("{}: {what}", case.file_name().unwrap().display()));
    for missing in expected.with.iter().filter(|part| !kept.contains(part.as_str())) {
        say(format!("{missing:?} is missing"));
    }
    for extra in expected.without.iter().filter(|part| kept.contains(part.as_str())) {
        say(format!("{extra:?} is kept"));
    }
    if article.title.as_deref() != Some(&expected.title) {
        say(format!("title {:?}", article.title));
    }
    if article.published.map(|day| day.to_string()) != Some(expected.published) {
        say(format!("published {:?}", article.published));
    }
    wrong
}

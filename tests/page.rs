//! Pages in `fixtures/page/` and what must become of each of their lines.
//!
//! `BLESS=1 cargo test --test page` writes the expectations anew; look at the difference before it is committed.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use solieu::page::{Page, PageRules};
use solieu::rules::RuleSources;
use solieu::text::Text;

fn rules() -> PageRules {
    PageRules::compile(&RuleSources::builtin()).unwrap()
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/page");
    let mut all: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

/// The headline, date and author, the cuts, and a row for each non-blank line.
fn render(text: &str, page: &Page) -> String {
    let part = |span: &Option<std::ops::Range<usize>>| span.clone().map_or("-", |s| &text[s]).to_owned();
    let published = page.published.map_or("-".to_owned(), |date| date.to_string());
    let mut out =
        format!("title\t{}\npublished\t{published}\nauthor\t{}\n", part(&page.title), part(&page.author));
    for cut in &page.cuts {
        writeln!(out, "cut\t{}\t{}", cut.rule, &text[cut.span.clone()]).unwrap();
    }
    for block in &page.blocks {
        let verdict = if block.keep { "keep" } else { "drop" };
        writeln!(out, "{}\t{verdict}\t{:?}\t{}", block.line, block.role, block.rule).unwrap();
    }
    out
}

#[test]
fn fixtures_are_judged_as_expected() {
    let rules = rules();
    for dir in fixtures() {
        let bytes = std::fs::read(dir.join("input.txt")).unwrap();
        let text = Text::read(&bytes);
        let got = render(text.as_str(), &rules.read(text.as_str()));
        let path = dir.join("expected.tsv");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &got).unwrap();
        }
        let want = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(got, want, "{}", dir.display());
    }
}

#[test]
fn blocks_cover_every_non_blank_line_in_order() {
    let rules = rules();
    for dir in fixtures() {
        let text = std::fs::read_to_string(dir.join("input.txt")).unwrap();
        let page = rules.read(&text);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let blocks: Vec<&str> = page.blocks.iter().map(|block| &text[block.span.clone()]).collect();
        assert_eq!(blocks, lines);
    }
}

#[test]
fn odd_pages_do_no_harm() {
    let rules = rules();
    let long_word = "ềạọ".repeat(200_000);
    let brackets = "【a】".repeat(50_000);
    let open = "【".repeat(50_000);
    let bullets = "- ·x\n".repeat(50_000);
    let mixed = "Một câu văn bình thường của bài viết này, dài vừa phải.\nTin liên quan\n".repeat(5_000);
    for text in ["", "\n\n", " ", "\u{feff}", ".", "1", &long_word, &brackets, &open, &bullets, &mixed] {
        let page = rules.read(text);
        assert!(page.blocks.iter().all(|block| text.is_char_boundary(block.span.start)));
        assert!(page.cuts.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}

//! Weights of whom values are of and what they measure, from outside: fitted, used, and shown.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use common::solieu;

fn at_root(args: &[&str]) -> Output {
    solieu(args, Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn words(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The percentage behind these words.
fn share(said: &str, what: &str) -> f64 {
    said.split(what).nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap()
}

/// Fits weights to the project's own pages and uses them: `file` under the folder of rules. What was written.
fn fitted(of: &str, file: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let fit = ["rules", "fit", "--of", of, "fixtures/gold/seeds", "fixtures/gold/articles", "-o"];
    let fitted = at_root(&[&fit[..], &[file.to_str().unwrap()]].concat());
    assert!(fitted.status.success() && fitted.stdout.is_empty());
    let said = words(fitted.stderr);
    assert!(said.contains(" values, ") && said.contains("fitted to the other pages"), "{said}");
    assert!(share(&said, "by these ") > 80.0, "{said}");
    let rules = dir.path().to_str().unwrap();
    assert!(at_root(&["rules", "check", "--rules", rules]).status.success());
    assert!(at_root(&["extract", "-q", "seeds", "--rules", rules]).status.success());
    fs::read_to_string(&file).unwrap()
}

#[test]
fn weights_of_entities_that_are_fitted_are_a_rule_file_and_the_same_each_time() {
    let weights = fitted("entities", "entities/weights.toml");
    assert!(weights.contains("\n    \"role=owner "), "what every page has got no row");
    let again = at_root(&["rules", "fit", "fixtures/gold/seeds", "fixtures/gold/articles"]);
    assert!(again.status.success() && words(again.stdout) == weights);
}

#[test]
fn weights_of_metrics_that_are_fitted_are_a_rule_file() {
    let weights = fitted("metrics", "metric-weights.toml");
    assert!(weights.contains("\n    \"first-class=head "), "what every page has got no row");
}

#[test]
fn adapting_keeps_what_is_known_and_changes_a_little() {
    let fit = ["rules", "fit", "--adapt", "fixtures/gold/seeds", "fixtures/gold/articles"];
    let fitted = at_root(&fit);
    let said = words(fitted.stderr);
    let weights = words(fitted.stdout);
    let built_in = fs::read_to_string("rules/entities/weights.toml").unwrap();
    let known = |text: &str| -> Vec<String> {
        let rows = text.split("\nrows = [\n").nth(1).unwrap().lines().take_while(|row| *row != "]");
        rows.map(|row| row.rsplit_once(' ').map_or("", |(known, _)| known).to_owned()).collect()
    };
    assert!(known(&weights) == known(&built_in), "other values have rows");
    assert!(share(&said, "by these ") >= share(&said, "present weights "), "{said}");
    // So few pages must not spoil what many taught.
    let rules = tempfile::tempdir().unwrap();
    fs::create_dir(rules.path().join("entities")).unwrap();
    fs::write(rules.path().join("entities/weights.toml"), &weights).unwrap();
    assert!(at_root(&["rules", "test", "--rules", rules.path().to_str().unwrap()]).status.success());
    assert!(words(at_root(&fit).stdout) == weights, "another run gave others");
}

#[test]
fn pages_that_nobody_annotated_are_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), "Xã có 42 trạm.\n").unwrap();
    let fitted = at_root(&["rules", "fit", dir.path().to_str().unwrap()]);
    assert_eq!(fitted.status.code(), Some(2));
    let said = words(fitted.stderr);
    assert!(said.contains("no annotated facts (NAME.jsonl)"), "{said}");
    assert!(said.contains(dir.path().to_str().unwrap()), "{said}");
}

#[test]
fn candidates_are_shown_best_first() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("page.txt");
    fs::write(&page, "Tỉnh Quảng Hà lớn hơn\nTỉnh Quảng Hà có 42 xã, còn huyện Bình Lư có 7 xã.\n").unwrap();
    let page = page.to_str().unwrap();
    let shown = words(at_root(&["explain", "--candidates", page]).stdout);
    let shares: Vec<(u32, &str)> = shown
        .lines()
        .filter_map(|line| line.split_once(" % "))
        .map(|(share, rest)| {
            let share = share.rsplit_once(' ').map_or(share, |(_, share)| share);
            (share.parse().unwrap(), rest.split_once(' ').map_or(rest, |(_, text)| text.trim()))
        })
        .collect();
    let best = |first: &str| shares.iter().position(|(share, text)| *share > 40 && *text == first);
    assert!(best("Tỉnh Quảng Hà") < best("huyện Bình Lư"), "{shown}");
    assert!(best("Tỉnh Quảng Hà").is_some(), "{shown}");
    assert!(best("xã").is_some(), "{shown}");
    assert!(shares.iter().any(|(_, text)| *text == "nobody"), "{shown}");
    assert!(shares.iter().any(|(_, text)| *text == "nothing"), "{shown}");
    assert!(!words(at_root(&["explain", page]).stdout).contains(" % "));
}

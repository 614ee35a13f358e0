//! Scores the binary on the project's own annotated pages (`fixtures/gold/README.md`) and holds it to floors.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

mod common;

use std::path::Path;

use common::printed;
use serde_json::Value;

/// What each set must reach; a measure that is not named is only printed.
const FLOORS: &[(&str, f64)] = &[
    ("precision", 0.97),
    ("recall", 0.97),
    ("lines_f1", 0.98),
    ("unit", 0.96),
    ("per", 0.95),
    ("qual", 0.96),
    ("dir", 0.96),
    ("delta", 0.96),
    ("status", 0.94),
    ("time", 0.95),
    ("metric", 0.88),
    ("entity", 0.85),
];

#[test]
fn seeds_hold_their_floors() {
    check("fixtures/gold/seeds", "seeds");
}

#[test]
fn articles_hold_their_floors() {
    check("fixtures/gold/articles", "fixtures/gold/articles");
}

fn check(gold: &str, texts: &str) {
    let work = tempfile::tempdir().unwrap();
    let [facts, lines] = ["facts.jsonl", "lines.jsonl"].map(|name| work.path().join(name));
    let pages = format!("{texts}/*.txt");
    std::fs::write(&facts, printed(&["extract", &pages], Path::new("."))).unwrap();
    std::fs::write(&lines, printed(&["strip", "--json", &pages], Path::new("."))).unwrap();
    let [facts, lines] = [&facts, &lines].map(|path| path.to_str().unwrap());
    let args = ["score", gold, facts, "--text-dir", texts, "--lines", lines];
    println!("{}", printed(&[&args[..], &["--errors"]].concat(), Path::new(".")));
    let score: Value =
        serde_json::from_str(&printed(&[&args[..], &["--format", "json"]].concat(), Path::new("."))).unwrap();
    for (measure, floor) in FLOORS {
        let got = score[measure].as_f64().unwrap_or(0.0);
        assert!(got >= *floor, "{gold}: {measure} is {got}, the floor is {floor}");
    }
}

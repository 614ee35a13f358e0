//! Scores the binary on the project's own annotated pages (`fixtures/gold/README.md`) and holds it to floors.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

use std::process::Command;

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
    std::fs::write(&facts, solieu(&["extract", &pages])).unwrap();
    std::fs::write(&lines, solieu(&["strip", "--json", &pages])).unwrap();
    let [facts, lines] = [&facts, &lines].map(|path| path.to_str().unwrap());
    let args = ["score", gold, facts, "--text-dir", texts, "--lines", lines];
    println!("{}", solieu(&[&args[..], &["--errors"]].concat()));
    let score: Value = serde_json::from_str(&solieu(&[&args[..], &["--format", "json"]].concat())).unwrap();
    for (measure, floor) in FLOORS {
        let got = score[measure].as_f64().unwrap_or(0.0);
        assert!(got >= *floor, "{gold}: {measure} is {got}, the floor is {floor}");
    }
}

fn solieu(args: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_solieu")).args(args).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

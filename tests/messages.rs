//! What the program answers where a command cannot be what was meant, and what it says that it left out.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

fn solieu(args: &str, dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_solieu")).args(args.split(' ')).current_dir(dir).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs the command, which ends with that status and says that.
fn says(args: &str, dir: &Path, status: i32, message: &str) {
    let done = solieu(args, dir);
    assert_eq!(done.status.code(), Some(status), "{args}: {}", said(&done));
    assert!(said(&done).contains(message), "{args}: {}", said(&done));
}

/// A folder with a page, its facts, records without dates, and a line of a decision.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("page.txt", PAGE);
    write(
        "records.jsonl",
        &format!("{}\n", serde_json::json!({ "text": PAGE, "link": "u", "day": "2020-01-01" })),
    );
    assert_eq!(solieu("extract page.txt -q -o facts.jsonl", dir.path()).status.code(), Some(0));
    let fact: serde_json::Value = serde_json::from_slice(
        fs::read(dir.path().join("facts.jsonl")).unwrap().split(|&b| b == b'\n').next().unwrap(),
    )
    .unwrap();
    let decision = serde_json::json!({
        "at": "2026-01-01T00:00:00Z", "by": "An", "fact": fact["id"], "of": "", "verdict": "reject"
    });
    write("decisions.jsonl", &format!("{decision}\n"));
    dir
}

#[test]
fn a_decision_that_was_cut_off_is_told_and_passed_over() {
    let dir = folder();
    let path = dir.path().join("decisions.jsonl");
    fs::File::options()
        .append(true)
        .open(&path)
        .unwrap()
        .write_all(b"{\"at\":\"2026-01-02T00:00:00Z\",\"by\"")
        .unwrap();
    let told = "decisions.jsonl: line 2: was cut off; it was never confirmed";
    for args in [
        "extract page.txt --decisions decisions.jsonl -o out.jsonl",
        "load facts.jsonl --decisions decisions.jsonl --to jsonl:out.jsonl",
    ] {
        says(args, dir.path(), 0, told);
        assert!(dir.path().join("out.jsonl").exists(), "{args}");
        fs::remove_file(dir.path().join("out.jsonl")).unwrap();
    }
    // Any other may have rejected a fact.
    fs::write(&path, "{\"at\":\n{\"at\"").unwrap();
    says("extract page.txt --decisions decisions.jsonl", dir.path(), 2, "a line is no decision");
}

#[test]
fn a_facts_file_as_decisions_is_told_in_a_few_lines() {
    let dir = folder();
    let line = fs::read_to_string(dir.path().join("facts.jsonl")).unwrap();
    fs::write(dir.path().join("many.jsonl"), line.repeat(1000)).unwrap();
    let done = solieu("extract page.txt --decisions many.jsonl", dir.path());
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).lines().count() < 10, "{}", said(&done));
    assert!(said(&done).contains("none of its 2000 lines is a decision"), "{}", said(&done));
    assert!(said(&done).contains("and 1995 more"), "{}", said(&done));
}

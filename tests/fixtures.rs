//! Every folder of `fixtures/cases/`: `page.txt` must give the records of `facts.jsonl`, whole, and their citations must
//! hold. With `BLESS=1` in the environment, `facts.jsonl` is written instead of compared.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::solieu;

#[test]
fn every_case_gives_its_records() {
    let bless = std::env::var_os("BLESS").is_some();
    let differing: Vec<String> = cases().iter().filter_map(|case| differs(case, bless)).collect();
    assert!(differing.is_empty(), "{}\n(BLESS=1 accepts what the program gives)", differing.join("\n"));
    for case in cases() {
        verify(&case);
    }
}

fn verify(case: &Path) {
    let done = solieu(&["verify", "facts.jsonl"], case);
    assert!(done.status.success(), "{}: {}", case.display(), String::from_utf8_lossy(&done.stdout));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// The first lines that are not as expected; none where all are, or were blessed.
fn differs(case: &Path, bless: bool) -> Option<String> {
    let done = solieu(&["extract", "page.txt"], case);
    assert!(done.status.success(), "{}: {}", case.display(), String::from_utf8_lossy(&done.stderr));
    let got = String::from_utf8(done.stdout).unwrap();
    let expected = case.join("facts.jsonl");
    if bless {
        fs::write(expected, got).unwrap();
        return None;
    }
    let want = fs::read_to_string(expected).unwrap();
    let (mut got, mut want) = (got.lines(), want.lines());
    loop {
        match (got.next(), want.next()) {
            (None, None) => return None,
            (got, want) if got == want => {}
            (got, want) => {
                let [got, want] = [got, want].map(|line| line.unwrap_or("nothing"));
                return Some(format!("{}:\n  want {want}\n  got  {got}", case.display()));
            }
        }
    }
}

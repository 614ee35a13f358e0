//! Pages in Parquet files that pyarrow wrote (`tests/data/make_pages_parquet.py`), whole and damaged.

#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::solieu;
use serde_json::Value;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn facts(path: &Path, more: &[&str]) -> (Option<i32>, Vec<Value>) {
    let run = solieu(&[&["extract", "--quiet", path.to_str().unwrap()], more].concat(), Path::new("."));
    let lines = String::from_utf8(run.stdout).unwrap();
    (run.status.code(), lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn records(facts: &[Value]) -> BTreeSet<String> {
    facts.iter().map(|fact| fact["source"]["record"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_codec_gives_the_same_pages_and_citations_that_verify() {
    let dir = tempfile::tempdir().unwrap();
    for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"] {
        let path = data(&format!("pages-{codec}.parquet"));
        let (status, facts) = facts(&path, &[]);
        assert_eq!((status, facts.len()), (Some(0), 44), "{codec}");
        // The sixth row has no text.
        assert_eq!(records(&facts).len(), 11, "{codec}");
        let source = &facts[4]["source"];
        assert_eq!(source["record"], "p1");
        assert_eq!(source["uri"], "https://bao.example/1");
        assert_eq!(source["published"], "2020-05-06", "the day in Vietnam");
        let file = dir.path().join("facts.jsonl");
        let run = solieu(&["extract", path.to_str().unwrap(), "-o", file.to_str().unwrap()], Path::new("."));
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.success() && said.ends_with(", 1 record without text, 0 problems\n"), "{said}");
        let verified = solieu(&["verify", file.to_str().unwrap()], Path::new("."));
        assert!(verified.status.success(), "{codec}: {}", String::from_utf8_lossy(&verified.stdout));
    }
}

#[test]
fn html_in_a_column_of_bytes() {
    let (status, facts) = facts(&data("pages-html.parquet"), &[]);
    assert_eq!((status, facts.len()), (Some(0), 12));
    let source = &facts[0]["source"];
    assert_eq!((&source["record"], &source["title"]), (&"1".into(), &"Trang 0".into()));
    assert_eq!(source.get("published"), None, "the day of a crawl");
}

#[test]
fn columns_can_be_named() {
    let path = data("pages-snappy.parquet");
    let (status, named) = facts(&path, &["--text-field", "url", "--date-field", "text"]);
    assert_eq!((status, named.len()), (Some(0), 0));
    let (status, none) = facts(&path, &["--text-field", "tokens"]);
    assert_eq!((status, none.len()), (Some(1), 0), "no column of strings");
}

#[test]
fn within_other_archives() {
    let dir = tempfile::tempdir().unwrap();
    let packed = dir.path().join("a.gz");
    let bytes = zstd::encode_all(fs::File::open(data("pages-snappy.parquet")).unwrap(), 3).unwrap();
    fs::write(&packed, bytes).unwrap();
    let (status, facts) = facts(&packed, &[]);
    assert_eq!((status, facts.len()), (Some(0), 44));
}

/// The library panics where a page of codes stands before its dictionary.
#[test]
fn what_the_library_panics_on_is_a_problem_like_others() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.parquet");
    let mut bytes = fs::read(data("pages-none.parquet")).unwrap();
    assert_eq!(std::mem::replace(&mut bytes[5881], 166), 38);
    fs::write(&path, bytes).unwrap();
    let run = solieu(&["extract", path.to_str().unwrap()], Path::new("."));
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("it is broken") && !said.contains("panicked"), "{said}");
}

#[test]
fn damage_costs_no_more_than_a_row_group() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.parquet");
    for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"] {
        let whole = fs::read(data(&format!("pages-{codec}.parquet"))).unwrap();
        let groups: Vec<BTreeSet<String>> =
            [0..5, 6..10, 10..12].into_iter().map(|rows| rows.map(|i| format!("p{i}")).collect()).collect();
        let footer =
            whole.len() - 8 - u32::from_le_bytes(whole[whole.len() - 8..][..4].try_into().unwrap()) as usize;
        for at in (4..whole.len()).step_by(211) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            fs::write(&path, bytes).unwrap();
            let run = solieu(&["extract", path.to_str().unwrap()], Path::new("."));
            assert!(matches!(run.status.code(), Some(0 | 1)), "{codec}, {at}: {:?}", run.status);
            if at < footer {
                let lines = String::from_utf8(run.stdout).unwrap();
                let facts: Vec<Value> =
                    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                let left = records(&facts);
                // An id that is broken is one that is not known.
                let whole = groups.iter().filter(|group| group.is_subset(&left)).count();
                assert!(whole >= 2, "{codec}, {at}: {left:?} {}", String::from_utf8_lossy(&run.stderr));
            }
        }
        for cut in [0, 4, 100, footer, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).unwrap();
            let run = solieu(&["extract", path.to_str().unwrap()], Path::new("."));
            assert!(matches!(run.status.code(), Some(0 | 1)), "{codec}, cut at {cut}: {:?}", run.status);
        }
    }
}

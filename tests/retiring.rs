//! What `--retire` takes out, and when it takes out nothing; one page is one page however it is named.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;

use common::answer;
use tempfile::TempDir;

/// Two folders of a page each, whose facts are in `facts.db`; the page in `a` has changed since.
fn loaded() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        fs::create_dir(dir.path().join(name)).unwrap();
        let text = format!("Xã {name} có 1.250 hộ thoát nghèo.\nTỷ lệ hộ nghèo của xã {name} còn 12,5%.\n");
        fs::write(dir.path().join(name).join("tin.txt"), text).unwrap();
    }
    let (status, said) = answer(&["extract", "a", "b", "--to", "sqlite:facts.db"], dir.path());
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("sqlite:facts.db: 4 facts added, 0 changed, 0 as they were, 0 retired"), "{said}");
    fs::write(dir.path().join("a/tin.txt"), "Xã a có 1.250 hộ thoát nghèo.\n").unwrap();
    dir
}

fn current(dir: &TempDir) -> usize {
    let mut count = 0;
    let url = format!("sqlite:{}", dir.path().join("facts.db").display());
    solieu::sink::facts(&url, &mut |_| count += 1).unwrap();
    count
}

fn retire(dir: &TempDir, args: &[&str]) -> (Option<i32>, String) {
    answer(&[&["extract", "--to", "sqlite:facts.db", "--retire"], args].concat(), dir.path())
}

#[test]
fn what_a_run_no_longer_finds_is_retired_and_counted() {
    let dir = loaded();
    let (status, said) = retire(&dir, &["./a/", "b"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("facts.db: 0 facts added, 1 changed, 2 as they were, 1 retired"), "{said}");
    assert_eq!(current(&dir), 3);
}

#[test]
fn a_run_that_did_not_read_everything_retires_nothing() {
    let dir = loaded();
    fs::create_dir(dir.path().join("empty")).unwrap();
    // A member of gzip that ends too early.
    fs::write(dir.path().join("torn.txt.gz"), b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x4B\x4C").unwrap();
    fs::write(dir.path().join("cut.txt"), "").unwrap();
    fs::write(dir.path().join("cut.txt.gz"), "").unwrap();
    for inputs in [
        &["a", "b", "empty"][..],
        &["a", "b", "missing"],
        &["a", "b", "torn.txt.gz"],
        &["a", "b", "cut.txt"],
        &["a", "b", "cut.txt.gz"],
        &["a", "b", "-"],
        &["empty"],
        &["*.gz2"],
    ] {
        let (status, said) = retire(&dir, inputs);
        assert_eq!(status, Some(1), "{inputs:?}: {said}");
        let untouched = said.contains(" 0 retired") || said.contains("facts.db is left as it was");
        assert!(said.contains("nothing was retired: ") && untouched, "{inputs:?}: {said}");
        assert_eq!(current(&dir), 4, "{inputs:?}");
    }
    fs::write(dir.path().join("none.jsonl"), "\n").unwrap();
    let (status, said) = answer(&["load", "none.jsonl", "--to", "sqlite:facts.db", "--retire"], dir.path());
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("nothing was retired: there are no facts in none.jsonl"), "{said}");
    assert_eq!(current(&dir), 4);
}

#[test]
fn a_complete_run_says_that_it_retires_nothing() {
    let dir = loaded();
    let run = ["a", "b", "--to=sqlite:facts.db", "--resume"];
    assert_eq!(answer(&[&["extract"][..], &run].concat(), dir.path()).0, Some(0));
    let (status, said) = answer(&[&["extract"][..], &run, &["--retire"]].concat(), dir.path());
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("complete already; the same command without --resume"), "{said}");
    assert_eq!(current(&dir), 4);
}

#[test]
fn a_folder_is_retired_however_its_path_is_written_if_it_is_read() {
    for (prefix, retired) in [("a", 1), ("./a//", 1), ("./", 1), ("b/", 0)] {
        let dir = loaded();
        let option = format!("--retire={prefix}");
        let (status, said) = answer(&["extract", "a", "b", "--to", "sqlite:facts.db", &option], dir.path());
        assert_eq!((status, current(&dir)), (Some(0), 4 - retired), "{prefix}: {said}");
    }
    let dir = loaded();
    let (status, said) = answer(&["extract", "a", "--to", "sqlite:facts.db", "--retire=b/"], dir.path());
    assert_eq!((status, current(&dir)), (Some(2), 4), "{said}");
}

#[test]
fn options_that_leave_out_pages_do_not_go_with_retiring() {
    let dir = loaded();
    for options in [
        "--select=a/*",
        "--exclude=b/*",
        "--limit=1",
        "--sample=0.5",
        "--since=2020-01-01",
        "--seen=seen",
        "--published-after=2020-01-01",
        "--published-before=2020-01-01",
        "--dedup",
    ] {
        let (status, said) = retire(&dir, &["a", "b", options]);
        assert_eq!(status, Some(2), "{options}: {said}");
        assert!(said.contains("--retire with ") && said.contains(&options[..6]), "{options}: {said}");
        assert_eq!(current(&dir), 4, "{options}");
    }
    let (status, said) = retire(&dir, &["a", "b", "--dedup=mark"]);
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn a_page_keeps_its_facts_however_its_path_is_written() {
    let dir = loaded();
    fs::write(dir.path().join("list"), "./a/\n").unwrap();
    for paths in [
        &["b"][..],
        &["./b/"],
        &["b//tin.txt"],
        &["././b/*.txt"],
        &["--files-from=list", "b", "--select=./b/*"],
    ] {
        let (status, said) = answer(&[&["extract", "--to", "sqlite:facts.db"], paths].concat(), dir.path());
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("0 facts added, 0 changed, 2 as they were"), "{paths:?}: {said}");
    }
}

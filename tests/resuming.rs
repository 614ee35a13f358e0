//! `--resume` goes on with the run that was interrupted, and with no other; and what is kept of a finished run.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use common::{PAGE, answer};

/// A folder with so many pages in `pages`.
fn folder(pages: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pages")).unwrap();
    (0..pages).for_each(|n| add(dir.path(), n));
    dir
}

fn add(dir: &Path, n: usize) {
    fs::write(dir.join(format!("pages/{n:04}.txt")), PAGE.replace("240", &(n + 2).to_string())).unwrap();
}

fn refused(args: &str, dir: &Path, why: &str) {
    let (status, said) = answer(args, dir);
    assert_eq!(status, Some(2), "{args}: {said}");
    assert!(said.contains("cannot go on") && said.contains(why), "{args}: {said}");
    assert!(said.contains("without --resume"), "{args}: {said}");
}

#[test]
fn another_file_is_no_finished_run() {
    let dir = folder(2);
    for to in ["-o out", "--to jsonl:out", "--to csv:out", "-o out --to csv:other"] {
        fs::write(dir.path().join("out"), "hello\n").unwrap();
        let command = format!("extract pages {to} --resume");
        refused(&command, dir.path(), "no run that is complete is known");
        assert_eq!(fs::read(dir.path().join("out")).unwrap(), b"hello\n", "{to}");
        assert_eq!(answer(&format!("extract pages {to}"), dir.path()).0, Some(0), "{to}");
        let (status, said) = answer(&command, dir.path());
        assert_eq!(status, Some(0), "{to}: {said}");
        assert!(said.contains("complete already") && said.contains("4 facts from 2 pages"), "{said}");
        fs::write(dir.path().join("out"), "hello\n").unwrap();
        refused(&command, dir.path(), "no run that is complete is known");
        // Who takes the file away has it written again.
        fs::remove_file(dir.path().join("out")).unwrap();
        assert_eq!(answer(&command, dir.path()).0, Some(0), "{to}");
        assert!(dir.path().join("out").exists(), "{to}");
        for name in ["out.journal", "other", "other.journal"] {
            let _ = fs::remove_file(dir.path().join(name));
        }
    }
}

#[test]
fn another_run_is_not_taken_for_the_finished_one() {
    let dir = folder(2);
    fs::create_dir(dir.path().join("rules")).unwrap();
    fs::write(dir.path().join("rules/own.toml"), "").unwrap();
    for to in ["-o out.jsonl.zst", "--to csv:out.csv"] {
        assert_eq!(answer(&format!("extract pages {to}"), dir.path()).0, Some(0));
        for (other, part) in [
            ("extract pages/0000.txt", "inputs"),
            ("extract pages --encoding utf-8", "options"),
            ("extract pages --limit 1", "options"),
            ("extract pages/0000.txt --limit 1 --rules rules", "inputs and options and rules"),
        ] {
            let why = format!("the run that wrote it had other {part};");
            refused(&format!("{other} {to} --resume"), dir.path(), &why);
        }
    }
}

#[test]
fn a_file_is_not_gone_on_with_where_the_input_changed() {
    let dir = folder(2);
    let command = "extract pages -o out.jsonl --resume";
    assert_eq!(answer(command, dir.path()).0, Some(0));
    let whole = fs::read(dir.path().join("out.jsonl")).unwrap();
    let page = fs::File::options().append(true).open(dir.path().join("pages/0001.txt")).unwrap();
    let earlier = page.metadata().unwrap().modified().unwrap();
    page.set_modified(earlier + Duration::from_secs(1)).unwrap();
    refused(command, dir.path(), "some were changed or renamed since");
    page.set_modified(earlier).unwrap();
    assert_eq!(answer(command, dir.path()).0, Some(0));
    add(dir.path(), 2);
    refused(command, dir.path(), "2 files of");
    refused(command, dir.path(), "3 files of");
    assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), whole);
    assert_eq!(answer("extract pages -o out.jsonl", dir.path()).0, Some(0));
    assert!(answer(command, dir.path()).1.contains("6 facts from 3 pages"));
}

/// An interrupted run, too: its list of files has changed.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_is_not_gone_on_with_where_the_input_changed() {
    let dir = folder(3);
    let interrupted = "extract pages -o out.jsonl --to jsonl:/dev/full";
    assert_eq!(answer(interrupted, dir.path()).0, Some(3));
    assert!(dir.path().join("out.jsonl.part").exists());
    let command = "extract pages -o out.jsonl --resume";
    fs::remove_file(dir.path().join("pages/0000.txt")).unwrap();
    refused(command, dir.path(), "the interrupted run read other files: 3 files of");
    add(dir.path(), 0);
    refused(command, dir.path(), "the interrupted run read other files");
    assert_eq!(answer("extract pages -o out.jsonl", dir.path()).0, Some(0));
    assert_eq!(answer(command, dir.path()).0, Some(0));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_gets_the_pages_that_came_since() {
    let dir = folder(2);
    let command = "extract pages --to sqlite:facts.db --resume";
    let count = || {
        let database = rusqlite::Connection::open(dir.path().join("facts.db")).unwrap();
        database.query_row("SELECT count(*) FROM facts", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(answer(command, dir.path()).0, Some(0));
    assert!(answer(command, dir.path()).1.contains("complete already"));
    add(dir.path(), 2);
    let (status, said) = answer(command, dir.path());
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("2 files of") && said.contains("3 files of"), "{said}");
    assert!(said.contains("2 facts added, 0 changed, 4 as they were"), "{said}");
    assert_eq!(count(), 6);
    assert!(answer(command, dir.path()).1.contains("complete already"));
}

#[test]
fn a_finished_run_has_the_problems_that_it_had() {
    let dir = folder(2);
    fs::write(dir.path().join("pages/broken.jsonl"), "{\"text\": \"Có 7 trạm.\"}\n{\"text\": \"Có\n")
        .unwrap();
    let mut all = vec!["-o out.jsonl", "--to csv:out.csv", "-o a.jsonl --to csv:a.csv"];
    if cfg!(feature = "sqlite") {
        all.push("--to sqlite:facts.db");
        all.push("--to sqlite:b.db -o b.jsonl");
    }
    for to in all {
        let command = format!("extract pages {to} --resume");
        assert_eq!(answer(&command, dir.path()).0, Some(1), "{to}");
        let (status, said) = answer(&command, dir.path());
        assert_eq!(status, Some(1), "{to}: {said}");
        assert!(said.contains("complete already") && said.contains("1 problem"), "{to}: {said}");
    }
}

/// What the run writes below its input is no change of the input.
#[test]
fn outputs_among_the_pages_are_no_input() {
    let dir = folder(2);
    let command = "extract pages -o pages/out.jsonl --problems pages/bad.jsonl --resume";
    for said in ["4 facts", "complete already"] {
        let (status, told) = answer(command, dir.path());
        assert!(status == Some(0) && told.contains(said), "{told}");
    }
    let before = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    let page = fs::File::options().append(true).open(dir.path().join("pages/0001.txt")).unwrap();
    page.set_modified(before).unwrap();
    refused(command, dir.path(), "read other files");
}

#[test]
fn where_a_run_goes_on_is_told() {
    let dir = folder(2);
    let at = |name: &str| dir.path().join(name);
    let command = "extract pages -o out.jsonl --resume";
    assert!(answer(command, dir.path()).1.contains("beginning anew"));
    let interrupt = || {
        fs::rename(at("out.jsonl"), at("out.jsonl.part")).unwrap();
        let journal = fs::read_to_string(at("out.jsonl.journal")).unwrap();
        fs::write(at("out.jsonl.journal"), journal.replace("\"complete\":true", "\"complete\":false"))
            .unwrap();
    };
    interrupt();
    let (status, said) = answer(command, dir.path());
    assert!(status == Some(0) && said.contains("going on behind 4 facts from 2 pages ("), "{said}");
    interrupt();
    assert_eq!(answer(&format!("{command} -q"), dir.path()), (Some(0), String::new()));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_finished_run_says_what_it_read() {
    let dir = folder(2);
    assert_eq!(answer("extract pages --to sqlite:facts.db", dir.path()).0, Some(0));
    let database = rusqlite::Connection::open(dir.path().join("facts.db")).unwrap();
    let progress: String = database.query_row("SELECT progress FROM runs", [], |row| row.get(0)).unwrap();
    let progress: serde_json::Value = serde_json::from_str(&progress).unwrap();
    let counts = ["pages", "facts"].map(|count| progress["summary"][count].as_u64().unwrap());
    let state = (progress["complete"].as_bool(), progress["units"].as_u64(), counts);
    assert_eq!(state, (Some(true), Some(1), [2, 4]));
}

//! What a run writes is never what it reads, is no two things in one place, and leaves an earlier file where no page could be
//! read.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;

use common::{PAGE, answer};

/// A folder with the pages `crawl/01.txt` and `crawl/02.txt` and facts of them.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("crawl")).unwrap();
    for name in ["01.txt", "02.txt"] {
        fs::write(dir.path().join("crawl").join(name), PAGE).unwrap();
    }
    assert_eq!(answer("extract crawl -q -o facts.jsonl", dir.path()).0, Some(0));
    dir
}

#[test]
fn what_is_read_is_not_overwritten() {
    let dir = folder();
    let at = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    let facts = at("facts.jsonl");
    fs::write(dir.path().join("list"), "crawl/01.txt\n").unwrap();
    let mut commands = vec![
        "extract crawl/ -o crawl/01.txt",
        "extract crawl/*.txt -o crawl/01.txt",
        "extract crawl/01.txt -o crawl/../crawl/01.txt",
        "extract --files-from list -o crawl/01.txt",
        "extract --files-from list -o list",
        "extract crawl --to csv:crawl/01.txt",
        "extract crawl --to jsonl:crawl/01.txt",
        "extract crawl -o out.jsonl --problems crawl/02.txt",
        "extract crawl/01.txt --problems crawl/01.txt",
        "extract facts.jsonl -o facts.jsonl",
        "load facts.jsonl --to csv:facts.jsonl",
        "load jsonl:facts.jsonl --to jsonl:crawl/../facts.jsonl",
        "report facts.jsonl -o ./facts.jsonl",
    ];
    if cfg!(unix) {
        std::os::unix::fs::symlink("crawl", dir.path().join("link")).unwrap();
        commands.push("extract crawl -o link/01.txt");
    }
    for command in commands {
        let (status, said) = answer(command, dir.path());
        assert_eq!(status, Some(2), "{command}: {said}");
        assert!(said.contains("is also read"), "{command}: {said}");
        assert_eq!((at("crawl/01.txt").as_str(), at("crawl/02.txt").as_str()), (PAGE, PAGE), "{command}");
        assert_eq!((at("facts.jsonl"), at("list").as_str()), (facts.clone(), "crawl/01.txt\n"), "{command}");
    }
}

/// Nor does it become a page.
#[test]
fn an_output_among_the_pages_may_be_written_again() {
    let dir = folder();
    for to in ["-o crawl/out.jsonl --problems crawl/bad.jsonl", "--to csv:crawl/out.csv.gz"] {
        for _ in 0..2 {
            let (status, said) = answer(&format!("extract crawl {to}"), dir.path());
            assert_eq!(status, Some(0), "{to}: {said}");
            assert!(said.contains("from 2 pages"), "{to}: {said}");
        }
        fs::remove_dir_all(dir.path().join("crawl")).unwrap();
        fs::create_dir(dir.path().join("crawl")).unwrap();
        for name in ["01.txt", "02.txt"] {
            fs::write(dir.path().join("crawl").join(name), PAGE).unwrap();
        }
    }
}

#[test]
fn facts_and_problems_are_not_written_to_one_file() {
    let dir = folder();
    let (status, said) = answer("extract crawl -o o.jsonl --problems ./o.jsonl", dir.path());
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("is the same place as o.jsonl"), "{said}");
    assert!(!dir.path().join("o.jsonl").exists());
    if cfg!(unix) {
        let devices = "extract crawl -o /dev/null --problems /dev/null --to csv:/dev/null";
        assert_eq!(answer(devices, dir.path()).0, Some(0));
    }
}

/// A folder whose name is misspelled is no archive without facts.
#[test]
fn where_no_page_could_be_read_the_earlier_file_stays() {
    let dir = folder();
    let read = |name: &str| fs::read(dir.path().join(name)).ok();
    let names = |name: &str| [name.to_owned(), format!("{name}.journal"), format!("{name}.part")];
    for (to, name) in [("-o facts.jsonl", "facts.jsonl"), ("--to csv:facts.csv", "facts.csv")] {
        assert_eq!(answer(&format!("extract crawl {to}"), dir.path()).0, Some(0));
        let before = names(name).map(|name| read(&name));
        let (status, said) = answer(&format!("extract crawlz {to} -q"), dir.path());
        assert_eq!((status, names(name).map(|name| read(&name))), (Some(1), before), "{said}");
        assert!(said.contains(&format!("{name} is left as it was: no page could be read")), "{said}");
        let (_, said) = answer(&format!("extract crawl {to} --resume"), dir.path());
        assert!(said.contains("complete already"), "{said}");
    }
    assert_eq!(answer("extract crawlz --shard 1/2 -o new.jsonl", dir.path()).0, Some(1));
    assert_eq!(
        ["new.jsonl", "new.jsonl.part", "new.jsonl.journal", "new.jsonl.done"].map(read),
        [const { None }; 4]
    );
    // A folder without pages can be read.
    fs::create_dir(dir.path().join("none")).unwrap();
    assert_eq!(answer("extract none -o facts.jsonl", dir.path()).0, Some(0));
    assert_eq!(read("facts.jsonl"), Some(Vec::new()));
}

#[test]
fn one_file_is_not_two_destinations() {
    let dir = folder();
    let mut commands = vec![
        "extract crawl --to=jsonl:d.csv --to=csv:./d.csv",
        "extract crawl -o d.csv --to=jsonl:crawl/../d.csv",
    ];
    if cfg!(feature = "sqlite") {
        commands.push("extract crawl --to=sqlite:facts.db --to=sqlite:./facts.db");
    }
    for command in commands {
        let (status, said) = answer(command, dir.path());
        assert_eq!(status, Some(2), "{command}: {said}");
        assert!(said.contains("is the same place as"), "{command}: {said}");
        for file in ["d.csv", "d.csv.part", "facts.db"] {
            assert!(!dir.path().join(file).exists(), "{command}: {file}");
        }
    }
}

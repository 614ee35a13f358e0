//! What the user says of pages where neither they nor their archives do: the day, the encoding.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;

use common::{printed, solieu};

const PAGE: &str = "Chợ đầu mối mở rộng\n\nNăm ngoái, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    let dated = serde_json::json!({ "text": PAGE, "published": "2015-05-05" });
    fs::write(dir.path().join("dated.jsonl"), format!("{dated}\n")).unwrap();
    dir
}

#[test]
fn a_page_without_a_day_has_that_of_the_user() {
    let dir = folder();
    for (command, day) in [("extract", "\"2019-12-31\""), ("explain", "/2019-12-31"), ("dates", "2019-12-31")]
    {
        let day_of = |page: &str, day: &str| printed(&format!("{command} {page} {day}"), dir.path());
        assert!(day_of("page.txt", "--published 2020-01-01").contains(day), "{command}");
        assert!(!day_of("page.txt", "").contains(day), "{command}");
        assert!(day_of("dated.jsonl", "--published 2020-01-01").contains("2014-12-31"), "{command}");
    }
    let facts = |from: &str| printed(&format!("extract page.txt --published 2020-01-01 {from}"), dir.path());
    assert!(facts("").contains("\"published\":\"2020-01-01\""));
    assert_eq!(facts("--published-after 2019-12-31"), facts(""));
    assert_eq!(facts("--published-after 2020-01-01"), "");
}

#[test]
fn a_run_goes_on_with_the_same_day_only() {
    let dir = folder();
    let run = |day: &str| {
        solieu(&format!("extract page.txt -o facts.jsonl --resume --published {day}"), dir.path())
            .status
            .code()
    };
    assert_eq!((run("2020-01-01"), run("2020-01-01"), run("2020-01-02")), (Some(0), Some(0), Some(2)));
}

#[test]
fn an_encoding_is_forced_on_all_commands_that_read_pages() {
    let dir = folder();
    // No rule explains the 7.
    fs::write(dir.path().join("page.txt"), PAGE.replace("240 gian hàng", "dở, from 7 (ở đó)")).unwrap();
    for command in ["strip", "explain", "dates", "stats", "rules coverage", "extract"] {
        let forced = printed(&format!("{command} page.txt --encoding windows-1252"), dir.path());
        let found = printed(&format!("{command} page.txt"), dir.path());
        assert_ne!(forced, found, "{command}");
    }
}

//! The options of `extract` from outside: filters, shards, resuming, messages.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::solieu;
use tempfile::TempDir;

/// A folder with `count` pages, and the same pages as JSON Lines.
fn pages(count: usize) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    fs::create_dir(dir.path().join("pages")).unwrap();
    for i in 0..count {
        let text = format!("Huyện số hai có {i}.250 hộ thoát nghèo\nTỷ lệ hộ nghèo của huyện còn {i},4%.\n");
        fs::write(dir.path().join(format!("pages/p{i:04}.txt")), &text).unwrap();
        let date = format!("2020-{:02}-01", i % 12 + 1);
        let uri = format!("https://bao.example/{}/{i}", if i % 2 == 0 { "kinh-te" } else { "xa-hoi" });
        let row = serde_json::json!({ "text": text, "uri": uri, "published": date });
        writeln!(lines, "{row}").unwrap();
    }
    fs::write(dir.path().join("pages.jsonl"), lines).unwrap();
    dir
}

/// The counts of a run, from the JSON summary on standard error.
fn summary(args: &[&str], dir: &Path) -> serde_json::Value {
    let output = solieu(&[&["extract", "--log-format", "json"], args].concat(), dir);
    let text = String::from_utf8(output.stderr).unwrap();
    let last = text.lines().last().unwrap();
    serde_json::from_str::<serde_json::Value>(last).unwrap()["summary"].clone()
}

fn count(args: &[&str], dir: &Path) -> u64 {
    summary(args, dir)["pages"].as_u64().unwrap()
}

#[test]
fn pages_are_selected_by_path_and_address() {
    let dir = pages(20);
    assert_eq!(count(&["pages.jsonl", "--select", "https://**/kinh-te/*"], dir.path()), 10);
    assert_eq!(count(&["pages.jsonl", "--exclude", "https://**/kinh-te/*"], dir.path()), 10);
    assert_eq!(count(&["pages", "--select", "pages/p000?.txt"], dir.path()), 10);
    assert_eq!(count(&["pages", "--limit", "7", "--jobs", "2"], dir.path()), 7);
}

#[test]
fn a_sample_is_always_the_same() {
    let dir = pages(200);
    let first = count(&["pages", "--sample", "0.3"], dir.path());
    assert!((30..90).contains(&first), "{first}");
    assert_eq!(count(&["pages", "--sample", "0.3", "--jobs", "2"], dir.path()), first);
    assert_eq!(count(&["pages", "--sample", "1"], dir.path()), 200);
}

#[test]
fn shards_add_up_to_the_whole() {
    let dir = pages(100);
    let whole = summary(&["pages", "pages.jsonl"], dir.path());
    let mut sums = (0, 0);
    let mut facts = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let name = format!("out-{}", &shard[..1]);
        solieu(&["extract", "pages", "pages.jsonl", "--shard", shard, "-o", &name], dir.path());
        facts.extend(fs::read_to_string(dir.path().join(&name)).unwrap().lines().map(str::to_owned));
        let marker = fs::read_to_string(dir.path().join(name + ".done")).unwrap();
        let marker: serde_json::Value = serde_json::from_str(&marker).unwrap();
        sums.0 += marker["summary"]["pages"].as_u64().unwrap();
        sums.1 += marker["summary"]["facts"].as_u64().unwrap();
    }
    assert_eq!((sums.0, sums.1), (whole["pages"].as_u64().unwrap(), whole["facts"].as_u64().unwrap()));
    let all = solieu(&["extract", "pages", "pages.jsonl"], dir.path());
    let mut all: Vec<_> = String::from_utf8(all.stdout).unwrap().lines().map(str::to_owned).collect();
    facts.sort();
    all.sort();
    assert_eq!(facts, all);
}

#[test]
fn what_was_seen_is_left_out() {
    let dir = pages(30);
    assert_eq!(count(&["pages", "--seen", "seen", "--limit", "10"], dir.path()), 10);
    assert_eq!(count(&["pages", "--seen", "seen"], dir.path()), 20);
    assert_eq!(count(&["pages", "--seen", "seen"], dir.path()), 0);
    assert_eq!(count(&["pages", "--since", "2099-01-01"], dir.path()), 0);
    assert_eq!(count(&["pages", "--since", "1999-01-01"], dir.path()), 30);
}

#[test]
fn lists_of_files_and_problems_in_a_file() {
    let dir = pages(3);
    fs::write(dir.path().join("list"), "pages/p0000.txt\nnone.txt\npages.jsonl\n").unwrap();
    assert_eq!(count(&["--files-from", "list", "--problems", "bad"], dir.path()), 4);
    let problem: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path().join("bad")).unwrap()).unwrap();
    assert_eq!((problem["path"].as_str(), problem["severity"].as_str()), (Some("none.txt"), Some("error")));
    let strict = solieu(&["extract", "--files-from", "list", "--strict"], dir.path());
    assert_eq!(strict.status.code(), Some(2));
    assert!(solieu(&["extract", "pages", "--quiet"], dir.path()).stderr.is_empty());
}

#[test]
fn resuming_a_complete_run_does_nothing() {
    let dir = pages(3);
    let out = dir.path().join("out.jsonl");
    solieu(&["extract", "pages", "-o", "out.jsonl"], dir.path());
    let whole = fs::read(&out).unwrap();
    assert_eq!(
        solieu(&["extract", "pages", "-o", "out.jsonl", "--resume"], dir.path()).status.code(),
        Some(0)
    );
    assert_eq!(fs::read(&out).unwrap(), whole);
}

/// Kills runs at many moments; the last one goes on to the end.
fn killed(args: &[&str], dir: &Path) {
    for pause in 1..5 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_solieu"))
            .args(["extract", "pages.jsonl", "pages", "--resume"])
            .args(args)
            .current_dir(dir)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause * 400));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let last = [&["extract", "pages.jsonl", "pages", "--resume"], args].concat();
    assert_eq!(solieu(&last, dir).status.code(), Some(0));
}

#[test]
fn a_killed_run_ends_with_the_same_bytes() {
    let dir = pages(1200);
    for name in ["a.jsonl", "a.jsonl.zst"] {
        let whole = format!("whole-{name}");
        solieu(&["extract", "pages.jsonl", "pages", "-o", &whole], dir.path());
        killed(&["-o", name], dir.path());
        let read = |name: &str| fs::read(dir.path().join(name)).unwrap();
        assert_eq!(read(name), read(&whole));
        assert!(!dir.path().join(format!("{name}.part")).exists());
    }
}

/// Each has come a different way when the run is killed.
#[cfg(feature = "sqlite")]
#[test]
fn several_destinations_go_on_together() {
    let dir = pages(1200);
    let to =
        |name: &str| [format!("csv:{name}.csv"), format!("jsonl:{name}.zst"), format!("sqlite:{name}.db")];
    let args =
        |to: &[String; 3]| to.iter().flat_map(|url| ["--to".to_owned(), url.clone()]).collect::<Vec<_>>();
    let (whole, resumed) = (args(&to("whole")), args(&to("resumed")));
    let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
    let resumed: Vec<&str> = resumed.iter().map(String::as_str).collect();
    solieu(&[&["extract", "pages.jsonl", "pages"], &whole[..]].concat(), dir.path());
    killed(&resumed, dir.path());
    for ending in ["csv", "zst"] {
        let read = |name: &str| fs::read(dir.path().join(format!("{name}.{ending}"))).unwrap();
        assert!(read("whole") == read("resumed"), "{ending}");
    }
    let rows = |name: &str| {
        let database = rusqlite::Connection::open(dir.path().join(name)).unwrap();
        let sql = "SELECT group_concat(id || digest || first_seen || last_seen) FROM (SELECT * FROM facts ORDER BY id)";
        let facts = database.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        (facts, database.query_row("SELECT count(*) FROM runs", [], |row| row.get::<_, i64>(0)).unwrap())
    };
    assert_eq!(rows("whole.db"), rows("resumed.db"));
    // What is complete is left alone; what it does not have yet is written.
    let again = |more: &[&str]| {
        let args = [&["extract", "pages.jsonl", "pages", "--resume"], &resumed[..], more].concat();
        String::from_utf8(solieu(&args, dir.path()).stderr).unwrap()
    };
    assert!(again(&[]).starts_with("solieu: this run is complete already\nsolieu: "));
    let json = again(&["--log-format", "json"]);
    assert!(json.starts_with("{\"notice\":\"this run is complete already\"}\n{\"summary\":{"), "{json}");
    assert_eq!(again(&["--quiet"]), "");
}

#[test]
fn what_cannot_go_on_is_refused() {
    let dir = pages(2);
    let said = |more: &[&str]| {
        let run = solieu(&[&["extract", "pages", "--resume"], more].concat(), dir.path());
        assert_eq!(run.status.code(), Some(2));
        String::from_utf8(run.stderr).unwrap()
    };
    assert!(said(&[]).contains("--output or --to"));
    if cfg!(feature = "parquet") {
        assert!(said(&["--to", "parquet:out"]).contains("solieu load"));
    }
}

/// Killed between the end of a shard and the marker that says so.
#[test]
fn a_shard_without_its_marker_runs_again() {
    let dir = pages(30);
    let args = ["extract", "pages", "-o", "a.jsonl", "--shard", "1/2", "--resume"];
    let marker = dir.path().join("a.jsonl.done");
    solieu(&args, dir.path());
    let first = fs::read(&marker).unwrap();
    fs::remove_file(&marker).unwrap();
    solieu(&args, dir.path());
    assert_eq!(fs::read(&marker).unwrap(), first);
}

#[test]
fn wrong_values_are_refused() {
    let dir = pages(1);
    for wrong in
        [["--sample", "2"], ["--shard", "5/4"], ["--shard", "1/2"], ["--select", "["], ["--since", "x"]]
    {
        let output = solieu(&["extract", "pages", wrong[0], wrong[1]], dir.path());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

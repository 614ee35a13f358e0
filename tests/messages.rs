//! What the program answers where a command cannot be what was meant, and what it says that it left out.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use common::{PAGE, answer, said, solieu};

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
fn standard_input_is_read_for_one_thing() {
    let dir = folder();
    for args in [
        "diff - -",
        "diff --pages - -",
        "score . - --lines -",
        "load - - --to jsonl:out.jsonl",
        "extract - -",
        "extract - --files-from -",
    ] {
        says(args, dir.path(), 2, "`-` can stand only once");
    }
    says("diff - facts.jsonl", dir.path(), 1, "");
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

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_finds_no_room_has_one_status() {
    let dir = folder();
    says("report facts.jsonl -o /dev/full", dir.path(), 3, "/dev/full: No space left");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    let done = command.args(["report", "facts.jsonl"]).current_dir(dir.path()).stdout(full).output().unwrap();
    assert_eq!(done.status.code(), Some(3));
    assert!(said(&done).contains("standard output: No space left"), "{}", said(&done));
}

#[test]
fn what_fails_to_be_written_leaves_what_was_there() {
    let dir = folder();
    fs::write(dir.path().join("r.html"), "good").unwrap();
    // As a full disk: what is to take its place cannot be made.
    fs::create_dir(dir.path().join("r.html.part")).unwrap();
    assert_ne!(answer("report facts.jsonl -o r.html", dir.path()).0, Some(0));
    assert_eq!(fs::read(dir.path().join("r.html")).unwrap(), b"good");
    fs::remove_dir(dir.path().join("r.html.part")).unwrap();
    assert_eq!(answer("report facts.jsonl -o r.html", dir.path()), (Some(0), String::new()));
    assert!(fs::read(dir.path().join("r.html")).unwrap().starts_with(b"<!DOCTYPE html>"));
}

#[test]
fn a_dash_as_output_is_standard_output() {
    let dir = folder();
    let facts = fs::read(dir.path().join("facts.jsonl")).unwrap();
    let done = solieu("extract page.txt -o -", dir.path());
    assert_eq!((done.status.code(), &done.stdout), (Some(0), &facts));
    let done = solieu("extract page.txt -o - --to jsonl:too.jsonl", dir.path());
    assert_eq!((done.status.code(), &done.stdout), (Some(0), &facts));
    assert_eq!(fs::read(dir.path().join("too.jsonl")).unwrap(), facts);
    let done = solieu("report facts.jsonl -o -", dir.path());
    assert!(done.status.success() && done.stdout.starts_with(b"<!DOCTYPE html>"));
    let done = solieu("load facts.jsonl --to jsonl:-", dir.path());
    assert_eq!((done.status.code(), &done.stdout), (Some(0), &facts));
    let done = solieu("extract page.txt --to csv:-", dir.path());
    assert!(done.status.success() && done.stdout.starts_with(b"id,kind,value"));
    assert!(!dir.path().join("-").exists());
    says("load facts.jsonl --to csv:- --to jsonl:-", dir.path(), 2, "is the same place as csv:-");
    says("extract page.txt -o - --to csv:-", dir.path(), 2, "is the same place as -");
    says("load facts.jsonl --to sqlite:-", dir.path(), 2, "standard output is none");
    says("extract page.txt -o - --resume", dir.path(), 2, "standard output cannot be gone on with");
    says("extract page.txt -o - --shard 1/2", dir.path(), 2, "--shard needs --output");
}

#[test]
fn the_summary_says_what_was_left_out() {
    let dir = folder();
    fs::create_dir(dir.path().join("pages")).unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(dir.path().join("pages").join(name), PAGE).unwrap();
    }
    says("extract pages --dedup", dir.path(), 0, "from 3 pages (348 bytes), 2 duplicates, 0 problems");
    says("extract pages --dedup=mark", dir.path(), 0, ", 2 duplicates, 0 problems");
    says("extract pages page.txt --since 2099-01-01", dir.path(), 0, ", 4 files not changed, 0 problems");
    says("extract pages --since 2099-01-01 --log-format json", dir.path(), 0, "\"unchanged\":3");
    says("extract pages --select x*", dir.path(), 0, "nothing is left to read of 3 pages: see --select");
    says("extract pages --exclude **", dir.path(), 0, "nothing is left to read of 3 pages: see --exclude");
    assert!(!said(&solieu("extract pages --select **/a.txt", dir.path())).contains("nothing is left"));
}

#[test]
fn days_between_which_there_is_none_are_refused() {
    let dir = folder();
    let days = "extract page.txt --published-after 2021-01-01 --published-before";
    says(&format!("{days} 2020-12-31"), dir.path(), 2, "there is no day");
    says(&format!("{days} 2021-01-03"), dir.path(), 0, "");
    let days = "series facts.jsonl --metric x --from 2021-01-01 --to";
    says(&format!("{days} 2020-12-31"), dir.path(), 2, "--from 2021-01-01 is later than --to 2020-12-31");
}

#[test]
fn pages_are_no_facts() {
    let dir = folder();
    let page = r#"{"uri": "https://example.org/1", "text": "Có 7 trạm."}"#;
    fs::write(dir.path().join("pages.jsonl"), format!("\n{page}\n")).unwrap();
    fs::create_dir(dir.path().join("crawl")).unwrap();
    fs::write(dir.path().join("crawl/a.txt"), PAGE).unwrap();
    let help = "these are no facts: run `solieu extract` on them first";
    for command in ["metrics pages.jsonl", "load pages.jsonl --to csv:x", "diff facts.jsonl pages.jsonl"] {
        says(command, dir.path(), 2, help);
    }
    says("metrics pages.jsonl", dir.path(), 2, "line 2 is no fact: unknown field `uri`; these");
    says("metrics crawl", dir.path(), 2, "crawl: is a folder, no facts file or database");
}

#[test]
fn a_broken_record_has_one_place() {
    let dir = folder();
    fs::write(dir.path().join("bad.jsonl"), "{\"text\": \"Có 7 trạm.\"}\n{\"text\": \"Có\n").unwrap();
    let (status, said) = answer("extract bad.jsonl -o x", dir.path());
    assert!(status == Some(1) && said.contains("bad.jsonl#2 at byte 26: broken JSON: "), "{said}");
    assert!(!said.contains("at line"), "{said}");
}

#[test]
fn an_archive_that_is_not_there_stops_a_command_at_once() {
    let dir = folder();
    for args in [
        "verify facts.jsonl",
        "verify facts.jsonl --json",
        "report facts.jsonl",
        "report facts.jsonl -o r.html",
    ] {
        let done = solieu(&format!("{args} --archive nosuch"), dir.path());
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "{args}");
        assert!(said(&done).contains("nosuch: the folder of the archive is not there"), "{}", said(&done));
    }
    assert!(!dir.path().join("r.html").exists());
}

#[test]
fn a_comparison_names_the_file_that_has_no_fact() {
    let dir = folder();
    fs::write(dir.path().join("bad.jsonl"), "{\"id\":\"x\"}\n").unwrap();
    fs::write(dir.path().join("half.jsonl"), "{\"id\":\"x\",\"source\":{\"path\":\"a\",\"sha256\":\"b\"}}\n")
        .unwrap();
    for bad in ["bad.jsonl", "half.jsonl", "page.txt"] {
        says(&format!("diff facts.jsonl {bad}"), dir.path(), 2, &format!("{bad}: line 1: is no fact"));
        says(&format!("diff {bad} facts.jsonl"), dir.path(), 2, &format!("{bad}: line 1: is no fact"));
    }
}

#[test]
fn values_are_answered_with_what_is_wrong_with_them() {
    let dir = folder();
    for (args, message) in [
        ("series facts.jsonl --metric x --from 2020-13-01", "no such day"),
        ("series facts.jsonl --metric x --from 2020/01/01", "write YYYY-MM-DD"),
        ("extract page.txt --since yesterday", "write YYYY-MM-DD, or a time such as"),
        ("extract page.txt --since 2020-02-30", "no such day"),
        ("extract page.txt -j abc", "write a whole number from 1 to 65535"),
        ("extract page.txt -j 0", "write a whole number from 1 to 65535"),
        ("stats page.txt -j 1.5", "write a whole number"),
        ("extract page.txt --to facts.db", "perhaps sqlite:facts.db?"),
        ("load facts.jsonl --to out.csv.gz", "perhaps csv:out.csv.gz?"),
        ("verify page.txt", "page.txt: line 1 is no fact: facts are objects of JSON, one a line"),
    ] {
        says(args, dir.path(), 2, message);
    }
    says("stats page.txt -j 0", dir.path(), 0, "");
    says("extract page.txt --since 2020-01-01T00:00:00Z", dir.path(), 0, "from 1 page");
}

#[test]
fn fields_that_no_record_has_are_told() {
    let dir = folder();
    let nosuch = "no record has such a field";
    for what in ["date", "uri", "title"] {
        let note = format!("--{what}-field nosuch: {nosuch}");
        says(&format!("extract records.jsonl --{what}-field nosuch"), dir.path(), 0, &note);
    }
    let csv = format!("text,day\n\"{PAGE}\",2020-01-01\n");
    fs::write(dir.path().join("records.csv"), csv).unwrap();
    for file in ["records.jsonl", "records.csv"] {
        says(&format!("extract {file} --date-field nosuch"), dir.path(), 0, nosuch);
        let met = solieu(&format!("extract {file} --date-field day"), dir.path());
        assert!(!said(&met).contains(nosuch), "{file}: {}", said(&met));
    }
    assert!(solieu("extract records.jsonl --date-field nosuch --quiet", dir.path()).stderr.is_empty());
}

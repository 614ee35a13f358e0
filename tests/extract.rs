//! The `extract` command from outside: what it reads, prints and answers.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use common::{said, solieu};
use tempfile::TempDir;

const PAGE: &str = "Tỉnh Hòa Bình có 1.250 hộ thoát nghèo\n\
    Theo báo cáo ngày 15/3/2021, tỷ lệ hộ nghèo của tỉnh còn 8,42%, giảm 1,3 điểm phần trăm so với năm trước.\n";
/// How many facts it has.
const FACTS: usize = 3;

fn with_stdin(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_solieu"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn pages(count: usize) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..count {
        fs::write(dir.path().join(format!("p{i:04}.txt")), PAGE.replace("8,42", &format!("8,{i}"))).unwrap();
    }
    dir
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn standard_input_is_a_page() {
    let output = with_stdin(&["extract", "-"], PAGE.as_bytes());
    assert_eq!(status(&output), 0);
    assert!(said(&output).contains("from 1 page "), "{}", said(&output));
}

#[test]
fn a_missing_file_is_reported_and_the_others_are_read() {
    let dir = pages(2);
    let output = solieu(&["extract", "p0000.txt", "no-such.txt", "p0001.txt"], dir.path());
    assert_eq!(status(&output), 1);
    assert!(said(&output).contains("no-such.txt"));
    assert!(said(&output).contains("from 2 pages"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_reported_and_the_others_are_read() {
    use std::os::unix::fs::symlink;
    let dir = pages(2);
    // A link into nothing cannot be read by anyone, not even by root.
    symlink("nowhere", dir.path().join("p0000a.txt")).unwrap();
    let output = solieu(&["extract", "."], dir.path());
    assert_eq!(status(&output), 1);
    assert!(said(&output).contains("p0000a.txt"));
    assert!(said(&output).contains("from 2 pages"));
}

#[test]
fn an_empty_folder_is_noted() {
    let dir = tempfile::tempdir().unwrap();
    let output = solieu(&["extract", "."], dir.path());
    assert_eq!(status(&output), 0);
    assert!(output.stdout.is_empty());
    assert!(said(&output).contains("no pages"));
}

#[test]
fn a_broken_sidecar_costs_a_warning() {
    let dir = pages(1);
    fs::write(dir.path().join("p0000.meta.json"), "{").unwrap();
    let output = solieu(&["extract", "."], dir.path());
    assert_eq!(status(&output), 1);
    assert!(said(&output).contains("p0000.meta.json"));
    assert!(said(&output).contains("from 1 page "));
}

#[test]
fn the_number_of_jobs_does_not_show() {
    let dir = pages(300);
    fs::remove_file(dir.path().join("p0100.txt")).unwrap();
    let one = solieu(&["extract", ".", "missing", "--jobs", "1"], dir.path());
    assert_eq!(one.stdout.split(|&byte| byte == b'\n').count() - 1, 299 * FACTS);
    for jobs in ["2", "5"] {
        let many = solieu(&["extract", ".", "missing", "--jobs", jobs], dir.path());
        assert_eq!(one.stdout, many.stdout);
        assert_eq!(one.stderr, many.stderr);
    }
}

#[test]
fn no_page_learns_from_the_one_before() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), "Tối 6/5/2017, 2 xe cháy ở đèo.\n").unwrap();
    fs::write(dir.path().join("b.txt"), "Đèo vẫn đông.\nSáng 7/5, 3 xe lật ở đèo.\n").unwrap();
    let of_b = |args: &[&str]| {
        let all = String::from_utf8(solieu(args, dir.path()).stdout).unwrap();
        all.lines().filter(|line| line.contains("b.txt")).map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let alone = of_b(&["extract", "b.txt"]);
    assert_eq!(alone.len(), 1);
    assert_eq!(of_b(&["extract", "--jobs", "1", "a.txt", "b.txt"]), alone);
}

#[test]
fn every_line_is_an_object_and_pages_come_in_order() {
    let dir = pages(150);
    let output = solieu(&["extract", "."], dir.path());
    assert_eq!(status(&output), 0);
    let lines: Vec<serde_json::Value> = output
        .stdout
        .split(|&b| b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect();
    let paths: Vec<_> = lines.iter().map(|fact| fact["source"]["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 150 * FACTS);
    assert!(paths.is_sorted());
}

#[test]
fn a_broken_rule_ends_the_run() {
    let dir = pages(1);
    let rules = dir.path().join("rules");
    fs::create_dir(&rules).unwrap();
    fs::write(rules.join("page.toml"), "this is = = no TOML").unwrap();
    fs::write(rules.join("numbers.toml"), "this is = = no TOML").unwrap();
    let output = solieu(&["extract", "p0000.txt", "--rules", "rules"], dir.path());
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains(".toml"), "{}", said(&output));
}

#[test]
fn a_missing_rules_folder_ends_the_run() {
    let dir = pages(1);
    let output = solieu(&["extract", "p0000.txt", "--rules", "none"], dir.path());
    assert_eq!(status(&output), 2);
}

#[test]
fn the_output_file_holds_what_standard_output_would() {
    let dir = pages(3);
    let printed = solieu(&["extract", "p0000.txt", "p0001.txt"], dir.path());
    let written = solieu(&["extract", "p0000.txt", "p0001.txt", "-o", "out.jsonl"], dir.path());
    assert_eq!(status(&written), 0);
    assert!(written.stdout.is_empty());
    assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), printed.stdout);
    let nowhere = solieu(&["extract", "p0000.txt", "-o", "no/such/out.jsonl"], dir.path());
    assert_eq!(status(&nowhere), 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let dir = pages(300);
    let mut child = Command::new(env!("CARGO_BIN_EXE_solieu"))
        .args(["extract", "."])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 0, "{}", said(&output));
    assert!(!said(&output).contains("panicked"));
}

#[test]
fn help_states_the_exit_statuses() {
    let dir = tempfile::tempdir().unwrap();
    let output = solieu(&["extract", "--help"], dir.path());
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("Exit status:"));
    assert_eq!(status(&solieu(&["extract"], dir.path())), 2);
    assert_eq!(status(&solieu(&["extract", ".", "--jobs", "0"], dir.path())), 2);
}

#[test]
fn the_schema_names_the_fields_of_the_record() {
    let dir = tempfile::tempdir().unwrap();
    let output = solieu(&["schema"], dir.path());
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(schema["properties"]["value"].is_object());
    assert_eq!(schema["additionalProperties"], false);
}

//! The recipes for git, GitHub and GitLab in `docs/review.md`, run as they stand there. Without git, nothing is tried.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use common::skip;

const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa, chợ có 240 gian hàng và 37 kho lạnh đang hoạt động.\n";

/// The block of code in the docs that begins with `first`, without that line's fence.
fn recipe(first: &str) -> String {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/review.md")).unwrap();
    let start = docs.find(first).unwrap_or_else(|| panic!("docs/review.md has no {first}"));
    docs[start..].split("```").next().unwrap().to_owned()
}

/// The lines of the step `name` of a workflow, without their indent.
fn step(workflow: &str, name: &str) -> String {
    let lines = workflow.lines().skip_while(|line| !line.ends_with(name)).skip(2);
    let indent = "          ";
    lines.map_while(|line| line.strip_prefix(indent)).collect::<Vec<_>>().join("\n")
}

/// Runs a program in the folder; `solieu` is the program under test.
fn run(dir: &Path, program: &str, args: &[&str]) -> Output {
    let own = Path::new(env!("CARGO_BIN_EXE_solieu")).parent().unwrap();
    let path = format!("{}:{}", own.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.args(args).current_dir(dir).env("PATH", path).env("HOME", dir).output().unwrap()
}

fn git(dir: &Path, args: &[&str]) -> Output {
    let who = ["-c", "user.name=An", "-c", "user.email=an@example.org"];
    run(dir, "git", &[&who[..], args].concat())
}

fn both(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A repository with all rules, a sample and the hook; nothing where git is missing.
fn repository(dir: &Path) -> Option<()> {
    Command::new("git").arg("--version").output().ok()?;
    let copy = run(dir, "cp", &["-r", concat!(env!("CARGO_MANIFEST_DIR"), "/rules"), "rules"]);
    assert!(copy.status.success());
    fs::create_dir(dir.join("samples")).unwrap();
    fs::write(dir.join("samples/market.txt"), PAGE).unwrap();
    git(dir, &["init", "--quiet"]);
    let hook = dir.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, recipe("#!/bin/sh\n# Shows what a change")).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    git(dir, &["add", "-A"]);
    let first = git(dir, &["commit", "--quiet", "-m", "first"]);
    assert!(first.status.success(), "{}", both(&first));
    Some(())
}

/// A rule by which a fact of the sample is none.
fn add_rule(dir: &Path) {
    let path = dir.join("rules/not-facts/idioms.toml");
    let rule = "\n[[rule]]\nname = \"stalls\"\ncomment = \"tries the recipe\"\npriority = 99\nbefore = 'chợ có '\n\
                next = ' gian hàng'\nexamples = [{ text = \"Cái chợ có 12 gian hàng.\", quote = \"12\" }]\n";
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text + rule).unwrap();
}

#[test]
fn the_hook_shows_what_a_rule_does_and_stops_a_broken_one() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    if repository(dir).is_none() {
        return skip("git is not installed");
    }
    add_rule(dir);
    git(dir, &["add", "-A"]);
    let changed = git(dir, &["commit", "-m", "a rule"]);
    let text = both(&changed);
    assert!(changed.status.success(), "{text}");
    assert!(text.contains("samples/market.txt") && text.contains("1 removed"), "{text}");

    fs::write(dir.join("rules/units/counts.toml"), "[[unit]\n").unwrap();
    git(dir, &["add", "-A"]);
    let broken = git(dir, &["commit", "-m", "a broken rule"]);
    assert!(!broken.status.success());
    assert!(both(&broken).contains("counts.toml"), "{}", both(&broken));
}

#[test]
fn the_workflow_writes_a_comment() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().join("checkout");
    fs::create_dir(&dir).unwrap();
    if repository(&dir).is_none() {
        return skip("git is not installed");
    }
    let base = both(&git(&dir, &["rev-parse", "HEAD"]));
    add_rule(&dir);
    let workflow = recipe("# .github/workflows/rules.yml");
    let script =
        step(&workflow, "name: Compare").replace("${{ github.event.pull_request.base.sha }}", base.trim());
    assert!(script.contains("solieu diff"), "{workflow}");
    let done = run(&dir, "bash", &["-e", "-c", &script]);
    assert!(done.status.success(), "{}", both(&done));
    let comment = fs::read_to_string(dir.join("comment.md")).unwrap();
    assert!(comment.contains("240") && comment.contains("market.txt"), "{comment}");
}

#[test]
fn git_itself_shows_facts_for_reading() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    if repository(dir).is_none() {
        return skip("git is not installed");
    }
    let attributes = recipe("*.jsonl      diff=solieu") + &recipe("decisions.jsonl  merge=union !diff");
    fs::write(dir.join(".gitattributes"), attributes).unwrap();
    for line in recipe("git config diff.solieu.textconv").lines().filter(|line| line.contains("textconv")) {
        assert!(run(dir, "sh", &["-c", line]).status.success());
    }
    assert!(run(dir, "solieu", &["extract", "samples", "-o", "facts.jsonl"]).status.success());
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "--quiet", "-m", "facts"]);
    let facts = fs::read_to_string(dir.join("facts.jsonl")).unwrap();
    fs::write(dir.join("facts.jsonl"), facts.replace("\"value\":240", "\"value\":204")).unwrap();
    let shown = both(&git(dir, &["diff", "facts.jsonl"]));
    assert!(shown.contains("204") && !shown.contains("\"value\""), "{shown}");
    fs::write(dir.join("decisions.jsonl"), "{\"verdict\":\"accept\"}\n").unwrap();
    git(dir, &["add", "-N", "decisions.jsonl"]);
    let shown = both(&git(dir, &["diff", "decisions.jsonl"]));
    assert!(shown.contains("+{\"verdict\":\"accept\"}"), "{shown}");
}

//! What the commands have in common: messages, statuses, options that name folders.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

fn solieu(args: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_solieu")).args(args).current_dir(dir).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a page, an empty folder, and the facts of the page.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    fs::create_dir(dir.path().join("empty")).unwrap();
    let done = solieu(&["extract", "page.txt", "-q", "-o", "facts.jsonl"], dir.path());
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    dir
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_is_no_panic() {
    let dir = folder();
    for (args, status) in [
        ("stats nofile", 1),
        ("strip nofile", 1),
        ("dates nofile", 1),
        ("explain nofile", 1),
        ("rules check", 0),
        ("rules coverage nofile", 1),
        ("show nofile", 2),
        ("score nofile nofile", 2),
        ("report nofile", 2),
        ("review nofile --no-open", 2),
        ("verify nofile", 2),
        ("diff nofile nofile", 2),
        ("diff --pages nofile nofile", 2),
        ("series facts.jsonl --metric x.y", 2),
        ("metrics nofile", 2),
        ("export nofile --format annotation", 2),
        ("load nofile --to jsonl:out.jsonl", 2),
        ("extract nofile", 1),
        ("extract page.txt --seen nofolder/seen", 2),
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
        let done = command.args(&args).current_dir(dir.path()).stderr(full).output().unwrap();
        assert_eq!(done.status.code(), Some(status), "{args:?}");
    }
}

#[test]
fn a_note_is_no_problem_and_what_cannot_be_read_is_one() {
    let dir = folder();
    for command in ["extract", "stats", "strip", "dates", "explain", "rules coverage"] {
        let run = |path| {
            let args: Vec<&str> = command.split(' ').chain([path]).collect();
            solieu(&args, dir.path())
        };
        let (empty, missing) = (run("empty"), run("nofile"));
        assert_eq!(empty.status.code(), Some(0), "{command}: {}", said(&empty));
        assert!(said(&empty).contains("no pages in this folder"), "{command}");
        assert_eq!(missing.status.code(), Some(1), "{command}: {}", said(&missing));
    }
}

#[test]
fn a_comparison_that_could_not_be_made_is_no_agreement() {
    let dir = folder();
    fs::create_dir(dir.path().join("rules")).unwrap();
    fs::write(dir.path().join("rules/units.toml"), "").unwrap();
    for args in [
        "diff --rules rules nofile",
        "diff --rules rules empty",
        "diff --rules rules page.txt nofile",
        "diff --pages nofile1 nofile2",
        "diff --pages page.txt nofile",
        "diff --pages empty empty",
        "diff --pages --rules rules nofile",
    ] {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!(done.status.code(), Some(2), "{args}: {}", said(&done));
    }
    for args in ["diff --rules rules page.txt", "diff --pages page.txt page.txt"] {
        let done = solieu(&args.split(' ').collect::<Vec<_>>(), dir.path());
        assert_eq!(done.status.code(), Some(0), "{args}: {}", said(&done));
    }
}

#[test]
fn rules_that_cannot_be_read_are_named() {
    let dir = folder();
    let write = |path: &str, text: &[u8]| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("rules/units.toml", b"");
    write("latin/units.toml", b"# \xE9\n");
    write("broken/page.toml", b"x = [\n");
    for (folder, message) in [
        ("page.txt", "page.txt: is a file; name the folder"),
        ("rules/units.toml", "units.toml: is a file; name the folder"),
        ("empty", "empty: there is no rule file (.toml)"),
        ("nofolder", "solieu: cannot read the rules: nofolder: "),
        ("latin", "units.toml: stream did not contain valid UTF-8"),
    ] {
        for command in ["rules check", "stats page.txt", "diff page.txt", "review facts.jsonl --no-open"] {
            let args: Vec<&str> = command.split(' ').chain(["--rules", folder]).collect();
            let done = solieu(&args, dir.path());
            assert_eq!(done.status.code(), Some(2), "{args:?}");
            assert!(said(&done).contains(message), "{args:?}: {}", said(&done));
            assert!(said(&done).matches("os error").count() < 2, "{args:?}: {}", said(&done));
        }
    }
    for command in
        ["rules check", "stats page.txt", "extract page.txt", "diff page.txt", "diff --pages page.txt"]
    {
        let args: Vec<&str> = command.split(' ').chain(["--rules", "broken"]).collect();
        let done = solieu(&args, dir.path());
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(
            said(&done).contains("page.toml:1:6") && said(&done).contains(" | x = ["),
            "{}",
            said(&done)
        );
    }
}

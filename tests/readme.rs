//! What the README and docs/rules.md show is what the program gives.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The content of the first block of code of this language.
fn block(language: &str) -> String {
    let readme = readme();
    let (_, rest) = readme.split_once(&format!("```{language}\n")).unwrap();
    rest.split("```").next().unwrap().to_owned()
}

#[test]
fn the_record_that_is_explained_is_given() {
    let shown: Value = serde_json::from_str(&block("json")).unwrap();
    let program = env!("CARGO_BIN_EXE_solieu");
    let done = Command::new(program)
        .args(["extract", "seeds/"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    let mut records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let record = records.find(|record| record["source"]["quote"] == shown["source"]["quote"]);
    assert_eq!(record.unwrap(), shown);
}

#[test]
fn all_commands_that_are_listed_exist() {
    let listed = readme();
    let help = Command::new(env!("CARGO_BIN_EXE_solieu")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = listed.lines().filter_map(|line| line.strip_prefix("solieu ")?.split(' ').next());
    for command in commands {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in --help");
    }
    for command in help.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()) {
        let shown = command.is_empty() || command.starts_with('-') || command == "help";
        assert!(shown || listed.contains(&format!("solieu {command}")), "{command} is not in the README");
    }
}

#[test]
fn the_explanation_that_is_shown_is_given() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap();
    let shown = guide.split("```\n").find(|block| block.contains(" % named ")).unwrap();
    let (_, sentence) = shown.lines().next().unwrap().split_once(": ").unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("page.txt"), sentence).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_solieu"))
        .args(["explain", "--candidates", "page.txt"])
        .current_dir(dir.path())
        .output()
        .unwrap();
    let given = String::from_utf8(done.stdout).unwrap();
    // Probabilities move a little with the weights.
    let plain = |text: &str| {
        let lines = text.lines().map(|line| match line.split_once(" % ") {
            Some((_, rest)) => rest.to_owned(),
            None => line.to_owned(),
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(plain(given.strip_prefix("page.txt\n").unwrap()), plain(shown));
}

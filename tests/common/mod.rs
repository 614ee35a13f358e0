//! A page, the program run beside it, and how a test says that it cannot be run here.

#![allow(dead_code, clippy::print_stderr, reason = "not every test needs all of it")]

use std::path::Path;
use std::process::{Command, Output};

/// A page of two facts.
pub(crate) const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

/// Arguments of the program: a list, or text that white space parts.
pub(crate) trait Arguments {
    fn list(&self) -> Vec<&str>;
}

impl Arguments for str {
    fn list(&self) -> Vec<&str> {
        self.split_whitespace().collect()
    }
}

impl Arguments for String {
    fn list(&self) -> Vec<&str> {
        self.as_str().list()
    }
}

impl Arguments for [&str] {
    fn list(&self) -> Vec<&str> {
        self.to_vec()
    }
}

impl Arguments for Vec<&str> {
    fn list(&self) -> Vec<&str> {
        self.clone()
    }
}

impl<const N: usize> Arguments for [&str; N] {
    fn list(&self) -> Vec<&str> {
        self.to_vec()
    }
}

/// The program, to be run in a folder, whatever colours the environment asks for.
pub(crate) fn command(args: &(impl Arguments + ?Sized), dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.args(args.list()).current_dir(dir).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// What the program answers in a folder.
pub(crate) fn solieu(args: &(impl Arguments + ?Sized), dir: &Path) -> Output {
    command(args, dir).output().unwrap()
}

/// What stands on standard error.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Exit status and standard error.
pub(crate) fn answer(args: &(impl Arguments + ?Sized), dir: &Path) -> (Option<i32>, String) {
    let output = solieu(args, dir);
    (output.status.code(), said(&output))
}

/// Standard output of a run without problems.
pub(crate) fn printed(args: &(impl Arguments + ?Sized), dir: &Path) -> String {
    let output = solieu(args, dir);
    assert_eq!(output.status.code(), Some(0), "{:?}: {}", args.list(), said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Says that a test does nothing here, and why. With `SOLIEU_REQUIRE_ALL` set, this is a failure.
pub(crate) fn skip(why: &str) {
    assert!(std::env::var_os("SOLIEU_REQUIRE_ALL").is_none(), "cannot be run: {why}");
    eprintln!("skipped: {why}");
}

//! A page, and the program run beside it.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::path::Path;
use std::process::{Command, Output};

/// A page of two facts.
pub(crate) const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

/// The program, with arguments parted by spaces.
pub(crate) fn solieu(args: &str, dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_solieu")).args(args.split(' ')).current_dir(dir).output().unwrap()
}

/// What stands on standard error.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Exit status and standard error.
pub(crate) fn answer(args: &str, dir: &Path) -> (Option<i32>, String) {
    let output = solieu(args, dir);
    (output.status.code(), said(&output))
}

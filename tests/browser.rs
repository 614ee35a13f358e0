//! The review page in a real browser: runs the tests in `tests/browser/` with Node.js, playwright-core and Chromium.
//! Where one of these is missing and cannot be installed, the test says so and does nothing.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::skip;

const TESTS: [&str; 5] =
    ["review.test.mjs", "accessible.test.mjs", "hostile.test.mjs", "many.test.mjs", "report.test.mjs"];

#[test]
fn the_review_page_in_chromium() {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let there =
        |program: &str| Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success());
    if let Some(missing) = [chromium.as_str(), "node", "npm"].into_iter().find(|program| !there(program)) {
        return skip(&format!("{missing} is not there"));
    }
    let Some(folder) = prepare() else {
        return skip("the packages of tests/browser/package.json cannot be installed");
    };
    let failed: Vec<_> = TESTS.into_iter().filter(|test| !passes(test, &folder, &chromium)).collect();
    assert!(failed.is_empty(), "failed: {failed:?}");
}

/// Runs one file of tests; what it prints is shown where it fails.
fn passes(test: &str, folder: &Path, chromium: &str) -> bool {
    let run = Command::new("node")
        .args(["--test", test])
        .current_dir(folder)
        .env("SOLIEU", env!("CARGO_BIN_EXE_solieu"))
        .env("SOLIEU_ROOT", env!("CARGO_MANIFEST_DIR"))
        .env("CHROMIUM", chromium)
        .env_remove("ASSETS")
        .output()
        .unwrap();
    println!("{}\n{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    run.status.success()
}

/// Copies the tests to where build products go and installs what they need there.
fn prepare() -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(source).unwrap() {
        let file = entry.unwrap().path();
        if file.is_file() {
            fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
        }
    }
    let installed = folder.join("node_modules/axe-core").is_dir();
    let install = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"];
    let npm = || Command::new("npm").args(install).current_dir(&folder).status().is_ok_and(|s| s.success());
    (installed || npm()).then_some(folder)
}

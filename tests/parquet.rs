//! Reads Parquet files back with `DuckDB` and pandas: those of the environment that `./test` made, else from `PyPI`, which it
//! installs into a folder of its own below `target`. Skipped with a message where that is not possible.

#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::skip;

fn python() -> Option<PathBuf> {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let common = tmp.with_file_name("python-venv");
    if common.join("complete").exists() {
        return Some(common.join("bin/python3"));
    }
    let dir = tmp.join("parquet-readers");
    let python = dir.join("bin/python3");
    if !dir.join("complete").exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&dir).status().ok()?.success();
        let install = ["-m", "pip", "install", "--quiet", "duckdb", "pandas", "pyarrow"];
        if !made || !Command::new(&python).args(install).status().ok()?.success() {
            return None;
        }
        std::fs::write(dir.join("complete"), "").ok()?;
    }
    Some(python)
}

fn fact(n: usize, value: &str, text: &str, published: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "{{\"id\":\"{n:032x}\",\"kind\":\"count\",\"value\":{value},\"status\":\"actual\",\"metric\":{{\"id\":\"m{}\",\
         \"text\":{text}}},\"source\":{{\"path\":\"a.txt\",\"title\":{text}{published},\"sha256\":\"00\",\
         \"bytes\":[0,1],\"line\":1,\"column\":1,\"quote\":{text},\"sentence\":{text}}},\"rule\":\"r\"}}\n",
        n % 3
    )
}

#[test]
fn duckdb_and_pandas_read_what_was_written() {
    let Some(python) = python() else {
        return skip("duckdb, pandas and pyarrow cannot be installed from PyPI");
    };
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (dir.path().join("facts.jsonl"), dir.path().join("out"));
    let long = "dài ".repeat(1 << 18);
    let facts = [
        fact(0, "79228162514264337593543950335", "'; DROP TABLE facts; --", ",\"published\":\"2020-08-12\""),
        fact(1, "-0.123456789", "\"a\", b\r\n", ",\"published\":\"2019-01-01\""),
        fact(2, "0.0000000000000000000000000001", "\0nul\0\u{202E}", ""),
        fact(3, "82.61", &long, ",\"published\":\"2020-01-01\""),
    ];
    std::fs::write(&file, facts.concat()).unwrap();
    let earlier = dir.path().join("earlier.jsonl");
    std::fs::write(&earlier, facts.concat().replace("\"line\":1", "\"line\":2")).unwrap();
    // Whatever the runs are called, no reader finds a fact twice.
    for (file, run) in [(&earlier, "a"), (&file, "b"), (&file, "c")] {
        let to = format!("parquet:{}", out.display());
        let mut load = Command::new(env!("CARGO_BIN_EXE_solieu"));
        let status = load.arg("load").arg(file).args(["--to", &to, "--run", run]).status();
        assert!(status.unwrap().success());
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/read_parquet.py");
    let read = Command::new(python).arg(script).arg(&out).arg(&file).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
}

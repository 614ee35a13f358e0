//! Records of archives: what is said of each, and of those that hold no page.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa năm 2019, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

fn solieu(args: &str, dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.args(args.split_whitespace()).current_dir(dir).output().unwrap()
}

fn printed(args: &str, dir: &Path) -> String {
    let done = solieu(args, dir);
    assert_eq!(done.status.code(), Some(0), "{args}: {}", said(&done));
    String::from_utf8(done.stdout).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a page, and with two records of which only the second has a number that no rule explains.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let record = |id: &str, text: &str| serde_json::json!({ "id": id, "text": text }).to_string() + "\n";
    let odd = PAGE.replace("240 gian hàng", "its article, from 7 (not counting those)");
    fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    fs::write(dir.path().join("two.jsonl"), record("a", PAGE) + &record("b-2", &odd)).unwrap();
    dir
}

#[test]
fn lines_name_their_record() {
    let dir = folder();
    let headings = |args: &str| {
        let shown = printed(args, dir.path());
        shown.lines().filter(|line| !line.starts_with(' ')).map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(headings("explain two.jsonl"), ["two.jsonl#a", "two.jsonl#b-2"]);
    assert_eq!(headings("explain --unexplained two.jsonl"), ["two.jsonl#b-2"]);
    assert_eq!(headings("explain --unexplained page.txt"), [""; 0]);
    assert_eq!(headings("explain page.txt"), ["page.txt"]);
    let dates = printed("dates two.jsonl", dir.path());
    assert!(
        dates.starts_with("two.jsonl#a\t3\tnăm 2019\t") && dates.contains("\ntwo.jsonl#b-2\t3\t"),
        "{dates}"
    );
    let shared = serde_json::json!({ "id": "m", "text": format!("Chia sẻ\n\n{PAGE}") });
    fs::write(dir.path().join("shared.jsonl"), format!("{shared}\n")).unwrap();
    let dropped = printed("strip --dropped shared.jsonl", dir.path());
    assert!(dropped.starts_with("shared.jsonl#m:1: ["), "{dropped}");
}

#[test]
fn objects_name_their_record_where_there_is_one() {
    let dir = folder();
    for form in ["strip --json", "strip --articles", "dates --json"] {
        let shown = printed(&format!("{form} two.jsonl"), dir.path());
        assert!(shown.starts_with("{\"path\":\"two.jsonl\",\"record\":\"a\","), "{form}: {shown}");
        let plain = printed(&format!("{form} page.txt"), dir.path());
        assert!(plain.starts_with("{\"path\":\"page.txt\",") && !plain.contains("record"), "{form}: {plain}");
    }
}

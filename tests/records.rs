//! Records of archives: what is said of each, and of those that hold no page.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::path::Path;

use common::{printed, said, solieu};

const PAGE: &str =
    "Chợ đầu mối mở rộng\n\nSau khi sửa chữa năm 2019, chợ có 240 gian hàng, tăng 12,5% so với năm trước.\n";

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

/// Seven objects, of which the first and the last are pages.
fn part(dir: &Path) {
    let page = serde_json::json!({ "text": PAGE }).to_string();
    let rest = r#"{"foo":1}|{"text":null}|{"text":5}|{"text":""}|{"text":["a"]}"#.replace('|', "\n");
    fs::write(dir.join("part.jsonl"), format!("{page}\n{rest}\n{page}\n")).unwrap();
}

#[test]
fn records_without_text_are_counted() {
    let dir = folder();
    part(dir.path());
    let done = solieu("extract part.jsonl --problems problems.jsonl", dir.path());
    assert_eq!(done.status.code(), Some(0));
    let counts = "solieu: 4 facts from 2 pages (252 bytes), 5 records without text, 0 problems\n";
    assert_eq!(said(&done), counts);
    let problems = fs::read_to_string(dir.path().join("problems.jsonl")).unwrap();
    let third = r#"{"path":"part.jsonl","record":"3","offset":151,"what":"no text","severity":"note"}"#;
    assert_eq!((problems.lines().count(), problems.lines().nth(1)), (5, Some(third)));
    let json = said(&solieu("extract part.jsonl --log-format json", dir.path()));
    assert!(json.starts_with(&problems) && json.contains("\"without_text\":5"), "{json}");
    for command in ["strip", "dates", "explain", "stats", "rules coverage"] {
        let done = solieu(&format!("{command} part.jsonl"), dir.path());
        assert_eq!(done.status.code(), Some(0), "{command}");
        assert!(said(&done).contains("solieu: note: 5 records without text\n"), "{command}: {}", said(&done));
    }
    let split = |part| {
        let done =
            solieu(&format!("extract part.jsonl rows.csv --shard {part}/2 -o {part}.jsonl"), dir.path());
        assert_eq!(done.status.code(), Some(0));
        let mark = fs::read(dir.path().join(format!("{part}.jsonl.done"))).unwrap();
        let mark: serde_json::Value = serde_json::from_slice(&mark).unwrap();
        mark["summary"]["without_text"].as_u64().unwrap()
    };
    fs::write(dir.path().join("rows.csv"), "id,text\n1,một\n2\n3,ba\n").unwrap();
    assert_eq!(split(1) + split(2), 6);
}

#[test]
fn a_list_without_a_path_is_noted() {
    let dir = folder();
    fs::write(dir.path().join("list"), "\n").unwrap();
    let done = solieu("extract --files-from list", dir.path());
    assert_eq!(done.status.code(), Some(0));
    let noted = "solieu: note: list: no path in this list\nsolieu: 0 facts from 0 pages (0 bytes), 1 note, 0 problems\n";
    assert_eq!(said(&done), noted);
}

#[test]
fn a_table_without_a_known_column_is_noted_and_read_where_it_is_named() {
    let dir = folder();
    let rows = "mã,nội_dung\n1,Chợ có 240 gian.\n2,\"Chợ có 250 gian, hàng\"\n";
    for name in ["rows.csv", "rows.txt"] {
        fs::write(dir.path().join(name), rows).unwrap();
        let named = solieu(&format!("extract {name} --text-field nội_dung"), dir.path());
        assert!(said(&named).starts_with("solieu: 2 facts from 2 pages"), "{}", said(&named));
    }
    let unnamed = said(&solieu("extract rows.csv", dir.path()));
    let note =
        "solieu: note: rows.csv: looks like CSV without a known text column: name it with --text-field\n";
    assert!(unnamed.starts_with(note) && unnamed.contains("from 1 page"), "{unnamed}");
    assert_eq!(said(&solieu("strip rows.csv", dir.path())), note);
}

#[test]
fn notes_are_told_from_problems() {
    let dir = folder();
    fs::create_dir(dir.path().join("pages")).unwrap();
    for name in ["a", "b"] {
        fs::write(dir.path().join(format!("pages/{name}.jsonl")), "{\"foo\":1}\n{\"foo\":2}\n").unwrap();
    }
    let noted = said(&solieu("extract pages page.txt", dir.path()));
    let lines: Vec<&str> = noted.lines().collect();
    assert!(lines[0].starts_with("solieu: note: pages/a.jsonl#1 at byte 0: no field"), "{noted}");
    assert!(lines[2].ends_with("from 1 page (126 bytes), 2 notes, 0 problems"), "{noted}");
    let named = solieu("extract pages/a.jsonl", dir.path());
    assert_eq!(named.status.code(), Some(1));
    let named = said(&named);
    assert!(named.starts_with("solieu: pages/a.jsonl#1 at byte 0: no field"), "{named}");
    assert!(named.ends_with(", 1 record without text, 1 problem\n"), "{named}");
}

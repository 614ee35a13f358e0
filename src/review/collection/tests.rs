use std::fmt::Write as _;

use super::*;

fn line(id: u32, path: &str, at: usize, unit: &str) -> String {
    format!(
        r#"{{"id":"{id:032x}","kind":"count","value":{id},"unit":"{unit}","status":"actual","source":{{"path":"{path}","sha256":"00","bytes":[{at},{}],"line":1,"column":1,"quote":"{id}","sentence":"Đoàn có {id} {unit}."}},"rule":"count"}}"#,
        at + 1
    ) + "\n"
}

fn read(new: &str, old: Option<&str>) -> Collection {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let new = write("new.jsonl", new);
    let old = old.map(|old| write("old.jsonl", old));
    Collection::read(&new, old.as_deref()).unwrap()
}

#[test]
fn rows_stand_by_page_and_place() {
    let mut lines = String::new();
    for (id, path, at) in [(1, "b", 9), (2, "a", 4), (3, "b", 2), (1, "b", 9)] {
        let _ = write!(lines, "{}", line(id, path, at, "xe"));
    }
    let all = read(&lines, None);
    let ids: Vec<u32> = all.rows().iter().map(|row| u32::from_str_radix(&row.id, 16).unwrap()).collect();
    assert_eq!((ids, all.doubles), (vec![3, 1, 2], 1));
    assert_eq!(all.pages().iter().map(|p| (p.first, p.count)).collect::<Vec<_>>(), [(0, 2), (2, 1)]);
    assert_eq!(all.row_of(&format!("{:032x}", 2)), Some(2));
}

#[test]
fn changes_are_those_of_a_comparison() {
    let old = line(1, "a", 1, "xe")
        + &line(2, "a", 2, "xe")
        + &line(4, "b", 4, "cây cầu mới xây qua sông")
        + &line(5, "c", 1, "xe");
    let new =
        line(1, "a", 11, "xe") + &line(2, "a", 12, "tàu") + &line(3, "a", 13, "xe") + &line(6, "c", 1, "xe");
    let all = read(&new, Some(&old));
    let changes: Vec<_> = all.rows().iter().map(|row| row.change).collect();
    // The fact of page c has another id, as its sentence was edited, but is the same fact.
    let wanted = [Change::Same, Change::Changed, Change::Added, Change::Changed, Change::Removed];
    assert_eq!(changes, wanted);
    assert!(all.rows()[1].old.as_deref().unwrap().contains("xe"));
    assert!(all.rows()[3].old.as_deref().unwrap().contains("Đoàn có 5 xe"));
}

#[test]
fn words_are_found_without_marks() {
    let all = read(&(line(1, "a", 1, "tàu hỏa") + &line(2, "a", 2, "xe đạp")), None);
    assert_eq!(all.search("XE dap"), [1]);
    assert_eq!(all.search("đoàn"), [0, 1]);
    assert_eq!(all.search("máy bay"), [0; 0]);
}

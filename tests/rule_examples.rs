//! What authors of rules are told: examples that fail, rules that are misspelt, numbers that no rule explains.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;

use common::solieu;

const UNITS: &str = r#"
[[rule]]
name = "basket"
comment = "Baskets"
priority = 99
next = " giỏ"
kind = "count"
examples = [
  { text = "Kho còn 12 giỏ.", quote = "12", value = "13" },
  { text = "Kho còn hơn 12 giỏ.", quote = "12", qualifier = "about", per = "năm" },
  { text = "Kho còn 12 kiện.", quote = "12" },
  { text = "Ngày 12/5/2020 kho còn nhiều giỏ.", quote = "12" },
  { text = "Kho còn nhiều giỏ.", quote = "12" },
]
leave = ["Kho còn 15 giỏ."]
"#;

const FAILED: &str = "\
own/units.toml:9: basket: wrong: value is `12`, not `13`
    Kho còn 12 giỏ.
own/units.toml:10: basket: wrong: per is absent, not `năm`; qualifier is `over`, not `about`
    Kho còn hơn 12 giỏ.
own/units.toml:11: basket: missed: `12` is read by count
    Kho còn 12 kiện.
own/units.toml:12: basket: missed: `12` is part of a date or time
    Ngày 12/5/2020 kho còn nhiều giỏ.
own/units.toml:13: basket: missed: `12` is not in the text
    Kho còn nhiều giỏ.
own/units.toml:15: basket: false alarm: reads `15`
    Kho còn 15 giỏ.
";

/// A folder with rules of one's own.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("own/entities")).unwrap();
    fs::write(dir.path().join("own/units.toml"), UNITS).unwrap();
    dir
}

#[test]
fn failed_examples_say_where_they_stand_and_what_was_read() {
    let dir = folder();
    let group = "[[group]]\nname = \"depots\"\ncomment = \"Depots\"\nwords = [\"các kho\"]\n\
        examples = [{ text = \"Tính chung các kho có 12 cửa.\", entity = \"kho\" }]\n";
    fs::write(dir.path().join("own/entities/groups.toml"), group).unwrap();
    let done = solieu("rules test --rules own", dir.path());
    let shown = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1));
    let lines: Vec<&str> = shown.lines().collect();
    let counted = lines.last().unwrap();
    assert!(counted.ends_with(" 3 wrong, 3 missed, 1 false alarm, 0 to do"), "{counted}");
    assert!(shown.contains(FAILED), "{shown}");
    assert!(
        shown.contains("own/entities/groups.toml:5: depots: wrong: reads `các kho`, not `kho`\n"),
        "{shown}"
    );
}

#[test]
fn rules_that_were_perhaps_meant_are_told() {
    let dir = folder();
    fs::write(dir.path().join("page.txt"), "Kho còn 12 giỏ.\n").unwrap();
    let said = |rule: &str| {
        let done = solieu(&format!("explain page.txt --rules own --rule {rule}"), dir.path());
        assert_eq!(done.status.code(), Some(2));
        String::from_utf8(done.stderr).unwrap()
    };
    assert!(said("baskett").starts_with("solieu: no rule is called `baskett`\n  perhaps: basket"));
    assert!(said("xqzjw").ends_with("\n  `solieu rules list` prints their names\n"));
}

#[test]
fn coverage_does_not_depend_on_threads() {
    let dir = tempfile::tempdir().unwrap();
    let page = |n: usize| format!("Kho hàng\n\nKho is, from {n} (not counting those); nay có {n} cửa.\n");
    let lines = (0..300).map(|n| serde_json::json!({ "text": page(n % 7) }).to_string() + "\n");
    fs::write(dir.path().join("pages.jsonl"), lines.collect::<String>()).unwrap();
    let run = |jobs: &str| {
        let done = solieu(&format!("rules coverage pages.jsonl {jobs}"), dir.path());
        assert_eq!(done.status.code(), Some(0));
        (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let one = run("-j 1");
    assert!(one.0.starts_with("300\t") && one.1.contains("600 numbers: "), "{one:?}");
    assert_eq!(one, run("--jobs 3"));
}

#[test]
fn listed_rules_have_the_kinds_of_the_record() {
    let listed = String::from_utf8(solieu("rules list", folder().path()).stdout).unwrap();
    let kinds: Vec<&str> = listed.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert!(kinds.contains(&"percentage_point"));
    for kind in kinds.into_iter().filter(|kind| !["attribute", "not a fact"].contains(kind)) {
        assert!(kind.parse::<solieu::fact::Kind>().is_ok(), "{kind}");
    }
}

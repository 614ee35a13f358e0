//! `solieu series` on the sample pages, and the table in the README.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::path::Path;

use common::solieu;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Exit status, standard output and standard error.
fn run(args: &[&str]) -> (i32, String, String) {
    let output = solieu(args, Path::new(ROOT));
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A database of the sample pages.
fn seeds(dir: &Path) -> String {
    let url = format!("sqlite:{}", dir.join("facts.db").display());
    assert_eq!(run(&["extract", "seeds/", "--to", &url]).0, 0);
    url
}

#[test]
fn pages_that_say_the_same_are_one_figure_with_both_citations() {
    let dir = tempfile::tempdir().unwrap();
    let page = |name: &str, share: &str| {
        let said = format!("Tỷ lệ văn bản điện tử của Việt Nam năm 2020 đạt {share}.\n");
        std::fs::write(dir.path().join(name), said).unwrap();
    };
    page("first.txt", "88,53%");
    page("second.txt", "khoảng 88,5%");
    let url = format!("sqlite:{}", dir.path().join("facts.db").display());
    assert_eq!(run(&["extract", dir.path().to_str().unwrap(), "--to", &url]).0, 0);
    let (status, text, _) = run(&["series", &url, "--metric", "egov.documents.electronic.share"]);
    assert_eq!(status, 0, "{text}");
    let line = text.lines().find(|line| line.contains("88.53")).unwrap();
    assert!(line.contains("first") && line.contains("second") && !text.contains("88.5 "), "{text}");
}

#[test]
fn what_is_not_shown_is_told() {
    let dir = tempfile::tempdir().unwrap();
    for (name, said) in [
        ("dated.txt", "Tỷ lệ văn bản điện tử của Việt Nam năm 2020 đạt 88,5%.\n"),
        ("one.txt", "Tỷ lệ văn bản điện tử của Việt Nam đạt 70%.\n"),
        ("other.txt", "Tỷ lệ văn bản điện tử của Việt Nam đạt 60%.\n"),
    ] {
        std::fs::write(dir.path().join(name), said).unwrap();
    }
    let url = format!("sqlite:{}", dir.path().join("facts.db").display());
    assert_eq!(run(&["extract", dir.path().to_str().unwrap(), "--to", &url]).0, 0);
    let (status, text, said) =
        run(&["series", &url, "--metric", "egov.documents.electronic.share", "--format", "csv"]);
    assert_eq!((status, text.lines().count()), (0, 2), "{text}{said}");
    assert!(said.contains("2 facts without a date"), "{said}");
}

#[test]
fn a_metric_answers_to_its_names() {
    let dir = tempfile::tempdir().unwrap();
    let url = seeds(dir.path());
    let series = |metric: &str| run(&["series", &url, "--metric", metric]);
    let by_id = series("egov.online-services.level4.share");
    assert_eq!(by_id.0, 0);
    for name in ["tỷ lệ dịch vụ công trực tuyến mức độ 4", "Share of public services online at level 4"]
    {
        assert_eq!(series(name).1, by_id.1, "{name}");
    }
}

#[test]
fn a_metric_that_nobody_knows_is_told_from_one_without_facts() {
    let dir = tempfile::tempdir().unwrap();
    let url = seeds(dir.path());
    let series = |metric: &str| run(&["series", &url, "--metric", metric]);
    let (status, text, said) = series("egov.online-service.level4.shares");
    assert_eq!((status, text.as_str()), (2, ""));
    assert!(said.contains("egov.online-services.level4.share"), "{said}");
    let (status, _, said) = series("qwzx");
    assert_eq!(status, 2);
    assert!(said.contains("solieu metrics"), "{said}");
    let (status, _, said) = series("egov.papi");
    assert_eq!(status, 1);
    assert!(said.contains("the rules know"), "{said}");
    let (status, _, said) = run(&["series", &url, "--metric", "egov.index", "--entity", "VN-XX"]);
    assert_eq!(status, 1);
    assert!(said.contains("no such figure"), "{said}");
}

#[test]
fn the_table_in_the_readme_is_what_its_query_gives() {
    let dir = tempfile::tempdir().unwrap();
    let url = seeds(dir.path());
    let readme = std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let (_, rest) = readme.split_once("sqlite3 -box facts.db \"").unwrap();
    let (query, rest) = rest.split_once("\"\n```").unwrap();
    let database = rusqlite::Connection::open(url.trim_start_matches("sqlite:")).unwrap();
    let mut statement = database.prepare(query).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut lines = rest.lines().filter(|line| line.starts_with('│') && !line.contains(" day "));
    while let Some(row) = rows.next().unwrap() {
        let shown: Vec<&str> = lines.next().unwrap().trim_matches('│').split('│').map(str::trim).collect();
        let given: Vec<String> = (0..shown.len()).map(|i| row.get(i).unwrap()).collect();
        assert_eq!(shown, given);
    }
    assert_eq!(lines.next(), None);
}

/// A name is whatever a facts file says, up to what an identifier may have.
#[test]
fn metrics_of_any_name_are_listed() {
    let dir = tempfile::tempdir().unwrap();
    let url = seeds(dir.path());
    let (plain, odd) = (dir.path().join("facts.jsonl"), dir.path().join("odd.jsonl"));
    assert_eq!(run(&["load", &url, "--to", &format!("jsonl:{}", plain.display())]).0, 0);
    let facts = std::fs::read_to_string(plain).unwrap();
    let metrics_of = |name: &str| {
        std::fs::write(&odd, facts.replace("egov.online-services.level4.share", name)).unwrap();
        run(&["metrics", odd.to_str().unwrap()])
    };
    let (status, text, said) = metrics_of(&("x".repeat(508) + "\\u001b[2J"));
    assert_eq!((status, &*said), (0, ""));
    assert!(text.contains(&"x".repeat(508)) && !text.contains('\u{1B}'));
    assert!(text.lines().all(|line| line.contains("xxx") || line.len() < 200));
    let (status, _, said) = metrics_of(&"x".repeat(70_000));
    let first =
        1 + facts.lines().take_while(|line| !line.contains("egov.online-services.level4.share")).count();
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains(&format!("odd.jsonl: line {first} is no fact: metric.id has 70000 bytes")),
        "{said}"
    );
}

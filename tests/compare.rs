//! `diff`, `show`, `score`, `report` and `--decisions` from outside.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use common::{command, said, solieu};
use tempfile::TempDir;

const PAGE: &str = "Chợ đầu mối mở rộng\n\n\
    Sau khi sửa chữa, chợ có 240 gian hàng, tăng 12,5% so với năm trước. Mỗi ngày chợ đón khoảng 1.500 lượt khách.\n";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/diff")
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with a page and its facts.
fn extracted() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    let done = solieu(&["extract", "page.txt", "-q", "-o", "facts.jsonl"], dir.path());
    assert_eq!(status(&done), 0, "{}", said(&done));
    dir
}

/// Compares with a file, or writes it where `BLESS` is set.
fn golden(name: &str, got: &str) {
    let path = fixtures().join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, got).unwrap();
    }
    assert_eq!(got, fs::read_to_string(&path).unwrap(), "{name}; BLESS=1 writes what is printed now");
}

#[test]
fn comparisons_are_as_they_were() {
    let forms: [(&str, &[&str]); 8] = [
        ("text.diff", &[]),
        ("context.diff", &["-U3", "--width", "60", "--moved"]),
        ("stat.txt", &["--stat", "--width", "80"]),
        ("names.txt", &["--name-only"]),
        ("diff.json", &["--format", "json"]),
        ("diff.md", &["--format", "markdown"]),
        ("diff.html", &["--format", "html"]),
        ("colour.txt", &["--color", "always", "-U0", "--limit", "2"]),
    ];
    for (name, options) in forms {
        let args = [&["diff", "old.jsonl", "new.jsonl"], options].concat();
        let output = solieu(&args, &fixtures());
        assert_eq!(status(&output), 1, "{name}: {}", said(&output));
        golden(name, &stdout(&output));
    }
}

#[test]
fn the_exit_status_is_that_of_diff() {
    let dir = extracted();
    let run = |args: &[&str]| status(&solieu(&[&["diff"], args].concat(), dir.path()));
    assert_eq!(run(&["facts.jsonl", "facts.jsonl"]), 0);
    assert_eq!(run(&["facts.jsonl", "/dev/null"]), 1);
    assert_eq!(run(&["facts.jsonl", "/dev/null", "-q"]), 1);
    assert_eq!(run(&["facts.jsonl", "missing.jsonl"]), 2);
    assert_eq!(run(&["facts.jsonl"]), 2);
    assert_eq!(run(&["facts.jsonl", "page.txt"]), 2);
    assert_eq!(run(&["facts.jsonl", "facts.jsonl", "--ignore", "colour"]), 2);
}

#[test]
fn sides_may_be_compressed_or_standard_input() {
    let dir = extracted();
    let plain = fs::read(dir.path().join("facts.jsonl")).unwrap();
    fs::write(dir.path().join("facts.zst"), zstd::encode_all(&plain[..], 1).unwrap()).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&plain).unwrap();
    fs::write(dir.path().join("named-otherwise"), gzip.finish().unwrap()).unwrap();
    assert_eq!(status(&solieu(&["diff", "facts.zst", "named-otherwise"], dir.path())), 0);
    let mut child = command(&["diff", "-", "facts.jsonl"], dir.path()).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&plain).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_and_a_file_of_the_same_facts_do_not_differ() {
    let dir = extracted();
    assert_eq!(status(&solieu(&["load", "facts.jsonl", "--to", "sqlite:facts.db"], dir.path())), 0);
    let output = solieu(&["diff", "sqlite:facts.db", "facts.jsonl"], dir.path());
    assert_eq!((status(&output), stdout(&output)), (0, String::new()));
}

#[test]
fn git_calls_it_with_seven_arguments() {
    let dir = extracted();
    let args = ["diff", "data/facts.jsonl", "/dev/null", ".", ".", "facts.jsonl", "0123abc", "100644"];
    let output = solieu(&args, dir.path());
    assert_eq!(status(&output), 0, "git takes anything else for a failure");
    assert!(
        stdout(&output).starts_with("--- a/data/facts.jsonl\n+++ b/data/facts.jsonl\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn rules_are_compared_over_pages() {
    let dir = extracted();
    fs::create_dir(dir.path().join("more")).unwrap();
    fs::write(dir.path().join("more/units.toml"), "# none of its own\n").unwrap();
    let same = solieu(&["diff", "--rules", "more", "page.txt"], dir.path());
    assert_eq!((status(&same), stdout(&same)), (0, String::new()), "{}", said(&same));
    let none = solieu(&["diff", "--rules", "missing", "page.txt"], dir.path());
    assert_eq!(status(&none), 2);
}

#[test]
fn articles_are_compared_line_by_line() {
    let dir = tempfile::tempdir().unwrap();
    for (side, count) in [("old", "240"), ("new", "260")] {
        fs::create_dir(dir.path().join(side)).unwrap();
        fs::write(dir.path().join(side).join("page.txt"), PAGE.replace("240", count)).unwrap();
        fs::write(dir.path().join(side).join("same.txt"), PAGE).unwrap();
    }
    let output = solieu(&["diff", "--pages", "old", "new"], dir.path());
    let text = stdout(&output);
    assert_eq!(status(&output), 1, "{}", said(&output));
    assert!(text.contains("\n-Sau khi sửa chữa, chợ có 240 gian hàng"), "{text}");
    assert!(text.contains("\n+Sau khi sửa chữa, chợ có 260 gian hàng"), "{text}");
    assert!(text.contains("lines: 1 added, 1 removed on 1 page (2 → 2 pages)"), "{text}");
    assert_eq!(stdout(&solieu(&["diff", "--pages", "--name-only", "old", "new"], dir.path())), "page.txt\n");
    assert_eq!(status(&solieu(&["diff", "--pages", "old", "old"], dir.path())), 0);
}

#[test]
fn two_articles_are_compared_whatever_they_are_called() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("p.txt"), PAGE).unwrap();
    fs::write(dir.path().join("q.txt"), PAGE.replace("240", "260")).unwrap();
    let run = |more: &[&str]| {
        let output = solieu(&[&["diff", "--pages", "p.txt", "q.txt"], more].concat(), dir.path());
        assert_eq!(status(&output), 1, "{}", said(&output));
        stdout(&output)
    };
    let text = run(&[]);
    assert!(text.contains("lines: 1 added, 1 removed on 1 page (1 → 1 pages)"), "{text}");
    assert!(text.contains("\n\nq.txt\n"), "{text}");
    // So git names the side that does not have the page.
    for sides in [["p.txt", "/dev/null"], ["/dev/null", "p.txt"]] {
        let text = stdout(&solieu(&[&["diff", "--pages"], &sides[..]].concat(), dir.path()));
        assert!(text.contains("\n\np.txt\n"), "{text}");
    }
    let none = run(&["--limit", "0"]);
    assert!(none.contains("\n… 1 more page not shown\nlines: 1 added"), "{none}");
    for form in ["markdown", "html"] {
        assert!(run(&["--limit", "0", "--format", form]).contains("… 1 more page not shown"), "{form}");
    }
    assert!(run(&["--limit", "0", "--format", "json"]).contains("\"hidden\":1"));
}

#[test]
fn facts_are_shown_for_reading() {
    let dir = extracted();
    let output = solieu(&["show", "facts.jsonl"], dir.path());
    let text = stdout(&output);
    assert_eq!(status(&output), 0);
    assert!(text.starts_with("page.txt\n"), "{text}");
    assert!(text.contains("chợ có [240] gian hàng") || text.contains("chợ có [240 gian hàng]"), "{text}");
    assert!(!text.contains("sha256"), "{text}");
    assert!(stdout(&solieu(&["show", "--all", "facts.jsonl"], dir.path())).contains("source.sha256"));
    let facts = fs::read_to_string(dir.path().join("facts.jsonl")).unwrap().lines().count();
    let brief = stdout(&solieu(&["show", "--brief", "facts.jsonl"], dir.path()));
    assert!(brief.lines().count() >= facts, "{brief}");
}

#[test]
fn own_annotations_are_scored() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().unwrap();
    let facts = dir.path().join("facts.jsonl").display().to_string();
    assert_eq!(status(&solieu(&["extract", "seeds", "-q", "-o", &facts], root)), 0);
    let output = solieu(&["score", "fixtures/gold/seeds", &facts, "--format", "json", "--errors"], root);
    assert_eq!(status(&output), 0, "{}", said(&output));
    let score: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(score["precision"].as_f64().unwrap() > 0.95, "{score}");
    assert!(score["recall"].as_f64().unwrap() > 0.95, "{score}");
    let right: u64 =
        score["rules"].as_object().unwrap().values().map(|rule| rule["right"].as_u64().unwrap()).sum();
    let kinds: u64 =
        score["kinds"].as_object().unwrap().values().map(|kind| kind["right"].as_u64().unwrap()).sum();
    assert_eq!(right, kinds);
    let table = stdout(&solieu(&["score", "fixtures/gold/seeds", &facts], root));
    assert!(table.starts_with("precision "), "{table}");
    let wrong = solieu(&["score", "src", &facts], root);
    assert_eq!(status(&wrong), 2);
}

#[test]
fn a_report_names_its_facts_and_marks_its_articles() {
    let dir = extracted();
    let done = solieu(&["report", "facts.jsonl", "-o", "report.html", "--title", "Chợ <b>"], dir.path());
    assert_eq!(status(&done), 0, "{}", said(&done));
    let page = fs::read_to_string(dir.path().join("report.html")).unwrap();
    assert!(page.contains("<title>Chợ &lt;b&gt;</title>"));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    assert!(page.contains(" gian hàng, tăng <a href=\"#f"), "the article is marked, not the sentences alone");
    assert!(!page.contains("style=\""), "the policy would not let it");
}

/// The facts of the page and a decision on the one that has the quote.
fn decide(dir: &Path, quote: &str, verdict: &str, fields: &str) {
    let facts = fs::read_to_string(dir.join("facts.jsonl")).unwrap();
    let line = facts.lines().find(|line| line.contains(&format!("\"quote\":\"{quote}"))).unwrap();
    let fact: solieu::fact::Fact<'_> = serde_json::from_str(line).unwrap();
    let decision = format!(
        "{{\"at\":\"2024-05-01T08:00:00Z\",\"by\":\"An\",\"fact\":\"{}\",\"of\":\"{}\",\"verdict\":\"{verdict}\",\
         \"fields\":{fields}}}\n",
        fact.id,
        solieu::review::decisions::content_hash(&fact)
    );
    let mut file = fs::File::options().append(true).create(true).open(dir.join("decisions.jsonl")).unwrap();
    file.write_all(decision.as_bytes()).unwrap();
}

#[test]
fn decisions_are_applied_by_extract_and_load_alike() {
    let dir = extracted();
    decide(dir.path(), "12,5%", "reject", "{}");
    decide(dir.path(), "240", "correct", "{\"unit\":\"sạp\"}");
    let again = solieu(&["extract", "page.txt", "--decisions", "decisions.jsonl"], dir.path());
    assert_eq!(status(&again), 0, "{}", said(&again));
    let text = stdout(&again);
    assert!(!text.contains("\"quote\":\"12,5%\""), "{text}");
    assert!(text.contains("\"unit\":\"sạp\"") && text.contains("\"rule\":\"review\""), "{text}");
    assert!(said(&again).contains("1 rejected, 1 corrected, 0 accepted, 0 not applied"), "{}", said(&again));
    let load = ["load", "facts.jsonl", "--decisions", "decisions.jsonl", "--to", "jsonl:loaded.jsonl"];
    assert_eq!(status(&solieu(&load, dir.path())), 0);
    assert_eq!(fs::read_to_string(dir.path().join("loaded.jsonl")).unwrap(), text);
}

#[test]
fn a_stale_decision_is_named_and_not_applied() {
    let dir = extracted();
    decide(dir.path(), "240", "reject", "{}");
    let facts = fs::read_to_string(dir.path().join("facts.jsonl")).unwrap();
    fs::write(dir.path().join("facts.jsonl"), facts.replace("\"value\":240", "\"value\":241")).unwrap();
    let load = ["load", "facts.jsonl", "--decisions", "decisions.jsonl", "--to", "jsonl:loaded.jsonl"];
    let output = solieu(&load, dir.path());
    assert_eq!(status(&output), 0);
    assert!(said(&output).contains("decision of An on"), "{}", said(&output));
    assert!(said(&output).contains("the fact says something else now"), "{}", said(&output));
    assert!(fs::read_to_string(dir.path().join("loaded.jsonl")).unwrap().contains("\"value\":241"));
}

#[cfg(all(feature = "sqlite", feature = "parquet"))]
#[test]
fn what_is_rejected_is_retired_where_it_was_and_comes_back_without_the_decision() {
    let dir = extracted();
    for (sort, place) in [("sqlite", "facts.db"), ("parquet", "facts")] {
        let url = format!("{sort}:{place}");
        let whole = format!("{sort}:{}", dir.path().join(place).display());
        let quotes = || {
            let mut quotes = Vec::new();
            solieu::sink::facts(&whole, &mut |fact| quotes.push(fact.source.quote.to_string())).unwrap();
            quotes
        };
        let load = |more: &[&str]| {
            let output = solieu(&[&["load", "facts.jsonl", "--to", &url], more].concat(), dir.path());
            assert_eq!(status(&output), 0, "{}", said(&output));
            said(&output)
        };
        load(&[]);
        let all = quotes();
        let _ = fs::remove_file(dir.path().join("decisions.jsonl"));
        decide(dir.path(), "240", "reject", "{}");
        for (retired, run) in [(1, "a"), (0, "a"), (0, "b")] {
            let said = load(&["--decisions", "decisions.jsonl", "--run", run]);
            assert!(
                said.contains(&format!(
                    "0 facts added, 0 changed, {} as they were, {retired} retired",
                    all.len() - 1
                )),
                "{said}"
            );
            assert!(all.iter().any(|quote| quote == "240") && !quotes().iter().any(|quote| quote == "240"));
        }
        // Without the file nothing is known against it; also in a run of the same name.
        load(&["--run", "b"]);
        assert_eq!(quotes().len(), all.len());
    }
}

#[test]
fn a_line_that_is_no_decision_stops_the_load() {
    let dir = extracted();
    decide(dir.path(), "240", "reject", "{}");
    let decisions = fs::read_to_string(dir.path().join("decisions.jsonl")).unwrap();
    for torn in ["<<<<<<< mine\n".to_owned() + &decisions, decisions[..40].to_owned() + "\n"] {
        fs::write(dir.path().join("decisions.jsonl"), torn).unwrap();
        for command in [&["load", "facts.jsonl"], &["extract", "page.txt"]] {
            let more = ["--decisions", "decisions.jsonl", "--to", "jsonl:loaded.jsonl"];
            let output = solieu(&[&command[..], &more].concat(), dir.path());
            assert_eq!(status(&output), 2, "{}", said(&output));
            assert!(said(&output).contains("decisions.jsonl: line 1: "), "{}", said(&output));
            assert!(!dir.path().join("loaded.jsonl").exists());
        }
    }
    // But for one that a crash cut off behind the others: nobody was told that it stands.
    fs::write(dir.path().join("decisions.jsonl"), decisions.clone() + &decisions[..40]).unwrap();
    let load = ["load", "facts.jsonl", "--decisions", "decisions.jsonl", "--to", "jsonl:loaded.jsonl"];
    let output = solieu(&load, dir.path());
    assert_eq!(status(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("decisions.jsonl: line 2: was cut off"), "{}", said(&output));
    assert!(said(&output).contains("decisions: 1 rejected"), "{}", said(&output));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_keeps_decisions_once() {
    let dir = extracted();
    decide(dir.path(), "240", "correct", "{\"unit\":\"sạp\"}");
    let load = ["load", "facts.jsonl", "--decisions", "decisions.jsonl", "--to", "sqlite:facts.db"];
    for _ in 0..2 {
        assert_eq!(status(&solieu(&load, dir.path())), 0);
    }
    let database = rusqlite::Connection::open(dir.path().join("facts.db")).unwrap();
    let row = "SELECT count(*), min(reviewer), min(verdict), min(corrected) FROM decisions";
    let row: (i64, String, String, String) =
        database.query_row(row, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    assert_eq!(row, (1, "An".to_owned(), "correct".to_owned(), "{\"unit\":\"sạp\"}".to_owned()));
    let unit: String =
        database.query_row("SELECT unit FROM facts WHERE rule = 'review'", [], |row| row.get(0)).unwrap();
    assert_eq!(unit, "sạp");
}

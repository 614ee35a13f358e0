//! What holds for every destination alike: which texts go in and come out, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

#[cfg(feature = "postgres")]
mod common;
#[cfg(feature = "postgres")]
mod server;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const MEGABYTE: usize = 1 << 20;

/// All destinations, each with a name of its own in the folder; PostgreSQL where it is installed.
struct Destinations {
    dir: tempfile::TempDir,
    #[cfg(feature = "postgres")]
    server: Option<server::Server>,
}

impl Destinations {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            #[cfg(feature = "postgres")]
            server: server::Server::start(),
        }
    }

    fn urls(&self, name: &str) -> Vec<String> {
        let mut urls: Vec<String> = ["csv:NAME.csv", "jsonl:NAME.jsonl.zst"].map(Into::into).into();
        urls.extend(cfg!(feature = "sqlite").then(|| "sqlite:NAME.db".to_owned()));
        urls.extend(cfg!(feature = "parquet").then(|| "parquet:NAME.parquet".to_owned()));
        let place = self.dir.path().join(name).display().to_string();
        let mut urls: Vec<String> = urls.iter().map(|url| url.replace("NAME", &place)).collect();
        #[cfg(feature = "postgres")]
        if let Some(server) = &self.server {
            let mut client = postgres::Client::connect(&server.url(), postgres::NoTls).unwrap();
            client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
            urls.push(server.url().replace("/postgres", &format!("/{name}")));
        }
        urls.sort();
        urls
    }

    fn write(&self, facts: &[Value]) -> std::path::PathBuf {
        let file = self.dir.path().join("facts.jsonl");
        std::fs::write(&file, facts.iter().map(|fact| format!("{fact}\n")).collect::<Vec<_>>().concat())
            .unwrap();
        file
    }
}

/// A fact with all texts that a fact can have.
fn fact(n: usize, text: &str) -> Value {
    json!({
        "id": format!("{n:032x}"), "kind": "rate", "value": 7, "unit": text, "per": text, "status": "actual",
        "time": { "end": "2020-02-29", "role": "by", "text": text, "source": "sentence" },
        "base": { "text": text },
        "metric": { "id": "health.beds", "text": text },
        "entity": { "id": "VN-DN", "text": text },
        "theme": text,
        "source": {
            "path": text, "record": text, "uri": text, "title": text, "sha256": text, "bytes": [n, n + 5], "line": 1,
            "column": 1, "quote": text, "sentence": text,
        },
        "rule": text,
    })
}

fn load(facts: &Path, url: &str) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_solieu")).arg("load").arg(facts).args(["--to", url]).output();
    let output = output.unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn read_back(url: &str) -> Vec<Value> {
    let mut facts = Vec::new();
    solieu::sink::facts(url, &mut |fact| facts.push(serde_json::to_value(fact).unwrap())).unwrap();
    facts.sort_by_key(|fact| fact["id"].as_str().unwrap().to_owned());
    facts
}

#[test]
fn texts_of_every_sort_come_back_from_every_destination() {
    let all = Destinations::new();
    let texts = [
        "'; DROP TABLE facts; --",
        "\"a\", b;\r\n\\N\\.\t",
        "\0nul\0",
        "\u{202E}\u{200F}right to left\u{2066}\u{FEFF}\u{FDD0}0\u{FFFF}",
        "",
        // As words, and such that no index and no page could hold it packed.
        &"dài ".repeat(MEGABYTE / 4),
        &(0..MEGABYTE / 32)
            .map(|n| format!("{:032x}", (n as u128 + 1) * 0x9E37_79B9_7F4A_7C15_F39C))
            .collect::<Vec<_>>()
            .concat(),
    ];
    let facts: Vec<Value> = texts.iter().enumerate().map(|(n, text)| fact(n, text)).collect();
    let file = all.write(&facts);
    for url in all.urls("texts") {
        let (status, said) = load(&file, &url);
        assert_eq!(status, Some(0), "{url}: {said}");
        // Not `assert_eq`: megabytes of text would be printed.
        assert!(read_back(&url) == facts, "{url}");
    }
}

#[test]
fn identifiers_that_no_index_could_hold_are_refused_alike_and_named() {
    let all = Destinations::new();
    let with = |n: usize, field: &str, id: &str| {
        let mut fact = fact(n, "trạm");
        *fact.pointer_mut(field).unwrap() = id.into();
        fact
    };
    let fields = [("/id", "id"), ("/metric/id", "metric.id"), ("/entity/id", "entity.id")];
    // The longest that there may be, of characters that take most room in a database.
    let facts: Vec<Value> =
        fields.iter().zip(1..).map(|((field, _), n)| with(n, field, &"\0".repeat(512))).collect();
    let file = all.write(&facts);
    for url in all.urls("short") {
        let (status, said) = load(&file, &url);
        assert_eq!(status, Some(0), "{url}: {said}");
        assert_eq!(read_back(&url).len(), 3, "{url}");
    }
    let urls = all.urls("long");
    for (field, name) in fields {
        let file = all.write(&[fact(1, "trạm"), with(2, field, &"m".repeat(MEGABYTE))]);
        for url in &urls {
            let (status, said) = load(&file, url);
            assert_eq!(status, Some(2), "{url}: {said}");
            let expected = format!(
                "facts.jsonl: line 2 is no fact: {name} has 1048576 bytes, but at most 512 are allowed"
            );
            assert!(said.contains(&expected) && said.len() < 1000, "{url}: {said}");
        }
    }
}

#[test]
fn what_is_no_fact_is_named_on_standard_input_and_in_csv_too() {
    let all = Destinations::new();
    let file = all.write(&[fact(1, "trạm"), fact(2, "a\nb")]);
    let csv = all.dir.path().join("facts.csv");
    assert_eq!(load(&file, &format!("csv:{}", csv.display())).0, Some(0));
    let long = std::fs::read_to_string(&csv).unwrap().replace("health.beds", &"m".repeat(513));
    std::fs::write(&csv, long).unwrap();
    let to = format!("jsonl:{}", all.dir.path().join("out.jsonl").display());
    let (status, said) = load(&csv, &to);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("facts.csv: row 2 is no fact: metric.id has 513 bytes"), "{said}");

    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.args(["load", "-", "--to", &to]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // More than is read or parsed at once, in long lines.
    let mut facts: Vec<String> =
        (0..12).map(|n| fact(n, &"dài ".repeat(MEGABYTE / 64)).to_string()).collect();
    facts.push(fact(31, "").to_string().replace("health.beds", &"m".repeat(513)));
    // Whoever reads may stop at what is no fact.
    let _ = child.stdin.take().unwrap().write_all(facts.join("\n").as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("standard input: line 13 is no fact: metric.id has 513 bytes"), "{said}");
}

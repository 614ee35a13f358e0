//! A load that is killed leaves the database as before or after some batch, and loading again ends in the same content.

#![cfg(all(feature = "sqlite", unix))]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

#[cfg(feature = "postgres")]
#[path = "../common/mod.rs"]
mod common;
#[cfg(feature = "postgres")]
#[path = "../server/mod.rs"]
mod server;
mod whole;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

#[cfg(feature = "parquet")]
use whole::assert_whole_in_parquet;
use whole::{assert_whole_in_sqlite, ends_of_batches};

const FACTS: usize = 16_000;

/// How often to kill; the environment variable `KILLS` says otherwise.
const KILLS: u32 = 5;

/// The identifier of each fact.
fn id(n: usize) -> String {
    format!("{:032x}", (n as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
}

/// Words that make facts as long as those of news, so that a load has several batches.
const AROUND: &str = "nằm dọc các con sông lớn và ven biển, do ngành tài nguyên và môi trường của từng tỉnh trông coi, gửi số \
    đo về trung tâm mỗi giờ một lần, kể cả ban đêm và trong mùa mưa bão, để người dân xem được ngay trên điện thoại của mình";

/// Facts with ever new pages, metrics and entities. `line` is 1, which says by whom a fact was read: see [`earlier`].
fn facts(path: &Path) {
    let mut lines = String::new();
    for n in 0..FACTS {
        let _ = writeln!(
            lines,
            "{{\"id\":\"{}\",\"kind\":\"count\",\"value\":{n},\"unit\":\"trạm\",\"status\":\"actual\",\
             \"metric\":{{\"id\":\"m{}\",\"text\":\"trạm\"}},\"entity\":{{\"id\":\"e{}\",\"text\":\"vùng\"}},\
             \"source\":{{\"path\":\"page{}.txt\",\"published\":\"{}-05-01\",\"sha256\":\"00\",\"bytes\":[{n},{}],\"line\":1,\"column\":1,\
             \"quote\":\"{n}\",\"sentence\":\"Cả vùng có {n} trạm quan trắc {AROUND}.\"}},\"rule\":\"count\"}}",
            id(n),
            n / 100,
            n / 150,
            n / 20,
            2018 + n / 20 % 3,
            n + 5
        );
    }
    std::fs::write(path, lines).unwrap();
}

/// Some of those facts, as an earlier run read them otherwise.
fn earlier(facts: &Path) -> PathBuf {
    let earlier = facts.with_file_name("earlier.jsonl");
    let text = std::fs::read_to_string(facts).unwrap();
    let some: Vec<&str> = text.lines().take(FACTS / 2).collect();
    std::fs::write(&earlier, some.join("\n").replace("\"line\":1", "\"line\":2")).unwrap();
    earlier
}

fn load(facts: &Path, url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_solieu"))
        .arg("load")
        .arg(facts)
        .args(["--to", url])
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A checksum over all rows of all tables in order, without the moments of runs.
fn sqlite_content(url: &str) -> (usize, String) {
    let database = rusqlite::Connection::open(url.trim_start_matches("sqlite:")).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let mut rows = Vec::new();
    for table in TABLES {
        let mut statement = database.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells = (0..row.as_ref().column_count()).map(|i| format!("{:?}", row.get_ref(i).unwrap()));
            rows.push(cells.collect::<Vec<_>>().join("|"));
        }
    }
    checksum(&rows)
}

fn checksum(rows: &[String]) -> (usize, String) {
    (rows.len(), format!("{:032x}", xxhash_rust::xxh3::xxh3_128(rows.join("\n").as_bytes())))
}

const TABLES: [&str; 6] = ["facts", "documents", "metrics", "entities", "history", "decisions"];

/// As [`kill_and_compare`], into new databases and into those where half of the facts were read otherwise before.
fn kill_and_compare_both(
    lines: &Path,
    url: &dyn Fn(&str) -> String,
    content: &dyn Fn(&str) -> (usize, String),
    assert_whole: &dyn Fn(&str, &BTreeSet<usize>, bool),
) {
    let batches = ends_of_batches(lines);
    assert!(batches.len() > 3);
    kill_and_compare(lines, url, content, &|url| assert_whole(url, &batches, false));
    let before = earlier(lines);
    let read_before = |name: &str| {
        let url = url(&format!("{name}_before"));
        assert!(load(&before, &url).wait().unwrap().success());
        url
    };
    kill_and_compare(lines, &read_before, content, &|url| assert_whole(url, &batches, true));
}

/// Kills loads into ever new databases at random points, looks at what is there, loads again, and compares with an
/// undisturbed load.
fn kill_and_compare(
    lines: &Path,
    url: &dyn Fn(&str) -> String,
    content: &dyn Fn(&str) -> (usize, String),
    assert_whole: &dyn Fn(&str),
) {
    let undisturbed = url("whole");
    let began = std::time::Instant::now();
    assert!(load(lines, &undisturbed).wait().unwrap().success());
    let whole = began.elapsed();
    let expected = content(&undisturbed);
    assert!(expected.0 > FACTS);
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut random = 0x2545_F491_4F6C_DD1Du64;
    for round in 0..kills {
        let url = url(&format!("killed{round}"));
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let share = f64::from((random >> 40) as u32) / f64::from(1u32 << 24);
        let mut child = load(lines, &url);
        // Rather late: a load takes a while until it writes.
        let share = share.sqrt();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&url);
        assert!(load(lines, &url).wait().unwrap().success());
        assert_eq!(content(&url), expected, "killed after {share:.2} of the time");
    }
}

#[test]
fn killed_loads_into_sqlite_end_in_the_same_content() {
    let dir = tempfile::tempdir().unwrap();
    let lines = dir.path().join("facts.jsonl");
    facts(&lines);
    let url = |name: &str| format!("sqlite:{}", dir.path().join(name).display());
    kill_and_compare_both(&lines, &url, &sqlite_content, &assert_whole_in_sqlite);
}

#[cfg(feature = "parquet")]
#[test]
fn killed_loads_into_parquet_end_in_the_same_content() {
    let dir = tempfile::tempdir().unwrap();
    let lines = dir.path().join("facts.jsonl");
    facts(&lines);
    let before = earlier(&lines);
    let url = |name: &str| {
        let url = format!("parquet:{}", dir.path().join(name).display());
        assert!(load(&before, &url).wait().unwrap().success());
        url
    };
    kill_and_compare(&lines, &url, &parquet_content, &|url| assert_whole_in_parquet(url));
}

/// All facts in order, and their history; nothing may be left of killed loads.
#[cfg(feature = "parquet")]
fn parquet_content(url: &str) -> (usize, String) {
    let show = Command::new(env!("CARGO_BIN_EXE_solieu"))
        .args(["load", url, "--to", "jsonl:/dev/stdout"])
        .stderr(Stdio::null())
        .output();
    let mut rows: Vec<String> =
        String::from_utf8(show.unwrap().stdout).unwrap().lines().map(str::to_owned).collect();
    for file in walkdir::WalkDir::new(url.trim_start_matches("parquet:")) {
        let file = file.unwrap();
        let name = file.file_name().to_string_lossy();
        if name.ends_with(".jsonl") {
            rows.extend(std::fs::read_to_string(file.path()).unwrap().lines().map(str::to_owned));
        }
        assert!(!name.ends_with(".part") && !name.starts_with(".tmp"), "{name} was left");
    }
    rows.sort();
    checksum(&rows)
}

#[cfg(feature = "postgres")]
#[test]
fn killed_loads_into_postgresql_end_in_the_same_content() {
    let Some(server) = server::Server::start() else { return };
    let lines = server.dir.path().join("facts.jsonl");
    facts(&lines);
    let connect = |url: &str| postgres::Client::connect(url, postgres::NoTls).unwrap();
    let url = |name: &str| {
        connect(&server.url()).batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        server.url().replace("/postgres", &format!("/{name}"))
    };
    let content = |url: &str| {
        let mut client = connect(url);
        let mut rows = Vec::new();
        for table in TABLES {
            let sql = format!("SELECT t::TEXT FROM {table} t ORDER BY t::TEXT COLLATE \"C\"");
            rows.extend(client.query(&sql, &[]).unwrap().iter().map(|row| row.get::<_, String>(0)));
        }
        checksum(&rows)
    };
    let assert_whole_there = |url: &str, batches: &BTreeSet<usize>, before: bool| {
        let mut client = connect(url);
        // The server is not killed, and may still be at work on the last batch.
        let others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
                      AND backend_type = 'client backend'";
        while !client.query(others, &[]).unwrap().is_empty() {
            std::thread::sleep(Duration::from_millis(10));
        }
        let client = std::cell::RefCell::new(client);
        let ask = |sql: &str| {
            let mut client = client.borrow_mut();
            let tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::REGNAMESPACE LIMIT 1";
            let any = !client.query(tables, &[]).unwrap().is_empty();
            any.then(|| client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect::<Vec<String>>())
        };
        whole::assert_whole(&ask, batches, before);
    };
    kill_and_compare_both(&lines, &url, &content, &assert_whole_there);
}

//! A load that is killed leaves the database as after some batch, and loading again ends in the same content.

#![cfg(all(feature = "sqlite", unix))]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const FACTS: usize = 20_000;

/// How often to kill.
const KILLS: u32 = 30;

fn facts(path: &Path) {
    let mut lines = String::new();
    for n in 0..FACTS {
        let digest = (n as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        let _ = writeln!(
            lines,
            "{{\"id\":\"{digest:032x}\",\"kind\":\"count\",\"value\":{n},\"unit\":\"trạm\",\"status\":\"actual\",\
             \"source\":{{\"path\":\"page{}.txt\",\"sha256\":\"00\",\"bytes\":[{n},{}],\"line\":1,\"column\":1,\
             \"quote\":\"{n}\",\"sentence\":\"Cả vùng có {n} trạm quan trắc.\"}},\"rule\":\"count\"}}",
            n / 20,
            n + 5
        );
    }
    std::fs::write(path, lines).unwrap();
}

fn load(facts: &Path, database: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_solieu"))
        .arg("load")
        .arg(facts)
        .arg("--to")
        .arg(format!("sqlite:{}", database.display()))
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A checksum over all rows of all tables in order, without the moments of runs.
fn content(database: &Path) -> (i64, String) {
    let database = rusqlite::Connection::open(database).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let mut all = String::new();
    let mut rows = 0;
    for table in ["facts", "documents", "metrics", "entities", "history"] {
        let mut statement = database.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            rows += 1;
            for i in 0..row.as_ref().column_count() {
                let _ = write!(all, "{:?}|", row.get_ref(i).unwrap());
            }
        }
    }
    (rows, format!("{:032x}", xxhash_rust::xxh3::xxh3_128(all.as_bytes())))
}

#[test]
fn thirty_kills_end_in_the_same_content() {
    let dir = tempfile::tempdir().unwrap();
    let (lines, undisturbed) = (dir.path().join("facts.jsonl"), dir.path().join("whole.db"));
    facts(&lines);
    let began = std::time::Instant::now();
    assert!(load(&lines, &undisturbed).wait().unwrap().success());
    let whole = began.elapsed();
    let expected = content(&undisturbed);
    let mut random = 0x2545_F491_4F6C_DD1Du64;
    for round in 0..KILLS {
        let database = dir.path().join(format!("killed{round}.db"));
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let share = f64::from((random >> 40) as u32) / f64::from(1u32 << 24);
        let mut child = load(&lines, &database);
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(load(&lines, &database).wait().unwrap().success());
        assert_eq!(content(&database), expected, "killed after {share:.2} of the time");
    }
}

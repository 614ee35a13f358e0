//! Loads into a real PostgreSQL server, started in a temporary folder. Skipped with a message where none is installed.

#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;
mod server;

use std::path::Path;
use std::process::Command;

use common::{answer, skip};
use server::Server;

fn fact(n: usize, text: &str, rule: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "{{\"id\":\"{n:032x}\",\"kind\":\"money\",\"value\":-12345.6789,\"value_max\":79228162514264337593543950335,\
         \"unit\":\"VND\",\"status\":\"actual\",\"time\":{{\"start\":\"1999-12-31\",\"end\":\"2020-02-29\",\
         \"role\":\"during\",\"source\":\"sentence\"}},\"metric\":{{\"id\":\"m{}\",\"text\":{text}}},\
         \"source\":{{\"path\":\"page{}.txt\",\"uri\":{text},\"title\":{text},\"published\":\"2020-08-12\",\
         \"sha256\":\"00\",\"bytes\":[{n},{}],\"line\":1,\"column\":1,\"quote\":{text},\"sentence\":{text}}},\
         \"rule\":\"{rule}\"}}\n",
        n % 7,
        n / 20,
        n + 5
    )
}

fn read_back(url: &str) -> Vec<String> {
    let mut facts = Vec::new();
    let each =
        &mut |fact: solieu::fact::Fact<'static>| facts.push(serde_json::to_string(&fact).unwrap() + "\n");
    solieu::sink::facts(url, each).unwrap();
    facts.sort_by_key(|line| line[7..39].to_owned());
    facts
}

fn load(path: &Path, url: &str, run: &str) -> (Option<i32>, String) {
    answer(&["load", path.to_str().unwrap(), "--to", url, "--run", run], Path::new("."))
}

#[test]
fn facts_go_in_and_come_back() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let long = "dài ".repeat(1 << 18);
    let texts = [
        "'; DROP TABLE facts; --",
        "\"a\", b\r\n\\N\\.\t",
        "\0nul\0",
        "\u{202E}\u{FDD0}0\u{FFFF}",
        "",
        &long,
    ];
    let mut facts: Vec<String> = texts.iter().enumerate().map(|(n, text)| fact(n, text, "r")).collect();
    facts.extend((10..5_000).map(|n| fact(n, "trạm", "r")));
    std::fs::write(&file, facts.concat()).unwrap();

    let (status, said) = load(&file, &url, "a");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("4996 facts added, 0 changed, 0 as they were"), "{said}");
    // Not `assert_eq`: megabytes of text would be printed.
    assert!(read_back(&url) == facts);
    let (_, said) = load(&file, &url, "a");
    assert!(said.contains("0 facts added, 0 changed, 4996 as they were"), "{said}");

    facts[3] = fact(3, "khác", "r");
    facts.truncate(4_000);
    std::fs::write(&file, facts.concat()).unwrap();
    let (status, said) =
        answer(&["load", file.to_str().unwrap(), "--to", &url, "--run", "b", "--retire"], Path::new("."));
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("0 facts added, 1 changed, 3999 as they were, 996 retired"), "{said}");
    assert!(read_back(&url) == facts);

    let wrong = url.replace("/postgres", "/nowhere").replace("solieu@", "solieu:secret@");
    let (status, said) = load(&file, &wrong, "c");
    assert_eq!(status, Some(6), "{said}");
    assert!(!said.contains("secret"), "{said}");
}

#[test]
fn a_server_that_restarts_loses_nothing() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    // There are tables to hold, but no facts.
    std::fs::write(&file, "").unwrap();
    assert_eq!(load(&file, &url, "none").0, Some(0));
    let facts: Vec<String> = (0..60_000).map(|n| fact(n, "trạm quan trắc nước", "r")).collect();
    std::fs::write(&file, facts.concat()).unwrap();
    let mut holder = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let mut held = holder.transaction().unwrap();
    held.batch_execute("LOCK TABLE documents IN ACCESS EXCLUSIVE MODE").unwrap();
    let loading = std::thread::spawn(move || load(&file, &url, "a"));
    let waits = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    until_found(&server.url(), waits, || loading.is_finished());
    server.down();
    server.up();
    let (status, said) = loading.join().unwrap();
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("trying again"), "{said}");
    assert_eq!(read_back(&server.url()).len(), 60_000);
}

#[test]
fn what_cannot_be_kept_in_the_history_stops_the_load() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    std::fs::write(&file, fact(1, "trạm", "first")).unwrap();
    assert_eq!(load(&file, &url, "a").0, Some(0));
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let others = "ALTER TABLE facts DROP CONSTRAINT facts_status_check; UPDATE facts SET status = 'draft'";
    client.batch_execute(others).unwrap();
    std::fs::write(&file, fact(1, "trạm", "second")).unwrap();
    let (status, said) = load(&file, &url, "b");
    assert_eq!(status, Some(5), "{said}");
    assert!(said.contains("column `status` has \"draft\""), "{said}");
    let rule: String = client.query_one("SELECT rule FROM facts", &[]).unwrap().get(0);
    assert_eq!(rule, "first");
}

/// Asks `query` until it finds a row, which it must before what is waited for `is_over`.
fn until_found(url: &str, query: &str, is_over: impl Fn() -> bool) {
    // Of its own: within a transaction, activity is what it was when it was first asked for.
    let mut watcher = postgres::Client::connect(url, postgres::NoTls).unwrap();
    while watcher.query(query, &[]).unwrap().is_empty() {
        assert!(!is_over(), "it ended before {query:?} found a row");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// What a command says whose connection is broken while it waits for a table.
fn said_when_lost(url: &str, arguments: &[&str]) -> String {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    let mut held = client.transaction().unwrap();
    held.batch_execute("LOCK TABLE documents IN ACCESS EXCLUSIVE MODE").unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    std::thread::scope(|scope| {
        let running = scope.spawn(|| answer(arguments, Path::new(".")));
        until_found(url, end, || running.is_finished());
        held.commit().unwrap();
        let (status, said) = running.join().unwrap();
        assert_eq!(status, Some(0), "{said}");
        said
    })
}

#[test]
fn a_lost_connection_is_told_and_made_again() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    assert_eq!(load(&file, &url, "a").0, Some(0));
    let said = said_when_lost(&url, &["load", file.to_str().unwrap(), "--to", &url, "--run", "b"]);
    assert!(said.lines().next().unwrap().ends_with("trying again in 0.25 s"), "{said}");

    let page = server.dir.path().join("page.txt");
    std::fs::write(&page, "Trường mới\n\nNgôi trường có 24 phòng học.\n").unwrap();
    let extract = ["extract", page.to_str().unwrap(), "--to", &url];
    let said = said_when_lost(&url, &[&extract[..], &["--run", "c", "--log-format", "json"]].concat());
    let notice: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert!(notice["notice"].as_str().unwrap().ends_with("trying again in 0.25 s"), "{said}");
    assert_eq!(said_when_lost(&url, &[&extract[..], &["--run", "d", "--quiet"]].concat()), "");
}

#[test]
fn the_history_says_from_when_to_when_a_fact_was_read_so() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    for (run, rule) in [("a", "first"), ("b", "first"), ("c", "second"), ("d", "third"), ("e", "third")] {
        std::fs::write(&file, fact(1, "trạm", rule)).unwrap();
        assert_eq!(load(&file, &url, run).0, Some(0));
    }
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let sql = "SELECT first_seen, last_seen, run FROM history ORDER BY last_seen";
    let rows = client.query(sql, &[]).unwrap();
    let rows: Vec<[i64; 3]> = rows.iter().map(|row| [0, 1, 2].map(|i| row.get(i))).collect();
    assert_eq!(rows, [[1, 2, 3], [3, 3, 4]]);
}

#[test]
fn a_server_without_room_is_told_and_whole_batches_stay() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    // Long texts that do not compress.
    let long = |n: usize| {
        let words = (0..24).map(|i| (n * 24 + i) as u128 * 0x9E37_79B9_7F4A_7C15);
        words.map(|word| format!("{word:032x}")).collect::<Vec<_>>().join(" ")
    };
    let facts: Vec<String> = (0..20_000).map(|n| fact(n, &long(n), "r")).collect();
    std::fs::write(&file, facts.concat()).unwrap();
    // More than a segment of the server's log.
    server.limit_files(18 << 20);
    let (status, said) = load(&file, &url, "a");
    assert_eq!(status, Some(3), "{said}");
    server.limit_files(1 << 40);
    assert!(read_back(&url).len() < facts.len());
    assert_eq!(load(&file, &url, "a").0, Some(0));
    assert!(read_back(&url) == facts);
}

/// Of two runs at the same time the later one counts, whichever comes to a fact first.
#[test]
fn what_a_later_run_read_first_stays() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let load_with = |rule: &str| {
        std::fs::write(&file, fact(1, "trạm", rule) + &fact(2, "trạm", "same")).unwrap();
        load(&file, &url, "a")
    };
    assert_eq!(load_with("later").0, Some(0));
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    // As if a second run had begun and come to them first.
    let as_later = "ALTER TABLE history DROP CONSTRAINT history_run_fkey; UPDATE facts SET first_seen = 2, last_seen = 2";
    client.batch_execute(as_later).unwrap();
    let (status, said) = load_with("earlier");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("0 facts added, 1 changed, 1 as they were"), "{said}");
    let sql = "SELECT f.rule || ' ' || f.first_seen || ' ' || f.last_seen || coalesce(' ' || h.first_seen || ' ' || \
               h.last_seen || ' ' || h.run || ' ' || (h.record::JSON ->> 'rule'), '') \
               FROM facts f LEFT JOIN history h ON h.fact = f.id ORDER BY f.id";
    let rows: Vec<String> = client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(rows, ["later 1 2 1 1 2 earlier", "same 1 2"]);
}

/// A fact that is there in a first load, and one that is twice in it far apart.
#[test]
fn a_load_that_meets_facts_goes_on() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let facts: Vec<String> = (0..20_000).map(|n| fact(n, "trạm quan trắc", "r")).collect();
    let again = fact(7, "trạm quan trắc", "otherwise") + &facts[8];
    std::fs::write(&file, facts.concat() + &again + &fact(20_000, "trạm", "r")).unwrap();
    let (status, said) = load(&file, &url, "a");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("20001 facts added, 0 changed, 2 as they were"), "{said}");
    let read = read_back(&url);
    assert!(read[..20_000] == facts);
    assert_eq!(read.len(), 20_001);
}

/// A load that is killed while it begins leaves no trace, not even in the number of the next run.
#[test]
fn runs_are_numbered_without_gaps() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    for name in ["a", "b"] {
        assert_eq!(load(&file, &url, name).0, Some(0));
        let begun = "BEGIN; INSERT INTO runs (name, program, started) VALUES ('k', 'k', now()); ROLLBACK";
        // The sequence does not know what the table has, so it may be refused; it counts either way.
        let _ = client.batch_execute(begun);
        let _ = client.batch_execute("ROLLBACK");
    }
    let row = client
        .query_one("SELECT max(runs.id), max(first_seen), max(last_seen) FROM runs, facts", &[])
        .unwrap();
    assert_eq!((row.get(0), row.get(1), row.get(2)), (2i64, 1i64, 2i64));
}

#[test]
fn two_loads_at_once_leave_the_same_as_one_after_the_other() {
    let Some(server) = Server::start() else { return };
    let facts: Vec<String> = (0..20_000).map(|n| fact(n, "trạm", "r")).collect();
    // The halves share a thousand facts.
    let parts = [("a", &facts[..10_500]), ("b", &facts[9_500..])];
    std::thread::scope(|scope| {
        for (name, part) in parts {
            let (url, file) = (server.url(), server.dir.path().join(name));
            std::fs::write(&file, part.concat()).unwrap();
            scope.spawn(move || {
                let (status, said) = load(&file, &url, name);
                assert_eq!(status, Some(0), "{said}");
            });
        }
    });
    assert!(read_back(&server.url()) == facts);
}

#[test]
fn an_older_schema_is_migrated_and_a_newer_one_refused() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client.batch_execute(&first_schema()).unwrap();
    client.batch_execute("INSERT INTO solieu_schema VALUES (1)").unwrap();
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let (status, said) = load(&file, &url, "a");
    assert_eq!(status, Some(0), "{said}");
    let made = |client: &mut postgres::Client| {
        let sql = "SELECT table_name || '.' || column_name || ' ' || data_type || coalesce(collation_name, '') \
                   FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1";
        client.query(sql, &[]).unwrap().iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>()
    };
    let migrated = made(&mut client);
    client.batch_execute("CREATE DATABASE other").unwrap();
    let other = url.replace("/postgres", "/other");
    assert_eq!(load(&file, &other, "a").0, Some(0));
    let mut fresh = postgres::Client::connect(&other, postgres::NoTls).unwrap();
    assert_eq!(migrated, made(&mut fresh));
    let named: i64 = fresh.query_one("SELECT count(*) FROM metrics WHERE name_vi <> ''", &[]).unwrap().get(0);
    assert!(named > 20, "{named}");

    client.batch_execute("INSERT INTO solieu_schema VALUES (99)").unwrap();
    let (status, said) = load(&file, &url, "a");
    assert_eq!(status, Some(5), "{said}");
    assert!(said.contains("use a newer solieu"), "{said}");
}

#[test]
fn views_of_others_outlive_a_migration_or_are_named() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let view = "CREATE VIEW ours AS SELECT metric_id, highest FROM metric_by_month; \
                CREATE MATERIALIZED VIEW kept AS SELECT value FROM current_facts";
    // The last version but one had the columns of this one.
    assert_eq!(load(&file, &url, "a").0, Some(0));
    client.batch_execute(view).unwrap();
    client.batch_execute("UPDATE solieu_schema SET version = 5").unwrap();
    let (status, said) = load(&file, &url, "b");
    assert_eq!(status, Some(0), "{said}");
    client.batch_execute("SELECT * FROM ours, kept").unwrap();
    let version: i64 = client.query_one("SELECT max(version) FROM solieu_schema", &[]).unwrap().get(0);
    assert!(version > 5, "{version}");

    client.batch_execute("CREATE DATABASE old").unwrap();
    let url = url.replace("/postgres", "/old");
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client.batch_execute(&first_schema()).unwrap();
    client.batch_execute("INSERT INTO solieu_schema VALUES (1)").unwrap();
    client.batch_execute(view).unwrap();
    let (status, said) = load(&file, &url, "a");
    assert_eq!(status, Some(5), "{said}");
    assert!(said.contains("kept, ours of others build on them, and nothing was changed"), "{said}");
    assert!(!said.contains("CASCADE"), "{said}");
    client.batch_execute("SELECT * FROM ours, kept; DROP VIEW ours; DROP MATERIALIZED VIEW kept").unwrap();
    assert_eq!(load(&file, &url, "a").0, Some(0));
    client.batch_execute(view).unwrap();
}

#[test]
fn a_database_without_letters_for_vietnamese_is_refused() {
    let Some(server) = Server::start() else { return };
    let file = server.dir.path().join("facts.jsonl");
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let mut client = postgres::Client::connect(&server.url(), postgres::NoTls).unwrap();
    let database = "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0";
    client.batch_execute(database).unwrap();
    let (status, said) = load(&file, &server.url().replace("/postgres", "/latin"), "a");
    assert_eq!(status, Some(5), "{said}");
    assert!(said.contains("its encoding is LATIN1, which cannot hold Vietnamese"), "{said}");
}

#[test]
fn what_was_rejected_is_retired() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let facts: Vec<String> = (0..3).map(|n| fact(n, "trạm", "r")).collect();
    std::fs::write(&file, facts.concat()).unwrap();
    assert_eq!(load(&file, &url, "a").0, Some(0));
    let decisions = server.dir.path().join("decisions.jsonl");
    let of = solieu::review::decisions::content_hash(&serde_json::from_str(&facts[1]).unwrap());
    let decision = serde_json::json!({ "at": "2024-05-01T08:00:00Z", "by": "An", "fact": format!("{:032x}", 1), "of": of,
                                       "verdict": "reject" });
    std::fs::write(&decisions, format!("{decision}\n")).unwrap();
    let (file, decisions) = (file.to_str().unwrap(), decisions.to_str().unwrap());
    for retired in [1, 0] {
        let arguments = ["load", file, "--to", &url, "--run", "b", "--decisions", decisions];
        let (status, said) = answer(&arguments, Path::new("."));
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(&format!("0 changed, 2 as they were, {retired} retired")), "{said}");
        assert_eq!(read_back(&url), [facts[0].clone(), facts[2].clone()]);
    }
    let (_, said) = answer(&["load", file, "--to", &url, "--run", "b"], Path::new("."));
    assert!(said.contains("1 changed, 2 as they were"), "{said}");
    assert_eq!(read_back(&url), facts);
}

#[test]
fn a_killed_extraction_goes_on_in_its_run() {
    let Some(server) = Server::start() else { return };
    let (url, pages) = (server.url(), server.dir.path().join("pages.jsonl"));
    let page = |n: usize| {
        let text = (0..20).map(|i| format!("Năm 2021, xã số {n} trồng {} ha lúa vụ {i}. ", i * n + 2));
        serde_json::json!({ "id": n.to_string(), "text": text.collect::<String>() }).to_string() + "\n"
    };
    std::fs::write(&pages, (0..2_000).map(page).collect::<String>()).unwrap();
    let whole = server.dir.path().join("whole.jsonl");
    let pages = pages.to_str().unwrap();
    assert_eq!(answer(&["extract", "-q", pages, "-o", whole.to_str().unwrap()], Path::new(".")).0, Some(0));
    let extract = ["extract", "-q", pages, "--to", &url, "--resume"];
    for pause in [200, 400, 800, 1_200] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_solieu")).args(extract).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // A fast machine may have ended before the last kill.
    let (status, said) = answer(&extract, Path::new("."));
    assert_eq!((status, said.as_str()), (Some(0), ""));
    let mut expected: Vec<String> =
        std::fs::read_to_string(&whole).unwrap().lines().map(|line| format!("{line}\n")).collect();
    expected.sort_by_key(|line| line[7..39].to_owned());
    assert!(read_back(&url) == expected);
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let runs: i64 = client.query_one("SELECT count(*) FROM runs", &[]).unwrap().get(0);
    assert_eq!(runs, 1);
    let (status, said) = answer(&["extract", pages, "--to", &url, "--resume"], Path::new("."));
    assert!(status == Some(0) && said.contains("complete already"), "{said}");
}

/// The first version of the schema as this server takes it.
fn first_schema() -> String {
    let mut sql = include_str!("data/schema-1.sql").replace("--postgres:", "");
    for (word, type_) in [
        ("SERIAL_KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
        ("DECIMAL", "NUMERIC"),
        ("DAY", "DATE"),
        ("STAMP", "TIMESTAMPTZ"),
        ("YES_OR_NO", "BOOLEAN"),
        ("SORTABLE(value)", "value"),
        (" STRICT", ""),
    ] {
        sql = sql.replace(word, type_);
    }
    sql
}

#[test]
fn a_wrong_password_is_told_from_other_failures() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client.batch_execute("CREATE ROLE guarded LOGIN PASSWORD 'right'; CREATE ROLE reader LOGIN").unwrap();
    server.demand_password("guarded");
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let (status, said) = load(&file, &url.replace("solieu@", "guarded:wrong@"), "a");
    assert_eq!(status, Some(6), "{said}");
    assert!(said.contains("password") && !said.contains("wrong"), "{said}");
    // The password is right, but nobody gave this role the right to make tables.
    let (status, said) = load(&file, &url.replace("solieu@", "guarded:right@"), "a");
    assert_eq!(status, Some(4), "{said}");
    assert_eq!(load(&file, &url.replace(&server.port.to_string(), "1"), "a").0, Some(6));
}

/// A password on the command line stands in the list of processes.
#[test]
fn a_password_comes_from_the_environment_or_a_file_as_for_psql() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client.batch_execute("CREATE ROLE guarded LOGIN SUPERUSER PASSWORD 'right'").unwrap();
    server.demand_password("guarded");
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let secrets = server.dir.path().join("pgpass");
    std::fs::write(&secrets, format!("127.0.0.1:{}:*:guarded:right\n", server.port)).unwrap();
    let status = |mode: u32, variables: &[(&str, &str)]| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&secrets, std::fs::Permissions::from_mode(mode)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
        command.args(["load", file.to_str().unwrap(), "--to", &url.replace("solieu@", "guarded@")]);
        command.env_remove("PGPASSWORD").env("PGPASSFILE", &secrets).envs(variables.iter().copied());
        command.output().unwrap().status.code()
    };
    assert_eq!(status(0o600, &[]), Some(0));
    assert_eq!(status(0o644, &[]), Some(6));
    assert_eq!(status(0o644, &[("PGPASSWORD", "right")]), Some(0));
    assert_eq!(status(0o600, &[("PGPASSWORD", "wrong")]), Some(6));
}

/// As PostgreSQL's manual makes one: its own authority, and of another name than the server's.
#[test]
fn a_certificate_of_the_servers_own_making_is_trusted_where_its_file_is_named() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let Some(certificate) = server.certify_with(&["-subj", "/CN=elsewhere"]) else {
        return skip("openssl is not installed");
    };
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let (status, said) = load(&file, &format!("{url}?sslmode=require"), "a");
    assert_eq!(status, Some(6), "{said}");
    assert!(said.contains("certificate") && said.contains("sslrootcert=FILE"), "{said}");
    let trusting = format!("{url}?sslmode=require&sslrootcert={}", certificate.display());
    let (status, said) = load(&file, &trusting, "a");
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn tls_is_used_where_the_url_asks_and_the_certificate_is_checked() {
    let Some(server) = Server::start() else { return };
    let (url, file) = (server.url(), server.dir.path().join("facts.jsonl"));
    let Some(certificate) = server.certify() else {
        return skip("openssl is not installed");
    };
    std::fs::write(&file, fact(1, "trạm", "r")).unwrap();
    let (status, said) = load(&file, &format!("{url}?sslmode=require"), "a");
    assert_eq!(status, Some(6), "{said}");
    assert!(said.contains("certificate"), "{said}");
    let trusting = format!("{url}?sslmode=require&sslrootcert={}", certificate.display());
    let (status, said) = load(&file, &trusting, "a");
    assert_eq!(status, Some(0), "{said}");
    server.allow_only_tls();
    assert_eq!(load(&file, &url, "a").0, Some(6));
    assert_eq!(load(&file, &trusting, "a").0, Some(0));
}

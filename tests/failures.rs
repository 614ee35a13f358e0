//! Destinations that have no room or may not be written: a clear message, an exit status of its own, nothing lost.

#![cfg(all(feature = "sqlite", unix))]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may end in a panic")]

mod common;

use std::path::Path;
use std::process::Command;

use common::skip;

const BINARY: &str = env!("CARGO_BIN_EXE_solieu");

fn facts(from: usize, to: usize) -> String {
    let fact = |n: usize| {
        format!(
            "{{\"id\":\"{n:032x}\",\"kind\":\"count\",\"value\":{n},\"unit\":\"trạm\",\"status\":\"actual\",\
             \"source\":{{\"path\":\"page{}.txt\",\"sha256\":\"00\",\"bytes\":[{n},{}],\"line\":1,\"column\":1,\
             \"quote\":\"{n}\",\"sentence\":\"Có {n} trạm đo ở {:x}.\"}},\"rule\":\"count\"}}\n",
            n / 20,
            n + 5,
            (n as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
        )
    };
    (from..to).map(fact).collect()
}

fn load(facts: &Path, url: &str) -> (Option<i32>, String) {
    let output = Command::new(BINARY).arg("load").arg(facts).args(["--to", url]).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The same where no file may grow above so many KiB. The signal that says so must not end the program without a word.
fn load_within(kib: u32, facts: &Path, url: &str) -> (Option<i32>, String) {
    let script = format!("ulimit -f {kib}; exec \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, "bash", BINARY, "load"]).arg(facts).args(["--to", url]);
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn no_room_is_told_and_what_was_there_stays() {
    let dir = tempfile::tempdir().unwrap();
    let (few, many) = (dir.path().join("few.jsonl"), dir.path().join("many.jsonl"));
    std::fs::write(&few, facts(0, 200)).unwrap();
    std::fs::write(&many, facts(0, 40_000)).unwrap();
    let url = |sort: &str| format!("{sort}:{}", dir.path().join(sort).display());
    for sort in ["sqlite", "csv", "jsonl", "parquet"] {
        if sort == "parquet" && !cfg!(feature = "parquet") {
            continue;
        }
        let url = url(sort);
        assert_eq!(load(&few, &url).0, Some(0));
        let kib = if sort == "parquet" { 64 } else { 1024 };
        let (status, said) = load_within(kib, &many, &url);
        assert_eq!(status, Some(3), "{sort}: {said}");
        assert!(said.contains(dir.path().to_str().unwrap()), "{said}");
    }
    // What nobody can go on with does not take up the room.
    let names = walkdir::WalkDir::new(dir.path()).into_iter().map(|entry| entry.unwrap().path().to_owned());
    let left: Vec<_> = names.filter(|path| path.extension().is_some_and(|end| end == "part")).collect();
    assert!(left.is_empty(), "{left:?}");
    // The database is whole, has at least what it had, and takes the rest when there is room.
    let database = rusqlite::Connection::open(dir.path().join("sqlite")).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let count = || database.query_row("SELECT count(*) FROM facts", [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(count() >= 200);
    assert_eq!(load(&many, &url("sqlite")).0, Some(0));
    assert_eq!(count(), 40_000);
    // A file that could not be completed has not taken the place of the one before.
    assert_eq!(std::fs::read(dir.path().join("jsonl")).unwrap(), std::fs::read(&few).unwrap());
}

#[test]
fn what_may_not_be_written_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let few = dir.path().join("few.jsonl");
    std::fs::write(&few, facts(0, 20)).unwrap();
    // Not even root may make files there.
    if !Path::new("/sys/kernel").is_dir() {
        return skip("there is no /sys/kernel");
    }
    for sort in ["sqlite", "csv", "jsonl"] {
        let (status, said) = load(&few, &format!("{sort}:/sys/kernel/solieu-test"));
        assert_eq!(status, Some(4), "{sort}: {said}");
    }
}

/// Takes the right to write in a folder away, until it is dropped.
struct Locked<'a>(&'a Path);

impl<'a> Locked<'a> {
    fn new(dir: &'a Path) -> Self {
        set_rights(dir, 0o555);
        Self(dir)
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        set_rights(self.0, 0o755);
    }
}

fn set_rights(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs the program as one whom rights bind: as `nobody`, where the tests run as root.
fn run_bound(arguments: &[&str]) -> (Option<i32>, String) {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let mut command = Command::new(if is_root { "setpriv" } else { BINARY });
    if is_root {
        command.args(["--reuid=65534", "--clear-groups", "--", BINARY]);
    }
    // Where nobody may come is no place to be in.
    let output = command.args(arguments).current_dir("/").output();
    output.map_or((None, String::new()), |out| (out.status.code(), String::from_utf8(out.stderr).unwrap()))
}

#[test]
fn a_database_can_be_read_where_nothing_may_be_written() {
    if run_bound(&["--version"]).0 != Some(0) {
        return skip("the program cannot be run by who is not root");
    }
    // The name has what is special in the URI that such a file is opened by.
    let dir = tempfile::Builder::new().prefix("100% #1?").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (lines, file) = (dir.path().join("facts.jsonl"), dir.path().join("facts.db"));
    std::fs::write(&lines, facts(0, 20)).unwrap();
    let url = format!("sqlite:{}", file.display());
    assert_eq!(load(&lines, &url).0, Some(0));
    set_rights(&file, 0o444);
    let locked = Locked::new(dir.path());
    assert_eq!(run_bound(&["metrics", &url]), (Some(0), String::new()));
    let (status, said) = run_bound(&["load", lines.to_str().unwrap(), "--to", &url]);
    assert_eq!(status, Some(4), "{said}");
    drop(locked);

    // As a load leaves it that was killed.
    let log = dir.path().join("facts.db-wal");
    set_rights(&file, 0o644);
    let writer = rusqlite::Connection::open(&file).unwrap();
    writer.execute("UPDATE facts SET rule = 'other'", []).unwrap();
    std::fs::copy(&log, dir.path().join("kept")).unwrap();
    drop(writer);
    std::fs::rename(dir.path().join("kept"), &log).unwrap();
    set_rights(&file, 0o444);
    let _locked = Locked::new(dir.path());
    let (status, said) = run_bound(&["metrics", &url]);
    assert_eq!(status, Some(4), "{said}");
    assert!(said.contains(log.to_str().unwrap()), "{said}");
}

#[test]
fn files_have_nothing_to_retire_and_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let lines = dir.path().join("facts.jsonl");
    std::fs::write(&lines, facts(0, 3)).unwrap();
    let to = |name: &str| format!("{name}:{}", dir.path().join(name).display());
    let retire = |to: &[String]| {
        let mut command = Command::new(BINARY);
        command.arg("load").arg(&lines).arg("--retire");
        for url in to {
            command.args(["--to", url]);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, said) = retire(&[to("csv"), to("jsonl")]);
    assert_eq!(status, Some(2));
    assert!(said.contains("--retire") && !dir.path().join("csv").exists(), "{said}");
    // Beside a database a file is what it should be: it holds what this run found.
    assert_eq!(retire(&[to("csv"), to("sqlite")]).0, Some(0));
}

#[test]
fn a_line_that_is_no_fact_is_named_and_no_file_takes_it() {
    let dir = tempfile::tempdir().unwrap();
    let (good, bad) = (dir.path().join("good.jsonl"), dir.path().join("bad.jsonl"));
    std::fs::write(&good, facts(0, 10)).unwrap();
    std::fs::write(&bad, facts(0, 20) + "\n{\"id\":\"x\"}\n" + &facts(20, 30)).unwrap();
    for sort in ["sqlite", "csv", "jsonl"] {
        let to = dir.path().join(sort);
        let url = format!("{sort}:{}", to.display());
        let mut command = Command::new(BINARY);
        command.arg("load").args([&good, &bad]).args(["--to", &url]);
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("bad.jsonl: line 22 is no fact"), "{said}");
        assert!(said.contains(&format!("{url}: nothing was written; what was there before stays")), "{said}");
        assert!(!to.exists(), "{sort}");
    }
}

/// Neither a new database nor a run is left of a load of nothing.
#[test]
fn where_nothing_was_loaded_the_database_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("good.jsonl"), facts(0, 10)).unwrap();
    std::fs::write(at("cut.jsonl"), &facts(0, 10)[..1_000]).unwrap();
    let url = format!("sqlite:{}", at("facts.db").display());
    let nothing = format!("{url}: nothing was written; what was there before stays");
    let (status, said) = load(&at("cut.jsonl"), &url);
    assert!(status == Some(2) && said.contains(&nothing), "{said}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "{said}");
    let runs = || {
        let database = rusqlite::Connection::open(at("facts.db")).unwrap();
        database.query_row("SELECT count(*) FROM runs", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((load(&at("good.jsonl"), &url).0, runs()), (Some(0), 1));
    let (status, said) = load(&at("cut.jsonl"), &url);
    assert_eq!((status, runs()), (Some(2), 1), "{said}");
    // What another destination has is not taken as whole either.
    let csv = format!("csv:{}", at("facts.csv").display());
    let mut command = Command::new(BINARY);
    let done = command.arg("load").arg(at("cut.jsonl")).args(["--to", &csv, "--to", &url]).output().unwrap();
    assert_eq!((done.status.code(), at("facts.csv").exists()), (Some(2), false));
}

/// Of two destinations one of which fails, the message says what stands in the other one.
#[test]
fn what_stands_in_the_other_destination_is_told() {
    if !Path::new("/dev/full").exists() {
        return skip("there is no /dev/full");
    }
    let dir = tempfile::tempdir().unwrap();
    let (file, page) = (dir.path().join("many.jsonl"), dir.path().join("page.txt"));
    std::fs::write(&file, facts(0, 40_000)).unwrap();
    std::fs::write(&page, "Trường mới\n\nNgôi trường có 24 phòng học.\n").unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let run = |arguments: &[&str]| {
        let output = Command::new(BINARY).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let count = |name: &str| {
        let database = rusqlite::Connection::open(at(name)).unwrap();
        database.query_row("SELECT count(*) FROM facts", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let load =
        |first: &str, second: &str| run(&["load", file.to_str().unwrap(), "--to", first, "--to", second]);
    // What was handed over before the other one failed is there, in whole batches.
    let (status, said) = load(&format!("sqlite:{}", at("a.db")), "jsonl:/dev/full");
    assert_eq!(status, Some(3), "{said}");
    let facts = count("a.db");
    assert!(facts > 0 && facts < 40_000);
    let told = format!("sqlite:{}: not complete: {facts} facts were written in whole batches", at("a.db"));
    assert!(said.contains("/dev/full: ") && said.contains(&told), "{said}");
    // Where one cannot be opened, nothing has gone into the other.
    let csv = format!("csv:{}", at("b.csv"));
    for other in ["csv:/dev/full", "sqlite:/sys/kernel/solieu-test"] {
        let (_, said) = load(&csv, other);
        assert!(said.contains(&format!("{csv}: nothing was written; what was there before stays")), "{said}");
        assert!(!Path::new(&at("b.csv")).exists());
    }
    // An extraction keeps for --resume what it has.
    let (out, page) = (at("c.jsonl"), page.to_str().unwrap());
    let (status, said) = run(&["extract", page, "-o", &out, "--to", "jsonl:/dev/full"]);
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains(&format!("{out}: what was there before stays; {out}.part has")), "{said}");
    assert!(Path::new(&format!("{out}.part")).exists());
    let (status, said) = run(&["extract", page, "-o", &out, "--resume"]);
    assert_eq!((status, Path::new(&out).exists()), (Some(0), true), "{said}");
}

/// As in `solieu load … --to jsonl:/dev/stdout --to sqlite:… | head -1`.
#[test]
fn who_stops_reading_does_not_stop_the_other_destination() {
    let dir = tempfile::tempdir().unwrap();
    let (file, to) = (dir.path().join("many.jsonl"), dir.path().join("a.db"));
    std::fs::write(&file, facts(0, 40_000)).unwrap();
    let mut command = Command::new(BINARY);
    command
        .arg("load")
        .arg(&file)
        .args(["--to", "jsonl:/dev/stdout", "--to"])
        .arg(format!("sqlite:{}", to.display()));
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("40000 facts added"), "{said}");
}

/// As in `solieu export … | head -1`.
#[test]
fn who_stops_reading_is_no_failure() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("facts.jsonl");
    std::fs::write(&file, facts(0, 5_000)).unwrap();
    for arguments in [&["export", "--format", "annotation"][..], &["metrics", "--json"], &["show"]] {
        let mut command = Command::new(BINARY);
        command.args(arguments).arg(&file).stdout(std::process::Stdio::piped());
        let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments:?}");
    }
}

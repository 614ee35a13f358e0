//! Loads into a real PostgreSQL server, started in a temporary folder. Skipped with a message where none is installed.

#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A server of our own, which ends with the test.
struct Server {
    dir: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

impl Server {
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { dir: folder(), programs, port };
        server.run("initdb", &["-A", "trust", "-U", "solieu", "-E", "UTF8", "--locale=C", "-D"]);
        server.up();
        Some(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = as_server(&self.programs.join(program));
        command.args(arguments).arg(self.dir.path().join("data")).current_dir("/").stdout(Stdio::null());
        assert!(command.status().unwrap().success(), "{command:?}");
    }

    fn up(&self) {
        let options = format!("-o-p {} -k '' -h 127.0.0.1 -F", self.port);
        let log = format!("-l{}", self.dir.path().join("log").display());
        self.run("pg_ctl", &["start", "-w", &options, &log, "-D"]);
    }

    fn url(&self) -> String {
        format!("postgres://solieu@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["stop", "-m", "immediate", "-w", "-D"]);
    }
}

/// A command of the server, which refuses to run as root: as the user `postgres` then.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--clear-groups", "--"]).arg(program);
    command
}

/// A folder that belongs to that user, where it can reach it.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    if !is_root() {
        return dir;
    }
    let own = |dir: tempfile::TempDir| {
        let done = Command::new("chown").arg("postgres").arg(dir.path()).status().unwrap();
        assert!(done.success());
        dir
    };
    let dir = own(dir);
    let reached = as_server(Path::new("test")).arg("-w").arg(dir.path()).status().unwrap();
    if reached.success() { dir } else { own(tempfile::tempdir_in("/tmp").unwrap()) }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.into_iter().rev().find(|bin| bin.join("initdb").is_file())
}

fn solieu(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_solieu")).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

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
    solieu(&["load", path.to_str().unwrap(), "--to", url, "--run", run])
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
    let (status, said) = solieu(&["load", file.to_str().unwrap(), "--to", &url, "--run", "b", "--retire"]);
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
    let facts: Vec<String> = (0..60_000).map(|n| fact(n, "trạm quan trắc nước", "r")).collect();
    std::fs::write(&file, facts.concat()).unwrap();
    let loading = std::thread::spawn(move || load(&file, &url, "a"));
    std::thread::sleep(std::time::Duration::from_millis(700));
    server.run("pg_ctl", &["stop", "-m", "immediate", "-w", "-D"]);
    server.up();
    let (status, said) = loading.join().unwrap();
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(read_back(&server.url()).len(), 60_000);
}

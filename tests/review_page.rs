//! `solieu review` from outside: decisions that were confirmed outlive the server's end at any moment.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use solieu::review::decisions::Decisions;

const FACTS: usize = 5000;
const KILLS: u64 = 12;

fn facts(path: &Path) {
    let mut lines = String::new();
    for n in 0..FACTS {
        let _ = writeln!(
            lines,
            "{{\"id\":\"{n:032x}\",\"kind\":\"count\",\"value\":{n},\"unit\":\"xe\",\"status\":\"actual\",\"source\":\
             {{\"path\":\"a.txt\",\"sha256\":\"00\",\"bytes\":[{n},{}],\"line\":1,\"column\":1,\"quote\":\"{n}\",\
             \"sentence\":\"Có {n} xe.\"}},\"rule\":\"count\"}}",
            n + 1
        );
    }
    std::fs::write(path, lines).unwrap();
}

/// The server, its host and its path with the token.
fn serve(dir: &Path) -> (Child, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_solieu"))
        .args(["review", "facts.jsonl", "--no-open", "--by", "an"])
        .current_dir(dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let (host, path) = url.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
    (child, host.to_owned(), format!("/{path}"))
}

/// Decides on one fact after the other until the server is gone; gives the rows that were confirmed.
fn decide(host: &str, path: &str, rows: std::ops::Range<usize>) -> Vec<usize> {
    let mut confirmed = Vec::new();
    for row in rows {
        let body =
            format!("{{\"row\":{row},\"verdict\":\"accept\",\"comment\":\"{}\"}}", "đúng ".repeat(200));
        let request = format!(
            "POST {path}api/decide HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut answer = String::new();
        let Ok(mut stream) = TcpStream::connect(host) else { break };
        if stream.write_all(request.as_bytes()).is_err() || stream.read_to_string(&mut answer).is_err() {
            break;
        }
        if answer.starts_with("HTTP/1.1 200") {
            confirmed.push(row);
        }
    }
    confirmed
}

/// Who only looks may do so where nothing can be written.
#[test]
fn without_a_decision_no_file_is_made() {
    let dir = tempfile::tempdir().unwrap();
    facts(&dir.path().join("facts.jsonl"));
    let (mut server, host, path) = serve(dir.path());
    let decisions = dir.path().join("decisions.jsonl");
    assert!(!decisions.exists());
    assert_eq!(decide(&host, &path, 0..1), [0]);
    assert!(decisions.exists());
    server.kill().unwrap();
    server.wait().unwrap();
    let mut export = Command::new(env!("CARGO_BIN_EXE_solieu"));
    export.args(["review", "facts.jsonl", "--export-fixtures", "decided", "--no-open"]);
    assert_eq!(export.current_dir(dir.path()).output().unwrap().status.code(), Some(0));
}

#[test]
fn no_confirmed_decision_is_lost_when_the_server_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    facts(&dir.path().join("facts.jsonl"));
    let mut confirmed = Vec::new();
    let mut next = 0;
    for round in 0..KILLS {
        let (mut child, host, path) = serve(dir.path());
        let deciding = std::thread::spawn(move || decide(&host, &path, next..FACTS));
        std::thread::sleep(Duration::from_millis(5 + round * 7));
        child.kill().unwrap();
        child.wait().unwrap();
        confirmed.extend(deciding.join().unwrap());
        next = confirmed.last().map_or(0, |last| last + 1);
    }
    let decisions = Decisions::read(&dir.path().join("decisions.jsonl")).unwrap();
    for row in &confirmed {
        assert!(decisions.verdict(&format!("{row:032x}")).is_some(), "row {row} was confirmed and is lost");
    }
    assert!(!confirmed.is_empty());
    assert!(decisions.problems.len() <= 1, "only the last line may be cut off: {:?}", decisions.problems);
    println!("{} confirmed over {KILLS} kills, all there", confirmed.len());
}

use std::io::{Read, Write};

use super::*;
use crate::rules::RuleSources;

const FACT: &str = r#"{"id":"f1","kind":"count","value":5,"unit":"xe","status":"actual","source":{"path":"a.txt","sha256":"00","bytes":[6,7],"line":1,"column":5,"quote":"5","sentence":"Có 5 xe."},"rule":"count"}"#;

/// A server with one fact, and what belongs to it.
struct Site {
    dir: tempfile::TempDir,
    host: String,
    token: String,
}

fn site() -> Site {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    std::fs::write(path("facts.jsonl"), FACT).unwrap();
    std::fs::write(path("a.txt"), "Có 5 xe.\n").unwrap();
    let facts = Collection::read(path("facts.jsonl").to_str().unwrap(), None).unwrap();
    let desk = Desk::open(&path("decisions.jsonl"), "an", &facts).unwrap();
    let rules = PageRules::compile(&RuleSources::builtin()).unwrap();
    let pages = PageReader::new(Some(dir.path().to_owned()));
    let server = Server::bind(Review { facts, desk, pages, rules }, 0).unwrap();
    let url = server.url();
    let (host, rest) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let site = Site { host: host.to_owned(), token: rest.trim_end_matches('/').to_owned(), dir };
    std::thread::spawn(move || server.serve());
    site
}

impl Site {
    /// Sends these bytes and gives the answer.
    fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server that closes early may reset the connection; what came before counts.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A GET of this path with these lines in its head.
    fn get(&self, target: &str, head: &str) -> u16 {
        status(&self.raw(&format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{head}\r\n")))
    }

    fn host_line(&self) -> String {
        format!("Host: {}\r\n", self.host)
    }

    fn own(&self, path: &str) -> String {
        format!("/{}/{path}", self.token)
    }

    /// A POST to `path` below the token.
    fn post(&self, path: &str, head: &str, body: &str) -> String {
        let (target, host, length) = (self.own(path), self.host_line(), body.len());
        self.raw(&format!(
            "POST {target} HTTP/1.1\r\nConnection: close\r\n{host}{head}Content-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn own_head(&self) -> String {
        format!("Origin: http://{}\r\nContent-Type: application/json\r\n", self.host)
    }

    fn decisions(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("decisions.jsonl")).unwrap_or_default()
    }
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

const ACCEPT: &str = r#"{"row":0,"verdict":"accept"}"#;

#[test]
fn the_page_and_its_data_are_served() {
    let site = site();
    for path in
        ["", "index.html", "main.js", "strings.json", "api/index", "api/session", "api/page/0", "api/fact/0"]
    {
        assert_eq!(site.get(&site.own(path), &site.host_line()), 200, "{path}");
    }
    let localhost = site.host_line().replace("127.0.0.1", "localhost");
    assert_eq!(site.get(&site.own(""), &localhost), 200);
}

#[test]
fn without_the_token_nothing_is_served() {
    let site = site();
    let wrong = "0".repeat(site.token.len());
    for target in
        ["/", "/main.js", "/api/index", "/favicon.ico", &format!("/{wrong}/"), &format!("/{}", site.token)]
    {
        assert_eq!(site.get(target, &site.host_line()), 403, "{target}");
    }
    assert_eq!(site.get(&site.own("").replace(&site.token[1..], ""), &site.host_line()), 403);
}

#[test]
fn a_forged_host_is_refused() {
    let site = site();
    let port = site.host.rsplit_once(':').unwrap().1;
    for host in [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        &format!("evil.example:{port}"),
        &format!("127.0.0.1.evil.example:{port}"),
        "",
    ] {
        assert_eq!(site.get(&site.own(""), &format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert_eq!(site.get(&site.own(""), ""), 403);
    let twice = format!("{}Host: evil.example\r\n", site.host_line());
    assert_eq!(site.get(&site.own(""), &twice), 403);
}

#[test]
fn another_origin_can_neither_read_nor_write() {
    let site = site();
    for origin in ["http://evil.example", "null", &format!("https://{}", site.host), "http://127.0.0.1:1"] {
        let head = format!("{}Origin: {origin}\r\n", site.host_line());
        assert_eq!(site.get(&site.own("api/index"), &head), 403, "{origin}");
        let head = format!("Origin: {origin}\r\nContent-Type: application/json\r\n");
        assert_eq!(status(&site.post("api/decide", &head, ACCEPT)), 403, "{origin}");
    }
    assert_eq!(status(&site.post("api/decide", "Content-Type: application/json\r\n", ACCEPT)), 403);
    let form = format!("Origin: http://{}\r\nContent-Type: text/plain\r\n", site.host);
    assert_eq!(status(&site.post("api/decide", &form, ACCEPT)), 415);
    assert_eq!(site.decisions(), "");
}

#[test]
fn another_site_may_only_open_the_page() {
    let site = site();
    let head =
        |mode: &str| format!("{}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: {mode}\r\n", site.host_line());
    assert_eq!(site.get(&site.own("api/index"), &head("no-cors")), 403);
    assert_eq!(site.get(&site.own("api/index"), &head("navigate")), 403);
    assert_eq!(site.get(&site.own("main.js"), &head("cors")), 403);
    assert_eq!(site.get(&site.own(""), &head("navigate")), 200);
}

#[test]
fn no_path_leads_to_files() {
    let site = site();
    for path in [
        "../a.txt",
        "../../etc/passwd",
        "%2e%2e/a.txt",
        "..%2fa.txt",
        "./main.js",
        "api/../main.js",
        "a.txt",
        "main.js/",
        "api/page/-1",
        "api/page/9",
        "api/fact/../0",
        "main.js?x",
        "\\..\\a.txt",
    ] {
        assert_eq!(site.get(&site.own(path), &site.host_line()), 404, "{path}");
    }
    for target in ["/../a.txt", "/..", "/../../etc/passwd", "http://127.0.0.1/"] {
        assert_eq!(site.get(target, &site.host_line()), 403, "{target}");
    }
}

#[test]
fn every_answer_has_the_policy() {
    let site = site();
    for target in [site.own(""), site.own("api/index"), "/".to_owned()] {
        let answer =
            site.raw(&format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{}\r\n", site.host_line()));
        assert!(answer.contains("Content-Security-Policy: default-src 'none'; script-src 'self'"));
        assert!(!answer.contains("unsafe-inline") && !answer.contains("unsafe-eval"));
        for header in ["nosniff", "no-referrer", "frame-ancestors 'none'", "trusted-types 'none'", "no-store"]
        {
            assert!(answer.contains(header), "{header}");
        }
        assert!(
            !answer.to_lowercase().contains("access-control-allow"),
            "nothing is shared with other origins"
        );
    }
}

#[test]
fn the_page_loads_nothing_from_outside_and_has_no_script_in_it() {
    let page = include_str!("../assets/index.html");
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains(" style="));
    assert_eq!(page.matches("<script").count(), page.matches("<script type=\"module\" src=").count());
    assert!(!page.contains(" onclick") && !page.contains("javascript:"));
}

#[test]
fn a_decision_is_on_the_disk_when_it_is_confirmed() {
    let site = site();
    let answer = site.post("api/decide", &site.own_head(), ACCEPT);
    assert_eq!(status(&answer), 200, "{answer}");
    assert!(site.decisions().contains(r#""by":"an","fact":"f1""#));
    let correct = r#"{"row":0,"verdict":"correct","fields":{"unit":"tàu","value":"6"},"comment":" lầm "}"#;
    assert_eq!(status(&site.post("api/decide", &site.own_head(), correct)), 200);
    assert!(site.decisions().lines().nth(1).unwrap().contains(r#""comment":"lầm""#));
    assert_eq!(status(&site.post("api/decide", &site.own_head(), r#"{"row":0,"verdict":"undo"}"#)), 200);
    let changes = site.raw(&format!(
        "GET {} HTTP/1.1\r\nConnection: close\r\n{}\r\n",
        site.own("api/changes/0"),
        site.host_line()
    ));
    assert!(changes.ends_with(r#"{"sequence":3,"rows":[[0,1],[0,1],[0,1]]}"#), "{changes}");
}

#[test]
fn what_is_no_decision_is_not_written() {
    let site = site();
    for body in [
        "",
        "{",
        r#"{"row":0}"#,
        r#"{"row":0,"verdict":"undo"}"#,
        r#"{"row":0,"verdict":"comment","comment":"  "}"#,
        r#"{"row":0,"verdict":"correct"}"#,
        r#"{"row":0,"verdict":"correct","fields":{"id":"x"}}"#,
        r#"{"row":0,"verdict":"correct","fields":{"value":"nhiều"}}"#,
        r#"{"row":0,"verdict":"accept","more":1}"#,
    ] {
        assert_eq!(status(&site.post("api/decide", &site.own_head(), body)), 422, "{body}");
    }
    assert_eq!(status(&site.post("api/decide", &site.own_head(), r#"{"row":1,"verdict":"accept"}"#)), 404);
    assert_eq!(site.decisions(), "");
}

#[test]
fn what_is_no_request_is_refused() {
    let site = site();
    let host = site.host_line();
    let target = site.own("api/decide");
    for (request, wanted) in [
        ("\x16\x03\x01\r\n\r\n".to_owned(), 400),
        (format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(20_000)), 431),
        (format!("GET / HTTP/1.1\r\n{}\r\n", "X: x\r\n".repeat(100)), 431),
        (format!("POST {target} HTTP/1.1\r\n{host}Content-Length: 999999999\r\n\r\n"), 413),
        (format!("POST {target} HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"), 400),
        (format!("POST {target} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 411),
        (format!("DELETE {target} HTTP/1.1\r\nConnection: close\r\n{host}\r\n"), 405),
    ] {
        assert_eq!(status(&site.raw(&request)), wanted, "{}", &request[..request.len().min(60)]);
    }
}

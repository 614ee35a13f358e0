//! Citations of pages in archives of every sort are found again: compressed, in WARC records, in HTML.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::io::Write;

use common::solieu;

const PAGE: &str =
    "Xã Tân Lập trồng mới 120 ha rừng\nDiện tích rừng của xã tăng 4,5%, đạt 3\u{A0}nghìn ha.\n";
const HTML: &str = "<!DOCTYPE html><html><head><title>Rừng T&acirc;n Lập</title></head><body><nav><a href=/>Trang chủ</a>\
    </nav><article><h1>Xã T&acirc;n Lập trồng mới 120&nbsp;ha rừng</h1><p>Năm 2023, diện t&iacute;ch rừng của xã \
    <b>tăng 4,</b>5%, đạt <i>3&nbsp;ngh&igrave;n</i> ha, theo báo cáo của ủy ban. Người dân được hỗ trợ cây giống và phân \
    bón, nên tỷ lệ cây sống đạt 96&#37;.</p></article></body></html>";

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn response(id: &str, body: &[u8]) -> Vec<u8> {
    let packed = gzip(body);
    let http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\
         Content-Length: {}\r\n\r\n",
        packed.len()
    );
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{id}>\r\nWARC-Target-URI: https://a.vn/{id}\r\n\
         WARC-Date: 2024-02-03T04:05:06Z\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {}\r\n\r\n",
        http.len() + packed.len()
    );
    [head.as_bytes(), http.as_bytes(), &packed, b"\r\n\r\n"].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The citations of the facts in the archive, all of them intact.
fn intact(name: &str, bytes: &[u8]) -> usize {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(name), bytes).unwrap();
    let done = solieu(&["extract", name, "-o", "facts.jsonl"], dir.path());
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    let report = solieu(&["verify", "facts.jsonl", "--json"], dir.path());
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["facts"], report["intact"], "{name}: {report}");
    usize::try_from(report["intact"].as_u64().unwrap()).unwrap()
}

#[test]
fn citations_of_every_sort_of_archive_are_intact() {
    let line = |text: &str| serde_json::json!({ "url": "u", "text": text }).to_string() + "\n";
    let lines = [line(PAGE), line(HTML)].concat();
    let members = [gzip(&response("1", HTML.as_bytes())), gzip(&response("2", HTML.as_bytes()))].concat();
    let archives: [(&str, Vec<u8>, usize); 9] = [
        ("page.txt", PAGE.into(), 3),
        ("page.html", HTML.into(), 3),
        ("page.txt.gz", gzip(PAGE.as_bytes()), 3),
        ("utf16.txt", utf16(PAGE), 3),
        ("pages.jsonl", lines.clone().into(), 6),
        ("pages.jsonl.zst", zstd::encode_all(lines.as_bytes(), 3).unwrap(), 6),
        ("pages.json.gz", gzip(format!("[{}]", lines.trim().replace('\n', ",")).as_bytes()), 6),
        ("crawl.warc", response("1", HTML.as_bytes()), 3),
        ("crawl.warc.gz", members, 6),
    ];
    for (name, bytes, least) in archives {
        let found = intact(name, &bytes);
        assert!(found >= least, "{name}: {found} facts");
    }
}

#[test]
fn a_page_that_changed_elsewhere_is_told_from_one_that_is_the_same() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    let done = solieu(&["extract", "page.txt", "-o", "facts.jsonl"], dir.path());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let same = String::from_utf8(solieu(&["verify", "facts.jsonl"], dir.path()).stdout).unwrap();
    assert_eq!(same, "3 citations: 3 intact, 0 moved, 0 changed, 0 missing\n");
    std::fs::write(dir.path().join("page.txt"), format!("{PAGE}Theo báo địa phương.\n")).unwrap();
    let done = solieu(&["verify", "facts.jsonl"], dir.path());
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(said.matches("intact  ").count(), 3, "{said}");
    assert_eq!(said.matches("; the page changed elsewhere\n").count(), 3, "{said}");
    let sum = "3 citations: 3 intact (3 on pages that changed elsewhere), 0 moved, 0 changed, 0 missing\n";
    assert!(said.ends_with(sum), "{said}");
    let report = solieu(&["verify", "facts.jsonl", "--json"], dir.path());
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!((&report["intact"], &report["intact_on_changed_page"]), (&3.into(), &3.into()));
    assert_eq!(
        (&report["findings"][0]["state"], &report["findings"][0]["page"]),
        (&"intact".into(), &"changed".into())
    );
}

#[test]
fn each_file_says_why_its_pages_are_missing() {
    let dir = tempfile::tempdir().unwrap();
    let record = |id: &str| serde_json::json!({ "id": id, "page_words": PAGE }).to_string() + "\n";
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("page.txt", PAGE);
    write("pages.jsonl", &(record("a") + &record("b")));
    write("rows.csv", &format!("id,words\na,\"{PAGE}\"\n"));
    let said = |arguments: &str| {
        let done = solieu(arguments, dir.path());
        String::from_utf8(done.stderr).unwrap()
    };
    said("extract page.txt -o page.facts");
    said("extract pages.jsonl --text-field page_words -o pages.facts");
    said("extract rows.csv --text-field words -o rows.facts");
    let mut piped = std::fs::read_to_string(dir.path().join("page.facts")).unwrap();
    piped = piped.replace("\"path\":\"page.txt\"", "\"path\":\"-\"");
    write("piped.facts", &piped);
    assert_eq!(said("verify page.facts"), "");
    assert_eq!(said("verify piped.facts"), "solieu: -: facts of standard input cannot be verified\n");
    let unnamed = said("verify pages.facts");
    assert!(unnamed.starts_with("solieu: pages.jsonl: no field that holds a page"), "{unnamed}");
    assert!(unnamed.ends_with("; name it with --text-field\n") && unnamed.lines().count() == 1, "{unnamed}");
    assert!(said("verify rows.facts").ends_with("name it with --text-field\n"));
    write("pages.jsonl", &record("b"));
    let gone = said("verify pages.facts --text-field page_words");
    assert_eq!(gone, "solieu: pages.jsonl: no such record in it\n");
    std::fs::remove_file(dir.path().join("page.txt")).unwrap();
    let nowhere = said("verify page.facts");
    assert!(
        nowhere.starts_with("solieu: page.txt: no such file here: ") && nowhere.contains("--archive"),
        "{nowhere}"
    );
    assert_eq!(said("verify page.facts --archive ."), "solieu: page.txt: no such file in .\n");
}

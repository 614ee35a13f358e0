//! Archives of every sort give the same pages as the files that they were made of.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

use std::fs;
use std::io::Write;
use std::path::Path;

use solieu::source::{Feed, Input, Problem, Severity};

const ONE: &str = "Xã Tân Lập trồng mới 120 ha rừng\nDiện tích rừng của xã tăng 4,5%.\n";
const TWO: &str = "Hai huyện có thêm 35 trạm y tế\nMỗi trạm phục vụ 2.000 dân.\n";

/// Record and text of every page, and the problems.
fn read(path: &Path) -> (Vec<(String, String)>, Vec<Problem>) {
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    for item in Feed::new(vec![Input::from_arg(path)]) {
        for page in item.pages(&mut problems) {
            let text = String::from_utf8_lossy(&page.bytes).into_owned();
            pages.push((page.record.unwrap_or_default().into_owned(), text));
        }
    }
    (pages, problems)
}

fn read_bytes(name: &str, bytes: &[u8]) -> (Vec<(String, String)>, Vec<Problem>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&path)
}

fn pairs(names: [&str; 2]) -> Vec<(String, String)> {
    vec![(names[0].into(), ONE.into()), (names[1].into(), TWO.into())]
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn json_lines() -> String {
    [ONE, TWO].map(|text| serde_json::json!({ "url": "u", "text": text }).to_string() + "\n").concat()
}

fn wet() -> Vec<u8> {
    let mut out = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\na=b\r\n\r\n".to_vec();
    for (id, text) in [("<urn:1>", ONE), ("<urn:2>", TWO)] {
        out.extend(conversion(id, text, text.len()));
    }
    out
}

fn conversion(id: &str, text: &str, length: usize) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: {id}\r\nContent-Type: text/plain\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    [header.as_bytes(), text.as_bytes(), b"\r\n\r\n"].concat()
}

#[test]
fn json_lines_and_arrays_also_compressed() {
    let lines = json_lines();
    assert_eq!(read_bytes("a.jsonl", lines.as_bytes()), (pairs(["1", "2"]), vec![]));
    assert_eq!(read_bytes("a", &gzip(&gzip(lines.as_bytes()))), (pairs(["1", "2"]), vec![]));
    assert_eq!(read_bytes("a.zst", &zstd::encode_all(lines.as_bytes(), 3).unwrap()).0, pairs(["1", "2"]));
    let array = format!("[\n{}\n]", lines.trim().replace('\n', ","));
    assert_eq!(read_bytes("a.json", array.as_bytes()), (pairs(["1", "2"]), vec![]));
}

#[test]
fn a_broken_line_costs_only_itself() {
    let lines = json_lines().replacen('\n', "\n{\"text\": broken\n\n", 1);
    let (pages, problems) = read_bytes("a.jsonl", lines.as_bytes());
    assert_eq!(pages, pairs(["1", "4"]));
    assert_eq!(problems.len(), 1);
}

#[test]
fn warc_with_one_gzip_member_a_record() {
    assert_eq!(read_bytes("a.wet", &wet()), (pairs(["urn:1", "urn:2"]), vec![]));
    let first = conversion("<urn:1>", ONE, ONE.len());
    let members = [gzip(&first), gzip(&conversion("<urn:2>", TWO, TWO.len()))].concat();
    assert_eq!(read_bytes("a.wet.gz", &members), (pairs(["urn:1", "urn:2"]), vec![]));
}

#[test]
fn a_wrong_length_costs_one_record() {
    for length in [3, ONE.len() + 7, ONE.len() + 5_000, 1 << 40] {
        let archive = [
            conversion("<urn:0>", TWO, TWO.len()),
            conversion("<urn:x>", ONE, length),
            conversion("<urn:1>", ONE, ONE.len()),
            conversion("<urn:2>", TWO, TWO.len()),
        ]
        .concat();
        let (pages, problems) = read_bytes("a.warc", &archive);
        let good: Vec<_> = pages.into_iter().filter(|(name, _)| name != "urn:x").collect();
        assert_eq!(good[1..], pairs(["urn:1", "urn:2"]), "length {length}");
        assert!(!problems.is_empty());
    }
}

#[test]
fn a_cut_archive_gives_what_is_whole() {
    let whole = wet();
    let (pages, problems) = read_bytes("a.wet", &whole[..whole.len() - 20]);
    assert_eq!(pages, pairs(["urn:1", "urn:2"])[..1]);
    assert_eq!(problems.len(), 1);
    let packed = gzip(&whole);
    let (_, problems) = read_bytes("a.wet.gz", &packed[..packed.len() - 12]);
    assert!(!problems.is_empty());
}

#[test]
fn zip_with_dangerous_names() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default();
    for (name, text, method) in [
        ("../../one.txt", ONE, zip::CompressionMethod::Stored),
        ("sub/two.txt", TWO, zip::CompressionMethod::Deflated),
    ] {
        zip.start_file(name, stored.compression_method(method)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(read_bytes("a.zip", &bytes), (pairs(["../../one.txt", "sub/two.txt"]), vec![]));
    assert_eq!(read_bytes("a.zip.gz", &gzip(&bytes)).0, pairs(["../../one.txt", "sub/two.txt"]));
    assert!(!read_bytes("b.zip", &bytes[..bytes.len() / 2]).1.is_empty());
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, data) in entries {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = header.iter().map(|&b| u32::from(b)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(header);
        out.extend(*data);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

#[test]
fn tar_of_pages_and_of_archives() {
    let plain = tar(&[("one.txt", ONE.as_bytes()), ("two.txt", TWO.as_bytes())]);
    assert_eq!(read_bytes("a.tar", &plain), (pairs(["one.txt", "two.txt"]), vec![]));
    let nested = tar(&[("x.jsonl.gz", &gzip(json_lines().as_bytes())), ("logo.png", b"\x89PNG\0\0\0")]);
    assert_eq!(read_bytes("b.tar.gz", &gzip(&nested)), (pairs(["x.jsonl.gz/1", "x.jsonl.gz/2"]), vec![]));
    assert!(!read_bytes("c.tar", &plain[..540]).1.is_empty());
}

#[test]
fn csv_by_its_header() {
    let rows = format!("id,title,text\na,T,\"{ONE}\"\nb,T,\"{TWO}\"\n");
    assert_eq!(read_bytes("a.csv", rows.as_bytes()), (pairs(["a", "b"]), vec![]));
}

/// Half a row may state what the whole one does not.
#[test]
fn a_table_that_was_cut_off_gives_whole_rows() {
    let rows = format!("id,text\na,\"{ONE}\"\nb,\"{TWO}\"\n");
    let end_of_last = rows.len() - "\"\n".len();
    let begin_of_last = rows.find(",\"Hai").unwrap() + 2;
    for end in [begin_of_last, begin_of_last + 9, end_of_last] {
        for name in ["a.csv", "a.csv.gz"] {
            let cut = &rows.as_bytes()[..end];
            let (pages, problems) = read_bytes(name, &if name == "a.csv" { cut.to_vec() } else { gzip(cut) });
            assert_eq!(pages, pairs(["a", "b"])[..1], "{name} {end}");
            assert!(problems.len() == 1 && problems[0].what.contains("line 5 is left out"), "{problems:?}");
        }
    }
    // A quote that closes the field at the very end, doubled ones, and some that mean nothing.
    for (text, page) in [
        ("\"a \"\"b\"\"\"", "a \"b\""),
        ("\"a\"\"\"", "a\""),
        ("5\" and more", "5\" and more"),
        ("\"a\" b", "a b"),
    ] {
        let found = read_bytes("b.csv", format!("\u{FEFF}\"text\";id\n{text}").as_bytes());
        assert_eq!(found, (vec![("2".to_owned(), page.to_owned())], vec![]), "{text}");
    }
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.csv"), &rows.as_bytes()[..begin_of_last + 9]).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_solieu"));
    let done = command.args(["extract", "a.csv"]).current_dir(dir.path()).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&done.stdout).contains("Hai huy"));
}

#[test]
fn what_a_break_costs_is_told() {
    let line =
        |n: usize| serde_json::json!({ "text": format!("{n} {}", ONE.repeat(n % 7)) }).to_string() + "\n";
    let lines: String = (0..2000).map(line).collect();
    let packed = [gzip(lines.as_bytes()), zstd::encode_all(lines.as_bytes(), 3).unwrap()];
    for bytes in &packed {
        let (pages, problems) = read_bytes("a.jsonl", &bytes[..bytes.len() / 2]);
        assert!(pages.len() < 2000);
        assert!(problems.len() == 1 && problems[0].what.contains("all from here on is lost"), "{problems:?}");
    }
    let (_, problems) = read_bytes("a.wet", &gzip(&wet())[..220]);
    assert!(problems.iter().any(|problem| problem.what.contains("all from here on is lost")), "{problems:?}");
    // Where another member follows, it is read.
    let broken = &packed[0][..packed[0].len() / 2];
    let (pages, problems) = read_bytes("a.jsonl", &[broken, &gzip(line(7000).as_bytes())].concat());
    assert!(pages.last().is_some_and(|(_, text)| text.starts_with("7000")));
    assert!(problems.iter().any(|problem| problem.what.contains("a line is lost")), "{problems:?}");
}

#[test]
fn where_reading_goes_on_is_told() {
    let array = "[{\"text\":\"a},\n{\"text\":\"b\"},\n{\"text\":\"c\"}]";
    let (pages, problems) = read_bytes("a.json", array.as_bytes());
    assert_eq!((pages.len(), problems.len()), (2, 1), "{problems:?}");
    assert_eq!(problems[0].what, "ends within an object; reading goes on at byte 14");
    let (_, problems) = read_bytes("a.json", &array.replace("a}", "a\"}").as_bytes()[..array.len() - 5]);
    assert_eq!(problems[0].what, "ends within an object; all from here on is lost");
    let mut damaged = tar(&[("one.txt", ONE.as_bytes()), ("two.txt", TWO.as_bytes())]);
    damaged[1] ^= 1;
    let (pages, problems) = read_bytes("a.tar", &damaged);
    assert_eq!(pages, pairs(["one.txt", "two.txt"])[1..]);
    assert_eq!(problems[0].what, "a part of the archive cannot be read: a broken header");
}

#[test]
fn other_files_are_a_problem_only_when_named() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("logo.png"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    fs::write(dir.path().join("page"), ONE).unwrap();
    let (pages, problems) = read(dir.path());
    assert_eq!((pages.len(), problems.len()), (1, 0));
    assert_eq!(read(&dir.path().join("logo.png")).1.len(), 1);
}

/// A page that is no text is damaged, and its facts are not to be retired; data under the name of a page are data.
#[test]
fn other_files_under_the_name_of_a_page_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("logo.txt"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    fs::write(at("data.txt"), "{\"a\":1}\n{\"a\":2}\n").unwrap();
    fs::write(at("page.txt"), ONE).unwrap();
    let (pages, problems) = read(dir.path());
    assert_eq!(pages.len(), 1);
    let severities: Vec<_> = problems.iter().map(|problem| problem.severity).collect();
    assert_eq!(severities, [Severity::Note, Severity::Error], "{problems:?}");
    for name in ["logo.txt", "data.txt"] {
        assert_eq!(read(&at(name)).1[0].severity, Severity::Error, "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_directory_is_told() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("one.txt", ONE), ("two.txt", TWO)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    let cut = read_bytes("a.zip", &bytes[..bytes.len() - 30]);
    // The directory's last entry says that it begins elsewhere.
    let entry = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[entry + 42] ^= 1;
    for (pages, problems) in [cut, read_bytes("b.zip", &bytes)] {
        assert_eq!(pages, pairs(["one.txt", "two.txt"]));
        assert_eq!(problems.len(), 1, "{problems:?}");
        let (before, why) = problems[0].what.split_once("a broken directory (").unwrap();
        assert!(before.ends_with("ZIP archive with ") && why.contains("); what is found"), "{problems:?}");
    }
}

#[test]
fn damaged_archives_end() {
    let zipped = gzip(&wet());
    for bytes in [wet(), zipped, json_lines().into_bytes(), tar(&[("a.txt", ONE.as_bytes())])] {
        let (whole, _) = read_bytes("a", &bytes);
        for at in (0..bytes.len()).step_by(7) {
            let (pages, problems) = read_bytes("a", &bytes[..at]);
            // What is left of the head is no archive any more.
            let is_text = pages.iter().any(|(_, text)| *text == String::from_utf8_lossy(&bytes[..at]));
            assert!(!problems.is_empty() || whole.starts_with(&pages) || is_text, "cut at {at}: {pages:?}");
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let (pages, _) = read_bytes("a", &damaged);
            assert!(pages.len() <= whole.len() + 1, "a flip at {at}: {pages:?}");
        }
    }
}

/// The files were written by warcio: two plain bodies, a chunked, a gzip, a chunked deflate one, an error page, a
/// picture, and a conversion record.
#[test]
fn files_of_another_writer() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let (old, problems) = read(&data.join("warcio-1.0.warc.gz"));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(old.len(), 5);
    for (i, (name, text)) in old[..4].iter().enumerate() {
        assert!(name.ends_with(&(i + 1).to_string()));
        assert!(text.contains(&format!("đã xây thêm {} trạm bơm", i + 1)), "{text}");
    }
    assert_eq!(read(&data.join("warcio-1.1.warc")).0, old);
}

//! Archives that were made to do harm.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::formats::gzip;
use super::{Run, page, run};

/// Runs on a file called `name` that `write` fills; it must end well.
fn read(name: &str, write: impl FnOnce(&mut File)) -> Run {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    write(&mut File::create(&path).unwrap());
    let run = run(&path);
    assert!(matches!(run.status, Some(0 | 1)), "{name}: {:?} {}", run.status, run.messages);
    assert!(run.took < super::LONGEST, "{name} took {:?}", run.took);
    run
}

fn line(i: usize) -> Vec<u8> {
    [serde_json::json!({ "text": page(i) }).to_string().as_bytes(), b"\n"].concat()
}

/// Blanks that decompress to a thousand times their size.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..mebibytes {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn ten_gigabytes_behind_ten_megabytes() {
    let run = read("bomb.jsonl.gz", |file| {
        file.write_all(&gzip(&line(1))).unwrap();
        let member = bomb(100);
        for _ in 0..100 {
            file.write_all(&member).unwrap();
        }
    });
    assert_eq!(run.status, Some(1));
    assert!(!run.facts.is_empty() && run.messages.contains("given up"), "{}", run.messages);
}

#[test]
fn a_bomb_between_good_records() {
    let run = read("bomb.jsonl.gz", |file| {
        for part in [gzip(&line(1)), bomb(400), gzip(&line(2))] {
            file.write_all(&part).unwrap();
        }
    });
    let both = ["Xã số 1 có", "Xã số 2 có"].iter().all(|p| run.facts.iter().any(|fact| fact.contains(p)));
    assert!(both, "{}", run.messages);
}

#[test]
fn bombs_and_dangerous_names_in_a_zip() {
    let run = read("bomb.zip", |file| {
        let mut zip = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default();
        for name in ["../../../../tmp/solieu-was-here.txt", "/etc/solieu.txt", "C:\\solieu.txt"] {
            zip.start_file(name, options).unwrap();
            zip.write_all(page(name.len()).as_bytes()).unwrap();
        }
        zip.start_file("bomb.txt", options).unwrap();
        for _ in 0..400 {
            zip.write_all(&vec![b'0'; 1 << 20]).unwrap();
        }
        zip.start_file("last.txt", options).unwrap();
        zip.write_all(page(3).as_bytes()).unwrap();
        zip.finish().unwrap();
    });
    assert_eq!(run.status, Some(1));
    assert!(run.facts.iter().any(|fact| fact.contains("Xã số 3 có")), "{}", run.messages);
    assert!(!Path::new("/tmp/solieu-was-here.txt").exists());
}

#[test]
fn endless_lines() {
    for (name, start) in [
        ("a.jsonl", "{\"text\":\""),
        ("a.txt", ""),
        ("a.json", "[\n{\"text\":\""),
        ("a.csv", "id,text\n1,\""),
    ] {
        let run = read(name, |file| {
            file.write_all(&line(1)[..0]).unwrap();
            file.write_all(start.as_bytes()).unwrap();
            for _ in 0..200 {
                file.write_all(&vec![b'1'; 1 << 20]).unwrap();
            }
            file.write_all(b"\n").unwrap();
            file.write_all(&line(2)).unwrap();
        });
        assert_eq!(run.status, Some(1), "{name}");
        if name.starts_with("a.js") {
            assert!(run.facts.iter().any(|fact| fact.contains("Xã số 2 có")), "{name}: {}", run.messages);
        }
    }
}

#[test]
fn deep_json() {
    for open in ["[", "{\"a\":"] {
        let run = read("a.jsonl", |file| {
            file.write_all(&line(1)).unwrap();
            writeln!(file, "{{\"x\":{}", open.repeat(3 << 20)).unwrap();
            file.write_all(&line(2)).unwrap();
        });
        assert!(run.facts.iter().any(|fact| fact.contains("Xã số 2 có")), "{}", run.messages);
    }
    let run = read("a.json", |file| write!(file, "[{{\"x\":{}", "[".repeat(3 << 20)).unwrap());
    assert_eq!(run.status, Some(1));
}

#[test]
fn archives_within_archives_without_end() {
    let mut bytes = page(1).into_bytes();
    for _ in 0..40 {
        bytes = gzip(&bytes);
    }
    assert_eq!(read("a.gz", |file| file.write_all(&bytes).unwrap()).status, Some(1));
    let mut bytes = page(1).into_bytes();
    for i in 0..20 {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(format!("{i}.zip"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
        bytes = zip.finish().unwrap().into_inner();
    }
    assert_eq!(read("a.zip", |file| file.write_all(&bytes).unwrap()).status, Some(1));
}

#[test]
fn lengths_that_lie() {
    for length in ["-1", "0", "99999999999999999999", "18446744073709551615", "4294967296", "x"] {
        let head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: ";
        let text = page(4);
        let run = read("a.wet", |file| {
            write!(file, "{head}{length}\r\n\r\n{text}\r\n\r\n{head}{}\r\n\r\n{text}\r\n\r\n", text.len())
                .unwrap();
        });
        assert!(run.facts.iter().any(|fact| fact.contains("Xã số 4 có")), "{length}: {}", run.messages);
    }
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("empty.gz"), b"\x1f\x8b\x08").unwrap();
    assert_eq!(run(&dir.path().join("empty.gz")).status, Some(1));
}

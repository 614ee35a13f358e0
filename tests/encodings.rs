//! Pages in old encodings give the facts of the same page in UTF-8, with citations that verify.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::solieu;
use serde_json::Value;
use solieu::text::{Encoding, normalized};

const ENCODINGS: [Encoding; 6] = [
    Encoding::Utf16Le,
    Encoding::Utf16Be,
    Encoding::Windows1258,
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Viscii,
];

/// So many pages can be written in each; VISCII has neither dashes nor curved quotation marks.
const WRITABLE: usize = 20;

/// All pages among the fixtures, and the sample pages.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<_> = ["seeds", "fixtures/cases", "fixtures/page", "fixtures/gold", "fixtures/html"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(root.join(folder)).into_iter().flatten())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "txt" || end == "html"))
        .collect();
    found.sort();
    found
}

/// The facts of the pages in `dir`, which must all verify.
fn facts(dir: &Path, more: &[&str]) -> Vec<Value> {
    let done = solieu(&[&["extract", "pages", "-o", "facts.jsonl"], more].concat(), dir);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let verified = solieu(&["verify", "facts.jsonl"], dir);
    assert!(verified.status.success(), "{more:?}: {}", String::from_utf8_lossy(&verified.stdout));
    let lines = fs::read_to_string(dir.join("facts.jsonl")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A fact without what must differ: bytes and their place. Where the encoding has no capitals, letters are small, and
/// then names are not told by their capitals.
fn comparable(mut fact: Value, capitals: bool) -> String {
    let source = fact["source"].as_object_mut().unwrap();
    for key in ["sha256", "bytes", "line", "column"] {
        source.remove(key);
    }
    if !capitals {
        for key in ["id", "entity", "metric", "source"] {
            let path = fact["source"]["path"].clone();
            fact.as_object_mut().unwrap().remove(key);
            fact["path"] = path;
        }
    }
    fact.to_string()
}

#[test]
fn every_encoding_gives_the_same_facts() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pages")).unwrap();
    let pages: Vec<(PathBuf, String)> = fixtures()
        .into_iter()
        .enumerate()
        .map(|(i, path)| {
            let end = path.extension().unwrap().to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            (dir.path().join(format!("pages/{i:03}.{end}")), normalized(&text).into_owned())
        })
        .collect();
    let mut writable: Vec<Vec<usize>> = Vec::new();
    for encoding in ENCODINGS {
        // A page with characters that the encoding has not cannot have been written in it.
        let whole = |text: &str| {
            let again = encoding.encode(text);
            normalized(&encoding.decode(&again).text).to_lowercase() == text.to_lowercase()
        };
        writable.push((0..pages.len()).filter(|&i| whole(&pages[i].1)).collect());
    }
    for (encoding, writable) in ENCODINGS.into_iter().zip(writable) {
        assert!(writable.len() >= WRITABLE, "{encoding}: {}", writable.len());
        let capitals = encoding != Encoding::Tcvn3;
        let write = |encode: &dyn Fn(&str) -> Vec<u8>| {
            for (path, _) in &pages {
                drop(fs::remove_file(path));
            }
            for &i in &writable {
                fs::write(&pages[i].0, encode(&pages[i].1)).unwrap();
            }
        };
        let sorted = |facts: Vec<Value>| -> Vec<String> {
            facts.into_iter().map(|fact| comparable(fact, capitals)).collect()
        };
        write(&|text| text.as_bytes().to_vec());
        let expected = sorted(facts(dir.path(), &[]));
        assert!(expected.len() > 20);
        write(&|text| encoding.encode(text));
        for more in [&[][..], &["--encoding", encoding.label()]] {
            let got = sorted(facts(dir.path(), more));
            let differing: Vec<_> = expected.iter().zip(&got).filter(|(a, b)| a != b).take(3).collect();
            assert!(
                expected == got,
                "{encoding} {more:?}: {} of {}: {differing:#?}",
                got.len(),
                expected.len()
            );
        }
    }
}

//! Pages that nobody would write: whatever the bytes are, reading them ends, panics nowhere, and every citation holds.
//! `MUTATIONS` in the environment says how many; a thousand unless told.

#![allow(clippy::unwrap_used, reason = "a test reports what is broken by failing")]

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use fastrand::Rng;
use solieu::Extractor;
use solieu::rules::RuleSources;
use solieu::source::{Format, RawPage};

#[test]
fn any_bytes_are_read_to_the_end() {
    let wanted = std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let extractor = Extractor::new(&RuleSources::builtin()).unwrap();
    let pages = pages();
    let mut rng = Rng::with_seed(1);
    let mut facts = 0;
    for turn in 0..wanted {
        let bytes = mutated(&pages[turn % pages.len()], turn, &mut rng);
        facts += read(&extractor, &bytes);
    }
    assert!(facts > 0);
}

/// Reads a page both as text and as HTML, and gives the number of its facts.
fn read(extractor: &Extractor, bytes: &[u8]) -> usize {
    let mut facts = 0;
    for format in [Format::Text, Format::Html] {
        let raw = RawPage {
            path: Cow::Borrowed("page"),
            format,
            bytes: Cow::Borrowed(bytes),
            ..RawPage::default()
        };
        let report = extractor.extract(&raw, &mut |fact| {
            let cited = fact.source.bytes;
            assert!(cited.start < cited.end && cited.end <= bytes.len(), "a citation outside its page");
        });
        facts += report.facts;
    }
    facts
}

fn pages() -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = ["seeds", "fixtures/cases"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)))
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// One of the things that happen to pages.
fn mutated(page: &[u8], turn: usize, rng: &mut Rng) -> Vec<u8> {
    let mut bytes = page.to_vec();
    match turn % 8 {
        0 => bytes.truncate(rng.usize(..page.len())),
        1 => {
            for _ in 0..=page.len() / 100 {
                let at = rng.usize(..page.len());
                bytes[at] = rng.u8(..);
            }
        }
        2 => bytes = (0..rng.usize(..20_000)).map(|_| rng.u8(..)).collect(),
        3 => bytes = (0..rng.usize(..20_000)).map(|_| b"0123456789.,/-% "[rng.usize(..16)]).collect(),
        4 => {
            bytes =
                ["\u{300}", "\u{301}", "\u{323}", "\u{306}", "a", " "][rng.usize(..6)].repeat(3000).into();
        }
        5 => bytes.retain(|byte| *byte != b'\n'),
        6 => {
            let from = rng.usize(..page.len());
            let part = page[from..page.len().min(from + 200)].to_vec();
            bytes.splice(from..from, part.repeat(rng.usize(..50)));
        }
        _ => {
            let (from, to) = (rng.usize(..page.len()), rng.usize(..page.len()));
            let part = bytes.split_off(from.min(to));
            bytes.splice(0..0, part);
        }
    }
    bytes
}

//! Damaged archives end with a message, in bounded memory and time, and lose only what was hit.
//!
//! `SOLIEU_DAMAGED=2000 cargo test --test damage` damages as many archives; a few dozen are the default.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

mod formats;
mod hostile;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use formats::{Built, FORMATS};

/// Pages of an archive.
const PAGES: usize = 24;
/// No run may take longer.
const LONGEST: Duration = Duration::from_secs(60);
/// Address space of a run, in KiB.
const MEMORY: u64 = 1 << 20;

/// Small random numbers that are always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound.max(1) as u64) as usize
    }
}

/// A page whose numbers no other page has.
fn page(i: usize) -> String {
    let mut random = Random(i as u64 + 1);
    let mut text = format!("Xã số {i} có thêm {}.{:03} hộ dùng nước sạch\n", 3 + i, i * 7);
    for line in 0..12 {
        let _ = writeln!(
            text,
            "Tổ {} của xã có {}.{:03} hộ dân, tăng {},{}% so với năm trước; thôn thứ {line} góp {} triệu đồng.",
            random.below(90),
            4 + i,
            random.below(1000),
            line + 1,
            i + 1,
            100 + random.below(900)
        );
    }
    text
}

/// What a run gives: status, standard error, and the sentences with numbers of all facts.
struct Run {
    status: Option<i32>,
    messages: String,
    facts: BTreeSet<String>,
    took: Duration,
}

fn run(path: &Path) -> Run {
    let began = Instant::now();
    let line = format!("ulimit -v {MEMORY}; exec \"$0\" extract --jobs 2 \"$1\"");
    let Output { status, stdout, stderr } = Command::new("sh")
        .args(["-c", &line, env!("CARGO_BIN_EXE_solieu")])
        .arg(path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let facts = String::from_utf8(stdout).unwrap();
    let name = |line: &str| {
        let fact: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{} {} {}", fact["source"]["sentence"], fact["source"]["quote"], fact["value"])
    };
    Run {
        status: status.code(),
        messages: String::from_utf8_lossy(&stderr).into_owned(),
        facts: facts.lines().map(name).collect(),
        took: began.elapsed(),
    }
}

/// Changes some bytes; gives the range of the original that was hit.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) -> (&'static str, Range<usize>) {
    let at = random.below(bytes.len());
    let few = (1 + random.below(200)).min(bytes.len() - at);
    match random.below(6) {
        0 => {
            bytes[at] ^= 1 << random.below(8);
            ("bit flipped", at..at + 1)
        }
        1 => {
            let whole = bytes.len();
            bytes.truncate(at);
            ("cut off", at..whole)
        }
        2 => {
            bytes.drain(at..at + few);
            ("cut out", at..at + few)
        }
        3 => {
            bytes[at..at + few].fill(0);
            ("zeros", at..at + few)
        }
        4 => {
            bytes.splice(at..at, (0..few).map(|i| (i * 37) as u8).collect::<Vec<_>>());
            ("rubbish put in", at..at + 1)
        }
        _ => {
            for byte in &mut bytes[at..at + few] {
                *byte = random.below(256) as u8;
            }
            ("rubbish", at..at + few)
        }
    }
}

/// The pages that were not hit; `moved`: what follows stands elsewhere now.
fn unhurt(built: &Built, hit: &Range<usize>, moved: bool) -> Vec<usize> {
    if built.directory.is_some_and(|start| hit.end > start) {
        return Vec::new();
    }
    let moved = moved && built.directory.is_some();
    if let Some(spans) = &built.spans {
        let apart = |span: &Range<usize>| span.end <= hit.start || hit.end <= span.start && !moved;
        return (0..PAGES).filter(|&i| apart(&spans[i])).collect();
    }
    // A compressed stream is good up to where it was hit.
    let good = (built.decoded)(&built.bytes[..hit.start]);
    (0..PAGES).filter(|&i| built.ends[i] <= good).collect()
}

#[test]
fn damaged_archives_lose_only_what_was_hit() {
    let count: usize = std::env::var("SOLIEU_DAMAGED").map_or(44, |n| n.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let pages: Vec<String> = (0..PAGES).map(page).collect();
    let facts: Vec<BTreeSet<String>> = pages
        .iter()
        .map(|text| {
            let path = dir.path().join("page.txt");
            fs::write(&path, text).unwrap();
            run(&path).facts
        })
        .collect();
    assert!(facts.iter().all(|facts| facts.len() > 20));
    let built: Vec<Built> = FORMATS.iter().map(|(_, build)| build(&pages)).collect();
    let mut random = Random(2024);
    let mut lost = Vec::new();
    for n in 0..count {
        let (name, built) = (FORMATS[n % FORMATS.len()].0, &built[n % FORMATS.len()]);
        let mut bytes = built.bytes.clone();
        let (what, hit) = damage(&mut bytes, &mut random);
        let moved = bytes.len() != built.bytes.len();
        let path = dir.path().join(name);
        fs::write(&path, &bytes).unwrap();
        let run = run(&path);
        let place = format!("{n}: {name}, {what} at {hit:?} of {}", built.bytes.len());
        assert!(matches!(run.status, Some(0 | 1)), "{place}: {:?} {}", run.status, run.messages);
        assert!(run.took < LONGEST, "{place} took {:?}", run.took);
        assert!(!run.messages.contains("internal error"), "{place}: {}", run.messages);
        let missing: Vec<_> =
            unhurt(built, &hit, moved).into_iter().filter(|&i| !facts[i].is_subset(&run.facts)).collect();
        if !missing.is_empty() {
            lost.push(format!("{place}: pages {missing:?} are missing\n{}", run.messages));
        }
    }
    assert!(lost.is_empty(), "{} of {count}:\n{}", lost.len(), lost.join("\n"));
}

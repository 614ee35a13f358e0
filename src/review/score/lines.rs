//! How well the article was found: the lines that were kept, by their characters, against `NAME.lines.json`.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Deserialize;

use super::Disagreement;
use super::counts::harmonic_mean;
use super::gold::Page;
use crate::review::gold::Lines;

/// How much of a line a disagreement shows, in characters.
const SHOWN: usize = 40;

/// A line as `solieu strip --json` prints it.
#[derive(Debug, Deserialize)]
pub struct StrippedLine {
    path: String,
    line: usize,
    keep: bool,
    #[serde(default)]
    rule: String,
}

/// The lines of each page: number from 1 → the line.
pub(super) struct Stripped(BTreeMap<String, BTreeMap<usize, StrippedLine>>);

impl Stripped {
    pub(super) fn new(lines: Vec<StrippedLine>) -> Self {
        let mut pages: BTreeMap<String, BTreeMap<usize, StrippedLine>> = BTreeMap::new();
        for line in lines {
            pages.entry(super::page_name(&line.path)).or_default().insert(line.line, line);
        }
        Self(pages)
    }
}

/// Characters of the lines that are labelled one way or the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeptLines {
    /// Of the article, and kept.
    pub right: u64,
    /// Not of the article, and kept.
    pub wrong: u64,
    /// Of the article, and dropped.
    pub lost: u64,
}

impl KeptLines {
    /// Precision, recall, and their harmonic mean.
    pub(crate) fn ratios(self) -> [f64; 3] {
        harmonic_mean(self.right, self.wrong, self.lost)
    }

    /// Counts the lines of a page that has labels in `gold`, and gives those that are judged otherwise.
    pub(super) fn add_page(
        &mut self,
        gold: &Path,
        page: &Page,
        stripped: &Stripped,
    ) -> io::Result<Vec<Disagreement>> {
        let Some(labels) = Lines::read(gold, &page.name)? else {
            return Ok(Vec::new());
        };
        let kept = stripped.0.get(&page.name);
        let text = String::from_utf8_lossy(&page.text);
        let mut errors = Vec::new();
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.trim().is_empty() || labels.either.contains(&number) {
                continue;
            }
            let wanted = labels.content.contains(&number);
            let got = kept.and_then(|lines| lines.get(&number));
            if self.add(line, wanted, got.is_some_and(|line| line.keep)) {
                continue;
            }
            let rule = got.map_or_else(String::new, |line| line.rule.clone());
            errors.push(disagreement(page, number, line, wanted, rule));
        }
        Ok(errors)
    }

    /// Counts one line; whether it was judged rightly.
    fn add(&mut self, line: &str, wanted: bool, got: bool) -> bool {
        let size = line.chars().count() as u64;
        match (wanted, got) {
            (true, true) => self.right += size,
            (false, true) => self.wrong += size,
            (true, false) => self.lost += size,
            (false, false) => {}
        }
        wanted == got
    }
}

fn disagreement(page: &Page, number: usize, line: &str, wanted: bool, rule: String) -> Disagreement {
    let name = |kept: bool| if kept { "article" } else { "boilerplate" }.to_owned();
    Disagreement {
        page: page.name.clone(),
        line: number,
        number: line.trim().chars().take(SHOWN).collect(),
        what: "line".to_owned(),
        expected: name(wanted),
        got: name(!wanted),
        rule,
    }
}

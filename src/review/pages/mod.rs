//! What changed in the articles that are found in pages.
//!
//! Of each page, the lines are compared that the article keeps, with its title and day of publication. A line that is
//! gone is shown with the rule that drops it on the new side; a line that came, with the rule that dropped it before.

mod read;
mod render;

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};

pub use read::{Side, compare};
pub use render::{Form, render};

/// The article of a page.
#[derive(Debug, Clone, Default)]
struct Article {
    /// What names the page on both sides.
    name: String,
    /// The lines that are kept.
    lines: Vec<String>,
    /// Names of the lines that are not, with the rule that drops them.
    dropped: FxHashMap<u64, &'static str>,
}

/// A page whose article differs, or that one side alone has.
#[derive(Debug)]
pub struct PageChange {
    name: String,
    old: Article,
    new: Article,
    ops: Vec<DiffOp>,
}

/// What a comparison came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Pages on the old side.
    pub old: u64,
    /// Pages on the new side.
    pub new: u64,
    /// Pages that differ.
    pub pages: u64,
    /// Lines that came and lines that are gone.
    #[serde(flatten)]
    pub lines: Lines,
    /// The same by the rule that drops them on the other side; `-` where that does not have the line at all.
    pub rules: BTreeMap<&'static str, Lines>,
}

/// Numbers of lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// Lines that came.
    pub added: u64,
    /// Lines that are gone.
    pub removed: u64,
}

impl Lines {
    fn add(&mut self, tag: ChangeTag) {
        match tag {
            ChangeTag::Insert => self.added += 1,
            ChangeTag::Delete => self.removed += 1,
            ChangeTag::Equal => {}
        }
    }
}

/// One line of a comparison.
#[derive(Debug, Clone, Copy)]
struct Line<'p> {
    tag: ChangeTag,
    text: &'p str,
    /// The rule that drops it on the other side.
    rule: Option<&'static str>,
}

impl PageChange {
    fn new(old: Article, new: Article) -> Self {
        let ops = capture_diff_slices(Algorithm::Myers, &old.lines, &new.lines);
        let name = if new.name.is_empty() { &old.name } else { &new.name }.clone();
        Self { name, old, new, ops }
    }

    /// Groups of lines that differ, with `context` lines that are the same around them.
    fn hunks(&self, context: usize) -> Vec<Vec<Line<'_>>> {
        let groups = group_diff_ops(self.ops.clone(), context);
        groups.iter().map(|ops| ops.iter().flat_map(|op| self.lines(op)).collect()).collect()
    }

    fn lines(&self, op: &DiffOp) -> Vec<Line<'_>> {
        let (old, new) = (&self.old, &self.new);
        if let DiffOp::Equal { .. } = op {
            return taken(new, old, ChangeTag::Equal, op.new_range());
        }
        let mut lines = taken(old, new, ChangeTag::Delete, op.old_range());
        lines.extend(taken(new, old, ChangeTag::Insert, op.new_range()));
        lines
    }

    fn counts(&self) -> Lines {
        let mut counts = Lines::default();
        self.hunks(0).iter().flatten().for_each(|line| counts.add(line.tag));
        counts
    }
}

/// Lines of one side, with what the other side thinks of them.
fn taken<'p>(from: &'p Article, other: &Article, tag: ChangeTag, range: Range<usize>) -> Vec<Line<'p>> {
    let rule = |text: &str| match tag {
        ChangeTag::Equal => None,
        _ => other.dropped.get(&read::line_name(text)).copied(),
    };
    let lines = from.lines.get(range).unwrap_or_default();
    lines.iter().map(|text| Line { tag, text, rule: rule(text) }).collect()
}

impl Totals {
    fn add(&mut self, page: &PageChange) {
        self.pages += 1;
        for line in page.hunks(0).iter().flatten() {
            self.lines.add(line.tag);
            self.rules.entry(line.rule.unwrap_or("-")).or_default().add(line.tag);
        }
    }
}

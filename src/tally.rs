//! Counts of what was read, and of what came of it.

use serde::{Deserialize, Serialize};

use crate::source::{Problem, Severity};

/// What a run came to. The tallies of shards add up to that of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Pages read.
    pub pages: u64,
    /// Their size as stored, in bytes.
    pub bytes: u64,
    /// Pages of no byte.
    #[serde(default)]
    pub empty: u64,
    /// Facts found.
    pub facts: u64,
    /// Invalid byte sequences replaced in decoding.
    pub replaced: u64,
    /// Problems that were more than notes.
    pub problems: u64,
    /// Problems that were mere notes.
    #[serde(default)]
    pub notes: u64,
    /// Records that hold no page, since they have no text; none of the notes.
    #[serde(default)]
    pub without_text: u64,
    /// Pages with nearly the same article as an earlier one, where they were looked for.
    #[serde(default)]
    pub duplicates: u64,
    /// Pages left out by a filter.
    pub skipped: u64,
    /// Whether a page made the program panic, which is among the problems.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub panicked: bool,
}

impl Tally {
    /// Whether all that was to be read was read, and there was something: only then is a fact that was not found no more.
    /// An empty page is more likely what a broken pipe or a full disk left than one without facts.
    pub fn is_whole(&self) -> bool {
        self.pages > 0 && self.empty == 0 && self.problems == 0
    }

    /// Counts a problem.
    pub(crate) fn count(&mut self, problem: &Problem) {
        *match problem.severity {
            _ if problem.without_text => &mut self.without_text,
            Severity::Note => &mut self.notes,
            Severity::Warning | Severity::Error => &mut self.problems,
        } += 1;
    }

    /// Whether there was a page at all, be it one that a filter left out.
    pub(crate) fn met_a_page(&self) -> bool {
        self.pages + self.skipped > 0
    }

    /// Whether no page could be read because of problems. What came of an earlier run is worth more than that.
    pub fn is_lost(&self) -> bool {
        !self.met_a_page() && self.problems > 0
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.empty += other.empty;
        self.facts += other.facts;
        self.replaced += other.replaced;
        self.problems += other.problems;
        self.notes += other.notes;
        self.without_text += other.without_text;
        self.duplicates += other.duplicates;
        self.skipped += other.skipped;
        self.panicked |= other.panicked;
    }
}

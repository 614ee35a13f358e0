//! What people decided about facts: an append-only file of JSON Lines that git can merge.
//!
//! One line is one [`Decision`]. The order of lines means nothing, the moments in them do; a line that stands there twice
//! counts once. So two branches of a decisions file are merged by keeping the lines of both (`merge=union`).
//!
//! The last verdict on a fact stands. An undo takes back the last thing that the same person said of that fact and that
//! still stood. Comments stand beside the verdict. A decision names, besides the fact, a hash of what the fact said
//! ([`content_hash`]): where the fact says something else now, the decision is *stale*.

mod correct;
mod log;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use correct::{Correction, content_hash, correct};
pub use log::DecisionLog;

/// What was decided about a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The fact is right as it is.
    Accept,
    /// It is no fact, or a wrong one.
    Reject,
    /// It is right with other values in some fields.
    Correct,
    /// The last thing the same person said of this fact is taken back.
    Undo,
    /// Nothing is decided, only said.
    Comment,
}

/// New values of top-level keys of the record, as JSON; `null` takes a key out.
pub type Fields = BTreeMap<String, Box<RawValue>>;

/// One line of a decisions file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decision {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// The id of the fact.
    pub fact: String,
    /// [`content_hash`] of the fact as it was when this was decided.
    pub of: String,
    /// What.
    pub verdict: Verdict,
    /// For [`Verdict::Correct`]: the fields that are to be otherwise.
    #[serde(skip_serializing_if = "Fields::is_empty", default)]
    pub fields: Fields,
    /// Why, in free words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// What a verdict makes of its fact.
#[derive(Debug, Clone, Copy)]
pub enum Ruling<'d> {
    /// It holds as it is.
    Accept,
    /// It does not hold.
    Reject,
    /// It holds with these values.
    Correct(&'d Fields),
}

impl Decision {
    /// What it makes of its fact; nothing where it is no verdict.
    pub fn ruling(&self) -> Option<Ruling<'_>> {
        match self.verdict {
            Verdict::Accept => Some(Ruling::Accept),
            Verdict::Reject => Some(Ruling::Reject),
            Verdict::Correct => Some(Ruling::Correct(&self.fields)),
            Verdict::Undo | Verdict::Comment => None,
        }
    }

    /// Its line, without the end of line.
    ///
    /// # Errors
    /// Never for what was read from JSON.
    pub(crate) fn to_line(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// Everything that was said of one fact, in the order of time.
#[derive(Debug, Clone, Default)]
pub struct FactDecisions {
    /// Each with its line, which tells equal moments apart and duplicates from others.
    said: Vec<(Timestamp, String, Decision)>,
}

impl FactDecisions {
    fn add(&mut self, line: String, decision: Decision) -> bool {
        match self.said.binary_search_by(|(at, said, _)| (at, said).cmp(&(&decision.at, &line))) {
            Ok(_) => false,
            Err(at) => {
                self.said.insert(at, (decision.at, line, decision));
                true
            }
        }
    }

    /// What stands, in the order of time: verdicts and comments that nobody took back.
    pub fn standing(&self) -> Vec<&Decision> {
        let mut standing: Vec<&Decision> = Vec::with_capacity(self.said.len());
        for (_, _, decision) in &self.said {
            if decision.verdict != Verdict::Undo {
                standing.push(decision);
            } else if let Some(at) = standing.iter().rposition(|said| said.by == decision.by) {
                standing.remove(at);
            }
        }
        standing
    }

    /// The verdict that stands, the last one, and what it makes of the fact.
    pub fn verdict(&self) -> Option<(&Decision, Ruling<'_>)> {
        self.standing().into_iter().rev().find_map(|decision| Some((decision, decision.ruling()?)))
    }
}

/// All decisions of a file, by fact.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    facts: BTreeMap<String, FactDecisions>,
    /// Lines that are no decisions, such as one that a crash cut off or a mark of a merge that was not resolved.
    pub problems: Vec<LineProblem>,
}

/// A line that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// Its number, from 1.
    pub line: usize,
    /// Why.
    pub message: String,
    /// It is the last one and has no end: nobody was told that it was written, and the next decision takes its place.
    pub cut_off: bool,
}

impl std::fmt::Display for LineProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl Decisions {
    /// Reads a decisions file; one that is not there has no decisions. Lines that are none are noted in `problems`.
    ///
    /// # Errors
    /// Where the file is there but cannot be read.
    pub fn read(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Reads the content of a decisions file.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut this = Self::default();
        for (index, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
            let torn = line.last() != Some(&b'\n');
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match serde_json::from_slice::<Decision>(line) {
                Ok(decision) => {
                    this.add(decision);
                }
                Err(_) if torn => this.problem(index, "was cut off; it was never confirmed".to_owned(), true),
                Err(error) => this.problem(index, format!("is no decision: {error}"), false),
            }
        }
        this
    }

    fn problem(&mut self, index: usize, message: String, cut_off: bool) {
        self.problems.push(LineProblem { line: index + 1, message, cut_off });
    }

    /// Adds one; false where it is there already.
    pub fn add(&mut self, decision: Decision) -> bool {
        // What came from JSON or holds JSON can be written as JSON.
        let line = decision.to_line().unwrap_or_default();
        self.facts.entry(decision.fact.clone()).or_default().add(line, decision)
    }

    /// What was said of a fact.
    pub fn of(&self, fact: &str) -> Option<&FactDecisions> {
        self.facts.get(fact)
    }

    /// The verdict that stands on a fact, and what it makes of it.
    pub fn verdict(&self, fact: &str) -> Option<(&Decision, Ruling<'_>)> {
        self.of(fact)?.verdict()
    }

    /// The ids of all facts of which something was said, sorted.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// Whether nothing was said of any fact.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
}

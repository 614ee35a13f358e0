//! The reviewer's desk: facts under review with what was decided about them, kept in step with the decisions file.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::collection::{Change, Collection, Row};
use super::decisions::{
    Correction, Decision, DecisionLog, Decisions, FactDecisions, Fields, LineProblem, Ruling, Verdict,
    content_hash, correct,
};
use crate::fact::Fact;

/// What is shown of a row's decisions. Bits 0–1: verdict (0 none, 1 accepted, 2 rejected, 3 corrected); bit 2: stale;
/// bit 3: has comments. `store.js` reads the same bits.
pub type State = u8;
const STALE: State = 4;
const COMMENTED: State = 8;

/// What a reviewer says of a fact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// The number of its row.
    pub row: u32,
    /// The verdict.
    pub verdict: Verdict,
    /// Corrected fields.
    #[serde(default)]
    pub fields: Fields,
    /// A comment.
    #[serde(default)]
    pub comment: Option<String>,
}

/// Why a decision was not taken.
#[derive(Debug, Error)]
pub enum DecisionError {
    /// There is no such row.
    #[error("there is no such fact")]
    NoRow,
    /// What is said does not make a decision.
    #[error("{0}")]
    NoDecision(&'static str),
    /// The correction is none.
    #[error(transparent)]
    Correction(#[from] Correction),
    /// It could not be written down, so it does not hold.
    #[error("not saved: {0}")]
    NotSaved(#[from] io::Error),
}

/// Decisions on the facts of a collection.
#[derive(Debug)]
pub struct Desk {
    /// Who decides here.
    by: String,
    log: DecisionLog,
    decisions: Decisions,
    states: Vec<State>,
    /// Rows in the order in which their state changed.
    changes: Vec<u32>,
    /// Length of the decisions file when it was last read or written.
    len: u64,
}

/// All about one fact.
#[derive(Debug, Serialize)]
pub struct Card<'a> {
    row: u32,
    fact: &'a serde_json::value::RawValue,
    /// The sentence before the number, the number, and the sentence after it.
    sentence: [String; 3],
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a serde_json::value::RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<Fact<'static>>,
    said: Vec<&'a Decision>,
    state: State,
    /// Whether the reviewer has something to take back.
    undo: bool,
}

impl Desk {
    /// Opens the decisions file at `path` for the person `by`.
    ///
    /// # Errors
    /// Where the file cannot be read, or its folder is not there.
    pub fn open(path: &Path, by: &str, facts: &Collection) -> io::Result<Self> {
        let log = DecisionLog::open(path)?;
        let mut this = Self {
            by: by.to_owned(),
            decisions: Decisions::default(),
            states: vec![0; facts.rows().len()],
            changes: Vec::new(),
            len: 0,
            log,
        };
        this.read_again(facts)?;
        this.changes.clear();
        Ok(this)
    }

    /// Lines of the file that are no decisions.
    pub fn problems(&self) -> &[LineProblem] {
        &self.decisions.problems
    }

    /// Who decides here.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// The state of every row.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// How many changes there were.
    pub fn sequence(&self) -> usize {
        self.changes.len()
    }

    /// The rows that changed after `since` changes, each with its state.
    pub fn changes(&self, since: usize) -> Vec<(u32, State)> {
        let rows = self.changes.get(since..).unwrap_or_default();
        rows.iter().map(|&row| (row, self.states[row as usize])).collect()
    }

    /// Takes in what others wrote to the file: another server, a merge.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn refresh(&mut self, facts: &Collection) -> io::Result<()> {
        if self.log.len()? == self.len { Ok(()) } else { self.read_again(facts) }
    }

    fn read_again(&mut self, facts: &Collection) -> io::Result<()> {
        self.len = self.log.len()?;
        self.decisions = self.log.read()?;
        let ids = self.decisions.facts().filter_map(|id| facts.row_of(id));
        let mut states = vec![0; self.states.len()];
        for row in ids {
            states[row as usize] = state(&self.decisions, facts, row);
        }
        let changed = (0..).zip(states.iter().zip(&self.states)).filter(|(_, (new, old))| new != old);
        self.changes.extend(changed.map(|(row, _)| row));
        self.states = states;
        Ok(())
    }

    /// Takes a decision. When this returns, it is on the disk.
    ///
    /// # Errors
    /// Where it is no decision, or could not be written.
    pub fn decide(&mut self, said: DecisionRequest, facts: &Collection) -> Result<(), DecisionError> {
        self.refresh(facts)?;
        let row = facts.rows().get(said.row as usize).ok_or(DecisionError::NoRow)?;
        let fact = row.fact().map_err(Correction::from)?;
        let comment = said.comment.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let fields = if said.verdict == Verdict::Correct { said.fields } else { Fields::new() };
        let decision = Decision {
            at: self.log.now(),
            by: self.by.clone(),
            fact: row.id.to_string(),
            of: content_hash(&fact),
            verdict: said.verdict,
            fields,
            comment,
        };
        self.check(&decision, row, &fact)?;
        let own = decision.to_line().map_err(Correction::from)?.len() as u64 + 1;
        self.log.append(&decision)?;
        let len = self.log.len()?;
        if len != self.len + own {
            // Others wrote in between.
            return Ok(self.read_again(facts)?);
        }
        self.len = len;
        self.decisions.add(decision);
        self.states[said.row as usize] = state(&self.decisions, facts, said.row);
        self.changes.push(said.row);
        Ok(())
    }

    /// Whether this is a decision that can be taken.
    fn check(&self, decision: &Decision, row: &Row, fact: &Fact<'_>) -> Result<(), DecisionError> {
        let refused = match decision.verdict {
            Verdict::Undo if !self.may_undo(&row.id) => "there is nothing of yours to take back",
            Verdict::Undo => return Ok(()),
            _ if row.change == Change::Removed => "this fact is not in the new run",
            Verdict::Correct if decision.fields.is_empty() => "a correction needs a field",
            Verdict::Comment if decision.comment.is_none() => "a comment needs words",
            Verdict::Correct => {
                correct(fact, &decision.fields)?;
                return Ok(());
            }
            Verdict::Accept | Verdict::Reject | Verdict::Comment => return Ok(()),
        };
        Err(DecisionError::NoDecision(refused))
    }

    fn may_undo(&self, id: &str) -> bool {
        self.decisions.of(id).is_some_and(|said| said.standing().iter().any(|said| said.by == self.by))
    }

    /// All about one fact.
    pub fn card<'a>(&'a self, row: u32, facts: &'a Collection) -> Option<Card<'a>> {
        let of = facts.rows().get(row as usize)?;
        let said = self.decisions.of(&of.id);
        let fact = of.fact().ok()?;
        let corrected = match said.and_then(FactDecisions::verdict) {
            Some((_, Ruling::Correct(fields))) => correct(&fact, fields).ok(),
            _ => None,
        };
        Some(Card {
            row,
            fact: serde_json::from_str(&of.json).ok()?,
            sentence: fact.source.parts().map(ToOwned::to_owned),
            old: of.old.as_deref().and_then(|old| serde_json::from_str(old).ok()),
            corrected,
            said: said.map(FactDecisions::standing).unwrap_or_default(),
            state: self.states[row as usize],
            undo: self.may_undo(&of.id),
        })
    }

    /// All decisions.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }
}

fn state(decisions: &Decisions, facts: &Collection, number: u32) -> State {
    let row = &facts.rows()[number as usize];
    let Some(said) = decisions.of(&row.id) else { return 0 };
    let commented = said.standing().iter().any(|decision| decision.comment.is_some());
    let comments = if commented { COMMENTED } else { 0 };
    let Some((decision, ruling)) = said.verdict() else { return comments };
    let stale = row.fact().is_ok_and(|fact| decision.is_stale(&fact));
    let code = match ruling {
        Ruling::Accept => 1,
        Ruling::Reject => 2,
        Ruling::Correct(_) => 3,
    };
    code | comments | if stale { STALE } else { 0 }
}

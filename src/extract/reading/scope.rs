//! How far what a cue says holds: over the next value, its phrase, clause or sentence, and into parentheses.

use serde::Deserialize;

use crate::fact::Status;

/// How far a cue reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CueReach {
    /// Only to a value right behind it.
    Right,
    /// To the first value behind it, where that is only some words off.
    Near,
    /// To the first value behind it.
    Next,
    /// To the next comma or semicolon.
    Phrase,
    /// To the next semicolon.
    Clause,
    /// To the end of the sentence.
    Sentence,
}

/// How many tokens may stand between a cue that reaches `near` and its value: enough for a verb, what it is done to
/// and a qualifier.
const NEAR: usize = 6;
/// How many tokens may stand between a value and the next one of a list: its unit and the comma.
const LISTED: usize = 4;
/// How many brackets within brackets are told apart.
const DEEPEST: usize = 8;

/// A cue, as far as it decides about values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) status: Status,
    pub(crate) reach: CueReach,
    pub(crate) flags: CueFlags,
    /// How far it reaches once a value has stood right behind it.
    pub(crate) then: Option<CueReach>,
}

/// What else an entry says of its cues.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CueFlags {
    /// Whether it holds against what is said to have happened.
    pub(crate) firm: bool,
    /// Whether it is a cue only where it begins a clause.
    pub(crate) leading: bool,
    /// Whether it leaves an aim or expectation alone that holds already.
    pub(crate) yields: bool,
    /// Whether it ends with its sentence.
    pub(crate) alone: bool,
}

/// What holds at one place of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// What governs a value that stands here.
    pub(crate) holding: Option<Cue>,
    /// How many tokens that are no cues stand behind what is holding, and behind the last value.
    passed: usize,
    /// What reached only to the value just passed: a bracket right behind says it again in another unit.
    spent: Option<Cue>,
    /// What governed the last value, which a list may go on with.
    last: Option<Cue>,
    /// What held, and how far off, before each bracket that is open.
    outside: Vec<(Option<Cue>, usize)>,
}

impl Scope {
    /// The beginning of a sentence that `held` is left to.
    pub(crate) fn holding(held: Option<Cue>) -> Self {
        Self { holding: held, ..Self::default() }
    }

    /// A cue stands here.
    pub(crate) fn set(&mut self, cue: Cue) {
        let kept = self.holding.is_some_and(|held| match (held.status, cue.status) {
            (Status::Target, Status::Estimate) | (Status::Estimate, Status::Target) => cue.flags.yields,
            (Status::Target | Status::Estimate, Status::Actual) => held.flags.firm && !cue.flags.firm,
            (held_status, status) => held_status == status && held.reach > cue.reach,
        });
        if !kept {
            self.holding = Some(cue);
            self.passed = 0;
        }
    }

    /// The status of a value that stands here; `listed` says that a comma stands right before it, `told` that words
    /// behind it tell it as fact.
    pub(crate) fn take(&mut self, listed: bool, told: bool) -> Status {
        let goes_on = listed && self.passed <= LISTED;
        self.last = self.holding.or(self.last.filter(|_| goes_on));
        let status = self.last.filter(|_| !(goes_on && told)).map_or(Status::Actual, |cue| cue.status);
        if let Some(cue) = &mut self.holding
            && let Some(then) = cue.then.take()
        {
            cue.reach = then;
        }
        self.spent = self.holding.filter(|cue| cue.reach == CueReach::Near);
        self.passed = 0;
        self.end(CueReach::Next);
        status
    }

    /// Ends what does not reach further than `reach`.
    fn end(&mut self, reach: CueReach) {
        if self.holding.is_some_and(|cue| cue.reach <= reach) {
            self.holding = None;
        }
    }

    /// Any other token stands here.
    pub(crate) fn pass(&mut self, mark: &str) {
        self.end(CueReach::Right);
        self.passed += 1;
        if self.passed > NEAR {
            self.end(CueReach::Near);
            self.spent = None;
        }
        match mark {
            "(" if self.outside.len() < DEEPEST => {
                self.outside.push((self.holding, self.passed));
                self.holding = self.holding.or(self.spent.take());
            }
            ")" => (self.holding, self.passed) = self.outside.pop().unwrap_or((self.holding, self.passed)),
            "," => self.end(CueReach::Phrase),
            ";" => self.end(CueReach::Clause),
            _ => {}
        }
    }
}

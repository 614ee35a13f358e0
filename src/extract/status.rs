//! Whether a value is so, aimed at, or expected: cue words and how far they reach.
//!
//! A cue holds from where it stands for as far as it reaches; a later cue takes its place. What is said before a
//! parenthesis holds inside it, what is said inside ends with it. A word that a value counts is no cue.

use serde::Deserialize;

use super::lexicon::{Hit, Lexicon};
use super::rule::{Evidence, Example};
use super::sentence::Sentence;
use super::token::Vocabulary;
use crate::fact::Status;
use crate::rules::Named;

/// How far a cue reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reach {
    /// Only to a value right behind it.
    Right,
    /// To the first value behind it.
    Next,
    /// To the next comma or semicolon.
    Phrase,
    /// To the next semicolon.
    Clause,
    /// To the end of the sentence.
    Sentence,
}

/// A cue of `qualifiers.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueEntry {
    pub(super) name: String,
    #[serde(rename = "comment")]
    pub(super) _comment: String,
    pub(super) words: Vec<String>,
    /// What the cue says; a phrase without status only looks like a cue.
    pub(super) status: Option<Status>,
    pub(super) reach: Reach,
    #[serde(default)]
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

impl Named for (String, CueEntry) {
    fn name(&self) -> &str {
        &self.1.name
    }
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    status: Status,
    reach: Reach,
}

/// Compiled cues.
#[derive(Debug, Default)]
pub(super) struct StatusCues {
    lexicon: Lexicon<Option<Cue>>,
    /// Each cue's file, name and evidence.
    pub(super) evidence: Vec<(String, String, Evidence)>,
}

impl StatusCues {
    pub(super) fn compile(entries: Vec<(String, CueEntry)>, vocabulary: &mut Vocabulary) -> Self {
        let mut cues = Self::default();
        for (file, entry) in entries {
            for phrase in &entry.words {
                let cue = entry.status.map(|status| Cue { status, reach: entry.reach });
                cues.lexicon.insert(vocabulary, phrase, cue);
            }
            let evidence = Evidence { examples: entry.examples, leave: entry.leave, ..Evidence::default() };
            cues.evidence.push((file, entry.name, evidence));
        }
        cues
    }

    /// The status that governs each of the values beginning at tokens `values` (ascending), into `into`.
    pub(super) fn govern(&self, sentence: &Sentence<'_>, values: &[usize], into: &mut Vec<Status>) {
        into.clear();
        let mut scope = Scope::default();
        let (mut at, mut next) = (0, 0);
        while next < values.len() && at < sentence.tokens.len() {
            if at == values[next] {
                into.push(scope.take());
                next += 1;
            }
            let counted = next > 0 && values[next - 1] + 1 == at;
            let hit = self.lexicon.longest(&sentence.tokens, at).filter(|_| !counted);
            match hit {
                Some(Hit { value: Some(cue), .. }) => scope.set(cue),
                Some(_) => {}
                None => scope.pass(sentence.tokens[at].text(sentence.text)),
            }
            let end = hit.map_or(at + 1, |h| h.last);
            at = values.get(next).map_or(end, |&v| if v > at { end.min(v) } else { end });
        }
        into.resize(values.len(), Status::Actual);
    }
}

/// What holds at one place of a sentence.
#[derive(Debug, Default)]
struct Scope {
    holding: Option<Cue>,
    outside: Vec<Option<Cue>>,
}

impl Scope {
    fn set(&mut self, cue: Cue) {
        self.holding = Some(cue);
    }

    /// The status of a value that stands here.
    fn take(&mut self) -> Status {
        let status = self.holding.map_or(Status::Actual, |cue| cue.status);
        self.end(Reach::Next);
        status
    }

    /// Ends what does not reach further than `reach`.
    fn end(&mut self, reach: Reach) {
        if self.holding.is_some_and(|cue| cue.reach <= reach) {
            self.holding = None;
        }
    }

    fn pass(&mut self, mark: &str) {
        self.end(Reach::Right);
        match mark {
            "(" if self.outside.len() < 8 => self.outside.push(self.holding),
            ")" => self.holding = self.outside.pop().unwrap_or(self.holding),
            "," => self.end(Reach::Phrase),
            ";" => self.end(Reach::Clause),
            _ => {}
        }
    }
}

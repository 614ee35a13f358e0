//! Whether a value is so, aimed at, or expected: cue words and how far they reach.
//!
//! A cue holds from where it stands for as far as it reaches; a later cue takes its place. What is said before a
//! parenthesis holds inside it, what is said inside ends with it. A word that a value counts is no cue, nor is the
//! whole that a percentage is a part of. What governs the last value of a sentence also governs one that goes on with
//! it (`Trong đó, …`), and the items of a list that it opens.

use serde::Deserialize;

use super::rule::{Example, Examples};
use super::scope::{Cue, CueFlags, CueReach, Scope};
use crate::extract::sentence::{ITEM_MARKS, Sentence};
use crate::extract::words::lexicon::{Hit, Lexicon};
use crate::extract::words::token::TokenKind;
use crate::extract::words::vocabulary::Vocabulary;
use crate::fact::Status;
use crate::rules::{Named, named};

/// How many tokens behind a value may tell it as fact.
const TOLD: usize = 10;

/// A cue of `qualifiers/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueEntry {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    /// Words of which one stands before each of `words`.
    #[serde(default)]
    pub(super) behind: Vec<String>,
    pub(super) words: Vec<String>,
    /// What the cue says; a phrase without status only looks like a cue.
    pub(super) status: Option<Status>,
    pub(super) reach: CueReach,
    /// Whether it holds against what is said to have happened (`theo ước tính, đã có …`); of a cue without aim or
    /// estimate: whether it ends such a cue too.
    #[serde(default)]
    pub(super) firm: bool,
    /// Whether the words are a cue only where they begin a clause.
    #[serde(default)]
    pub(super) leading: bool,
    /// Whether it leaves an aim or expectation alone that holds already.
    #[serde(default)]
    pub(super) yields: bool,
    /// Whether it ends with its sentence, whatever goes on with that.
    #[serde(default)]
    pub(super) alone: bool,
    /// How far it reaches once a value has stood right behind it.
    pub(super) then: Option<CueReach>,
    #[serde(default)]
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

impl CueEntry {
    fn phrases(&self) -> Vec<String> {
        let joined = |word| self.behind.iter().map(move |before| format!("{before} {word}"));
        if self.behind.is_empty() { self.words.clone() } else { self.words.iter().flat_map(joined).collect() }
    }
}

impl Named for (String, CueEntry) {
    fn name(&self) -> &str {
        &self.1.name
    }
}

/// Words at the beginning of a sentence that goes on with the one before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Continuation {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
}

named!(Continuation);

/// What a sentence leaves to the ones behind it; one an article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StatusMemory {
    held: Option<Cue>,
    list: List,
}

impl StatusMemory {
    /// Whether nothing is left to the next sentence.
    pub(super) fn is_empty(self) -> bool {
        self.held.is_none() && self.list == List::None
    }
}

/// Whether a list is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum List {
    #[default]
    None,
    /// Its items bear a mark.
    Marked,
    /// The next sentence is an item whatever it begins with.
    Open,
}

/// Compiled cues.
#[derive(Debug, Default)]
pub(super) struct StatusCues {
    lexicon: Lexicon<Option<Cue>>,
    continuations: Lexicon<()>,
    /// Each cue's file, name and examples.
    pub(super) examples: Vec<(String, String, Examples)>,
}

impl StatusCues {
    pub(super) fn compile(
        entries: Vec<(String, CueEntry)>,
        continuations: &[Continuation],
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut cues = Self::default();
        for phrase in continuations.iter().flat_map(|c| &c.words) {
            cues.continuations.insert(vocabulary, phrase, ());
        }
        for (file, entry) in entries {
            let CueEntry { reach, firm, leading, yields, alone, then, .. } = entry;
            let flags = CueFlags { firm, leading, yields, alone };
            for phrase in &entry.phrases() {
                let cue = entry.status.map(|status| Cue { status, reach, flags, then });
                cues.lexicon.insert(vocabulary, phrase, cue);
            }
            let examples = Examples { read: entry.examples, leave: entry.leave, ..Examples::default() };
            cues.examples.push((file, entry.name, examples));
        }
        cues
    }

    /// The status that governs each of the values beginning at tokens `values` (ascending), into `into`.
    pub(super) fn govern(
        &self,
        sentence: &Sentence<'_>,
        values: &[usize],
        memory: &mut StatusMemory,
        into: &mut Vec<Status>,
    ) {
        into.clear();
        let opens = sentence.text.ends_with(':');
        let item = memory.list != List::None && (memory.list == List::Open || is_item(sentence));
        let goes_on = item || self.continuations.longest(&sentence.tokens, 0).is_some();
        let mut scope = Scope::holding(memory.held.filter(|_| goes_on));
        let mut held = scope.holding;
        let (mut at, mut next) = (0, 0);
        while (next < values.len() || opens || values.is_empty()) && at < sentence.tokens.len() {
            if values.get(next) == Some(&at) {
                held = scope.holding;
                let listed = at > 0 && sentence.tokens[at - 1].text(sentence.text) == ",";
                into.push(scope.take(listed, listed && self.told(sentence, at)));
                next += 1;
            }
            let value = next.checked_sub(1).map(|last| values[last]);
            let hit = self.cue_at(sentence, at, value);
            match hit {
                Some(Hit { value: Some(cue), .. }) if cue.flags.leading && !begins_clause(sentence, at) => {}
                Some(Hit { value: Some(cue), .. }) => scope.set(cue),
                Some(_) => {}
                None => scope.pass(sentence.tokens[at].text(sentence.text)),
            }
            let end = hit.map_or(at + 1, |h| h.last);
            at = values.get(next).map_or(end, |&v| if v > at { end.min(v) } else { end });
        }
        into.resize(values.len(), Status::Actual);
        let aims = scope.holding.is_some_and(|cue| cue.status == Status::Target);
        // An aim without a figure of its own is that of the figures which go on with it.
        let left = if opens || values.is_empty() && aims { scope.holding } else { held };
        memory.held = left.filter(|cue| cue.reach >= CueReach::Clause && !cue.flags.alone);
        memory.list = match sentence.text.as_bytes().last() {
            Some(b':' | b';') => List::Open,
            _ if item => List::Marked,
            _ => List::None,
        };
    }

    /// Whether what stands behind the value at token `at` tells it as fact (`15 trường đã …`).
    fn told(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let mark = |i: usize| sentence.tokens[i].kind == TokenKind::Mark;
        let fact = |i: usize| {
            let cue = self.lexicon.longest(&sentence.tokens, i).and_then(|hit| hit.value);
            cue.is_some_and(|cue| cue.status == Status::Actual)
        };
        let end = sentence.tokens.len().min(at + 1 + TOLD);
        (at + 1..end).take_while(|&i| !mark(i)).any(fact)
    }

    /// The cue that begins at token `at`, where the last value began at token `value`.
    fn cue_at(&self, sentence: &Sentence<'_>, at: usize, value: Option<usize>) -> Option<Hit<Option<Cue>>> {
        let cue = self.lexicon.longest(&sentence.tokens, at)?;
        let of_value = |value| is_counted(value, at) || is_whole(sentence, value, at, cue.value);
        (!value.is_some_and(of_value)).then_some(cue)
    }
}

/// Whether what begins at token `at` is counted by the value at token `value`.
fn is_counted(value: usize, at: usize) -> bool {
    at == value + 1
}

/// Whether the aim that begins at token `at` is the whole that the percentage at token `value` is a part of.
fn is_whole(sentence: &Sentence<'_>, value: usize, at: usize, cue: Option<Cue>) -> bool {
    let percentage = at == value + 2 && sentence.tokens[value + 1].text(sentence.text) == "%";
    percentage && cue.is_some_and(|cue| cue.status != Status::Actual)
}

/// Whether nothing but a mark stands before token `at`.
fn begins_clause(sentence: &Sentence<'_>, at: usize) -> bool {
    at == 0 || sentence.tokens[at - 1].kind == TokenKind::Mark
}

/// Whether a sentence bears the mark of a list item: `- …`, `• …`, `a) …`, `2. …`.
fn is_item(sentence: &Sentence<'_>) -> bool {
    let text = |i: usize| sentence.tokens.get(i).map_or("", |t| t.text(sentence.text));
    text(0).strip_prefix(ITEM_MARKS) == Some("")
        || text(0).chars().count() <= 2 && matches!(text(1), ")" | "." | "/")
}

//! The words of a metric as the patterns of canonical metrics see them.

use std::ops::Range;

use super::{PatternWord, topic};
use crate::extract::metric::MetricRules;
use crate::extract::metric::clause::Clauses;
use crate::extract::metric::clause::words::Class;
use crate::extract::metric::memory::MetricMemory;

/// Most words right before a figure that narrow down a metric carried to it.
const MAX_NEARER: usize = 4;

impl MetricRules {
    /// Puts the words of a noun phrase, with what follows up to the next verb, into `memory.words`.
    pub(crate) fn look_up(
        &self,
        clauses: &Clauses<'_, '_>,
        noun: &Range<usize>,
        counted: bool,
        memory: &mut MetricMemory,
    ) {
        let sentence = clauses.sentence;
        memory.words.clear();
        // Behind a word of time or cause nothing is part of the metric, though a pattern may ask for it; nor is where
        // or whose the things are that are counted.
        let mut circumstance = false;
        let circumstances: &[Class] = if counted { &[Class::After, Class::Locator] } else { &[Class::After] };
        for at in noun.start..clauses.reach(noun) {
            let token = &sentence.tokens[at];
            // A phrase that begins with a verb (có …) says what somebody does, not how much there is of what follows.
            circumstance |= at >= noun.end && clauses.tags[at].is(circumstances);
            let loose =
                circumstance || self.loose.contains(&token.word) || (at > noun.start && clauses.is_loose(at));
            if let Some(meant) = topic::meant(clauses, noun.start, at) {
                let words =
                    meant.map(|i| PatternWord { id: sentence.tokens[i].word, loose: clauses.is_loose(i) });
                memory.words.extend(words);
                continue;
            }
            match self.abbreviations.long(token, token.text(sentence.text), &memory.defined) {
                Some(long) => memory.words.extend(long.iter().map(|&id| PatternWord { id, loose: false })),
                None => memory.words.push(PatternWord { id: token.word, loose }),
            }
            if at < noun.end {
                memory.own = memory.words.len();
            }
        }
    }

    /// Takes what is said right before a later figure of the same metric for what was said before the first
    /// (nhiệt độ thấp nhất 20 độ, cao nhất 28 độ), where a pattern asks for it.
    pub(crate) fn look_nearer(&self, clauses: &Clauses<'_, '_>, index: usize, memory: &mut MetricMemory) {
        let end = clauses.figures[index].start;
        let near = (0..end)
            .rev()
            .take(MAX_NEARER)
            .take_while(|&i| !clauses.tags[i].figure && clauses.tags[i].mark == 0);
        let start = near.last().unwrap_or(end);
        if !clauses.tags[start..end].iter().any(|t| t.is(&[Class::Adverb])) {
            return;
        }
        let MetricMemory { words, own, nearer, .. } = memory;
        nearer.clear();
        nearer.extend_from_slice(&words[..*own]);
        let tokens = start..end;
        nearer.extend(
            tokens.map(|i| PatternWord { id: clauses.sentence.tokens[i].word, loose: clauses.is_loose(i) }),
        );
        let mention = &clauses.mentions[index];
        let taken = self.canonical.taken(nearer, mention, clauses.sentence);
        if taken > 0 && taken >= self.canonical.taken(words, mention, clauses.sentence) {
            std::mem::swap(words, nearer);
        }
    }
}

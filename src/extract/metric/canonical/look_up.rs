//! The words of a metric as the patterns of canonical metrics see them.

use std::ops::Range;

use super::abbreviations::Defined;
use super::topic;
use super::words::{PatternWord, PatternWords};
use crate::extract::metric::MetricRules;
use crate::extract::metric::clause::{Class, TaggedSentence};

/// Most words right before a figure that narrow down a metric carried to it.
const MAX_NEARER: usize = 4;

impl MetricRules {
    /// The words of a noun phrase, with what follows up to the next verb; abbreviations that the page `defined` are
    /// written out.
    pub(crate) fn look_up(
        &self,
        tagged: &TaggedSentence<'_, '_>,
        noun: &Range<usize>,
        counted: bool,
        defined: &[Defined],
    ) -> PatternWords {
        let sentence = tagged.sentence;
        let mut words = PatternWords::default();
        // Behind a word of time or cause nothing is part of the metric, though a pattern may ask for it; nor is where
        // or whose the things are that are counted.
        let mut circumstance = false;
        let circumstances: &[Class] = if counted { &[Class::After, Class::Locator] } else { &[Class::After] };
        for at in noun.start..tagged.reach(noun) {
            let token = &sentence.tokens[at];
            // A phrase that begins with a verb (có …) says what somebody does, not how much there is of what follows.
            circumstance |= at >= noun.end && tagged.tags[at].is(circumstances);
            let loose =
                circumstance || self.loose.contains(&token.word) || (at > noun.start && tagged.is_loose(at));
            if let Some(meant) = topic::meant(tagged, noun.start, at) {
                words.all.extend(meant.map(|i| PatternWord::at(tagged, i)));
                continue;
            }
            match self.abbreviations.long(token, token.text(sentence.text), defined) {
                Some(long) => words.all.extend(long.iter().map(|&id| PatternWord { id, loose: false })),
                None => words.all.push(PatternWord { id: token.word, loose }),
            }
            if at < noun.end {
                words.own = words.all.len();
            }
        }
        words
    }

    /// The `words` of a metric, with what is said right before a later figure of it for what was said before the first
    /// (nhiệt độ thấp nhất 20 độ, cao nhất 28 độ), where a pattern asks for it.
    pub(crate) fn look_nearer(
        &self,
        tagged: &TaggedSentence<'_, '_>,
        index: usize,
        words: &PatternWords,
    ) -> Option<PatternWords> {
        let end = tagged.figures[index].start;
        let near = (0..end)
            .rev()
            .take(MAX_NEARER)
            .take_while(|&i| !tagged.tags[i].figure && tagged.tags[i].mark == 0);
        let start = near.last().unwrap_or(end);
        if !tagged.tags[start..end].iter().any(|t| t.is(&[Class::Adverb])) {
            return None;
        }
        let nearer = words.followed_by((start..end).map(|i| PatternWord::at(tagged, i)));
        let taken =
            |words: &PatternWords| self.canonical.taken(&words.all, &tagged.mentions[index], tagged.sentence);
        let asked = taken(&nearer);
        (asked > 0 && asked >= taken(words)).then_some(nearer)
    }
}

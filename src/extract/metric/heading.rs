//! What the items of a list measure, where the line that opens it says so (Doanh thu của ba xưởng trong quý II:).

use std::ops::Range;

use super::MetricRules;
use super::clause::class::{MEASURES, NAME_ENDS, VERBS};
use super::clause::{Tag, TaggedSentence};
use super::memory::MetricMemory;
use crate::extract::sentence::Sentence;

/// Longest name of a measure that heads a list, in tokens.
const LONGEST: usize = 8;

impl MetricRules {
    /// Remembers the measure that a sentence without figures names before the colon with which it opens a list.
    pub(super) fn learn_heading(
        &self,
        sentence: &Sentence<'_>,
        times: impl Iterator<Item = Range<usize>>,
        entities: impl Iterator<Item = Range<usize>>,
        memory: &mut MetricMemory,
    ) {
        if !sentence.text.ends_with(':') {
            return;
        }
        let tagged = TaggedSentence::new(sentence, &[], times, entities, &self.words);
        if let Some(noun) = tagged.heading() {
            let words = self.look_up(&tagged, &noun, false, &memory.defined);
            memory.head(sentence.words(noun.start, noun.end), words);
        }
    }
}

impl TaggedSentence<'_, '_> {
    /// The measure that the sentence names first.
    fn heading(&self) -> Option<Range<usize>> {
        let first = self.first_of(0, self.len(), &MEASURES)?;
        let ends =
            |tag: &Tag| tag.mark != 0 || tag.time || tag.figure || tag.is(&NAME_ENDS) || tag.is(&VERBS);
        let words = self.tags[first..].iter().take(LONGEST).take_while(|tag| !ends(tag)).count();
        let noun = self.without_loose_end(first, first + words.max(1));
        self.is_measure(&noun).then_some(noun)
    }
}

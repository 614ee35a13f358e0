//! Things that were counted before, taken up by their first word.

use std::ops::Range;

use crate::extract::metric::clause::subject::Subject;
use crate::extract::metric::clause::{Class, TaggedSentence};
use crate::fact::Kind;

/// How many figures back the thing is looked for.
const MAX_BACK: usize = 6;
/// Classes behind a word that is a whole noun phrase.
const WHOLE_BEFORE: [Class; 8] = [
    Class::Locator,
    Class::Stop,
    Class::After,
    Class::Conjunction,
    Class::Break,
    Class::Level,
    Class::Have,
    Class::Adverb,
];

impl TaggedSentence<'_, '_> {
    /// The unit of an earlier count of the sentence that the one word `noun` of figure `index` takes up (40 cuộc thanh tra;
    /// cấp xã: 90 | cuộc).
    pub(super) fn thing_before(&self, index: usize, noun: &Range<usize>) -> Option<Range<usize>> {
        let whole = self.tags.get(noun.end).is_none_or(|t| t.mark != 0 || t.time || t.is(&WHOLE_BEFORE));
        if noun.len() > 1 || !whole {
            return None;
        }
        (0..index).rev().take(MAX_BACK).find_map(|i| {
            let thing = (self.mentions[i].kind == Kind::Count).then(|| self.counted(i))??;
            let end = self.unit_behind(i, thing.start).filter(|&end| end <= thing.end)?;
            let same = self.sentence.same_word(thing.start, noun.start);
            (same && end > thing.start + 1).then_some(thing.start..end)
        })
    }

    /// Whether a change goes on to count what the figure before counts (từ 3.000 xe lên 8.000 xe).
    pub(crate) fn goes_on(&self, index: usize, subject: &Subject, noun: &Range<usize>) -> bool {
        let to = matches!(subject.verb, Some(Class::Level | Class::Change)) && subject.bare.is_none();
        let before = index.checked_sub(1).and_then(|i| self.counted(i));
        to && before.is_some_and(|b| self.repeats(&b, noun))
    }
}

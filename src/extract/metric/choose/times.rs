//! What was done as often as a figure says.

use std::ops::Range;

use super::Choice;
use crate::extract::mention::Mention;
use crate::extract::metric::clause::subject::Subject;
use crate::extract::metric::clause::{Class, TaggedSentence};

/// Longest words before a figure for what was done so often, in tokens.
const MAX_DONE: usize = 8;
/// Classes that what was done so many times does not begin with.
const NOT_DONE: [Class; 13] = [
    Class::Numeral,
    Class::Pronoun,
    Class::Edge,
    Class::Conjunction,
    Class::Stop,
    Class::After,
    Class::Break,
    Class::About,
    Class::Act,
    Class::Level,
    Class::Change,
    Class::Locator,
    Class::With,
];
/// Classes behind which what somebody does begins.
const BEFORE_DEED: [Class; 3] = [Class::Auxiliary, Class::Doing, Class::Pronoun];
/// Classes that end the words for what was done, to the left.
const DEED_ENDS: [Class; 7] =
    [Class::Level, Class::Have, Class::Break, Class::Relative, Class::Edge, Class::Head, Class::Ratio];

impl TaggedSentence<'_, '_> {
    /// `3 lần vô địch`: what was done so often, unless a change is counted.
    pub(super) fn choose_times(
        &self,
        index: usize,
        mention: &Mention<'_>,
        noun: Range<usize>,
        subject: Subject,
    ) -> Choice {
        let unit = noun.start..noun.start + 1;
        let own = subject.head.is_none() && !mention.is_change;
        match (self.done(&unit), &subject.doing) {
            (Some(done), _) if own => Choice::Own(done),
            (None, Some(doing)) if own => {
                Choice::Own(self.without_loose_end(doing.start, self.figures[index].start))
            }
            (None, None) if own && let Some(done) = self.deed(index).or_else(|| self.lasted(index)) => {
                Choice::Own(done)
            }
            _ => self.choose_change(index, subject),
        }
    }

    /// What was done so many times: the words behind the unit that ends at `unit.end`, and behind those that only say how the
    /// times follow each other (3 lần | liên tiếp vô địch).
    fn done(&self, unit: &Range<usize>) -> Option<Range<usize>> {
        let behind = self.tags.get(unit.end..)?.iter();
        let lapses = behind.take_while(|t| t.class == Some(Class::Lapse) && !t.time).count();
        let first = unit.end + lapses;
        let compares = self.tags.get(first)?.is(&NOT_DONE);
        let last = self.said_end(first);
        let ends = |&i: &usize| self.tags[i].is(&[Class::Level]) && self.tags[i].first == i;
        let mut last = (first + 1..last).find(ends).unwrap_or(last);
        while last > first
            && (self.trails(last - 1) || self.tags[last - 1].is(&[Class::Locator, Class::Have]))
        {
            last -= 1;
        }
        (last > first && !compares).then_some(first..last)
    }

    /// What was done as often as figure `index` says, before it: the words behind the adverb that follows who did it (chị mới
    /// chỉ | leo núi | 5 lần).
    fn deed(&self, index: usize) -> Option<Range<usize>> {
        let start = self.figures[index].start;
        let skipped = [Class::Adverb, Class::Locator, Class::Determiner];
        let last = (0..start).rev().find(|&i| !self.tags[i].is(&skipped))? + 1;
        let led = |i: usize| self.tags[i].is(&BEFORE_DEED);
        let ends = |i: usize| {
            let tag = &self.tags[i];
            tag.figure || tag.time || tag.mark != 0 || tag.is(&DEED_ENDS) || led(i)
        };
        let first = (0..last).rev().take(MAX_DONE + 1).find(|&i| ends(i))? + 1;
        let begins = self.tags.get(first).is_some_and(|t| !t.entity && !t.is(&NOT_DONE));
        (first < last && led(first - 1) && begins).then_some(first..last)
    }
}

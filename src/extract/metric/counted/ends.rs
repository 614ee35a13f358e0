//! Counted noun phrases that go on too far: past what points back, or up to a verb that has lost what it governs.

use std::ops::Range;

use crate::extract::metric::clause::sort::Sort;
use crate::extract::metric::clause::{Class, TaggedSentence};
use crate::fact::Kind;

/// Classes before which a noun phrase was cut short.
const CUT_BEFORE: [Class; 5] = [Class::Locator, Class::Stop, Class::After, Class::About, Class::With];

impl TaggedSentence<'_, '_> {
    /// `noun` up to what points back (3 quận | này): what is said behind that does not tell which ones are counted.
    pub(super) fn pointed_out(&self, noun: &Range<usize>) -> Option<Range<usize>> {
        let points =
            |&i: &usize| self.tags[i].is(&[Class::Demonstrative]) && !self.sentence.tokens[i].capital;
        Some(noun.start..noun.clone().skip(1).find(points)?)
    }

    /// `noun`, which figure `index` counts, without a last word behind its unit that says nothing without what follows:
    /// a verb before its place (thanh niên | lao vào quán), a measure before its value (dự án | trị giá 3 tỷ đồng).
    pub(super) fn without_lost_verb(&self, index: usize, noun: Range<usize>) -> Range<usize> {
        let leads = self.leads_to_value(noun.end);
        let cut = || self.tags.get(noun.end).is_some_and(|t| t.is(&CUT_BEFORE) && !t.time);
        if !leads && !cut() {
            return noun;
        }
        let unit =
            self.unit_behind(index, noun.start).filter(|&end| end <= noun.end).unwrap_or(noun.start + 1);
        let mut end = noun.end;
        while end > unit {
            let first = self.tags[end - 1].first;
            let bared = end < noun.end && (self.trails(first) || self.tags[first].is(&[Class::Next]));
            if first < unit || !(bared || self.loses(first, leads, noun.start)) {
                break;
            }
            end = first;
        }
        noun.start..end
    }

    /// Whether the word at `at`, in the noun phrase from `start` on, says nothing without what follows it: a value, or a place;
    /// a verb does where something was suffered by whom it names (người | bị hàng xóm lừa 2 triệu đồng).
    fn loses(&self, at: usize, leads: bool, start: usize) -> bool {
        let passive = |i: usize| self.tags[i].is(&[Class::Passive]);
        self.tags[at].is(&[Class::Open]) && !passive(at - 1)
            || leads
                && self.tags[at].is(&[Class::Head, Class::Dimension, Class::Do])
                && !(start..at).any(passive)
    }

    /// Whether a sum or a physical quantity stands at `at`, or behind words that say how exact it is.
    fn leads_to_value(&self, at: usize) -> bool {
        let adverbs = self.tags[at..].iter().take_while(|t| t.is(&[Class::Adverb]) && !t.figure).count();
        let at = at + adverbs;
        let figure = self.figures.iter().position(|figure| figure.contains(&at));
        figure.is_some_and(|i| match self.mentions[i].kind {
            Kind::Quantity => self.sort(i) != Sort::Duration,
            kind => kind == Kind::Money || kind == Kind::Count,
        })
    }
}

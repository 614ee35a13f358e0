//! What was done for those whom a figure counts.

use std::ops::Range;

use super::clause::Clauses;
use super::words::Class;

/// How many words may say it.
const MOST: usize = 8;

impl Clauses<'_, '_> {
    /// What was done for those whom figure `index` counts (đã tiêm vắc xin cho | hơn 300 | người): the words before their
    /// preposition, from an auxiliary or a verb of doing on.
    pub(super) fn done_for(&self, index: usize) -> Option<Range<usize>> {
        let mut before = (0..self.figures[index].start).rev();
        let to = before.find(|&i| !self.tags[i].is(&[Class::Adverb]))?;
        if !self.tags[to].is(&[Class::Recipient]) {
            return None;
        }
        let end = self.tags[to].first;
        let says = |i: &usize| {
            let tag = &self.tags[*i];
            let word = tag.is_plain() || tag.is(&[Class::Act, Class::Head, Class::Conjunction]);
            word && !tag.figure && !tag.time && tag.mark == 0
        };
        let first = (0..end).rev().take(MOST).take_while(says).last()?;
        if first.checked_sub(1).is_some_and(|i| self.tags[i].is(&[Class::Auxiliary])) {
            return Some(first..end);
        }
        let verb = (first..end).find(|&i| self.tags[i].is(&[Class::Do, Class::Act]));
        verb.map(|verb| self.tags[verb].first..end)
    }
}

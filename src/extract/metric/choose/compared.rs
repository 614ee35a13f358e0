//! What has a place in an order of size (thị trường lớn | thứ 3).

use std::ops::Range;

use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Most tokens of what is compared.
const MOST: usize = 8;
/// Classes that it may hold beside plain words.
const HOLDS: [Class; 4] = [Class::Dimension, Class::Act, Class::Head, Class::Ratio];

impl TaggedSentence<'_, '_> {
    /// The noun phrase that ends with an adjective of size right before the place at token `at`.
    pub(crate) fn compared(&self, at: usize) -> Option<Range<usize>> {
        let last = at.checked_sub(1)?;
        let size = self.tags[last].is(&[Class::Dimension]) && self.tags[last].first == last;
        let loose = |t: &Tag| t.mark != 0 || t.figure || t.time || t.entity;
        let holds = |&i: &usize| {
            let tag = &self.tags[i];
            self.is_word(i) && !loose(tag) && (tag.is_plain() || tag.is(&HOLDS))
        };
        let words = (0..at).rev().take(MOST + 1).take_while(holds).count();
        let first = at - words;
        let whole = size && words > 1 && words <= MOST && self.tags[first].first == first;
        whole.then_some(first..at)
    }

    /// Whether `noun` is compared by size, its place right behind it.
    pub(crate) fn is_compared(&self, noun: &Range<usize>) -> bool {
        let place = self.tags.get(noun.end).is_some_and(|t| t.is(&[Class::Place]));
        place && self.tags[noun.end - 1].is(&[Class::Dimension])
    }
}

//! What was done for those whom a figure counts.

use std::ops::Range;

use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// How many tokens may say it.
const MOST: usize = 8;

impl TaggedSentence<'_, '_> {
    /// What was done for those whom figure `index` counts (đã tiêm vắc xin cho | hơn 300 | người): the words before their
    /// preposition from an auxiliary on, or from a verb of doing that follows who did it; none where it was not done.
    pub(crate) fn done_for(&self, index: usize) -> Option<Range<usize>> {
        let mut before = (0..self.figures[index].start).rev();
        let to = before.find(|&i| !self.tags[i].is(&[Class::Adverb]))?;
        if !self.tags[to].is(&[Class::Recipient]) {
            return None;
        }
        let end = self.tags[to].first;
        let says = |i: &usize| {
            let tag = &self.tags[*i];
            let word = tag.is_plain() || tag.is(&[Class::Act, Class::Head, Class::Conjunction]);
            word && !is_doer(tag) && !tag.figure && !tag.time && tag.mark == 0
        };
        let first = (0..end).rev().take(MOST + 1).take_while(says).last()?;
        let leading = self.tags[..first].iter().rev();
        let mut leading = leading.take_while(|tag| tag.is(&[Class::Adverb, Class::Passive])).peekable();
        let led = leading.peek().is_some_and(|tag| tag.is(&[Class::Auxiliary, Class::Doing]));
        let denied = leading.any(|tag| tag.is(&[Class::Negation]));
        let begins = self.tags[first].is(&[Class::Do, Class::Act]) && self.tags[first].first == first;
        let whole = end - first <= MOST && !denied && (led || begins);
        whole.then_some(first..end)
    }
}

fn is_doer(tag: &Tag) -> bool {
    tag.entity && !tag.is(&[Class::Do, Class::Act])
}

//! Labels: what a list of specifications or ingredients says before its colons (Góc nhìn: | 100 độ).

use std::ops::Range;

use super::{Class, TaggedSentence};

/// Longest label, in tokens.
const MAX_LABEL: usize = 8;
/// How far behind a figure the colon of another label is looked for, in tokens.
const MAX_TO_COLON: usize = 32;

impl TaggedSentence<'_, '_> {
    /// The label right before figure `index`, in a list whose items have one each (Giò nạc: 100 g Bún: 500 g). A list may
    /// lack any mark between its items, so a label begins with a capital; a name alone says whose it is, not what.
    pub(crate) fn label(&self, index: usize) -> Option<Range<usize>> {
        let start = self.figures[index].start;
        let colon = (0..start).rev().find(|&i| !self.tags[i].is(&[Class::Adverb, Class::Stop]))?;
        if self.tags[colon].mark != b':' || !self.in_labelled_list(index, colon) {
            return None;
        }
        let last = (0..colon).rev().find(|&i| self.tags[i].mark == 0)? + 1;
        let ends = |i: &usize| {
            let tag = &self.tags[*i];
            tag.mark != 0 && !matches!(tag.mark, b'/' | b'"') || tag.figure || tag.time || !self.is_word(*i)
        };
        let edge = (0..last).rev().take(MAX_LABEL + 1).take_while(|i| !ends(i)).last()?;
        let capital = |&i: &usize| self.sentence.tokens[i].capital;
        let first = (edge..last).find(capital)?;
        let noun = self.without_loose_end(first, last);
        let names = noun.clone().all(|i| self.sentence.tokens[i].capital) && !self.is_measure(&noun);
        (last - first <= MAX_LABEL && !self.tags[first].entity && !names).then_some(noun)
    }

    /// Whether another label stands in the list: before the item of the colon at `colon`, or behind that of figure `index`.
    fn in_labelled_list(&self, index: usize, colon: usize) -> bool {
        let is_colon = |i: &usize| self.tags[*i].mark == b':';
        let behind = self.figures[index].end..self.len();
        (0..colon).any(|i| is_colon(&i)) || behind.into_iter().take(MAX_TO_COLON).any(|i| is_colon(&i))
    }
}

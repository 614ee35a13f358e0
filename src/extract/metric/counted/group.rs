//! The group whose members a figure counts.

use std::ops::Range;

use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Longest name of a group, in tokens.
const LONGEST: usize = 7;

impl TaggedSentence<'_, '_> {
    /// The group right before figure `index`, whose members the bare unit `noun` counts (với | đoàn nghệ sĩ xiếc | gồm 30
    /// người); a collective noun alone tells less than what its members do.
    pub(crate) fn group_before(&self, index: usize, noun: &Range<usize>) -> Option<Range<usize>> {
        let before = (0..self.figures[index].start).rev();
        let last = before.into_iter().find(|&i| !self.tags[i].is(&[Class::Adverb, Class::Include]))? + 1;
        let word = |t: &Tag| t.mark == 0 && !t.figure && !t.time && t.is_plain();
        let names =
            |&i: &usize| self.is_word(i) && word(&self.tags[i]) && !self.tags[i].is(&[Class::Collective]);
        let words = (0..last).rev().take(LONGEST).take_while(names).count();
        let collective = last.checked_sub(words + 1)?;
        let first = self.tags[collective].first;
        let tells = words > 0 || last > first + 1 && self.predicate_of(index, noun).is_none();
        (self.tags[collective].is(&[Class::Collective]) && tells).then_some(first..last)
    }
}

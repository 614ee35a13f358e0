//! Sums of money that only a verb names.

use std::ops::Range;

use crate::extract::metric::clause::{Class, Tag, TaggedSentence};

/// Most tokens between two sums of a list.
const MAX_LIST: usize = 3;

impl TaggedSentence<'_, '_> {
    /// The verb of giving right before figure `index` (đóng góp | 2 tỷ đồng).
    pub(crate) fn given(&self, index: usize) -> Option<Range<usize>> {
        let skipped = [Class::Adverb, Class::Passive];
        let verb = (0..self.figures[index].start).rev().find(|&i| !self.tags[i].is(&skipped))?;
        let tag = &self.tags[verb];
        (tag.is(&[Class::Give]) && !tag.entity).then_some(tag.first..verb + 1)
    }

    /// What was done with figure `index` behind it, where nothing before it in its clause says so (và gần 1 tỷ đồng | bị cướp).
    pub(super) fn undergone(&self, index: usize) -> Option<Range<usize>> {
        let Range { start, end } = self.figures[index];
        let loose = |t: &Tag| t.time || t.is(&[Class::Adverb]);
        let before = self.tags[..start].iter().rev().find(|t| !loose(t));
        if !before.is_none_or(|t| t.mark != 0 && t.mark != b'(' || t.is(&[Class::Conjunction, Class::Break]))
        {
            return None;
        }
        let aside = self.tags.get(end).is_some_and(|t| t.mark == b'(');
        let end = if aside { self.aside_behind(end)? + 1 } else { end };
        let passive = self.tags.get(end).filter(|t| t.is(&[Class::Passive]))?;
        let said = self.predicate(&(end..end))?;
        // What harm was done is said with it (bị cướp).
        Some(if passive.is(&[Class::Suffered]) { end..said.end } else { said })
    }

    /// To what end figure `index` is needed, right behind it (cần 9 tỷ đồng để | sửa đê), unless it goes on with a list of sums.
    pub(super) fn spent_on(&self, index: usize) -> Option<Range<usize>> {
        let Range { start, end } = self.figures[index];
        let listed = index > 0 && start <= self.figures[index - 1].end + MAX_LIST;
        if listed {
            return None;
        }
        self.tags.get(end)?.is(&[Class::Aim]).then(|| self.aimed_at(end + 1))?
    }

    /// A sum that says no more than that there is money with the verb right before it (nhận được | số tiền).
    pub(super) fn with_deed(&self, noun: Range<usize>) -> Range<usize> {
        let Some(before) = noun.start.checked_sub(1) else { return noun };
        let tag = &self.tags[before];
        let bare = self.tags[noun.start].is(&[Class::Sum]) && self.tags[noun.end - 1].first == noun.start;
        let does = tag.is(&[Class::Do, Class::Act]) && !tag.entity && !tag.figure && !tag.time;
        if bare && does { tag.first..noun.end } else { noun }
    }
}

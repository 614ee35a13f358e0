//! The units of figures, by what they say.

use std::ops::Range;

use super::{Class, TaggedSentence};

impl TaggedSentence<'_, '_> {
    /// Whether figure `index` counts places in a ranking (tăng 2 bậc).
    pub(crate) fn counts_places(&self, index: usize) -> bool {
        let end = self.figures[index].end;
        let place = |i: usize| self.tags.get(i).is_some_and(|t| t.is(&[Class::Unit]) && t.first == i);
        place(end) || end > 0 && place(end - 1)
    }

    /// Whether the unit of figure `index` says by itself what is measured (tuổi).
    pub(crate) fn unit_tells(&self, index: usize) -> bool {
        self.unit_is(index, Class::Telling) || self.unit_is(index, Class::Score)
    }

    /// Whether the unit of figure `index` is of this class.
    pub(crate) fn unit_is(&self, index: usize, class: Class) -> bool {
        self.unit_token(index, class).is_some()
    }

    /// The unit of figure `index`, if it is of this class; what follows a slash (km/giờ) only ends one.
    pub(crate) fn unit_token(&self, index: usize, class: Class) -> Option<usize> {
        let Range { start, end } = self.figures[index];
        let unit = |i: &usize| {
            let per = *i > 0 && self.tags[i - 1].mark == b'/';
            !per && self.tags.get(*i).is_some_and(|t| t.is(&[class]))
        };
        [Some(end), end.checked_sub(1), start.checked_sub(1)].into_iter().flatten().find(unit)
    }
}

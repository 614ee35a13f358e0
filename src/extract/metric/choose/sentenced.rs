//! Prison terms: the verb that sentenced to them stands before all of those who were sentenced.

use std::ops::Range;

use crate::extract::metric::clause::{Class, TaggedSentence};

impl TaggedSentence<'_, '_> {
    /// The verb of sentencing before figure `index`, if that is a prison term (tuyên phạt A 3 năm tù, B | 2 năm tù); none
    /// where a measure stands nearer.
    pub(crate) fn sentenced(&self, index: usize) -> Option<Range<usize>> {
        let Range { start, end } = self.figures[index];
        let term = self.tags[start..self.len().min(end + 1)].iter().any(|t| t.is(&[Class::Prison]));
        let decides = |&i: &usize| {
            let tag = &self.tags[i];
            tag.first == i && tag.is(&[Class::Penal, Class::Head]) && !tag.figure
        };
        let verb = term.then(|| (0..start).rev().find(decides))??;
        let words = self.tags[verb..start].iter().take_while(|t| t.first == verb).count();
        self.tags[verb].is(&[Class::Penal]).then_some(verb..verb + words)
    }
}

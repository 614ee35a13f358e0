//! What is recalled so many years later.

use std::ops::Range;

use crate::extract::metric::clause::TaggedSentence;
use crate::extract::metric::clause::class::NAME_ENDS;

/// Longest name of what is recalled, in tokens.
const MAX_EVENT: usize = 12;

impl TaggedSentence<'_, '_> {
    /// What happened figure `index` years before, behind it, where a verb before it recalls that (kỷ niệm 50 năm | thành lập
    /// trường).
    pub(crate) fn recalled(&self, index: usize) -> Option<Range<usize>> {
        let Range { start, end } = self.figures[index];
        self.recalling(start)?;
        let joins = |i: usize| self.tags[i].mark == b'-' && i > end && self.is_word(i + 1);
        let ends = |i: &usize| {
            let tag = &self.tags[*i];
            tag.mark != 0 && !joins(*i) || tag.figure || tag.time || tag.is(&NAME_ENDS)
        };
        let last = (end..self.len().min(end + MAX_EVENT)).take_while(|i| !ends(i)).last()? + 1;
        let event = self.without_loose_end(end, last);
        (event.len() > 1).then_some(event)
    }
}

//! What points are points of, where that stands farther before them than the subject of a figure can.

use std::ops::Range;

use crate::extract::metric::clause::{Class, TaggedSentence};

/// Longest words behind such a measure that still name it, in tokens.
const MAX_NAMED: usize = 8;

impl TaggedSentence<'_, '_> {
    /// The nearest measure before figure `index` whose values are points: whatever else its sentence says, points are
    /// points of it (VN-Index bật tăng mạnh, cán mốc | 751 điểm).
    pub(crate) fn scored(&self, index: usize) -> Option<Range<usize>> {
        let start = self.figures[index].start;
        let measure = |i: usize| self.heads(0, i, &[Class::Scored]);
        let about = |i: usize| i > 0 && self.tags[i - 1].is(&[Class::About]);
        let nearest = (0..start).rev().find(|&i| measure(i)).filter(|&i| !about(i))?;
        // chỉ số | VN-Index
        let first =
            nearest.checked_sub(1).map(|i| self.tags[i].first).filter(|&i| measure(i)).unwrap_or(nearest);
        let own = (nearest..start).take_while(|&i| self.tags[i].first == nearest).count();
        let named = |i: &usize| {
            let tag = &self.tags[*i];
            let inside = matches!(tag.mark, 0 | b'&' | b'/' | b'-');
            inside && !tag.time && !tag.figure && (tag.is_plain() || tag.entity)
        };
        let name = self.tags[nearest].entity || self.tags[nearest..nearest + own].iter().any(|t| t.mark != 0);
        let behind = nearest + own;
        let more = (behind..start.min(behind + MAX_NAMED)).take_while(named).count();
        Some(first..if name { behind } else { behind + more })
    }
}

//! What is cut out of blocks that are kept otherwise.

use std::ops::Range;

use crate::text::floor_boundary;

/// How far behind its beginning the end of what is cut is looked for, in bytes.
const WINDOW: usize = 256;

/// A run of spam, or the headline of another article, inside a block that is otherwise kept.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Byte range in the normalized text.
    pub span: Range<usize>,
    /// Name of the rule that cut it.
    pub rule: &'static str,
}

/// Cuts in order, those that overlap joined.
pub(super) fn without_overlap(mut cuts: Vec<Cut>) -> Vec<Cut> {
    cuts.sort_by_key(|c| (c.span.start, c.span.end));
    cuts.dedup_by(|b, a| {
        let overlaps = b.span.start < a.span.end;
        if overlaps {
            a.span.end = a.span.end.max(b.span.end);
        }
        overlaps
    });
    cuts
}

/// End of the line or of [`WINDOW`] bytes behind `from`, whichever comes first, so that a huge line costs no more.
pub(super) fn window_end(text: &str, from: usize) -> usize {
    let end = floor_boundary(text, from + WINDOW);
    memchr::memchr(b'\n', &text.as_bytes()[from..end]).map_or(end, |n| from + n)
}

/// Those of `cuts`, which are in order and do not overlap, that touch a part of the text.
pub(super) fn cuts_in<'c>(cuts: &'c [Cut], span: &Range<usize>) -> impl Iterator<Item = &'c Cut> {
    let (from, end) = (cuts.partition_point(|cut| cut.span.end <= span.start), span.end);
    cuts[from..].iter().take_while(move |cut| cut.span.start < end)
}

/// What is kept of a part of the text.
pub(super) fn kept_text(text: &str, span: &Range<usize>, cuts: &[Cut]) -> String {
    let mut kept = String::with_capacity(span.len());
    kept_parts(span, cuts).for_each(|part| kept.push_str(&text[part]));
    kept
}

/// The longest part of `span` between the cuts, without white space around it.
pub(super) fn without_cuts(text: &str, span: &Range<usize>, cuts: &[Cut]) -> Option<Range<usize>> {
    let longest = kept_parts(span, cuts).max_by_key(Range::len)?;
    let part = &text[longest.clone()];
    let trimmed = part.trim();
    let from = longest.start + (part.len() - part.trim_start().len());
    (!trimmed.is_empty()).then(|| from..from + trimmed.len())
}

/// The parts of `span` before, between and behind the cuts.
fn kept_parts(span: &Range<usize>, cuts: &[Cut]) -> impl Iterator<Item = Range<usize>> {
    let (mut start, end) = (span.start, span.end);
    let before = cuts_in(cuts, span).map(move |cut| cut.span.clone());
    before.chain(std::iter::once(end..end)).map(move |cut| {
        let part = start..cut.start.max(start);
        start = cut.end.min(end);
        part
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(spans: &[Range<usize>]) -> Vec<Cut> {
        spans.iter().map(|span| Cut { span: span.clone(), rule: "" }).collect()
    }

    #[test]
    fn what_is_kept_stands_between_the_cuts() {
        let text = "0123456789";
        let cuts = without_overlap(cuts(&[8..10, 2..4, 3..5]));
        assert_eq!(kept_text(text, &(0..10), &cuts), "01567");
        assert_eq!(kept_text(text, &(3..9), &cuts), "567");
        assert_eq!(kept_text(text, &(5..8), &cuts), "567");
        assert_eq!(cuts_in(&cuts, &(5..8)).count(), 0);
        assert_eq!(without_cuts(text, &(0..9), &cuts), Some(5..8));
        assert_eq!(without_cuts(text, &(2..5), &cuts), None);
    }

    #[test]
    fn of_parts_as_long_the_last_one_counts() {
        assert_eq!(without_cuts("ab cd", &(0..5), &cuts(&[2..3, 5..6])), Some(3..5));
    }
}

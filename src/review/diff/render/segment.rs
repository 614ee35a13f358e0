//! A sentence in pieces: its number, and the words that were edited.

use std::ops::Range;

use similar::{ChangeTag, TextDiff};

use crate::fact::Fact;

/// Sentences with more bytes than that are not compared word by word, which can take quadratic time.
const MAX_COMPARED: usize = 8 << 10;

/// A piece of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment<'s> {
    pub(crate) text: &'s str,
    /// It is the number.
    pub(crate) number: bool,
    /// The other side does not have it.
    pub(crate) edited: bool,
}

/// The sentence of a fact with its number marked.
pub(crate) fn of<'f>(fact: &'f Fact<'_>) -> Vec<Segment<'f>> {
    split(&fact.source.sentence, &fact.source.number(), &[])
}

/// The sentences of two facts with what differs between them.
pub(crate) fn of_both<'f>(old: &'f Fact<'_>, new: &'f Fact<'_>) -> [Vec<Segment<'f>>; 2] {
    let [old_edits, new_edits] = edits(&old.source.sentence, &new.source.sentence);
    [
        split(&old.source.sentence, &old.source.number(), &old_edits),
        split(&new.source.sentence, &new.source.number(), &new_edits),
    ]
}

/// Where each of two texts has words that the other has not.
pub(crate) fn edits(old: &str, new: &str) -> [Vec<Range<usize>>; 2] {
    if old.len().max(new.len()) > MAX_COMPARED {
        return [old, new].map(|text| std::iter::once(0..text.len()).collect());
    }
    let mut ranges = [Vec::new(), Vec::new()];
    let mut at = [0, 0];
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let length = change.value().len();
        let sides: &[usize] = match change.tag() {
            ChangeTag::Delete => &[0],
            ChangeTag::Insert => &[1],
            ChangeTag::Equal => &[],
        };
        for &side in sides {
            push(&mut ranges[side], at[side]..at[side] + length);
        }
        at[0] += if change.tag() == ChangeTag::Insert { 0 } else { length };
        at[1] += if change.tag() == ChangeTag::Delete { 0 } else { length };
    }
    ranges
}

/// Appends a range, joined to the last one where they touch.
fn push(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => ranges.push(range),
    }
}

fn split<'s>(text: &'s str, number: &Range<usize>, edits: &[Range<usize>]) -> Vec<Segment<'s>> {
    let mut ends: Vec<usize> = edits.iter().flat_map(|r| [r.start, r.end]).collect();
    ends.extend([number.start, number.end, text.len()]);
    ends.sort_unstable();
    ends.dedup();
    let mut start = 0;
    let mut segments = Vec::new();
    for end in ends.into_iter().filter(|&end| end > 0) {
        let within = |range: &Range<usize>| range.start <= start && end <= range.end;
        let at = edits.partition_point(|range| range.end <= start);
        let edited = edits.get(at).is_some_and(within);
        segments.push(Segment { text: &text[start..end], number: within(number), edited });
        start = end;
    }
    segments
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn segments_join_to_the_text(old in "[ab ]{0,12}", new in "[ab ]{0,12}", a in 0usize..12, b in 0usize..12) {
            let edits = edits(&old, &new);
            for (text, edits) in [(&old, &edits[0]), (&new, &edits[1])] {
                let (a, b) = (a.min(b).min(text.len()), a.max(b).min(text.len()));
                let joined: String = split(text, &(a..b), edits).iter().map(|s| s.text).collect();
                prop_assert_eq!(&joined, text);
            }
            let kept = |text: &str, edits: &[Range<usize>]| -> String {
                split(text, &(0..0), edits).iter().filter(|s| !s.edited).map(|s| s.text).collect()
            };
            prop_assert_eq!(kept(&old, &edits[0]), kept(&new, &edits[1]));
        }
    }
}

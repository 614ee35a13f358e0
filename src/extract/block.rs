//! The text of a block without the spam cut out of it.

use std::borrow::Cow;
use std::ops::Range;

use crate::page::{Block, Cut};

/// A block and what is read of it.
pub(super) type Paragraph<'t> = (&'t Block, BlockText<'t>);

/// A block's text, and the way back to the page.
#[derive(Debug)]
pub struct BlockText<'t> {
    /// The text that is read.
    pub text: Cow<'t, str>,
    /// Pieces of it: where each begins in the text, and where it stands in the page.
    pieces: Vec<(usize, Range<usize>)>,
}

impl<'t> BlockText<'t> {
    /// The text of `page[span]` without `cuts`, which are in order and may lie outside the span.
    pub fn new(page: &'t str, span: Range<usize>, cuts: &[Cut]) -> Self {
        let first = cuts.partition_point(|c| c.span.end <= span.start);
        let inside = cuts[first..].iter().take_while(|c| c.span.start < span.end);
        let mut pieces = Vec::new();
        let (mut from, mut length) = (span.start, 0);
        for cut in inside {
            push(&mut pieces, &mut length, from..cut.span.start.max(from));
            from = cut.span.end.max(from);
        }
        push(&mut pieces, &mut length, from..span.end.max(from));
        let text = match pieces.as_slice() {
            [(_, only)] => Cow::Borrowed(&page[only.clone()]),
            many => Cow::Owned(many.iter().map(|(_, piece)| &page[piece.clone()]).collect()),
        };
        Self { text, pieces }
    }

    /// Where `span` of this text stands in the page; `None` where a cut falls inside it.
    pub(crate) fn in_page(&self, span: Range<usize>) -> Option<Range<usize>> {
        let index = self.pieces.partition_point(|(start, _)| *start <= span.start).checked_sub(1)?;
        let (start, piece) = &self.pieces[index];
        let range = piece.start + (span.start - start)..piece.start + (span.end - start);
        (range.end <= piece.end).then_some(range)
    }
}

fn push(pieces: &mut Vec<(usize, Range<usize>)>, length: &mut usize, piece: Range<usize>) {
    if !piece.is_empty() {
        let start = *length;
        *length += piece.len();
        pieces.push((start, piece));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_left_out_and_mapped_around() {
        let page = "xxAB<spam>CDyy";
        let cuts = [Cut { span: 4..10, rule: "spam" }];
        let block = BlockText::new(page, 2..12, &cuts);
        assert_eq!(block.text, "ABCD");
        assert_eq!(block.in_page(0..2), Some(2..4));
        assert_eq!(block.in_page(2..4), Some(10..12));
        assert_eq!(block.in_page(1..3), None);
    }
}

//! A line of a page, cut where facts and spam begin and end.

use std::ops::Range;

use serde::Serialize;

use crate::page::Cut;

/// A fact and where it stands in the normalized text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) row: u32,
}

/// A stretch of text that the same facts cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// The text.
    #[serde(rename = "t")]
    pub(super) text: String,
    /// The rows of the facts, the shortest first.
    #[serde(rename = "f", skip_serializing_if = "Vec::is_empty")]
    pub(super) rows: Vec<u32>,
    /// The rule that cut it out of the article as spam.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub(super) cut: Option<&'static str>,
}

/// The pieces of the line at `span`. Marks and cuts are in the order of their places.
pub(super) fn cut<'m>(
    text: &str,
    span: Range<usize>,
    marks: impl Iterator<Item = &'m Mark>,
    cuts: impl Iterator<Item = &'m Cut>,
) -> Vec<Piece> {
    let (marks, cuts): (Vec<&Mark>, Vec<&Cut>) = (marks.collect(), cuts.collect());
    let spans = marks.iter().map(|mark| &mark.span).chain(cuts.iter().map(|cut| &cut.span));
    let mut edges: Vec<usize> = spans.flat_map(|span| [span.start, span.end]).collect();
    edges.extend([span.start, span.end]);
    edges.retain(|edge| (span.start..=span.end).contains(edge));
    edges.sort_unstable();
    edges.dedup();
    // Facts that begin before a piece may cover it; those that ended are passed over for good.
    let mut open: Vec<&Mark> = Vec::new();
    let mut next = 0;
    let pieces = edges.windows(2).map(|edge| {
        let (start, end) = (edge[0], edge[1]);
        open.retain(|mark| mark.span.end > start);
        while marks.get(next).is_some_and(|mark| mark.span.start <= start) {
            open.extend(Some(marks[next]).filter(|mark| mark.span.end > start));
            next += 1;
        }
        let mut covering = open.clone();
        covering.sort_by_key(|mark| (mark.span.len(), mark.row));
        let dropped = cuts.iter().find(|cut| cut.span.start <= start && end <= cut.span.end);
        Piece {
            text: text.get(start..end).unwrap_or_default().to_owned(),
            rows: covering.iter().map(|mark| mark.row).collect(),
            cut: dropped.map(|cut| cut.rule),
        }
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_facts_share_pieces() {
        let text = "tăng 31 bậc, lên 86/193 nước";
        let at = text.find("86").unwrap();
        let marks = [Mark { span: at..at + 2, row: 7 }, Mark { span: at..at + 6, row: 4 }];
        let pieces = cut(text, 0..text.len(), marks.iter(), [].iter());
        assert_eq!(pieces.iter().map(|piece| &*piece.text).collect::<String>(), text);
        let rows: Vec<_> = pieces.into_iter().map(|piece| piece.rows).collect();
        assert_eq!(rows, [vec![], vec![7, 4], vec![4], vec![]]);
    }

    #[test]
    fn spam_is_a_piece_of_its_own() {
        let text = "Xã có kèo nhà cái 5 cầu.";
        let start = text.find("kèo").unwrap();
        let end = text.find(" 5").unwrap();
        let spam = [Cut { span: start..end, rule: "betting" }];
        let pieces = cut(text, 0..text.len(), [].iter(), spam.iter());
        assert_eq!(pieces.iter().map(|piece| piece.cut).collect::<Vec<_>>(), [None, Some("betting"), None]);
    }
}

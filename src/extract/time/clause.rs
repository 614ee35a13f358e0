//! Where clauses begin and end, by their marks.

use std::ops::Range;

use crate::text::ceil_boundary;

/// How far before an expression the words of its clause are read, in bytes.
const NEAR: usize = 100;

/// Whether a mark that ends a clause stands in `range`; commas in numbers do not count.
pub(super) fn ends_within(text: &str, range: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    (range.start..range.end.min(bytes.len())).any(|i| matches!(bytes[i], b';' | b':') || is_comma(bytes, i))
}

/// Where the clause of byte `at` begins; commas in numbers do not count, what stands in parentheses is one of its own.
pub(super) fn start(text: &str, at: usize) -> usize {
    behind_mark(&text[..at], b'(')
}

/// The same, but what is quoted is one of its own.
pub(super) fn start_or_quote(text: &str, at: usize) -> usize {
    behind_mark(&text[..at], b'"')
}

/// The words of the clause before byte `at`, as far as they are read; open parentheses begin one.
pub(super) fn near_before(text: &str, at: usize) -> &str {
    let near = &text[ceil_boundary(text, at.saturating_sub(NEAR))..at];
    let open = near.rfind('(').filter(|&open| !near[open..].contains(')')).map_or(0, |open| open + 1);
    &near[behind_mark(near, b':').max(open)..]
}

/// Behind the last mark that ends a clause, `own` among them.
fn behind_mark(text: &str, own: u8) -> usize {
    let bytes = text.as_bytes();
    let ends = |&i: &usize| matches!(bytes[i], b';' | b':') || bytes[i] == own || is_comma(bytes, i);
    (0..bytes.len()).rev().find(ends).map_or(0, |mark| mark + 1)
}

/// The contents of parentheses; an open one ends with the sentence.
pub(super) fn insertions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for i in memchr::memchr2_iter(b'(', b')', text.as_bytes()) {
        match (text.as_bytes()[i], open) {
            (b'(', None) => open = Some(i + 1),
            (b')', Some(begin)) => {
                found.push(begin..i);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether the byte at `at` is a comma outside a number.
fn is_comma(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b',' && !bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_numbers_begin_no_clause() {
        let text = "Năm nay, khi giá đạt 2,5 triệu";
        let clause = text.find(" khi").unwrap();
        assert_eq!((start(text, text.len()), start_or_quote(text, text.len())), (clause, clause));
        assert_eq!(near_before(text, text.len()), &text[clause..]);
        assert!(!ends_within(text, clause..text.len()) && ends_within(text, 0..text.len()));
    }

    #[test]
    fn parentheses_and_quotations_are_clauses_of_their_own() {
        let text = "a (b) \"c";
        assert_eq!((start(text, 4), start_or_quote(text, text.len())), (3, 7));
        assert_eq!((near_before(text, 4), near_before(text, text.len())), ("b", text));
    }
}

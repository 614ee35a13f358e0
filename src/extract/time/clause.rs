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
    let bytes = text.as_bytes();
    let ends = |&i: &usize| matches!(bytes[i], b';' | b':' | b'(') || is_comma(bytes, i);
    (0..at).rev().find(ends).map_or(0, |mark| mark + 1)
}

/// Where the clause of byte `at` begins; what is quoted is one of its own.
pub(super) fn start_or_quote(text: &str, at: usize) -> usize {
    text[..at].rfind([',', ';', ':', '"']).map_or(0, |mark| mark + 1)
}

/// The words of the clause before byte `at`, as far as they are read; open parentheses begin one.
pub(super) fn near_before(text: &str, at: usize) -> &str {
    let near = &text[ceil_boundary(text, at.saturating_sub(NEAR))..at];
    let open = near.rfind('(').filter(|&open| !near[open..].contains(')'));
    let mark = near.rfind([',', ';', ':']).max(open);
    mark.map_or(near, |mark| &near[mark + 1..])
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

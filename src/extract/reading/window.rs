//! How far patterns around a number see, and where a match may end.

use crate::extract::words::token::is_alphanumeric;

/// How far a pattern sees before a number, in bytes.
pub(super) const WINDOW_BEFORE: usize = 200;
/// How far a pattern sees behind a number, in bytes.
pub(super) const WINDOW_AFTER: usize = 120;

/// Whether no word or number runs across `offset`.
pub(super) fn is_word_edge(text: &str, offset: usize) -> bool {
    let inside = |c: Option<char>| c.is_some_and(is_alphanumeric);
    let left = text[..offset].chars().next_back();
    let right = text[offset..].chars().next();
    let digit_edge = left.is_some_and(|c| c.is_ascii_digit()) != right.is_some_and(|c| c.is_ascii_digit());
    !(inside(left) && inside(right)) || digit_edge
}

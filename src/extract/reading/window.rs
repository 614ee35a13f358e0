//! How far patterns around a number see, and where a match may end.

use std::ops::Range;

use crate::extract::words::token::is_alphanumeric;
use crate::text::{ceil_boundary, floor_boundary};

/// How far a pattern sees before a number, in bytes.
const BEFORE: usize = 200;
/// How far a pattern sees behind a number, in bytes.
const AFTER: usize = 120;

/// What a pattern sees of the text before `at`: whole characters.
pub(super) fn window_before(text: &str, at: usize) -> Range<usize> {
    ceil_boundary(text, at.saturating_sub(BEFORE)).min(at)..at
}

/// What a pattern sees of the text from `at` on: whole characters.
pub(super) fn window_after(text: &str, at: usize) -> Range<usize> {
    at..floor_boundary(text, at + AFTER).max(at)
}

/// Whether no word or number runs across `offset`.
pub(super) fn is_word_edge(text: &str, offset: usize) -> bool {
    let inside = |c: Option<char>| c.is_some_and(is_alphanumeric);
    let left = text[..offset].chars().next_back();
    let right = text[offset..].chars().next();
    let digit_edge = left.is_some_and(|c| c.is_ascii_digit()) != right.is_some_and(|c| c.is_ascii_digit());
    !(inside(left) && inside(right)) || digit_edge
}

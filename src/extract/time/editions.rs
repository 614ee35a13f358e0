//! Years in the names of what is held again and again (`Hội xuân 2017`).

use std::ops::RangeInclusive;

use memchr::memchr2_iter;

use super::phrases::ends_with_any;
use super::schema;
use crate::rules::Pattern;
use crate::text::ceil_boundary;

/// Digits of a year.
const DIGITS: usize = 4;
/// Longest name of an edition, in bytes.
const NAME: usize = 128;
/// The years that names may hold.
const YEARS: RangeInclusive<i16> = 1990..=2049;

/// What makes four digits behind a word the year of an edition.
#[derive(Debug)]
pub(crate) struct EditionRule {
    pub(crate) file: String,
    pub(crate) edition: schema::Edition,
    pub(crate) of: Pattern,
    pub(crate) not_of: Pattern,
    pub(crate) not_before: Pattern,
}

impl EditionRule {
    /// The years in names of a sentence, but for those before `from`.
    pub(crate) fn years(&self, text: &str, from: Option<i16>) -> impl Iterator<Item = i16> {
        let bytes = text.as_bytes();
        let century = |at: &usize| matches!(bytes.get(*at..*at + 2), Some(b"19" | b"20"));
        memchr2_iter(b'1', b'2', bytes).filter(century).filter_map(move |at| self.year_at(text, at, from))
    }

    fn is_edition(&self, name: &str) -> bool {
        self.of.is_match(name) && !self.not_of.is_match(name)
    }

    fn year_at(&self, text: &str, at: usize, from: Option<i16>) -> Option<i16> {
        let (before, digits, behind) =
            (text.get(..at)?, text.get(at..at + DIGITS)?, text.get(at + DIGITS..)?);
        let year = digits.parse().ok().filter(|year| YEARS.contains(year) && from <= Some(*year))?;
        let named = before.strip_suffix(' ')?.ends_with(char::is_alphabetic)
            && !behind.starts_with(char::is_alphanumeric)
            && !ends_with_any(before, &self.edition.not_after)
            && !self.not_before.is_match(behind)
            && self.is_edition(name(before));
        named.then_some(year)
    }
}

/// The end of `text` that a name may be: what follows the last mark, within reach.
fn name(text: &str) -> &str {
    let near = &text[ceil_boundary(text, text.len().saturating_sub(NAME))..];
    near.rsplit([',', ';', ':', '.', '!', '?', '(', ')']).next().unwrap_or(near)
}

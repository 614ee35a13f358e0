//! Number expressions: digits with their magnitudes, ranges, fractions, and numbers in words, once they are read.

use std::ops::Range;

use rust_decimal::Decimal;

/// How an expression is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One number, with or without magnitude.
    Plain,
    /// Two numbers of which the first is the smaller: `35-40`, `5 đến 7`.
    Range,
    /// `86/193`, `hai phần ba`.
    Fraction,
    /// `gấp đôi`.
    Multiple,
    /// Two numbers joined by a hyphen that are no range: `2-1`.
    Score,
    /// Digits that are no number: `1.2.3`, `17/2013/9`.
    Code,
}

impl Form {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Plain, Self::Range, Self::Fraction, Self::Multiple, Self::Score, Self::Code];
}

/// A number expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes in the sentence.
    pub span: Range<usize>,
    /// How it is put together.
    pub form: Form,
    /// The value, or the lower end of a range, or the numerator.
    pub value: Decimal,
    /// The upper end of a range.
    pub max: Option<Decimal>,
    /// The denominator of a fraction.
    pub denominator: Option<Decimal>,
    /// Whether a magnitude word belongs to it.
    pub magnitude: bool,
    /// Whether it has a digit.
    pub digits: bool,
    /// Whether a word before it makes it vague (`hàng nghìn`).
    pub vague: bool,
    /// Whether it was written with a decimal mark.
    pub decimals: bool,
    /// The sign before it that may make it negative.
    pub sign: Option<Sign>,
}

/// What makes a number negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Where it begins, in bytes of the sentence.
    pub start: usize,
    /// Whether it is a word, which makes both ends of a range negative.
    pub word: bool,
}

//! Numbers as they are written: digits and words, magnitudes, ranges and fractions, to exact decimals.

pub(super) mod amount;
pub(super) mod borrowed;
pub(super) mod candidates;
pub mod decimal;
pub(super) mod either;
pub mod expression;
pub(super) mod fraction;
pub(super) mod numerals;
pub(super) mod range;
pub mod reader;
pub(super) mod sign;
pub(super) mod spaced;
pub(super) mod worded;

pub use numerals::Numerals;

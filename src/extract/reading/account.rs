//! Every number of a sentence: read as a value, or accounted for.

use std::ops::Range;

use crate::extract::mention::Mention;

/// What became of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A value: index into the mentions.
    Fact(usize),
    /// Part of a time expression.
    Time,
    /// No fact, by this reading rule.
    NotFact(usize),
    /// No rule says what it is.
    Unexplained,
}

/// One number of a sentence and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its bytes in the sentence.
    pub span: Range<usize>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What was read in one sentence.
#[derive(Debug, Default)]
pub struct Analysis<'t> {
    /// Its values, in order.
    pub mentions: Vec<Mention<'t>>,
    /// All its numbers, in order.
    pub accounts: Vec<Account>,
}

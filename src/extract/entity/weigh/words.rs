//! Words of a sentence as features of candidates have them.

use crate::extract::entity::context::Context;
use crate::extract::entity::memory::known::WeighedWords;
use crate::extract::weigh::{EDGE, NUMBER};
use crate::extract::words::token::TokenKind;

impl Context<'_, '_, '_> {
    /// The word at token `i` as features of words have it.
    pub(super) fn word(&self, i: usize) -> u16 {
        match self.scene.sentence.tokens.get(i) {
            None => EDGE,
            Some(token) if token.kind == TokenKind::Number => NUMBER,
            Some(token) => self.rules.tables.word_values.of(token.word),
        }
    }

    /// The words of tokens `first..last` as features have them.
    pub(crate) fn weighed_words(&self, first: usize, last: usize) -> WeighedWords {
        let second = if last > first + 1 { self.word(first + 1) } else { 0 };
        WeighedWords { words: [self.word(first), second, self.word(last - 1)], length: last - first }
    }

    /// The word so many tokens before token `at` as features of words have it.
    pub(super) fn word_before(&self, at: usize, away: usize) -> u16 {
        at.checked_sub(away).map_or(EDGE, |i| self.word(i))
    }
}

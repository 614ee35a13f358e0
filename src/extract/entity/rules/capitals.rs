//! Which words of the names and head nouns of the rules stand in capitals.

use crate::extract::words::token::{Token, is_letter};

/// One name of an entry, or head noun: which of its words must stand in capitals.
#[derive(Debug)]
pub(crate) struct Capitals {
    pub(crate) value: u32,
    /// One bit a word: begins with a capital.
    pub(crate) capital: u64,
    /// One bit a word: all in capitals.
    upper: u64,
    pub(crate) words: usize,
}

impl Capitals {
    pub(crate) fn new(value: u32, text: &str, tokens: &[Token], strict: bool) -> Self {
        let mut capitals = Self { value, capital: 0, upper: 0, words: tokens.len() };
        for (i, token) in tokens.iter().enumerate().take(64) {
            let upper = is_upper(token.text(text));
            capitals.capital |= u64::from(token.capital && (strict || upper)) << i;
            capitals.upper |= u64::from(upper) << i;
        }
        capitals
    }

    /// Whether its first word is written in capitals.
    pub(crate) fn shouted(&self) -> bool {
        self.upper & 1 == 1
    }

    /// Takes the same words with other capitals too.
    pub(super) fn loosen(&mut self, other: &Self) {
        self.capital &= other.capital;
        self.upper &= other.upper;
    }

    /// Whether `tokens` have their capitals where the rule has them.
    pub(crate) fn fits(&self, text: &str, tokens: &[Token]) -> bool {
        let wanted = |bits: u64, i: usize| i < 64 && bits >> i & 1 == 1;
        tokens.iter().enumerate().all(|(i, token)| {
            (!wanted(self.capital, i) || token.capital)
                && (!wanted(self.upper, i) || is_upper(token.text(text)))
        })
    }
}

/// Whether a word is an abbreviation by its letters: two at least, all in capitals.
pub(crate) fn is_upper(word: &str) -> bool {
    let mut letters = 0;
    // Of most words the second letter decides.
    let small = word.chars().any(|c| {
        letters += usize::from(is_letter(c));
        c.is_lowercase()
    });
    letters > 1 && !small
}

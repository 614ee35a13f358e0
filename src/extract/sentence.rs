//! A block of an article as sentences.

use super::token::{Token, Vocabulary};

/// One sentence with its tokens.
#[derive(Debug, Clone, Default)]
pub struct Sentence<'t> {
    /// The sentence, without white space around it.
    pub text: &'t str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

impl<'t> Sentence<'t> {
    /// Takes a sentence apart.
    pub fn new(text: &'t str, vocabulary: &Vocabulary) -> Self {
        // A word and its space are about five bytes.
        let mut tokens = Vec::with_capacity(text.len() / 4);
        vocabulary.tokenize(text, &mut tokens);
        Self { text, tokens }
    }

    /// Index of the first token that ends behind byte `offset`.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.end <= offset)
    }

    /// The text of the tokens `first..last`.
    pub fn words(&self, first: usize, last: usize) -> &'t str {
        match (self.tokens.get(first), last.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) if first < last => &self.text[a.start..b.end],
            _ => "",
        }
    }
}

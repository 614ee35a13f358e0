//! One sentence of an article with its tokens.

use std::ops::Range;

use super::words::token::Token;
use super::words::vocabulary::{Vocabulary, WordId};
use crate::text::same_in_any_case;

/// The marks with which an item of a list begins.
pub(crate) const ITEM_MARKS: [char; 8] = ['-', '+', '*', '•', '·', '▪', '►', '●'];

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
    pub(crate) fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.end <= offset)
    }

    /// The tokens that touch a byte range.
    pub(crate) fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.token_at(bytes.start);
        let last = self.tokens.partition_point(|t| t.start < bytes.end);
        first..last.max(first)
    }

    /// The text of the tokens `first..last`.
    pub fn words(&self, first: usize, last: usize) -> &'t str {
        match (self.tokens.get(first), last.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) if first < last => &self.text[a.start..b.end],
            _ => "",
        }
    }

    /// Whether tokens `a` and `b` are the same word, in any letter case. Words that no rule knows all have one number, so
    /// of those their letters tell.
    pub(crate) fn same_word(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.tokens[a], &self.tokens[b]);
        if a.word != WordId::UNKNOWN && b.word != WordId::UNKNOWN {
            return a.word == b.word;
        }
        same_in_any_case(a.text(self.text), b.text(self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_touch_bytes_that_need_not_be_all_of_them() {
        let sentence = Sentence::new("tăng 5% nữa", &Vocabulary::default());
        let tokens_of = |part: &str| {
            let start = sentence.text.find(part).unwrap();
            sentence.tokens_in(&(start..start + part.len()))
        };
        assert_eq!(["5%", "ng 5", " ", "tăng 5% nữa"].map(tokens_of), [1..3, 0..2, 1..1, 0..4]);
    }

    #[test]
    fn words_are_the_same_in_any_letter_case_whether_known_or_not() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.intern("hòa");
        let sentence = Sentence::new("Hoà hòa Đơn đơn đăng tải đĂNG", &vocabulary);
        let same = |a, b| sentence.same_word(a, b);
        assert!(same(0, 1) && same(2, 3) && same(4, 6));
        assert!(!same(1, 2) && !same(2, 4) && !same(4, 5));
    }
}

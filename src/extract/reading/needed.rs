//! Words that patterns with gaps need, looked for once a sentence, as far as the numbers go.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, Input};

use super::bit_set::BitSet;

/// The words of all patterns, each once, while they are gathered.
#[derive(Debug, Default)]
pub(crate) struct NeededWords(Vec<String>);

/// Finds the words of all patterns.
#[derive(Debug)]
pub(crate) struct Needed {
    words: AhoCorasick,
    /// Bytes of the longest word.
    longest: usize,
}

impl NeededWords {
    /// The number of a word.
    pub(crate) fn add(&mut self, word: String) -> usize {
        let known = self.0.iter().position(|known| *known == word);
        known.unwrap_or_else(|| {
            self.0.push(word);
            self.0.len() - 1
        })
    }

    /// All words as one automaton.
    ///
    /// # Errors
    /// Where they are too many.
    pub(crate) fn compile(&self) -> Result<Needed, BuildError> {
        let words = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&self.0)?;
        Ok(Needed { longest: words.max_pattern_len(), words })
    }
}

impl Needed {
    /// Adds to `into` the words of `text` that end within these bytes.
    pub(crate) fn find(&self, text: &str, within: Range<usize>, into: &mut BitSet) {
        let from = within.start.saturating_sub(self.longest);
        let input = Input::new(text).range(from..within.end);
        self.words.find_overlapping_iter(input).for_each(|word| into.insert(word.pattern().as_usize()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_within_words_are_found() {
        let mut words = NeededWords::default();
        let numbers = ["giá", "iá", "tăng"].map(|word| words.add(word.to_owned()));
        assert_eq!((numbers, words.add("iá".to_owned())), ([0, 1, 2], 1));
        let (mut present, mut wanted) = (BitSet::default(), BitSet::default());
        let (words, text) = (words.compile().unwrap(), "đánh giá lại");
        let giá = text.find("giá").unwrap();
        wanted.insert(1);
        words.find(text, 0..giá + 1, &mut present);
        assert!(!wanted.intersects(&present));
        words.find(text, giá + 1..text.len(), &mut present);
        assert!(wanted.intersects(&present));
        wanted.clear();
        wanted.insert(2);
        assert!(!wanted.intersects(&present));
    }
}

//! Words that patterns with gaps need, looked for once a sentence.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};

use super::bit_set::BitSet;

/// The words of all patterns, each once, while they are gathered.
#[derive(Debug, Default)]
pub(crate) struct NeededWords(Vec<String>);

/// Finds the words of all patterns.
#[derive(Debug)]
pub(crate) struct Needed(AhoCorasick);

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
        AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&self.0).map(Needed)
    }
}

impl Needed {
    /// Which of the words stand in `text`, in the place of what `into` held.
    pub(crate) fn find(&self, text: &str, into: &mut BitSet) {
        into.clear();
        self.0.find_overlapping_iter(text).for_each(|word| into.insert(word.pattern().as_usize()));
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
        words.compile().unwrap().find("đánh giá lại", &mut present);
        wanted.insert(2);
        assert!(!wanted.intersects(&present));
        wanted.insert(1);
        assert!(wanted.intersects(&present));
    }
}

//! Words that patterns with gaps need, looked for once a sentence.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};

/// A set of small numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Adds a number.
    pub(crate) fn set(&mut self, bit: usize) {
        if self.0.len() <= bit / 64 {
            self.0.resize(bit / 64 + 1, 0);
        }
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether both have a number.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    fn clear(&mut self) {
        self.0.fill(0);
    }
}

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
    pub(crate) fn look_at(&self, text: &str, into: &mut Bits) {
        into.clear();
        self.0.find_overlapping_iter(text).for_each(|word| into.set(word.pattern().as_usize()));
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
        let (mut present, mut wanted) = (Bits::default(), Bits::default());
        words.compile().unwrap().look_at("đánh giá lại", &mut present);
        wanted.set(2);
        assert!(!wanted.meets(&present));
        wanted.set(1);
        assert!(wanted.meets(&present));
    }
}

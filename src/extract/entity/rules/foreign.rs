//! Which words are foreign, by their letters.

use serde::{Deserialize, Deserializer};

use crate::text::same_in_any_case;

/// What tells a foreign word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Foreign {
    /// Letters that only foreign words have.
    #[serde(deserialize_with = "letters")]
    letters: Letters,
    /// The vowels; a Vietnamese syllable has them together.
    #[serde(deserialize_with = "letters")]
    vowels: Letters,
    /// What a Vietnamese syllable may end in behind its vowels.
    codas: Vec<String>,
}

impl Foreign {
    /// Whether `word` is no Vietnamese syllable.
    pub(crate) fn is(&self, word: &str) -> bool {
        if word.chars().any(|c| self.letters.has(c)) {
            return true;
        }
        let vowel = |c: char| self.vowels.has(c);
        let onset = word.find(vowel).unwrap_or(word.len());
        let tail = word[onset..].trim_start_matches(vowel);
        !self.codas.iter().any(|coda| same_in_any_case(coda, tail))
    }
}

/// A set of letters, one bit each.
#[derive(Debug, Clone, Default)]
struct Letters(Vec<u64>);

impl Letters {
    fn add(&mut self, letter: char) {
        let place = letter as usize / 64;
        self.0.resize(self.0.len().max(place + 1), 0);
        self.0[place] |= 1 << (letter as usize % 64);
    }

    fn has(&self, letter: char) -> bool {
        self.0.get(letter as usize / 64).is_some_and(|bits| bits >> (letter as usize % 64) & 1 == 1)
    }
}

/// The letters of a text, small and capital.
fn letters<'de, D: Deserializer<'de>>(from: D) -> Result<Letters, D::Error> {
    let mut letters = Letters::default();
    let cases = |c: char| c.to_lowercase().chain(c.to_uppercase());
    String::deserialize(from)?.chars().flat_map(cases).for_each(|c| letters.add(c));
    Ok(letters)
}

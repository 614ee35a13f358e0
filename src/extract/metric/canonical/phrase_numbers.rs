//! Numbers for phrases that rules give more than once.

use rustc_hash::FxHashMap;

use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::vocabulary::Vocabulary;

/// The numbers that phrases have, from 0 on.
#[derive(Debug, Default)]
pub(super) struct PhraseNumbers(FxHashMap<String, u32>);

impl PhraseNumbers {
    /// The number of `phrase`, by which `lexicon` knows it from now on.
    pub(super) fn number(
        &mut self,
        phrase: &str,
        lexicon: &mut Lexicon<u32>,
        vocabulary: &mut Vocabulary,
    ) -> u32 {
        if let Some(&number) = self.0.get(phrase) {
            return number;
        }
        let next = self.0.len() as u32;
        self.0.insert(phrase.to_owned(), next);
        lexicon.insert(vocabulary, phrase, next);
        next
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

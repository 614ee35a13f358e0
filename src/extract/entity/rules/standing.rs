//! The words around nouns that let them stand for what the page has named, or keep them from it.

use super::common::CommonWords;
use crate::extract::words::vocabulary::{Vocabulary, WordId};

/// Those words, compiled.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// Before nouns: that no one is meant that was named before.
    pub(crate) indefinite: Vec<WordId>,
    /// Before nouns: that the one is meant that was named before.
    pub(crate) definite: Vec<WordId>,
    /// Behind nouns: that no one is meant that was named before.
    pub(crate) others: Vec<WordId>,
    /// Behind nouns for a thing: which one is meant.
    pub(crate) which: Vec<WordId>,
    /// Behind nouns: that the one is meant that was named last.
    pub(crate) this: Vec<WordId>,
    /// Behind an age or country: which other person is meant.
    pub(crate) elsewhere: Vec<WordId>,
    /// Between somebody's age and name.
    pub(crate) named: Vec<WordId>,
    /// Near behind nouns for a thing: that it is the first of all, whichever that is.
    pub(crate) most: Vec<WordId>,
    /// Between what is owned and who owns it.
    pub(crate) of: Vec<WordId>,
    /// Words in the names of what products are made of.
    parts: Vec<String>,
}

impl Standing {
    pub(super) fn new(words: &CommonWords, vocabulary: &mut Vocabulary) -> Self {
        let mut ids = |words: &[String]| words.iter().map(|word| vocabulary.intern(word)).collect();
        Self {
            indefinite: ids(&words.indefinite),
            definite: ids(&words.definite),
            others: ids(&words.others),
            which: ids(&words.which),
            this: ids(&words.this),
            elsewhere: ids(&words.elsewhere),
            named: ids(&words.named),
            most: ids(&words.most),
            of: ids(&words.of),
            parts: words.parts.clone(),
        }
    }

    /// Whether a name is rather that of a part of something.
    pub(crate) fn is_part(&self, name: &str) -> bool {
        name.split(' ').any(|word| self.parts.iter().any(|part| part == word))
    }
}

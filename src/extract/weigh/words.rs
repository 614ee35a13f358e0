//! The words that features of words tell apart.

use rustc_hash::FxHashMap;
use toml::Spanned;

use super::Mistake;
use super::classes::{WordClasses, not_a_new_word};
use super::feature::{Feature, WORD};
use crate::extract::words::vocabulary::{Vocabulary, WordId};

/// How many words there are at most.
const MOST: usize = 10_000;

/// Words; their values stand behind those of [`WORD`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    all: Vec<String>,
    /// Where each stands.
    places: FxHashMap<String, usize>,
    /// The value of the class of each; 0 where it is in none.
    class_of: Vec<usize>,
}

impl Words {
    /// Takes the words of a rule file, and the classes of words.
    ///
    /// # Errors
    /// The first that can be no value of a feature, that no token of a page is ever equal to, or for which there is no
    /// room.
    pub(super) fn compile(words: &[Spanned<String>], classes: &WordClasses) -> Result<Self, Mistake> {
        let (mut all, mut vocabulary) = (Self::default(), Vocabulary::default());
        let mut ids = FxHashMap::default();
        for word in words {
            if let Some(wrong) = all.wrong(word.get_ref(), &vocabulary) {
                return Err((word.span(), format!("{:?} {wrong}", word.get_ref())));
            }
            ids.insert(vocabulary.intern(word.get_ref()), all.all.len());
            all.places.insert(word.get_ref().clone(), all.all.len());
            all.all.push(word.get_ref().clone());
        }
        all.class_of = vec![0; all.all.len()];
        for (word, class) in classes.iter() {
            if let Some(at) = ids.get(&vocabulary.get(word)) {
                all.class_of[*at] = class;
            }
        }
        Ok(all)
    }

    /// What is wrong with a word behind these.
    fn wrong(&self, word: &str, vocabulary: &Vocabulary) -> Option<String> {
        if let Some(wrong) = not_a_new_word(word, vocabulary) {
            Some(wrong.to_owned())
        } else if WORD.contains(&word) {
            Some("stands for what is not one of the words".to_owned())
        } else if self.all.len() == MOST {
            Some(format!("is one too many: {MOST} words are told apart"))
        } else {
            None
        }
    }

    pub(super) fn all(&self) -> &[String] {
        &self.all
    }

    /// How many values a feature has.
    pub(super) fn count(&self, feature: impl Feature) -> usize {
        feature.values().len() + if feature.is_word() { self.all.len() } else { 0 }
    }

    /// The value of the class of a word that is told apart.
    pub(super) fn class<A: Feature>(&self, feature: A, value: usize) -> Option<usize> {
        let word = value.checked_sub(WORD.len()).filter(|_| feature.is_word())?;
        self.class_of.get(word).copied().filter(|class| *class != 0)
    }

    /// What a value of a feature is called.
    pub(super) fn name(&self, feature: impl Feature, value: usize) -> &str {
        let fixed = feature.values();
        fixed.get(value).copied().unwrap_or_else(|| &self.all[value - fixed.len()])
    }

    /// The value of a feature that is called so.
    pub(super) fn value(&self, feature: impl Feature, name: &str) -> Option<usize> {
        let fixed = feature.values();
        let word = || self.places.get(name).filter(|_| feature.is_word());
        fixed.iter().position(|own| *own == name).or_else(|| Some(fixed.len() + word()?))
    }
}

/// The values of [`Words`], by the numbers of the vocabulary; 0 for all others.
#[derive(Debug, Default)]
pub(crate) struct WordValues(Vec<u16>);

/// The value of a number.
pub(crate) const NUMBER: u16 = 1;
/// The value of what is beyond the sentence.
pub(crate) const EDGE: u16 = 2;

impl WordValues {
    pub(crate) fn new(words: &Words, classes: &WordClasses, vocabulary: &mut Vocabulary) -> Self {
        let mut values = Vec::new();
        let classes = classes.iter().map(|(word, class)| (word, class as u16));
        let own = words.all.iter().map(String::as_str).zip(WORD.len() as u16..);
        for (word, value) in classes.chain(own) {
            let at = vocabulary.intern(word).0 as usize;
            if values.len() <= at {
                values.resize(at + 1, 0);
            }
            values[at] = value;
        }
        Self(values)
    }

    /// The value of a word.
    pub(crate) fn of(&self, word: WordId) -> u16 {
        self.0.get(word.0 as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::weigh::tests::Known;

    fn compiled(words: &[&str]) -> Result<Words, String> {
        #[derive(serde::Deserialize)]
        struct File {
            words: Vec<Spanned<String>>,
        }
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        let text = format!("words = [{}]", words.join(", "));
        let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}"));
        Words::compile(&file.words, &WordClasses::default()).map_err(|(span, _)| text[span].to_owned())
    }

    #[test]
    fn words_have_values_behind_those_of_what_is_none() {
        let all = compiled(&["nhờ", "bị"]).unwrap_or_else(|word| panic!("{word}"));
        let mut vocabulary = Vocabulary::default();
        let values = WordValues::new(&all, &WordClasses::default(), &mut vocabulary);
        let value = |word: &str| values.of(vocabulary.get(word));
        let first = WORD.len() as u16;
        assert_eq!([value("nhờ"), value("bị"), value("chùa")], [first, first + 1, 0]);
        assert_eq!(all.value(Known::WordBefore, "bị"), Some(WORD.len() + 1));
        assert_eq!(all.value(Known::WordBefore, "number"), Some(usize::from(NUMBER)));
        assert_eq!(all.value(Known::WordBefore, "edge"), Some(usize::from(EDGE)));
        assert_eq!(all.name(Known::WordBefore, WORD.len() + 1), "bị");
    }

    #[test]
    fn what_is_no_word_is_told() {
        for word in ["", "công ty", "Tỉnh", "other", "edge", "hòa", "hoà", "=b", "2020"] {
            assert_eq!(compiled(&["hòa", word]).err(), Some(format!("{word:?}")));
        }
    }
}

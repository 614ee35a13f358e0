//! The words that attributes of words tell apart.

use toml::Spanned;

use super::attribute::{Attribute, OTHER};
use super::weights::Mistake;
use crate::extract::token::{Vocabulary, WordId};

/// How many words there are at most: their numbers, and 0 for all others, fit into a byte.
const MOST: usize = u8::MAX as usize;

/// Words with numbers from 1 on; 0 stands for all others.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Words(Vec<String>);

impl Words {
    /// Takes the words of a rule file.
    ///
    /// # Errors
    /// The first that can be no value of an attribute, that no token of a page is ever equal to, or for which there is no
    /// room.
    pub(super) fn compile(words: &[Spanned<String>]) -> Result<Self, Mistake> {
        let (mut all, mut vocabulary) = (Self::default(), Vocabulary::default());
        for word in words {
            if let Some(wrong) = all.wrong(word.get_ref(), &vocabulary) {
                return Err((word.span(), format!("{:?} {wrong}", word.get_ref())));
            }
            vocabulary.intern(word.get_ref());
            all.0.push(word.get_ref().clone());
        }
        Ok(all)
    }

    /// What is wrong with a word behind these.
    fn wrong(&self, word: &str, vocabulary: &Vocabulary) -> Option<String> {
        let mut tokens = Vec::new();
        vocabulary.tokenize(word, &mut tokens);
        let one = matches!(&tokens[..], [token] if token.text(word) == word);
        let why = match () {
            () if !one || word == "+" => "is not one word",
            () if word.to_lowercase() != word => "has capital letters: words are told apart without them",
            () if word == OTHER => "stands for all other words",
            () if vocabulary.get(word) != WordId::UNKNOWN => {
                "stands there twice, perhaps in another spelling"
            }
            () if self.0.len() == MOST => {
                return Some(format!("is one too many: {MOST} words are told apart"));
            }
            () => return None,
        };
        Some(why.to_owned())
    }

    pub(super) fn all(&self) -> &[String] {
        &self.0
    }

    /// How many values an attribute has.
    pub(super) fn count(&self, attribute: Attribute) -> usize {
        attribute.values().len() + if attribute.is_word() { self.0.len() } else { 0 }
    }

    /// What a value of an attribute is called.
    pub(super) fn name(&self, attribute: Attribute, value: usize) -> &str {
        let fixed = attribute.values();
        fixed.get(value).copied().unwrap_or_else(|| &self.0[value - fixed.len()])
    }

    /// The value of an attribute that is called so.
    pub(super) fn value(&self, attribute: Attribute, name: &str) -> Option<usize> {
        let fixed = attribute.values();
        let word = || self.0.iter().position(|own| own == name).filter(|_| attribute.is_word());
        fixed.iter().position(|own| *own == name).or_else(|| Some(fixed.len() + word()?))
    }
}

/// The numbers of [`Words`], by those of the vocabulary.
#[derive(Debug, Default)]
pub(in super::super) struct WordNumbers(Vec<u8>);

impl WordNumbers {
    pub(in super::super) fn new(words: &Words, vocabulary: &mut Vocabulary) -> Self {
        let mut numbers = Vec::new();
        for (word, number) in words.0.iter().zip(1..=u8::MAX) {
            let at = vocabulary.intern(word).0 as usize;
            if numbers.len() <= at {
                numbers.resize(at + 1, 0);
            }
            numbers[at] = number;
        }
        Self(numbers)
    }

    pub(super) fn of(&self, word: WordId) -> u8 {
        self.0.get(word.0 as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(words: &[&str]) -> Result<Words, String> {
        #[derive(serde::Deserialize)]
        struct File {
            words: Vec<Spanned<String>>,
        }
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        let text = format!("words = [{}]", words.join(", "));
        let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}"));
        Words::compile(&file.words).map_err(|(span, _)| text[span].to_owned())
    }

    #[test]
    fn words_have_numbers_up_to_the_last() {
        let word =
            |i: usize| format!("x{}{}", char::from(b'a' + i as u8 / 16), char::from(b'a' + i as u8 % 16));
        let words: Vec<String> = (0..MOST).map(word).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let all = compiled(&words).unwrap_or_else(|word| panic!("{word}"));
        let mut vocabulary = Vocabulary::default();
        let numbers = WordNumbers::new(&all, &mut vocabulary);
        let number = |word: &str| numbers.of(vocabulary.get(word));
        assert_eq!([number(words[0]), number(words[254]), number("chùa")], [1, 255, 0]);
        assert_eq!(all.value(Attribute::WordBefore, words[254]), Some(255));
        assert_eq!(compiled(&[&words[..], &["chùa"]].concat()).err().as_deref(), Some("\"chùa\""));
    }

    #[test]
    fn what_is_no_word_is_told() {
        for word in ["", "công ty", "Tỉnh", "+", "other", "hòa", "hoà", "<=b"] {
            assert_eq!(compiled(&["hòa", word]).err(), Some(format!("{word:?}")));
        }
    }
}

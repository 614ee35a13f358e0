//! The words that attributes of words tell apart.

use super::attribute::Attribute;
use crate::extract::token::{Vocabulary, WordId};

/// How many words there are at most: their numbers, and 0 for all others, fit into a byte.
pub(super) const MOST: usize = u8::MAX as usize;

/// Words with numbers from 1 on; 0 stands for all others.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Words(Vec<String>);

impl Words {
    /// Adds a word, unless it is among them; says whether there was room for it.
    pub(super) fn add(&mut self, word: &str) -> bool {
        let known = self.0.iter().any(|own| own == word);
        if !known && self.0.len() < MOST {
            self.0.push(word.to_owned());
        }
        known || self.0.last().is_some_and(|last| last == word)
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
        for (word, number) in words.0.iter().zip(1..) {
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

//! Words that many rows share, each with a number.

use rustc_hash::FxHashMap;

/// The words of all columns.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) kinds: Dictionary,
    pub(super) statuses: Dictionary,
    pub(super) rules: Dictionary,
    pub(super) metrics: Dictionary,
    pub(super) canonical: Dictionary,
}

/// Words in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    numbers: FxHashMap<Box<str>, u32>,
    pub(super) words: Vec<Box<str>>,
}

impl Dictionary {
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        number
    }
}

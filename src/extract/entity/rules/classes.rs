//! What words may begin or be, by their numbers.

use crate::extract::words::vocabulary::WordId;

/// What a word may begin or be; bits of [`Classes`].
pub(crate) mod class {
    /// Begins a name of the gazetteer.
    pub(crate) const NAME: u32 = 1;
    /// Begins a head noun, behind which a name stands.
    pub(crate) const HEAD: u32 = 1 << 1;
    /// Begins words that stand for an entity named before.
    pub(crate) const ANAPHOR: u32 = 1 << 2;
    /// Begins words that tell the part of the name behind them.
    pub(crate) const CUE: u32 = 1 << 3;
    /// Belongs to no name and no noun phrase.
    pub(crate) const STOP: u32 = 1 << 4;
    /// Begins a phrase that is no name.
    pub(crate) const NOT_NAME: u32 = 1 << 5;
    /// Is about shares, beside which stock codes are names.
    pub(crate) const SHARES: u32 = 1 << 6;
    /// Is a family name.
    pub(crate) const SURNAME: u32 = 1 << 7;
    /// Begins words that open a sentence or caption.
    pub(crate) const OPENER: u32 = 1 << 8;
    /// Stands before a colon and those who took a picture or told something.
    pub(crate) const CREDIT: u32 = 1 << 9;
    /// Is the first person.
    pub(crate) const SPEAKER: u32 = 1 << 10;
    /// Stands before the names of people whom it addresses.
    pub(crate) const ADDRESS: u32 = 1 << 11;
    /// Begins a name that may stand in small letters.
    pub(crate) const SMALL: u32 = 1 << 12;
    /// Stands before the last syllable of given names.
    pub(crate) const GIVEN: u32 = 1 << 13;
    /// A verb that may follow its subject.
    pub(crate) const VERB: u32 = 1 << 14;
    /// Begins what a person does, and no noun behind its first syllable.
    pub(crate) const ACTS: u32 = 1 << 15;
    /// What an entity may begin with, or what keeps one from beginning.
    pub(crate) const BEGINS: u32 = NAME | HEAD | ANAPHOR | NOT_NAME;
}

/// The classes of every word, by its number.
#[derive(Debug, Default)]
pub(crate) struct Classes(Vec<u32>);

impl Classes {
    /// The classes of a word, as bits.
    pub(crate) fn of(&self, word: WordId) -> u32 {
        self.0.get(word.0 as usize).copied().unwrap_or(0)
    }

    /// Gives a word one more class.
    pub(crate) fn add(&mut self, word: WordId, class: u32) {
        let at = word.0 as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= class;
    }
}

//! What words may begin or be, by their numbers.

use crate::extract::words::token::WordId;

/// What a word may begin or be; bits of [`Classes`].
pub(super) mod class {
    pub(in super::super) const NAME: u16 = 1;
    pub(in super::super) const HEAD: u16 = 2;
    pub(in super::super) const ANAPHOR: u16 = 4;
    pub(in super::super) const CUE: u16 = 8;
    pub(in super::super) const STOP: u16 = 16;
    pub(in super::super) const NOT_NAME: u16 = 32;
    pub(in super::super) const SHARES: u16 = 64;
    pub(in super::super) const SURNAME: u16 = 128;
    pub(in super::super) const OPENER: u16 = 256;
    pub(in super::super) const CREDIT: u16 = 512;
    pub(in super::super) const SPEAKER: u16 = 1024;
    pub(in super::super) const ADDRESS: u16 = 2048;
    /// A verb that may follow its subject.
    pub(in super::super) const VERB: u16 = 16384;
    /// Begins what a person does, and no noun behind its first syllable.
    pub(in super::super) const ACTS: u16 = 32768;
    /// Stands before the last syllable of given names.
    pub(in super::super) const GIVEN: u16 = 8192;
    /// Begins a name that may stand in small letters.
    pub(in super::super) const SMALL: u16 = 4096;
    /// What an entity may begin with, or what keeps one from beginning.
    pub(in super::super) const BEGINS: u16 = NAME | HEAD | ANAPHOR | NOT_NAME;
}

/// The classes of every word, by its number.
#[derive(Debug, Default)]
pub(super) struct Classes(Vec<u16>);

impl Classes {
    pub(super) fn of(&self, word: WordId) -> u16 {
        self.0.get(word.0 as usize).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, word: WordId, class: u16) {
        let at = word.0 as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= class;
    }
}

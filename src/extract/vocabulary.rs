//! The words that rules know, as numbers.
//!
//! Every word gets one number for all its spellings (upper and lower case, old and new tone placement), so that phrases
//! are compared as numbers and no text is folded while reading.

use rustc_hash::FxHashMap;

use super::id_table::{IdTable, Slot};

/// The number of a word in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule knows.
    pub const UNKNOWN: Self = Self(0);
}

/// Words of at most this many bytes are kept as one integer with their number; nearly all are.
const SHORT: usize = 12;

/// A short word in the low 96 bits, its number above them. No word has a NUL, so its length shows.
#[derive(Debug, Clone, Copy, Default)]
struct ShortWord(u128);

impl Slot for ShortWord {
    type Key = u128;

    fn new(key: u128, value: u32) -> Self {
        Self(key | u128::from(value) << (8 * SHORT))
    }

    fn key(self) -> u128 {
        self.0 & BYTES[SHORT]
    }

    fn value(self) -> u32 {
        (self.0 >> (8 * SHORT)) as u32
    }

    fn folded(key: u128) -> u64 {
        key as u64 ^ ((key >> 64) as u64).rotate_left(29)
    }
}

/// All words that rules know, by every spelling.
#[derive(Debug, Default)]
pub struct Vocabulary {
    short: IdTable<ShortWord>,
    long: FxHashMap<Box<str>, WordId>,
    next: u32,
}

impl Vocabulary {
    /// The number of `word` (one token), which it gets now if it has none yet.
    pub fn intern(&mut self, word: &str) -> WordId {
        let known = self.get(word);
        if known != WordId::UNKNOWN {
            return known;
        }
        let folded = crate::text::fold(word);
        let id = match self.get(&folded) {
            WordId::UNKNOWN => self.add(&folded),
            id => id,
        };
        // Mixed case (MobiFone) is none of the regular spellings.
        self.set(word, id);
        id
    }

    fn add(&mut self, folded: &str) -> WordId {
        self.next += 1;
        let id = WordId(self.next);
        for spelling in crate::text::variants(folded) {
            self.set(&spelling, id);
        }
        id
    }

    fn set(&mut self, word: &str, id: WordId) {
        match word.len() {
            0 => {}
            1..=SHORT => self.short.insert(packed(word.as_bytes(), 0, word.len()), id.0),
            _ => _ = self.long.entry(word.into()).or_insert(id),
        }
    }

    /// The number of a word as it stands in a text.
    pub fn get(&self, word: &str) -> WordId {
        self.number(word, 0, word.len())
    }

    /// The number of the word at `start..end` of `text`.
    #[inline]
    pub(super) fn number(&self, text: &str, start: usize, end: usize) -> WordId {
        if end - start <= SHORT {
            return WordId(self.short.get(packed(text.as_bytes(), start, end)));
        }
        self.long.get(&text[start..end]).copied().unwrap_or(WordId::UNKNOWN)
    }
}

/// For each length, the bits of so many bytes.
static BYTES: [u128; SHORT + 1] = {
    let mut bytes = [0; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        bytes[length] = u128::MAX >> (128 - 8 * length);
        length += 1;
    }
    bytes
};

/// The bytes `start..end`, at most [`SHORT`], as one integer.
#[inline]
fn packed(text: &[u8], start: usize, end: usize) -> u128 {
    let length = end - start;
    let whole = text.get(start..).and_then(|rest| rest.first_chunk::<16>()).copied();
    let bytes = whole.unwrap_or_else(|| {
        let mut chunk = [0; 16];
        chunk[..length].copy_from_slice(&text[start..end]);
        chunk
    });
    u128::from_le_bytes(bytes) & BYTES[length]
}

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
    pub(crate) const UNKNOWN: Self = Self(0);
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

/// Which lists of phrases have one that begins with a word, one bit each; where there are more lists than bits, some
/// share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lists(u32);

impl Lists {
    /// Whether some list is one of both.
    #[inline]
    pub(crate) fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// All words that rules know, by every spelling.
#[derive(Debug, Default)]
pub struct Vocabulary {
    short: IdTable<ShortWord>,
    long: FxHashMap<Box<str>, WordId>,
    next: u32,
    /// Word → the lists that have a phrase that begins with it.
    begins: Vec<Lists>,
    lists: u32,
}

impl Vocabulary {
    /// The number of `word` (one token), which it gets now if it has none yet.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
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

    /// A list of phrases that there was not yet.
    pub(crate) fn new_list(&mut self) -> Lists {
        self.lists += 1;
        Lists(1 << (self.lists % u32::BITS))
    }

    /// Takes note that a phrase of `list` begins with `word`.
    pub(crate) fn begin(&mut self, word: WordId, list: Lists) {
        let at = word.0 as usize;
        self.begins.resize(self.begins.len().max(at + 1), Lists::default());
        self.begins[at].0 |= list.0;
    }

    /// The lists that have a phrase that begins with `word`.
    #[inline]
    pub(crate) fn begun_by(&self, word: WordId) -> Lists {
        self.begins.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The number of a word as it stands in a text.
    pub fn get(&self, word: &str) -> WordId {
        self.number(word, 0, word.len())
    }

    /// The number of the word at `start..end` of `text`.
    #[inline]
    pub(crate) fn number(&self, text: &str, start: usize, end: usize) -> WordId {
        if end - start <= SHORT {
            return WordId(self.short.get(packed(text.as_bytes(), start, end)));
        }
        self.long.get(&text[start..end]).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The letters from `start` on, and whatever else is no ASCII, if they are a short word of the vocabulary and no
    /// digit follows: where they end and its number.
    #[inline]
    pub(crate) fn run_of_letters(&self, text: &str, start: usize) -> Option<(usize, WordId)> {
        let bytes = sixteen(text.as_bytes(), start);
        let length = letters(bytes);
        let ends = length <= SHORT && !((bytes >> (8 * length)) as u8).is_ascii_digit();
        let word = if ends { self.short.get(bytes & BYTES[length]) } else { 0 };
        (word != 0).then_some((start + length, WordId(word)))
    }
}

/// The bytes from `start` on, and NULs behind the end of the text.
#[inline]
fn sixteen(text: &[u8], start: usize) -> u128 {
    let rest = &text[start..];
    u128::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| {
        let mut chunk = [0; 16];
        chunk[..rest.len()].copy_from_slice(rest);
        chunk
    }))
}

/// How many of the bytes, before any other, are ASCII letters or no ASCII.
#[inline]
fn letters(bytes: u128) -> usize {
    const ONES: u128 = u128::MAX / 0xFF;
    const HIGH: u128 = ONES << 7;
    // Small letters in the low seven bits; sums reach the high bit from `a` on, and from behind `z` on.
    let small = (bytes & !HIGH) | (ONES * 0x20);
    let letter = (small + ONES * (0x80 - 0x61)) & !(small + ONES * (0x80 - 0x7B));
    (!(letter | bytes) & HIGH).trailing_zeros() as usize / 8
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
    sixteen(text, start) & BYTES[end - start]
}

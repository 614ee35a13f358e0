//! Words, numbers and marks of a sentence.
//!
//! A [`Vocabulary`] gives every word that some rule knows a number, the same for all its spellings (upper and lower
//! case, old and new tone placement), so that phrases are compared as numbers and no text is folded while reading.

use rustc_hash::FxHashMap;

/// The number of a word in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule knows.
    pub const UNKNOWN: Self = Self(0);
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, and digits behind a capital letter (`A320`, `G20`).
    Word,
    /// Digits, with single `.` and `,` between them (`1.200,5`).
    Number,
    /// One character of anything else but white space.
    Mark,
}

/// One token of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the sentence.
    pub start: usize,
    /// Behind its last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its number in the vocabulary.
    pub word: WordId,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

impl Token {
    /// The token's text.
    pub fn text<'s>(&self, sentence: &'s str) -> &'s str {
        &sentence[self.start..self.end]
    }
}

/// Words of at most this many bytes are kept as one number; nearly all are.
const SHORT: usize = 15;

/// All words that rules know, by every spelling.
#[derive(Debug, Default)]
pub struct Vocabulary {
    short: FxHashMap<u128, WordId>,
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
        if word.len() <= SHORT {
            self.short.entry(packed(word.as_bytes(), 0, word.len())).or_insert(id);
        } else {
            self.long.entry(word.into()).or_insert(id);
        }
    }

    /// The number of a word as it stands in a text.
    pub fn get(&self, word: &str) -> WordId {
        self.number(word, 0, word.len())
    }

    /// The number of the word at `start..end` of `text`.
    fn number(&self, text: &str, start: usize, end: usize) -> WordId {
        let id = if end - start <= SHORT {
            self.short.get(&packed(text.as_bytes(), start, end))
        } else {
            self.long.get(&text[start..end])
        };
        id.copied().unwrap_or(WordId::UNKNOWN)
    }

    /// Splits `sentence` into tokens, in the place of what `into` held.
    pub fn tokenize(&self, sentence: &str, into: &mut Vec<Token>) {
        into.clear();
        let mut at = 0;
        while let Some((start, kind, end, capital)) = next_token(sentence, at) {
            let word = self.number(sentence, start, end);
            into.push(Token { start, end, kind, word, capital });
            at = end;
        }
    }
}

/// The bytes `start..end`, at most [`SHORT`], and their number, as one number.
fn packed(text: &[u8], start: usize, end: usize) -> u128 {
    let length = end - start;
    let whole = text.get(start..).and_then(|rest| rest.first_chunk::<16>()).copied();
    let bytes = whole.unwrap_or_else(|| {
        let mut chunk = [0; 16];
        chunk[..length].copy_from_slice(&text[start..end]);
        chunk
    });
    let number = u128::from_le_bytes(bytes) & ((1 << (8 * length)) - 1);
    number | (length as u128) << 120
}

fn next_token(text: &str, from: usize) -> Option<(usize, TokenKind, usize, bool)> {
    let bytes = text.as_bytes();
    // Between most words stands one space.
    let start = from + usize::from(bytes.get(from) == Some(&b' '));
    let first = *bytes.get(start)?;
    if first.is_ascii_alphabetic() {
        return Some((start, TokenKind::Word, word_end(text, start), first.is_ascii_uppercase()));
    }
    if first.is_ascii_digit() {
        return Some((start, TokenKind::Number, number_end(bytes, start), false));
    }
    other_token(text, start)
}

/// The token at or behind `from` where no ASCII letter or digit begins.
fn other_token(text: &str, from: usize) -> Option<(usize, TokenKind, usize, bool)> {
    let (offset, first) = text[from..].char_indices().find(|(_, c)| !c.is_whitespace())?;
    let start = from + offset;
    if first.is_ascii_digit() {
        return Some((start, TokenKind::Number, number_end(text.as_bytes(), start), false));
    }
    if is_letter(first) {
        return Some((start, TokenKind::Word, word_end(text, start), first.is_uppercase()));
    }
    Some((start, TokenKind::Mark, start + first.len_utf8(), false))
}

/// Where the digits that begin at `start` end, single separators between digits included.
pub(crate) fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let separated = matches!(bytes.get(at), Some(b'.' | b','));
        if !separated || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            return at;
        }
        at += 1;
    }
}

/// Where the word that begins at `start` ends: digits belong to it only behind a capital or a digit (`A320`, but not
/// the number of `mức42,5`, where a space is missing).
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match bytes.get(at..) {
            Some([b'0'..=b'9', ..]) if !ends_in_capital_or_digit(&text[start..at]) => return at,
            Some([b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..]) => at += 1,
            // The letters of Vietnamese: U+1E00 to U+1EFF, and U+0100 to U+01BF.
            Some([0xE1, 0xB8..=0xBB, _, ..]) => at += 3,
            Some([0xC4..=0xC6, _, ..]) => at += 2,
            Some([0x80..=0xFF, ..]) => match text[at..].chars().next() {
                Some(c) if is_letter(c) || c.is_alphanumeric() => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

fn ends_in_capital_or_digit(word: &str) -> bool {
    word.chars().rev().find(|c| !c.is_ascii_digit()).is_some_and(char::is_uppercase)
}

/// The same as [`char::is_alphabetic`], without a look into tables for the letters of Vietnamese.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{C0}'..='\u{24F}' => c != '×' && c != '÷',
        '\u{1E00}'..='\u{1EFF}' => true,
        _ => c.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_letter(c) == c.is_alphabetic()));
    }
}

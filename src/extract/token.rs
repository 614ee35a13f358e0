//! Words, numbers and marks of a sentence.

pub use super::vocabulary::{Vocabulary, WordId};

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

impl Vocabulary {
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

/// What a byte can be within a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A letter of ASCII.
    Letter,
    Digit,
    /// Begins a letter of two bytes (U+0100 to U+01BF).
    Pair,
    /// Begins a character of three bytes, a letter of Vietnamese (U+1E00 to U+1EFF) or another.
    Triple,
    /// Begins some other character beyond ASCII.
    Other,
    /// A mark or a space.
    None,
}

/// The part of every byte.
static PARTS: [Part; 256] = parts();

const fn parts() -> [Part; 256] {
    let mut parts = [Part::None; 256];
    let mut byte = 0;
    while byte < 256 {
        parts[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Part::Letter,
            b'0'..=b'9' => Part::Digit,
            0xC4..=0xC6 => Part::Pair,
            0xE1 => Part::Triple,
            0x80..=0xFF => Part::Other,
            _ => Part::None,
        };
        byte += 1;
    }
    parts
}

#[inline]
fn next_token(text: &str, from: usize) -> Option<(usize, TokenKind, usize, bool)> {
    let bytes = text.as_bytes();
    // Between most words stands one space.
    let start = from + usize::from(bytes.get(from) == Some(&b' '));
    let first = *bytes.get(start)?;
    match PARTS[first as usize] {
        Part::Letter => Some((start, TokenKind::Word, word_end(text, start), first.is_ascii_uppercase())),
        Part::Digit => Some((start, TokenKind::Number, number_end(bytes, start), false)),
        Part::None if first.is_ascii_graphic() => Some((start, TokenKind::Mark, start + 1, false)),
        _ => other_token(text, start),
    }
}

/// The token at or behind `from`, whatever it begins with.
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
#[inline]
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        at += match PARTS[byte as usize] {
            Part::Letter => 1,
            Part::Pair => 2,
            Part::Triple if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
            Part::Digit if ends_in_capital_or_digit(&text[start..at]) => 1,
            Part::Digit | Part::None => break,
            Part::Triple | Part::Other => match text[at..].chars().next() {
                Some(c) if is_letter(c) || c.is_alphanumeric() => c.len_utf8(),
                _ => break,
            },
        };
    }
    at
}

fn ends_in_capital_or_digit(word: &str) -> bool {
    word.chars().rev().find(|c| !c.is_ascii_digit()).is_some_and(char::is_uppercase)
}

/// The same as [`char::is_alphabetic`], without a look into tables for the letters of Vietnamese.
pub(crate) fn is_letter(c: char) -> bool {
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

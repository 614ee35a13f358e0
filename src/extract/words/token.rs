//! Words, numbers and marks of a sentence.

use super::vocabulary::{Lists, Vocabulary, WordId};

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
    /// The lists of phrases that have one that begins with it.
    pub begins: Lists,
    /// Whether it begins with a capital letter, or with one behind a small letter (*iPhone*); of a number, whether it belongs to the name before it (*iPhone 7*).
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
    pub(crate) fn tokenize(&self, sentence: &str, into: &mut Vec<Token>) {
        into.clear();
        let bytes = sentence.as_bytes();
        let mut at = 0;
        loop {
            // Between most words stands one space.
            let start = at + usize::from(bytes.get(at) == Some(&b' '));
            let token = self.known_word(sentence, start).or_else(|| self.next_token(sentence, start));
            let Some(token) = token else { return };
            at = token.end;
            into.push(token);
        }
    }

    /// How many tokens `phrase` has.
    pub(crate) fn count_tokens(&self, phrase: &str) -> usize {
        let mut tokens = Vec::new();
        self.tokenize(phrase, &mut tokens);
        tokens.len()
    }

    /// The word at `start`, if it is one that rules know and a space or mark ends it: most are, and their letters need no
    /// look one by one.
    #[inline]
    fn known_word(&self, text: &str, start: usize) -> Option<Token> {
        let (first, second) = (*text.as_bytes().get(start)?, text.as_bytes().get(start + 1));
        let length = LETTERS[usize::from(first)];
        if length == 0 || length > 1 && !second_fits(first, second) {
            return None;
        }
        let (end, word) = self.run_of_letters(text, start)?;
        let capital = begins_with_capital(text, start);
        Some(Token { start, end, kind: TokenKind::Word, word, begins: self.begun_by(word), capital })
    }

    /// The token at or behind `from`.
    fn next_token(&self, text: &str, from: usize) -> Option<Token> {
        let Piece { start, end, kind, capital } = next_piece(text, from)?;
        let word = self.number(text, start, end);
        Some(Token { start, end, kind, word, begins: self.begun_by(word), capital })
    }
}

/// A token that is not looked up yet.
struct Piece {
    start: usize,
    end: usize,
    kind: TokenKind,
    capital: bool,
}

/// How many bytes a letter has that begins with a byte; 0 where that takes a closer look, as at marks and digits.
static LETTERS: [u8; 256] = letters();

const fn letters() -> [u8; 256] {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => 1,
            // U+00C0 to U+01BF; × and ÷ are none.
            0xC3..=0xC6 => 2,
            // With the right second byte, the letters of Vietnamese (U+1E00 to U+1EFF).
            0xE1 => 3,
            _ => 0,
        };
        byte += 1;
    }
    letters
}

/// The token at or behind `start`, most often at it.
#[inline]
fn next_piece(text: &str, start: usize) -> Option<Piece> {
    let bytes = text.as_bytes();
    let first = *bytes.get(start)?;
    let (kind, end, capital) = match first {
        b'a'..=b'z' | b'A'..=b'Z' => {
            (TokenKind::Word, word_end(text, start), begins_with_capital(text, start))
        }
        b'0'..=b'9' => (TokenKind::Number, number_end(bytes, start), false),
        _ if first.is_ascii_graphic() => (TokenKind::Mark, start + 1, false),
        _ => return other_piece(text, start),
    };
    Some(Piece { start, end, kind, capital })
}

/// Whether the word that begins at `start` does so with a capital letter, or as *iPhone* does.
#[inline]
fn begins_with_capital(text: &str, start: usize) -> bool {
    match text.as_bytes()[start..] {
        [first @ ..0x80, ref rest @ ..] => first.is_ascii_uppercase() || is_camel_case(first, rest),
        _ => text[start..].starts_with(char::is_uppercase),
    }
}

/// Whether a name begins with its second letter as a capital (*iPhone*, *eBay*); no unit does so in four letters (*kWh*).
#[inline]
fn is_camel_case(first: u8, rest: &[u8]) -> bool {
    first.is_ascii_lowercase() && matches!(rest, [b'A'..=b'Z', b'a'..=b'z', b'a'..=b'z', ..])
}

/// The token at or behind `from`, whatever it begins with.
fn other_piece(text: &str, from: usize) -> Option<Piece> {
    let (offset, first) = text[from..].char_indices().find(|(_, c)| !c.is_whitespace())?;
    let start = from + offset;
    let (kind, end, capital) = if first.is_ascii_digit() {
        (TokenKind::Number, number_end(text.as_bytes(), start), false)
    } else if is_letter(first) {
        (TokenKind::Word, word_end(text, start), first.is_uppercase())
    } else {
        (TokenKind::Mark, start + first.len_utf8(), false)
    };
    Some(Piece { start, end, kind, capital })
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
        let mut length = usize::from(LETTERS[usize::from(byte)]);
        if length != 1 && !(length > 1 && second_fits(byte, bytes.get(at + 1))) {
            if byte.is_ascii() && !byte.is_ascii_digit() {
                break;
            }
            match part_of_word(text, start, at) {
                Some(part) => length = part,
                None => break,
            }
        }
        at += length;
    }
    at
}

/// Whether a byte of [`LETTERS`] and the next one begin a letter.
#[inline]
fn second_fits(first: u8, second: Option<&u8>) -> bool {
    match first {
        0xE1 => matches!(second, Some(0xB8..=0xBB)),
        0xC3 => !matches!(second, Some(0x97 | 0xB7)),
        _ => true,
    }
}

/// The length of the character at `at`, if it goes on with the word that begins at `start`.
fn part_of_word(text: &str, start: usize, at: usize) -> Option<usize> {
    let next = text[at..].chars().next()?;
    let goes_on = match next {
        '0'..='9' => ends_in_capital_or_digit(&text[start..at]),
        _ => is_alphanumeric(next),
    };
    goes_on.then(|| next.len_utf8())
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

/// The same as [`char::is_alphanumeric`], as fast for the letters of Vietnamese.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_alike_whether_rules_know_them_or_not() {
        let text = "Đã có 5 xã,ở Huế…“xã” A320 iPhone xã2 nghiêng ÷ xãx và EU–ASEAN (ở xã";
        let (strange, mut known) = (Vocabulary::default(), Vocabulary::default());
        for word in ["đã", "có", "xã", "ở", "huế", "nghiêng", "÷", "và", "eu", "asean", "“", "–"]
        {
            known.intern(word);
        }
        let tokens = |vocabulary: &Vocabulary| {
            let mut tokens = Vec::new();
            vocabulary.tokenize(text, &mut tokens);
            tokens
        };
        let (strange, known) = (tokens(&strange), tokens(&known));
        let parts = |t: &Token| (t.start, t.end, t.kind, t.capital);
        assert!(strange.iter().map(parts).eq(known.iter().map(parts)));
        assert!(strange.iter().all(|t| t.word == WordId::UNKNOWN));
        let words = known.iter().filter(|t| t.word != WordId::UNKNOWN).map(|t| t.text(text));
        let expected = "Đã có xã ở Huế “ xã xã nghiêng ÷ và EU – ASEAN ở xã";
        assert_eq!(words.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn letters_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_letter(c) == c.is_alphabetic()));
        assert!(('\0'..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
        for c in '\0'..=char::MAX {
            let word = format!("a{c}");
            let end = if is_alphanumeric(c) && !c.is_ascii_digit() { word.len() } else { 1 };
            assert_eq!(word_end(&word, 0), end, "{c:?}");
        }
    }
}

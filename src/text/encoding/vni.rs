//! VNI for Windows: a base letter, then one byte for all its diacritics.
//!
//! The fonts draw the diacritics at code points of Windows 1252 (`Vieät` shows as *Việt*). Letters that had room of
//! their own (đ, ơ, ư, and i and y with some tones) are single bytes. A diacritic byte is accepted in either case
//! after either case of letter, as typists mixed them.

use unicode_normalization::char::compose;

use super::output::decode_pairs;
use super::single_byte::table_of;
use super::{Decoded, Encoding};

/// Letters of one byte.
#[rustfmt::skip]
const LETTERS: &[(u8, char)] = &[
    (0xF1, 'đ'), (0xF4, 'ơ'), (0xF6, 'ư'), (0xEC, 'ì'), (0xED, 'í'), (0xE6, 'ỉ'), (0xF3, 'ĩ'), (0xF2, 'ị'), (0xEE, 'ỵ'),
    (0xD1, 'Đ'), (0xD4, 'Ơ'), (0xD6, 'Ư'), (0xCC, 'Ì'), (0xCD, 'Í'), (0xC6, 'Ỉ'), (0xD3, 'Ĩ'), (0xD2, 'Ị'), (0xCE, 'Ỵ'),
];

/// Diacritics by their small-letter byte, in the order in which they compose.
#[rustfmt::skip]
const MARKS: &[(u8, &str)] = &[
    (0xF8, "\u{300}"), (0xF9, "\u{301}"), (0xFB, "\u{309}"), (0xF5, "\u{303}"), (0xEF, "\u{323}"),
    (0xE2, "\u{302}"), (0xE0, "\u{302}\u{300}"), (0xE1, "\u{302}\u{301}"), (0xE5, "\u{302}\u{309}"),
    (0xE3, "\u{302}\u{303}"), (0xE4, "\u{323}\u{302}"),
    (0xEA, "\u{306}"), (0xE8, "\u{306}\u{300}"), (0xE9, "\u{306}\u{301}"), (0xFA, "\u{306}\u{309}"),
    (0xFC, "\u{306}\u{303}"), (0xEB, "\u{323}\u{306}"),
];

/// Decodes `bytes`. Bytes that make no letter with the one before keep their meaning in Windows 1252.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'static> {
    decode_pairs(bytes, Encoding::Vni, bytes.len(), letter, with_marks)
}

fn letter(byte: u8) -> char {
    let own = LETTERS.iter().find(|&&(code, _)| code == byte).map(|&(_, c)| c);
    own.unwrap_or(table_of(Encoding::Windows1252)[usize::from(byte)])
}

/// The letter that `base` and the diacritic byte `mark` make together.
fn with_marks(base: char, mark: u8) -> Option<char> {
    let is_vowel =
        matches!(base, 'a' | 'e' | 'o' | 'ơ' | 'u' | 'ư' | 'y' | 'A' | 'E' | 'O' | 'Ơ' | 'U' | 'Ư' | 'Y');
    if mark < 0xC0 || !is_vowel {
        return None;
    }
    let (_, marks) = MARKS.iter().find(|&&(code, _)| code == mark | 0x20)?;
    marks.chars().try_fold(base, compose)
}

/// Names every character with the bytes that give it, the shortest first.
pub(super) fn sequences(found: &mut impl FnMut(char, Vec<u8>)) {
    for byte in 0..=u8::MAX {
        let has_letter = LETTERS.iter().any(|&(code, _)| code == byte);
        if byte < 0xC0 || has_letter {
            found(letter(byte), vec![byte]);
        }
    }
    for base in "aeouyAEOUY\u{f4}\u{f6}\u{d4}\u{d6}".chars().map(|c| c as u8) {
        for &(mark, _) in MARKS {
            let mark = if letter(base).is_uppercase() { mark & !0x20 } else { mark };
            if let Some(c) = with_marks(letter(base), mark) {
                found(c, vec![base, mark]);
            }
        }
    }
}

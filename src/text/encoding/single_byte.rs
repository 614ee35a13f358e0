//! Encodings of one byte a character, some with combining marks.

use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::compose};

use super::output::decode_pairs;
use super::tables::{TCVN_5712, TCVN_5712_LOW, Upper, VISCII, VISCII_LOW, WINDOWS_1252, WINDOWS_1258};
use super::{Decoded, Encoding};

/// What each byte means.
type Table = [char; 256];

static TABLE_1252: LazyLock<Table> = LazyLock::new(|| table(&WINDOWS_1252, &[]));
static TABLE_1258: LazyLock<Table> = LazyLock::new(|| table(&WINDOWS_1258, &[]));
static TABLE_VISCII: LazyLock<Table> = LazyLock::new(|| table(&VISCII, VISCII_LOW));
static TABLE_5712: LazyLock<Table> = LazyLock::new(|| table(&TCVN_5712, TCVN_5712_LOW));
/// TCVN3 fonts have the letters of TCVN 5712 from A0 on, and below that the punctuation of Windows.
static TABLE_TCVN3: LazyLock<Table> = LazyLock::new(|| {
    let mut joined = table(&TCVN_5712, &[]);
    joined[0x80..0xA0].copy_from_slice(&TABLE_1252[0x80..0xA0]);
    joined
});

fn table(upper: &Upper, low: &[(u8, char)]) -> Table {
    let mut table: Table = std::array::from_fn(|byte| char::from(byte as u8));
    for (cell, c) in table[0x80..].iter_mut().zip(upper.iter().flat_map(|row| row.chars())) {
        *cell = c;
    }
    for &(byte, c) in low {
        table[usize::from(byte)] = c;
    }
    table
}

/// The table of a single-byte encoding; the one of Windows 1252 for any other.
pub(super) fn table_of(encoding: Encoding) -> &'static Table {
    match encoding {
        Encoding::Windows1258 => &TABLE_1258,
        Encoding::Viscii => &TABLE_VISCII,
        Encoding::Tcvn3 => &TABLE_TCVN3,
        Encoding::Tcvn5712 => &TABLE_5712,
        _ => &TABLE_1252,
    }
}

/// Decodes `bytes`; a combining mark is composed with the letter before it.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Decoded<'static> {
    let table = table_of(encoding);
    let alone = |byte| table[usize::from(byte)];
    let joined =
        |first, next| Some(alone(next)).filter(|&mark| is_mark(mark)).and_then(|mark| join(first, mark));
    decode_pairs(bytes, encoding, bytes.len() + bytes.len() / 2, alone, joined)
}

/// The letter that `base` and `mark` make. The dot below composes before the circumflex, breve or horn that the base
/// may have already, so the pair has to be sorted first.
fn join(base: char, mark: char) -> Option<char> {
    if let Some(c) = compose(base, mark) {
        return Some(c);
    }
    let mut sorted = [base, mark].into_iter().nfc();
    sorted.next().filter(|_| base.is_alphabetic() && sorted.next().is_none())
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

//! Text to bytes, the way back from decoding: for making copies of pages in old encodings, above all in tests.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::{Encoding, single_byte, vni};
use crate::text::tones::split_tone;

/// What is written for a character that the encoding does not have.
const UNKNOWN: u8 = b'?';

/// The bytes of each character that has any.
type Codes = BTreeMap<char, Vec<u8>>;

static CODES: LazyLock<BTreeMap<Encoding, Codes>> =
    LazyLock::new(|| Encoding::all().map(|encoding| (encoding, codes(encoding))).collect());

/// Writes `text` in `encoding`, without a byte order mark. Characters are decomposed where the encoding has only the
/// parts, written small where it has no capital, and else replaced by `?`.
pub(super) fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let codes = &CODES[&encoding];
            text.nfc().flat_map(|c| encode_char(c, codes)).collect()
        }
    }
}

fn encode_char(c: char, codes: &Codes) -> Vec<u8> {
    let known = |c: char| codes.get(&c).cloned();
    let small = || c.to_lowercase().next().filter(|&small| small != c).and_then(known);
    known(c).or_else(|| encode_parts(c, codes)).or_else(small).unwrap_or_else(|| vec![UNKNOWN])
}

/// `c` as the letter that is left without its tone, then the tone.
fn encode_parts(c: char, codes: &Codes) -> Option<Vec<u8>> {
    let (base, tone) = split_tone(c);
    Some([codes.get(&base)?.as_slice(), codes.get(&tone?)?].concat())
}

fn codes(encoding: Encoding) -> Codes {
    let mut codes = Codes::new();
    match encoding {
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => {}
        Encoding::Vni => vni::sequences(&mut |c, bytes| {
            codes.entry(c).or_insert(bytes);
        }),
        _ => {
            for (byte, &c) in (0..=u8::MAX).zip(single_byte::table_of(encoding)) {
                codes.entry(c).or_insert_with(|| vec![byte]);
            }
        }
    }
    codes.remove(&char::REPLACEMENT_CHARACTER);
    codes
}

//! UTF-16 in both byte orders.

use super::output::Output;
use super::{Decoded, Encoding};

/// Decodes `bytes` in the byte order of `encoding`; lone surrogates and an odd last byte become U+FFFD.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Decoded<'static> {
    let mut out = Output::new(bytes.len());
    let skipped = if Encoding::from_bom(bytes) == Some(encoding) { 2 } else { 0 };
    out.skip(skipped);
    let (pairs, rest) = bytes[skipped..].as_chunks::<2>();
    let unit = |&pair: &[u8; 2]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(pair),
        _ => u16::from_le_bytes(pair),
    };
    for decoded in char::decode_utf16(pairs.iter().map(unit)) {
        match decoded {
            Ok(c) => out.push(c, c.len_utf16() * 2),
            Err(_) => out.invalid(2),
        }
    }
    if !rest.is_empty() {
        out.invalid(rest.len());
    }
    out.finish(encoding)
}

/// Share of code units, in percent, that must lie in Latin or punctuation blocks.
const MIN_COMMON: usize = 95;

/// The byte order of `sample`, if it looks like Vietnamese UTF-16 without a byte order mark.
///
/// The high bytes of such text are few: 00, 01, 1E, and 20 for punctuation; the low bytes are many.
pub(super) fn detect(sample: &[u8]) -> Option<Encoding> {
    let (pairs, _) = sample.as_chunks::<2>();
    let fits = |index: usize| {
        let common = pairs.iter().filter(|pair| matches!(pair[index], 0 | 1 | 0x1E | 0x20)).count();
        let ascii = pairs.iter().filter(|pair| pair[index] == 0 && pair[1 - index] != 0).count();
        common * 100 >= pairs.len() * MIN_COMMON && ascii * 2 > pairs.len()
    };
    match (fits(1), fits(0)) {
        (true, false) => Some(Encoding::Utf16Le),
        (false, true) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

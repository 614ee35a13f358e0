//! The fast look over a text for the first character that normalization may have to touch.
//!
//! It judges windows of three bytes with plain comparisons, which compilers turn into vector code. It may stop at a
//! character that turns out to be fine, but never passes one that is not: whatever it passes is a starter that neither
//! composes with the character before it nor has a replacement.

/// Bytes that are judged together.
const BLOCK: usize = 64;

/// Offset of the first suspect character at or after `from`.
pub(super) fn next_suspect(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(block) = bytes.get(at..at + BLOCK + 2) {
        if has_suspect(block) {
            break;
        }
        at += BLOCK;
    }
    let tail = bytes.get(at..)?;
    let byte = |index: usize| tail.get(index).copied().unwrap_or(0);
    (0..tail.len()).find(|&i| is_suspect(byte(i), byte(i + 1), byte(i + 2))).map(|i| at + i)
}

/// Whether a suspect character begins in the first [`BLOCK`] bytes of `block`, which has two bytes more.
fn has_suspect(block: &[u8]) -> bool {
    let first = &block[..BLOCK];
    let second = &block[1..=BLOCK];
    let third = &block[2..BLOCK + 2];
    let mut found = false;
    for i in 0..BLOCK {
        found |= is_suspect(first[i], second[i], third[i]);
    }
    found
}

/// Whether a character that begins with the byte `a` (followed by `b` and `c`) may need work.
#[allow(clippy::inline_always, clippy::needless_bitwise_bool, reason = "both are needed for vector code")]
#[inline(always)]
fn is_suspect(a: u8, b: u8, c: u8) -> bool {
    let ascii = (a == b'\r') | (a == b'&');
    // No-break space, soft hyphen, next line.
    let latin = (a == 0xC2) & ((b == 0xA0) | (b == 0xAD) | (b == 0x85));
    // Eth and African D, which old keyboards gave for Đ.
    let eth = ((a == 0xC3) & ((b & 0xDF) == 0x90)) | ((a == 0xC6) & (b == 0x89));
    // All but Latin Extended Additional, where the Vietnamese letters are.
    let extended = (a == 0xE1) & ((b | 1) != 0xBB);
    // All but quotation marks, bullets, ellipsis (U+2016–2027) and U+2030–203F.
    let quotes = (b == 0x80) & ((c.wrapping_sub(0x96) <= 0x11) | (c >= 0xB0));
    let punctuation = (a == 0xE2) & !quotes;
    // All but the emoji planes.
    let astral = (a == 0xF0) & (b != 0x9F);
    let others = (a.wrapping_sub(0xC7) <= 0xE0 - 0xC7) | (a.wrapping_sub(0xE3) <= 0xEF - 0xE3) | (a >= 0xF1);
    ascii | latin | eth | extended | punctuation | astral | others
}

#[cfg(test)]
mod tests {
    use super::super::chars::{Class, classify};
    use super::*;

    #[test]
    fn whatever_it_passes_needs_nothing() {
        for c in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = c.encode_utf8(&mut buffer);
            if next_suspect(text.as_bytes(), 0).is_none() && c != '&' {
                assert_eq!(classify(c), Class::Stable(c), "{c:?}");
            }
        }
    }

    #[test]
    fn common_pages_pass() {
        let plain =
            "“Giá điện” tăng 4,8% từ 11/10… Đồng bào vùng cao được hỗ trợ 30.500 đồng/người 😀 25°C\n"
                .repeat(9);
        assert_eq!(next_suspect(plain.as_bytes(), 0), None);
    }

    #[test]
    fn finds_suspects_at_any_place() {
        for before in 0..200 {
            for suspect in ["\u{a0}", "–", "\u{301}", "\r", "\u{fe0f}", "\u{200b}"] {
                let text = "a".repeat(before) + suspect + &"b".repeat(99);
                assert_eq!(next_suspect(text.as_bytes(), 0), Some(before), "{suspect:?} at {before}");
            }
        }
    }
}

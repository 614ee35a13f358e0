//! From offsets in normalized text back to the bytes they came from.

use std::ops::Range;

/// A sparse map from normalized offsets to raw offsets; only places where the two run apart are kept.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {}

impl OffsetMap {
    /// The map of a text that normalization leaves as it is.
    pub fn identity() -> Self {
        Self::default()
    }

    /// The raw range that `span` came from.
    pub fn raw(&self, span: Range<usize>) -> Range<usize> {
        span
    }
}

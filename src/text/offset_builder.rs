//! Building an [`OffsetMap`] from left to right.

use std::ops::Range;

use super::offset_map::{OffsetMap, Run};

/// Builds an [`OffsetMap`] while a reader turns raw bytes into text, in the order of the text.
///
/// ```
/// use solieu::text::OffsetMapBuilder;
///
/// // `3&nbsp;tỷ` read as `3 tỷ`
/// let mut builder = OffsetMapBuilder::new();
/// builder.push_copied(1);
/// builder.push_replaced(1, 6);
/// builder.push_copied(4);
/// assert_eq!(builder.finish().raw(0..6), 0..11);
/// ```
#[derive(Debug, Clone, Default)]
pub struct OffsetMapBuilder {
    runs: Vec<Run>,
    norm: usize,
    raw: usize,
    /// Where the raw bytes of the last run end.
    last_end: usize,
}

impl OffsetMapBuilder {
    /// A builder at the start of both texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next `len` raw bytes stand in the text unchanged.
    pub fn push_copied(&mut self, len: usize) {
        self.push_units(self.raw, (1, 1), len);
    }

    /// The next `raw_len` raw bytes became `norm_len` bytes of text, which can only be traced as a whole. With a
    /// `raw_len` of 0 the text was inserted.
    pub fn push_replaced(&mut self, norm_len: usize, raw_len: usize) {
        self.push_units(self.raw, (norm_len, raw_len), 1);
        if norm_len == 0 {
            self.push_removed(raw_len);
        }
    }

    /// The next `raw_len` raw bytes have nothing in the text.
    pub fn push_removed(&mut self, raw_len: usize) {
        self.raw += raw_len;
    }

    /// The map of what was pushed.
    pub fn finish(self) -> OffsetMap {
        OffsetMap::from_runs(self.runs, self.norm)
    }

    /// One unit of `norm_len` bytes that came from `raw`.
    pub(super) fn push_from(&mut self, norm_len: usize, raw: Range<usize>) {
        self.push_units(raw.start, (norm_len, raw.len()), 1);
    }

    /// `count` units of `shape` (normalized bytes, raw bytes), the first of which came from `raw`.
    pub(super) fn push_units(&mut self, raw: usize, shape: (usize, usize), count: usize) {
        let (norm_unit, raw_unit) = shape;
        if norm_unit == 0 || count == 0 {
            return;
        }
        let run = Run::new(self.norm, raw, shape);
        if !self.continues(raw, shape) {
            self.runs.push(run);
        }
        self.norm += norm_unit * count;
        self.raw = raw + raw_unit * count;
        self.last_end = self.raw;
    }

    /// Whether units of `shape` from `raw` on go on where the last run ends.
    fn continues(&self, raw: usize, shape: (usize, usize)) -> bool {
        self.last_end == raw && self.runs.last().is_some_and(|last| last.shape() == shape)
    }
}

//! From offsets in normalized text back to the bytes they came from.

use std::ops::Range;

use super::offset_builder::OffsetMapBuilder;

/// A sparse map from normalized offsets to raw offsets, both in bytes. Only places where the two run apart are kept.
///
/// The normalized text is cut into *units*: the shortest stretches that can be traced on their own. A copied byte is a
/// unit of its own, a character composed of three raw ones is one unit that came from all of them. Neighbouring units
/// of the same shape share one entry, so a map is as long as the text is irregular.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
    /// Length of the normalized text; meaningless while `runs` is empty, since the identity fits any text.
    norm_len: usize,
}

/// Consecutive units of one shape: each takes `norm_unit` normalized bytes and came from `raw_unit` raw ones.
///
/// Kept in 32 bits, as a damaged page may need a run for every other byte. Offsets from 4 GiB on are not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    norm: u32,
    raw: u32,
    norm_unit: u32,
    raw_unit: u32,
}

impl Run {
    /// Units of `shape` (normalized bytes, which must not be 0, and raw bytes) from the given offsets on.
    pub(super) fn new(norm: usize, raw: usize, shape: (usize, usize)) -> Self {
        let packed = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let (norm_unit, raw_unit) = (packed(shape.0), packed(shape.1));
        Self { norm: packed(norm), raw: packed(raw), norm_unit, raw_unit }
    }

    fn norm(&self) -> usize {
        self.norm as usize
    }

    fn raw(&self) -> usize {
        self.raw as usize
    }

    fn norm_unit(&self) -> usize {
        self.norm_unit as usize
    }

    /// The lengths of each unit: normalized bytes, raw bytes.
    pub(super) fn shape(&self) -> (usize, usize) {
        (self.norm_unit(), self.raw_unit as usize)
    }

    /// The raw range of the unit that covers `offset`.
    fn raw_at(&self, offset: usize) -> Range<usize> {
        let (norm_unit, raw_unit) = self.shape();
        let start = self.raw() + offset.saturating_sub(self.norm()) / norm_unit * raw_unit;
        start..start + raw_unit
    }

    fn is_copied(&self) -> bool {
        self.shape() == (1, 1)
    }
}

impl OffsetMap {
    /// The map of a text that normalization leaves as it is.
    pub fn identity() -> Self {
        Self::default()
    }

    /// The map of a text that is stored unchanged from byte `raw` on (a byte order mark before it, for example).
    pub(crate) fn shifted(raw: usize, len: usize) -> Self {
        let mut builder = OffsetMapBuilder::new();
        builder.push_removed(raw);
        builder.push_copied(len);
        builder.finish()
    }

    pub(super) fn from_runs(runs: Vec<Run>, norm_len: usize) -> Self {
        match runs.as_slice() {
            [only] if only.is_copied() && only.raw() == 0 => Self::identity(),
            _ => Self { runs, norm_len },
        }
    }

    /// Whether every offset maps to itself.
    pub fn is_identity(&self) -> bool {
        self.runs.is_empty()
    }

    /// The raw range that the half-open `span` came from.
    ///
    /// It covers every unit that `span` touches as a whole, and leaves out what was removed before the first and after
    /// the last of them. An empty span gives an empty range at the place where its offset came from. Offsets past the
    /// end count as the end.
    pub fn raw(&self, span: Range<usize>) -> Range<usize> {
        if self.runs.is_empty() {
            return span;
        }
        let start = span.start.min(self.norm_len);
        let end = span.end.min(self.norm_len);
        if start >= end {
            let at = self.raw_point(start);
            return at..at;
        }
        self.raw_between(self.run_index(start), start..end)
    }

    /// The raw range of `span`, which is not empty and starts in run `index`.
    fn raw_between(&self, index: usize, span: Range<usize>) -> Range<usize> {
        let first = self.runs[index].raw_at(span.start);
        let last = self.runs[self.run_index_from(index, span.end - 1)].raw_at(span.end - 1);
        first.start..last.end.max(first.start)
    }

    fn raw_point(&self, offset: usize) -> usize {
        if offset < self.norm_len {
            return self.runs[self.run_index(offset)].raw_at(offset).start;
        }
        match offset.checked_sub(1) {
            Some(last) => self.runs[self.run_index(last)].raw_at(last).end,
            None => 0,
        }
    }

    /// Index of the run that covers `offset`, which must be within the text.
    fn run_index(&self, offset: usize) -> usize {
        self.run_index_from(0, offset)
    }

    /// As [`Self::run_index`], for an offset that lies in run `from` or after it, mostly close.
    fn run_index_from(&self, from: usize, offset: usize) -> usize {
        const NEAR: usize = 8;
        let runs = &self.runs[from..];
        let near = &runs[..runs.len().min(NEAR)];
        let before = match near.iter().position(|run| run.norm() > offset) {
            Some(before) => before,
            None => near.len() + runs[near.len()..].partition_point(|run| run.norm() <= offset),
        };
        from + before.saturating_sub(1)
    }

    /// Composes two maps: `self` leads from decoded text to raw bytes, `outer` from normalized text to decoded text;
    /// the result leads from normalized text to raw bytes.
    #[must_use]
    pub fn then(&self, outer: &OffsetMap) -> OffsetMap {
        if self.is_identity() {
            return outer.clone();
        }
        if outer.is_identity() {
            return self.clone();
        }
        let mut composer = Composer { inner: self, index: 0, builder: OffsetMapBuilder::new() };
        for (index, run) in outer.runs.iter().enumerate() {
            let end = outer.run_end(index);
            if run.is_copied() {
                composer.slice(run.raw()..run.raw() + end.saturating_sub(run.norm()));
                continue;
            }
            for norm in (run.norm()..end).step_by(run.norm_unit()) {
                composer.unit(run.norm_unit(), run.raw_at(norm));
            }
        }
        composer.builder.finish()
    }

    /// Where run `index` ends in normalized text.
    fn run_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.norm_len, Run::norm)
    }
}

/// Composition from left to right.
struct Composer<'m> {
    inner: &'m OffsetMap,
    /// A run of `inner` at or before all that is still to come.
    index: usize,
    builder: OffsetMapBuilder,
}

impl Composer<'_> {
    /// One unit of `norm_len` bytes that came from `span` of the decoded text.
    fn unit(&mut self, norm_len: usize, span: Range<usize>) {
        let raw = if span.is_empty() || span.end > self.inner.norm_len {
            self.inner.raw(span)
        } else {
            self.index = self.inner.run_index_from(self.index, span.start);
            self.inner.raw_between(self.index, span)
        };
        self.builder.push_from(norm_len, raw);
    }

    /// The part `span` of the inner map; a unit that the span cuts becomes a shorter unit from the same raw bytes.
    fn slice(&mut self, span: Range<usize>) {
        let mut at = span.start;
        let end = span.end.min(self.inner.norm_len);
        while at < end {
            self.index = self.inner.run_index_from(self.index, at);
            at = self.slice_run(at, end);
        }
        if at < span.end {
            self.unit(span.end - at, at..at);
        }
    }

    /// The part of the current run from `at` on, but not past `end`; returns where it ends.
    fn slice_run(&mut self, at: usize, end: usize) -> usize {
        let run = self.inner.runs[self.index];
        let end = self.inner.run_end(self.index).min(end).max(at + 1);
        let norm_unit = run.norm_unit();
        let done = at.saturating_sub(run.norm()) % norm_unit;
        if done > 0 || end - at < norm_unit {
            let len = (norm_unit - done).min(end - at);
            self.builder.push_from(len, run.raw_at(at));
            return at + len;
        }
        let units = (end - at) / norm_unit;
        self.builder.push_units(run.raw_at(at).start, run.shape(), units);
        at + units * norm_unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> OffsetMap {
        // raw: BOM(3) "ab" [a+mark: 3 -> 2] "cd"
        let mut builder = OffsetMapBuilder::new();
        builder.push_removed(3);
        builder.push_copied(2);
        builder.push_replaced(2, 3);
        builder.push_copied(2);
        builder.finish()
    }

    #[test]
    fn spans_cover_whole_units_and_no_removed_edges() {
        let map = sample();
        assert_eq!(map.raw(0..2), 3..5);
        assert_eq!(map.raw(2..4), 5..8);
        assert_eq!(map.raw(2..3), 5..8);
        assert_eq!(map.raw(1..5), 4..9);
        assert_eq!(map.raw(6..6), 10..10);
        assert_eq!(map.raw(2..99), 5..10);
    }

    #[test]
    fn identity_is_recognized() {
        let mut builder = OffsetMapBuilder::new();
        builder.push_copied(4);
        builder.push_copied(5);
        assert!(builder.finish().is_identity());
        assert_eq!(OffsetMap::identity().raw(3..7), 3..7);
    }

    #[test]
    fn equal_neighbours_share_a_run() {
        let mut builder = OffsetMapBuilder::new();
        for _ in 0..1000 {
            builder.push_replaced(3, 1);
        }
        let map = builder.finish();
        assert_eq!(map.runs.len(), 1);
        assert_eq!(map.raw(2997..3000), 999..1000);
    }

    #[test]
    fn inserted_text_maps_to_an_empty_range() {
        let mut builder = OffsetMapBuilder::new();
        builder.push_copied(2);
        builder.push_replaced(1, 0);
        builder.push_removed(4);
        builder.push_copied(2);
        let map = builder.finish();
        assert_eq!(map.raw(2..3), 2..2);
        assert_eq!(map.raw(1..4), 1..7);
    }

    #[test]
    fn composition_agrees_with_two_steps() {
        let inner = sample();
        let mut outer = OffsetMapBuilder::new();
        outer.push_removed(1);
        outer.push_copied(3);
        outer.push_replaced(1, 2);
        let outer = outer.finish();
        let both = inner.then(&outer);
        for start in 0..4 {
            for end in start + 1..=4 {
                assert_eq!(both.raw(start..end), inner.raw(outer.raw(start..end)), "{start}..{end}");
            }
        }
    }
}

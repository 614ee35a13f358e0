//! Many anchored patterns at once: where a match may begin is found by a few bytes, what matches there by one
//! lazily built automaton for all patterns.

mod barren;
mod starts;

use regex_syntax::hir::Hir;

use self::barren::Barren;
use self::starts::{LONG, Starts};
use crate::rules::{Anchored, Cache, Direction, Ended, Own, PerThread};
use crate::text::floor_boundary;

/// Most bytes of a character in UTF-8.
pub(crate) const LONGEST_CHAR: usize = 4;
/// No expression is longer than this many bytes; it bounds the work at any place of any text.
const WINDOW: usize = 192;
/// Matches kept for one place, the longest ones.
const KEPT: usize = 8;
/// Bytes that what a thread has learned of the patterns may take.
const CACHE: usize = 4 << 20;

/// What a thread keeps between searches.
#[derive(Debug)]
struct Kept {
    cache: Cache,
    barren: Barren,
}

/// Compiled patterns.
#[derive(Debug)]
pub(crate) struct Engine {
    patterns: Anchored,
    kept: PerThread<Kept>,
    starts: Starts,
}

/// A match: where it ends and which pattern it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Behind its last byte.
    pub(crate) end: usize,
    /// Index of the pattern.
    pub(crate) pattern: usize,
}

/// Matches at one place, from short to long, at equal length from last to first pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hits {
    list: [Hit; KEPT],
    len: usize,
}

impl Hits {
    fn new() -> Self {
        Self { list: [Hit { end: 0, pattern: 0 }; KEPT], len: 0 }
    }

    fn push(&mut self, hit: Hit) {
        if self.len == KEPT {
            self.list.copy_within(1.., 0);
            self.len -= 1;
        }
        let mut at = self.len;
        while at > 0 && self.list[at - 1].end == hit.end && self.list[at - 1].pattern < hit.pattern {
            self.list[at] = self.list[at - 1];
            at -= 1;
        }
        self.list[at] = hit;
        self.len += 1;
    }

    /// The longest first; at equal length the pattern that was given first.
    pub(crate) fn longest_first(&self) -> impl Iterator<Item = Hit> + '_ {
        self.list[..self.len].iter().rev().copied()
    }
}

impl Engine {
    /// Compiles patterns.
    ///
    /// # Errors
    /// What the regex compiler says.
    pub(crate) fn new(patterns: &[Hir]) -> Result<Self, String> {
        let patterns = Anchored::new(patterns, Direction::Forward, CACHE).map_err(|error| error.message)?;
        let starts = Starts::learn(&patterns);
        let size = patterns.cache_size();
        let kept = PerThread::new(move || Kept { cache: size.cache(), barren: Barren::default() });
        Ok(Self { patterns, kept, starts })
    }

    /// A handle for searching one text.
    pub(crate) fn session(&self) -> Session<'_> {
        Session { engine: self, kept: self.kept.get(), seen: 0 }
    }
}

/// Searches with a borrowed cache.
pub(crate) struct Session<'e> {
    engine: &'e Engine,
    kept: Own<'e, Kept>,
    /// How far searches have looked since [`Session::begin`].
    seen: usize,
}

impl Session<'_> {
    /// The next place at or after `from` where a pattern may begin.
    pub(crate) fn next_start(&self, text: &[u8], from: usize) -> Option<usize> {
        self.engine.starts.next(text, from)
    }

    /// Whether a pattern may begin at `at`.
    pub(crate) fn may_begin(&mut self, text: &[u8], at: usize) -> bool {
        self.look(at + LONG);
        self.engine.starts.check(text, at)
    }

    /// Begins an attempt at `at`; false where an earlier one has shown that it leads to nothing.
    pub(crate) fn begin(&mut self, text: &[u8], at: usize) -> bool {
        self.seen = 0;
        !self.kept.barren.holds(text, at)
    }

    /// Tells that the attempt looks at the text up to `end`, or at more than what follows its beginning: `usize::MAX`.
    pub(crate) fn look(&mut self, end: usize) {
        self.seen = self.seen.max(end);
    }

    /// Tells that the attempt at `at` led to nothing.
    pub(crate) fn fail(&mut self, text: &[u8], at: usize) {
        self.kept.barren.note(text, at, self.seen);
    }

    /// All matches that begin at `at`.
    pub(crate) fn matches(&mut self, text: &str, at: usize) -> Hits {
        let mut hits = Hits::new();
        let window = at..floor_boundary(text, at + WINDOW);
        let found = |patterns: &[u32], length| {
            for &pattern in patterns {
                hits.push(Hit { end: at + length, pattern: pattern as usize });
            }
            true
        };
        match self.engine.patterns.search(&mut self.kept.cache, text, window, found) {
            Ended::Dead(length) => self.look(at + length),
            Ended::Open => self.look(usize::MAX),
        }
        hits
    }
}

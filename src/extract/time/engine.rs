//! Many anchored patterns at once: where a match may begin is found by three bytes, what matches there by one
//! lazily built automaton for all patterns.

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::DFA;
use regex_automata::{Anchored as Anchor, Input};
use regex_syntax::hir::Hir;

use super::barren::Barren;
use crate::rules::{Anchored, Cache, Direction, Ended, Own, PerThread};

/// No expression is longer than this many bytes; it bounds the work at any place of any text.
const WINDOW: usize = 192;
/// Matches kept for one place, the longest ones.
const KEPT: usize = 8;
/// Bytes that what a thread has learned of the patterns may take.
const CACHE: usize = 6 << 20;

/// What a thread keeps between searches.
#[derive(Debug)]
struct Kept {
    cache: Cache,
    barren: Barren,
}

/// Compiled patterns.
#[derive(Debug)]
pub(super) struct Engine {
    patterns: Anchored,
    kept: PerThread<Kept>,
    starts: Starts,
}

/// A match: where it ends and which pattern it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Behind its last byte.
    pub(super) end: usize,
    /// Index of the pattern.
    pub(super) pattern: usize,
}

/// Matches at one place, from short to long, at equal length from last to first pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hits {
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
    pub(super) fn longest_first(&self) -> impl Iterator<Item = Hit> + '_ {
        self.list[..self.len].iter().rev().copied()
    }
}

impl Engine {
    /// Compiles patterns.
    ///
    /// # Errors
    /// What the regex compiler says.
    pub(super) fn new(patterns: &[Hir]) -> Result<Self, String> {
        let patterns = Anchored::new(patterns, Direction::Forward, CACHE)?;
        let starts = Starts::learn(patterns.dfa());
        let learner = patterns.clone();
        let kept = PerThread::new(move || Kept { cache: learner.cache(), barren: Barren::default() });
        Ok(Self { patterns, kept, starts })
    }

    /// A handle for searching one text.
    pub(super) fn session(&self) -> Session<'_> {
        Session { engine: self, kept: self.kept.get(), seen: 0 }
    }
}

/// Searches with a borrowed cache.
pub(super) struct Session<'e> {
    engine: &'e Engine,
    kept: Own<'e, Kept>,
    /// How far searches have looked since [`Session::begin`].
    seen: usize,
}

impl Session<'_> {
    /// The next place at or after `from` where a pattern may begin.
    pub(super) fn next_start(&self, text: &[u8], from: usize) -> Option<usize> {
        self.engine.starts.next(text, from)
    }

    /// Whether a pattern may begin at `at`.
    pub(super) fn may_begin(&mut self, text: &[u8], at: usize) -> bool {
        self.look(at + LONG);
        self.engine.starts.check(text, at)
    }

    /// Begins an attempt at `at`; false where an earlier one has shown that it leads to nothing.
    pub(super) fn begin(&mut self, text: &[u8], at: usize) -> bool {
        self.seen = 0;
        !self.kept.barren.holds(text, at)
    }

    /// Tells that the attempt looks at the text up to `end`, or at more than what follows its beginning: `usize::MAX`.
    pub(super) fn look(&mut self, end: usize) {
        self.seen = self.seen.max(end);
    }

    /// Tells that the attempt at `at` led to nothing.
    pub(super) fn fail(&mut self, text: &[u8], at: usize) {
        self.kept.barren.note(text, at, self.seen);
    }

    /// All matches that begin at `at`.
    pub(super) fn matches(&mut self, text: &str, at: usize) -> Hits {
        let mut hits = Hits::new();
        let window = at..text.len().min(at + WINDOW);
        let found = |pattern, length| {
            hits.push(Hit { end: at + length, pattern });
            true
        };
        match self.engine.patterns.search(&mut self.kept.cache, text.as_bytes(), window, found) {
            Ended::Dead(length) => self.look(at + length),
            Ended::Open => self.look(usize::MAX),
        }
        hits
    }
}

/// Which bytes can begin a match: the first five, as bits by a hash. Digits lead to too many beginnings to list, so
/// three bytes must do where one is among them.
#[derive(Debug)]
struct Starts {
    long: Box<[u64; SLOTS / 64]>,
    short: Box<[u64; SLOTS / 64]>,
}

const SLOTS: usize = 1 << 16;
/// Bytes of a long and a short beginning.
const LONG: usize = 5;
const SHORT: usize = 3;

/// Multiplicative (Fibonacci) hashing of up to eight bytes.
fn slot(number: u64) -> usize {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize & (SLOTS - 1)
}

/// Bytes as one number, the first the highest.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

fn mark(bits: &mut [u64; SLOTS / 64], bytes: &[u8]) {
    let slot = slot(number(bytes));
    bits[slot / 64] |= 1 << (slot % 64);
}

fn marked(bits: &[u64; SLOTS / 64], number: u64) -> bool {
    let slot = slot(number);
    bits[slot / 64] >> (slot % 64) & 1 == 1
}

impl Starts {
    /// Follows the automaton over all beginnings that do not lead nowhere.
    fn learn(dfa: &DFA) -> Self {
        let mut starts = Self { long: Box::new([0; SLOTS / 64]), short: Box::new([0; SLOTS / 64]) };
        let mut cache = dfa.create_cache();
        match dfa.start_state_forward(&mut cache, &Input::new("").anchored(Anchor::Yes)) {
            Ok(state) => starts.visit(dfa, &mut cache, state, &mut [0; LONG], 0),
            // Without a start state nothing is known of beginnings: every place is looked at.
            Err(_) => starts.short.fill(u64::MAX),
        }
        starts
    }

    fn visit(
        &mut self,
        dfa: &DFA,
        cache: &mut Cache,
        state: LazyStateID,
        prefix: &mut [u8; LONG],
        depth: usize,
    ) {
        // Bytes of one class lead to the same state, and most lead nowhere.
        let mut nowhere = [false; 256];
        for byte in 0..=u8::MAX {
            let class = usize::from(dfa.byte_classes().get(byte));
            if nowhere[class] || !usual(&prefix[..depth], byte) {
                continue;
            }
            prefix[depth] = byte;
            let Ok(next) = dfa.next_state(cache, state, byte) else {
                mark(&mut self.short, &prefix[..SHORT]);
                continue;
            };
            let digits = prefix[..=depth].iter().any(u8::is_ascii_digit);
            if next.is_match() && matches!(byte, b' ' | b',' | b'.' | b';' | b':' | b')') {
                // A match ended before this byte: anything may follow.
                self.mark_any(*prefix, depth + 1);
            } else if next.is_dead() {
                nowhere[class] = true;
                continue;
            } else if digits && depth + 1 >= SHORT {
                mark(&mut self.short, &prefix[..SHORT]);
            } else if depth + 1 == LONG {
                mark(&mut self.long, &prefix[..]);
            }
            let more = depth + 1 < if digits { SHORT } else { LONG };
            if more && !next.is_dead() {
                self.visit(dfa, cache, next, prefix, depth + 1);
            }
        }
    }

    /// Marks every continuation of the first `known` bytes.
    fn mark_any(&mut self, prefix: [u8; LONG], known: usize) {
        if known == LONG {
            mark(&mut self.long, &prefix);
        } else {
            mark(&mut self.short, &prefix[..SHORT]);
        }
    }

    #[inline]
    fn check(&self, text: &[u8], at: usize) -> bool {
        let Some(rest) = text.get(at..) else { return false };
        if let Some(bytes) = rest.first_chunk::<8>() {
            let head = u64::from_be_bytes(*bytes);
            return marked(&self.long, head >> (64 - 8 * LONG))
                || marked(&self.short, head >> (64 - 8 * SHORT));
        }
        let long = rest.get(..LONG).is_some_and(|bytes| marked(&self.long, number(bytes)));
        long || rest.get(..SHORT).is_some_and(|bytes| marked(&self.short, number(bytes)))
    }

    /// No pattern matches less than three bytes, so the last two places need no look.
    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        if (from == 0 || !continues_word(text, from - 1)) && self.check(text, from) {
            return Some(from);
        }
        let (chunks, rest) = text.get(from..)?.as_chunks::<8>();
        for (i, chunk) in chunks.iter().enumerate() {
            let mut marks = marks(u64::from_le_bytes(*chunk));
            while marks != 0 {
                let at = from + 8 * i + marks.trailing_zeros() as usize / 8;
                if let Some(begin) = self.behind_mark(text, at) {
                    return Some(begin);
                }
                marks &= marks - 1;
            }
        }
        (text.len() - rest.len()..text.len()).find_map(|at| self.behind_mark(text, at))
    }

    /// The place behind the mark that begins at `at`, if a word may begin a match there.
    fn behind_mark(&self, text: &[u8], at: usize) -> Option<usize> {
        let begin = at + if text[at] == 0xE2 { 3 } else { 1 };
        (self.check(text, begin) && !continues_word(text, begin - 1)).then_some(begin)
    }
}

/// The high bits of those bytes of `x` that are ASCII marks or spaces (below `0`) or begin a dash or quotation mark
/// (E2). A byte above a found one may be found in error; the caller looks again.
fn marks(x: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let low = x.wrapping_sub(ONES * 0x30) & !x;
    let other = x ^ (ONES * 0xE2);
    let dash = other.wrapping_sub(ONES) & !other;
    (low | dash) & HIGH
}

/// Whether the character that ends with byte `at` is part of a word. Of the characters beyond ASCII, only the
/// quotation marks, dashes and spaces that stand in news are none.
fn continues_word(text: &[u8], at: usize) -> bool {
    let byte = text[at];
    if byte < 0x80 {
        return byte.is_ascii_alphanumeric();
    }
    let mark = at >= 2 && text[at - 1] == 0x80 && text[at - 2] == 0xE2;
    let space = at >= 1 && text[at - 1] == 0xC2;
    !mark && !space
}

/// Whether `byte` goes on after `prefix` as normalized Vietnamese does: words one space apart, in small letters,
/// capitalized or in capitals, and of the letters beyond ASCII only those of Vietnamese (in UTF-8 C3 xx, C4 xx, C6 xx,
/// Ũ and ũ, E1 BA xx and E1 BB xx).
fn usual(prefix: &[u8], byte: u8) -> bool {
    let last = prefix.last().copied().unwrap_or(b' ');
    let letter = match (last, byte) {
        (0xE1, _) => matches!(byte, 0xBA | 0xBB),
        (0xC5, _) => matches!(byte, 0xA8 | 0xA9),
        (b' ', b' ') | (_, ..b' ' | 0x7F) => false,
        (_, 0xC0..) => matches!(byte, 0xC3..=0xC6 | 0xE1),
        _ => true,
    };
    let small_first = prefix.first().is_some_and(u8::is_ascii_lowercase) && !prefix.contains(&b' ');
    letter && !(byte.is_ascii_uppercase() && (last.is_ascii_lowercase() || small_first))
}

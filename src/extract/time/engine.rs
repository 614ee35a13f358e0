//! Many anchored patterns at once: where a match may begin is found by three bytes, what matches there by one
//! lazily built automaton for all patterns.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa::{Cache, DFA, OverlappingState};
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};

/// No expression is longer than this many bytes; it bounds the work at any place of any text.
const WINDOW: usize = 192;
/// Matches kept for one place, the longest ones.
const KEPT: usize = 8;

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// Compiled patterns.
pub(super) struct Engine {
    dfa: DFA,
    pool: Pool<Cache, MakeCache>,
    starts: Starts,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("patterns", &self.dfa.pattern_len()).finish_non_exhaustive()
    }
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
    /// Compiles patterns, which match in any letter case.
    ///
    /// # Errors
    /// What the regex compiler says.
    pub(super) fn new(patterns: &[String]) -> Result<Self, String> {
        let config = DFA::config()
            .match_kind(MatchKind::All)
            .starts_for_each_pattern(false)
            .cache_capacity(8 << 20)
            .skip_cache_capacity_check(true);
        let dfa = DFA::builder()
            .configure(config)
            .syntax(syntax::Config::new().case_insensitive(true))
            .build_many(patterns)
            .map_err(|error| error.to_string())?;
        let starts = Starts::learn(&dfa);
        let maker = dfa.clone();
        let make: MakeCache = Box::new(move || maker.create_cache());
        Ok(Self { dfa, pool: Pool::new(make), starts })
    }

    /// A handle for searching one text.
    pub(super) fn session(&self) -> Session<'_> {
        Session { engine: self, cache: self.pool.get() }
    }
}

/// Searches with a borrowed cache.
pub(super) struct Session<'e> {
    engine: &'e Engine,
    cache: PoolGuard<'e, Cache, MakeCache>,
}

impl Session<'_> {
    /// The next place at or after `from` where a pattern may begin.
    pub(super) fn next_start(&self, text: &[u8], from: usize) -> Option<usize> {
        self.engine.starts.next(text, from)
    }

    /// All matches that begin at `at`.
    pub(super) fn matches(&mut self, text: &str, at: usize) -> Hits {
        let mut hits = Hits::new();
        let end = text.len().min(at + WINDOW);
        let input = Input::new(text.as_bytes()).range(at..end).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        while self.engine.dfa.try_search_overlapping_fwd(&mut self.cache, &input, &mut state).is_ok() {
            let Some(found) = state.get_match() else { break };
            hits.push(Hit { end: found.offset(), pattern: found.pattern().as_usize() });
        }
        hits
    }
}

/// Which three bytes can begin a match.
#[derive(Debug)]
struct Starts {
    bits: Box<[u64; SLOTS / 64]>,
}

const SLOTS: usize = 1 << 15;

fn slot(bytes: &[u8]) -> usize {
    (usize::from(bytes[0]) ^ (usize::from(bytes[1]) << 5) ^ (usize::from(bytes[2]) << 9)) & (SLOTS - 1)
}

impl Starts {
    /// Follows the automaton over all beginnings that do not lead nowhere.
    fn learn(dfa: &DFA) -> Self {
        let mut bits = Box::new([0; SLOTS / 64]);
        let mut cache = dfa.create_cache();
        let mut prefix = [0; 3];
        visit(dfa, &mut cache, &mut prefix, 0, &mut |bytes| {
            bits[slot(bytes) / 64] |= 1 << (slot(bytes) % 64)
        });
        Self { bits }
    }

    fn may_begin(&self, bytes: &[u8]) -> bool {
        let slot = slot(bytes);
        self.bits[slot / 64] >> (slot % 64) & 1 == 1
    }

    /// No pattern matches less than three bytes, so the last two places need no look.
    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut inside = from > 0 && text[from - 1].is_ascii_alphanumeric();
        for (offset, bytes) in text.get(from..)?.windows(3).enumerate() {
            if !inside && self.may_begin(bytes) && begins_word(text, from + offset) {
                return Some(from + offset);
            }
            inside = bytes[0].is_ascii_alphanumeric();
        }
        None
    }
}

/// Whether no letter or digit stands directly before `at`.
fn begins_word(text: &[u8], at: usize) -> bool {
    if at == 0 || text[at - 1].is_ascii() {
        return true;
    }
    let begin =
        (1..=3).rev().find(|n| at >= n + 1 && text[at - n - 1] >= 0xC0).map_or(at - 1, |n| at - n - 1);
    let last = std::str::from_utf8(&text[begin..at]).ok().and_then(|s| s.chars().last());
    text[at] & 0xC0 != 0x80 && !last.is_some_and(char::is_alphanumeric)
}

fn visit(dfa: &DFA, cache: &mut Cache, prefix: &mut [u8; 3], depth: usize, mark: &mut impl FnMut(&[u8])) {
    for byte in 0..=u8::MAX {
        prefix[depth] = byte;
        if !alive(dfa, cache, &prefix[..=depth]) {
            continue;
        }
        if depth == 2 { mark(prefix) } else { visit(dfa, cache, prefix, depth + 1, mark) }
    }
}

fn alive(dfa: &DFA, cache: &mut Cache, prefix: &[u8]) -> bool {
    let input = Input::new(prefix).anchored(Anchored::Yes);
    let Ok(mut state) = dfa.start_state_forward(cache, &input) else { return true };
    for &byte in prefix {
        match dfa.next_state(cache, state, byte) {
            Ok(next) => state = next,
            Err(_) => return true,
        }
    }
    !state.is_dead()
}

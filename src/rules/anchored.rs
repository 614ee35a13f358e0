//! Patterns that begin or end at a given place of a text, all at once as one automaton that is built while it runs.

use std::fmt;
use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::LazyStateID;
pub(crate) use regex_automata::hybrid::dfa::Cache;
use regex_automata::hybrid::dfa::DFA;
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::{Anchored as Anchor, Input, MatchKind};
use regex_syntax::hir::Hir;

/// Largest automaton before it is made deterministic, in bytes.
const NFA_LIMIT: usize = 64 << 20;

/// Which way the text is read from the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Matches begin at the place.
    Forward,
    /// Matches end at the place.
    Backward,
}

/// Patterns as an automaton.
#[derive(Debug, Clone)]
pub(crate) struct Anchored {
    dfa: DFA,
    direction: Direction,
}

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// After so many bytes nothing else could match.
    Dead(usize),
    /// The window was read to its end, or the search was broken off.
    Open,
}

impl Anchored {
    /// Compiles patterns. What the automaton learns is kept in caches of at most `capacity` bytes.
    ///
    /// # Errors
    /// What the regex compiler says.
    pub(crate) fn new(patterns: &[Hir], direction: Direction, capacity: usize) -> Result<Self, String> {
        let backward = direction == Direction::Backward;
        let nfa = thompson::Config::new()
            .reverse(backward)
            // Reversed classes of letters share nothing unless told to; every state that is built would pay for it.
            .shrink(backward && patterns.len() > 1)
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(NFA_LIMIT));
        let nfa = thompson::Compiler::new().configure(nfa).build_many_from_hir(patterns);
        let config =
            DFA::config().match_kind(MatchKind::All).skip_cache_capacity_check(true).cache_capacity(capacity);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa.map_err(|e| e.to_string())?);
        Ok(Self { dfa: dfa.map_err(|e| e.to_string())?, direction })
    }

    /// An empty cache for [`Self::search`].
    pub(crate) fn cache(&self) -> Cache {
        self.dfa.create_cache()
    }

    /// The automaton.
    pub(crate) fn dfa(&self) -> &DFA {
        &self.dfa
    }

    /// Tells `found` of each pattern that matches at the place and of how many bytes, from short to long; it says
    /// whether to go on. The place is the beginning of `window` or, backward, its end; matches lie in `window`, but may
    /// look at the character next to either of its ends.
    #[inline]
    pub(crate) fn search(
        &self,
        cache: &mut Cache,
        text: &[u8],
        window: Range<usize>,
        found: impl FnMut(usize, usize) -> bool,
    ) -> Ended {
        let input = Input::new(text).range(window.clone()).anchored(Anchor::Yes);
        let inside = text[window.clone()].iter().copied();
        match self.direction {
            Direction::Forward => match self.dfa.start_state_forward(cache, &input) {
                Ok(start) => self.walk(cache, start, inside, text.get(window.end).copied(), found),
                Err(_) => Ended::Open,
            },
            Direction::Backward => match self.dfa.start_state_reverse(cache, &input) {
                Ok(start) => {
                    let outside = text[..window.start].last().copied();
                    self.walk(cache, start, inside.rev(), outside, found)
                }
                Err(_) => Ended::Open,
            },
        }
    }

    /// Feeds the automaton the bytes `inside` a window and the one behind it.
    #[inline]
    fn walk(
        &self,
        cache: &mut Cache,
        mut state: LazyStateID,
        inside: impl Iterator<Item = u8>,
        outside: Option<u8>,
        mut found: impl FnMut(usize, usize) -> bool,
    ) -> Ended {
        let mut length = 0;
        for byte in inside {
            let Ok(next) = self.dfa.next_state(cache, state, byte) else { return Ended::Open };
            state = next;
            if state.is_tagged() {
                if state.is_dead() {
                    return Ended::Dead(length + 1);
                }
                if state.is_quit() || !self.tell(cache, state, length, &mut found) {
                    return Ended::Open;
                }
            }
            length += 1;
        }
        let last = match outside {
            Some(byte) => self.dfa.next_state(cache, state, byte),
            None => self.dfa.next_eoi_state(cache, state),
        };
        if let Ok(last) = last {
            self.tell(cache, last, length, &mut found);
        }
        Ended::Open
    }

    /// Tells of the patterns that match `length` bytes where `state` is a match, which shows one byte late.
    fn tell(
        &self,
        cache: &Cache,
        state: LazyStateID,
        length: usize,
        found: &mut impl FnMut(usize, usize) -> bool,
    ) -> bool {
        !state.is_match()
            || (0..self.dfa.match_len(cache, state))
                .all(|i| found(self.dfa.match_pattern(cache, state, i).as_usize(), length))
    }
}

type Make<T> = Box<dyn Fn() -> T + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// What each thread keeps for itself between searches.
pub(crate) struct PerThread<T>(Pool<T, Make<T>>);

/// What this thread keeps.
pub(crate) type Own<'p, T> = PoolGuard<'p, T, Make<T>>;

impl<T> PerThread<T> {
    /// Will `make` it for every thread that asks.
    pub(crate) fn new(make: impl Fn() -> T + Send + Sync + UnwindSafe + RefUnwindSafe + 'static) -> Self {
        Self(Pool::new(Box::new(make)))
    }
}

impl<T: Send> PerThread<T> {
    /// That of this thread.
    pub(crate) fn get(&self) -> Own<'_, T> {
        self.0.get()
    }
}

impl<T> fmt::Debug for PerThread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerThread").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::narrow;

    #[test]
    fn every_pattern_is_told_of_with_its_length() {
        let patterns = ["tăng", r"\w+", "tăng mạnh"].map(|p| narrow(p, true).unwrap());
        let text = "đã TĂNG mạnh!".as_bytes();
        for (direction, window, expected) in [
            (Direction::Forward, 5..17, vec![(1, 1), (1, 3), (1, 4), (0, 5), (1, 5), (2, 12)]),
            (Direction::Backward, 0..10, vec![(1, 1), (1, 2), (1, 4), (0, 5), (1, 5)]),
        ] {
            let automaton = Anchored::new(&patterns, direction, 1 << 20).unwrap();
            let mut found = Vec::new();
            automaton.search(&mut automaton.cache(), text, window, |pattern, length| {
                found.push((pattern, length));
                true
            });
            found.sort_by_key(|&(pattern, length)| (length, pattern));
            assert_eq!(found, expected);
        }
    }
}

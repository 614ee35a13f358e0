//! Patterns that begin or end at a given place of a text, all at once as one automaton that is built while it runs.
//!
//! It reads characters rather than bytes, grouped by what patterns ask for ([`alphabet`]). What is learned is kept
//! state by state and step by step ([`learned`]): a state of many patterns has one or two steps that texts ever take.

mod alphabet;
mod learned;
mod nfa;

use std::ops::Range;

use regex_syntax::hir::Hir;

pub(crate) use self::learned::{Cache, StateId};
use self::nfa::Nfa;

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
    nfa: Nfa,
    direction: Direction,
    capacity: usize,
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
    /// Compiles patterns. What the automaton learns is kept in caches of about `capacity` bytes.
    ///
    /// # Errors
    /// What cannot be compiled.
    pub(crate) fn new(patterns: &[Hir], direction: Direction, capacity: usize) -> Result<Self, String> {
        Ok(Self { nfa: Nfa::new(patterns, direction)?, direction, capacity })
    }

    /// An empty cache for [`Self::search`].
    pub(crate) fn cache(&self) -> Cache {
        Cache::new(&self.nfa, self.capacity)
    }

    /// The state before any character of a text that goes on on both sides.
    pub(crate) fn start(&self, cache: &mut Cache) -> StateId {
        cache.start(&self.nfa, false)
    }

    /// Of these characters, those that go on from a state.
    pub(crate) fn next_chars(&self, cache: &Cache, state: StateId, of: &[char]) -> Vec<char> {
        let awaited = cache.awaited(&self.nfa, state);
        of.iter().copied().filter(|c| nfa::has(&awaited, self.nfa.alphabet.symbol(*c))).collect()
    }

    /// The state behind a character.
    pub(crate) fn step(&self, cache: &mut Cache, state: StateId, c: char) -> StateId {
        cache.step(&self.nfa, state, self.nfa.alphabet.symbol(c))
    }

    /// Tells `found` of each pattern that matches at the place and of how many bytes, from short to long; it says
    /// whether to go on. The place is the beginning of `window` or, backward, its end; matches lie in `window`.
    #[inline]
    pub(crate) fn search(
        &self,
        cache: &mut Cache,
        text: &str,
        window: Range<usize>,
        found: impl FnMut(usize, usize) -> bool,
    ) -> Ended {
        cache.make_room();
        let (first, last) = (window.start == 0, window.end == text.len());
        let inside = text[window].chars();
        match self.direction {
            Direction::Forward => self.walk(cache, inside, (first, last), found),
            Direction::Backward => self.walk(cache, inside.rev(), (last, first), found),
        }
    }

    /// Feeds the automaton characters; the text ends before the first and behind the last as `ends` says.
    #[inline]
    fn walk(
        &self,
        cache: &mut Cache,
        inside: impl Iterator<Item = char>,
        ends: (bool, bool),
        mut found: impl FnMut(usize, usize) -> bool,
    ) -> Ended {
        let mut tell = |cache: &Cache, state: StateId, length| {
            !state.is_match() || cache.patterns(state).iter().all(|&pattern| found(pattern as usize, length))
        };
        let mut state = cache.start(&self.nfa, ends.0);
        let mut length = 0;
        for c in inside {
            if !tell(cache, state, length) {
                return Ended::Open;
            }
            state = cache.step(&self.nfa, state, self.nfa.alphabet.symbol(c));
            length += c.len_utf8();
            if state == StateId::DEAD {
                return Ended::Dead(length);
            }
        }
        if tell(cache, state, length) && ends.1 {
            let last = cache.end(&self.nfa, state);
            tell(cache, last, length);
        }
        Ended::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse;

    #[test]
    fn every_pattern_is_told_of_with_its_length() {
        let patterns = ["tăng", r"\w+", "tăng mạnh"].map(|p| parse(p, true).unwrap());
        let text = "đã TĂNG mạnh!";
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

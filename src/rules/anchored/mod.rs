//! Patterns that begin or end at a given place of a text, all at once as one automaton that is built while it runs.
//!
//! It reads characters rather than bytes, grouped by what patterns ask for ([`alphabet`]). What is learned is kept
//! state by state and step by step ([`lazy_dfa`]): a state of many patterns has one or two steps that texts ever take.

mod alphabet;
mod lazy_dfa;
mod nfa;
mod node_set;
mod packed;
mod state_id;
mod step_table;

use std::ops::Range;

use regex_syntax::hir::Hir;

pub(crate) use self::lazy_dfa::{Cache, CacheSize};
use self::nfa::Nfa;
pub(crate) use self::state_id::StateId;

/// Which way the text is read from the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Matches begin at the place.
    Forward,
    /// Matches end at the place.
    Backward,
}

/// Patterns as an automaton.
#[derive(Debug)]
pub(crate) struct Anchored {
    nfa: Nfa,
    direction: Direction,
    capacity: usize,
}

/// A pattern that no automaton can be built of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unbuildable {
    /// Its index.
    pub(crate) pattern: usize,
    /// What is wrong with it.
    pub(crate) message: String,
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
    /// The first pattern that cannot be compiled.
    pub(crate) fn new(patterns: &[Hir], direction: Direction, capacity: usize) -> Result<Self, Unbuildable> {
        Ok(Self { nfa: Nfa::new(patterns, direction)?, direction, capacity })
    }

    /// An empty cache for [`Self::search`].
    pub(crate) fn cache(&self) -> Cache {
        self.cache_size().cache()
    }

    /// What makes such caches.
    pub(crate) fn cache_size(&self) -> CacheSize {
        let Nfa { nodes, alphabet, .. } = &self.nfa;
        CacheSize { symbols: alphabet.len(), nodes: nodes.len(), capacity: self.capacity }
    }

    /// The state before any character of a text that goes on on both sides.
    pub(crate) fn start(&self, cache: &mut Cache) -> StateId {
        cache.start(&self.nfa, false)
    }

    /// Of these characters, those that go on from a state.
    pub(crate) fn next_chars(&self, cache: &Cache, state: StateId, of: &[char]) -> Vec<char> {
        let awaited = cache.awaited(&self.nfa, state);
        let goes_on = |c: &char| {
            let held = self.nfa.sets_with(self.nfa.alphabet.symbol(*c));
            awaited.iter().any(|set| held.has(*set))
        };
        of.iter().copied().filter(goes_on).collect()
    }

    /// The state behind a character.
    pub(crate) fn step(&self, cache: &mut Cache, state: StateId, c: char) -> StateId {
        cache.step(&self.nfa, state, self.nfa.alphabet.symbol(c))
    }

    /// Tells `found` which patterns match at the place, ascending, and of how many bytes, from short to long; it says
    /// whether to go on. The place is the beginning of `window` or, backward, its end; matches lie in `window`.
    #[inline]
    pub(crate) fn search(
        &self,
        cache: &mut Cache,
        text: &str,
        window: Range<usize>,
        found: impl FnMut(&[u32], usize) -> bool,
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
        mut found: impl FnMut(&[u32], usize) -> bool,
    ) -> Ended {
        let mut state = cache.start(&self.nfa, ends.0);
        let mut length = 0;
        for c in inside {
            if state.is_match() && !found(cache.patterns(state), length) {
                return Ended::Open;
            }
            state = cache.step(&self.nfa, state, self.nfa.alphabet.symbol(c));
            length += c.len_utf8();
            if state == StateId::DEAD {
                return Ended::Dead(length);
            }
        }
        let goes_on = !state.is_match() || found(cache.patterns(state), length);
        if goes_on && ends.1 {
            let last = cache.end(&self.nfa, state);
            if last.is_match() {
                found(cache.patterns(last), length);
            }
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
            automaton.search(&mut automaton.cache(), text, window, |patterns, length| {
                found.extend(patterns.iter().map(|&pattern| (pattern as usize, length)));
                true
            });
            found.sort_by_key(|&(pattern, length)| (length, pattern));
            assert_eq!(found, expected);
        }
    }

    /// All pairs of pattern and length, sorted.
    fn all(automaton: &Anchored, cache: &mut Cache, text: &str, window: Range<usize>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        automaton.search(cache, text, window, |patterns, length| {
            found.extend(patterns.iter().map(|&pattern| (pattern as usize, length)));
            true
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn it_matches_what_the_regex_crate_matches() {
        let patterns = [
            r"(?:tăng|giảm)(?: hơn)? ",
            r"\w+",
            r"[^,.;]{2,5}?",
            r"(?:a|ab){1,3}b?",
            r"(?:tăng|tăng hơn|t[aă]|tă|ab?a|(?:ab|)+)",
            r"(?-i:\p{Lu})\p{L}*",
            r"\s*\d{1,3}(?:[.,]\d{3})*(?: ?%)?",
            r"(?:)",
            r"(?:x*y?)*…",
        ];
        let texts = ["tăng hơn 1.200,5 %", "ababab", "Đà Nẵng, GIẢM ", "xyxxy…“12”", "", "😀😀…a"];
        let parsed = patterns.map(|p| parse(p, true).unwrap());
        for direction in [Direction::Forward, Direction::Backward] {
            // The second forgets all it knows whenever it is asked.
            for capacity in [1 << 20, 0] {
                let automaton = Anchored::new(&parsed, direction, capacity).unwrap();
                let mut cache = automaton.cache();
                for text in texts.into_iter().chain(texts) {
                    let ends = (0..=text.len()).filter(|&at| text.is_char_boundary(at));
                    let mut expected = Vec::new();
                    for (at, (index, pattern)) in
                        ends.flat_map(|at| patterns.iter().enumerate().map(move |p| (at, p)))
                    {
                        let (part, length) = match direction {
                            Direction::Forward => (&text[..at], at),
                            Direction::Backward => (&text[at..], text.len() - at),
                        };
                        let whole = regex::Regex::new(&format!(r"(?i)\A(?:{pattern})\z")).unwrap();
                        if whole.is_match(part) {
                            expected.push((index, length));
                        }
                    }
                    expected.sort_unstable();
                    assert_eq!(all(&automaton, &mut cache, text, 0..text.len()), expected, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_search_goes_on_where_there_are_more_states_than_numbers() {
        // A state for every one of the last sixteen letters, and pseudorandom letters that lead to most of them.
        let pattern = parse("(?-i:[ab]*a[ab]{15})", true).unwrap();
        let automaton = Anchored::new(&[pattern], Direction::Forward, usize::MAX).unwrap();
        let bits = std::iter::successors(Some(1_u32), |bits| {
            Some(bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223))
        });
        let text: String = bits.take(100_000).map(|bits| if bits >> 31 == 0 { 'a' } else { 'b' }).collect();
        let expected: Vec<_> =
            (16..=text.len()).filter(|&at| text.as_bytes()[at - 16] == b'a').map(|at| (0, at)).collect();
        assert_eq!(all(&automaton, &mut automaton.cache(), &text, 0..text.len()), expected);
    }

    #[test]
    fn ends_of_the_text_are_not_those_of_the_window() {
        let patterns = ["a$", "(?:^|b)a", "^a$"].map(|p| parse(p, true).unwrap());
        let forward = Anchored::new(&patterns, Direction::Forward, 1 << 20).unwrap();
        let backward = Anchored::new(&patterns, Direction::Backward, 1 << 20).unwrap();
        for (automaton, text, window, expected) in [
            (&forward, "a", 0..1, vec![(0, 1), (1, 1), (2, 1)]),
            (&forward, "ba", 0..2, vec![(1, 2)]),
            (&forward, "ba", 1..2, vec![(0, 1)]),
            (&forward, "ab", 0..1, vec![(1, 1)]),
            (&backward, "ba", 0..2, vec![(0, 1), (1, 2)]),
            (&backward, "ba", 1..2, vec![(0, 1)]),
            (&backward, "ab", 0..1, vec![(1, 1)]),
        ] {
            assert_eq!(
                all(automaton, &mut automaton.cache(), text, window.clone()),
                expected,
                "{text} {window:?}"
            );
        }
    }

    #[test]
    fn a_pattern_that_cannot_be_compiled_is_named() {
        let patterns = ["a", r"b|\ba", r"\Bc"].map(|p| parse(p, true).unwrap());
        let broken = Anchored::new(&patterns, Direction::Forward, 0).unwrap_err();
        assert_eq!(broken.pattern, 1);
    }
}

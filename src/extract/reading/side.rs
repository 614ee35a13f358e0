//! The patterns for the text on one side of numbers, as automata.
//!
//! A pattern with a gap (*Luật* and up to four words) goes on through words of any kind. In one automaton with all others,
//! each word that texts have there would make states of its own. So such patterns are apart, and first without their
//! counts, which would make them once more for each word of the gap. Of those with counts few match so; their counts
//! are then looked at one by one.

use regex_syntax::hir::{Class, ClassBytesRange, ClassUnicodeRange, Hir, HirKind};

use super::window::{is_word_edge, window_after, window_before};
use crate::rules::{Anchored, Cache, Direction, Unbuildable, uncounted};

/// Bytes that what a thread has learned of an automaton of many patterns may take.
const CACHE: usize = 1 << 20;

/// Bytes that what a thread has learned of the automaton of one pattern may take.
const CACHE_OF_ONE: usize = 128 << 10;

/// Most characters of a class whose repetition makes no gap: digits with their marks, not letters.
const FEW_CHARS: usize = 16;

/// All patterns of one side.
#[derive(Debug)]
pub(super) struct Side {
    direction: Direction,
    /// Those without gaps.
    tight: Part,
    /// Those with gaps, repeated more often than they say.
    lifted: Part,
    /// Those with gaps and counts, one by one.
    counted: Vec<Part>,
    /// Pattern → its place among these.
    count_of: Vec<Option<usize>>,
}

/// What a thread has learned of a [`Side`].
#[derive(Debug)]
pub(super) struct SideCache {
    tight: Cache,
    lifted: Cache,
    counted: Vec<Cache>,
    /// The counted ones that match without their counts.
    to_count: Vec<usize>,
}

/// Some patterns of a side.
#[derive(Debug)]
struct Part {
    automaton: Anchored,
    /// Which they are.
    patterns: Vec<usize>,
}

/// Where the patterns of one side matched around one number.
#[derive(Debug, Default)]
pub(super) struct SideMatches {
    /// Pattern → the far end of its longest match.
    pub(super) ends: Vec<Option<usize>>,
    /// Patterns that matched.
    pub(super) matched: Vec<usize>,
}

impl Side {
    /// Compiles patterns that match away from a number.
    ///
    /// # Errors
    /// A pattern that is too large, or asks for what an automaton cannot tell.
    pub(super) fn compile(patterns: Vec<Hir>, direction: Direction) -> Result<Self, Unbuildable> {
        let mut count_of = vec![None; patterns.len()];
        let (mut tight, mut lifted, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        for (index, hir) in patterns.into_iter().enumerate() {
            match has_gap(&hir).then(|| uncounted(&hir)) {
                None => tight.push((index, hir)),
                Some(None) => lifted.push((index, hir)),
                Some(Some(without)) => {
                    count_of[index] = Some(counted.len());
                    lifted.push((index, without));
                    counted.push(Part::compile(vec![(index, hir)], direction)?);
                }
            }
        }
        let [tight, lifted] = [tight, lifted].map(|part| Part::compile(part, direction));
        Ok(Self { direction, tight: tight?, lifted: lifted?, counted, count_of })
    }

    /// Scratch space for [`Self::search`].
    pub(super) fn cache(&self) -> SideCache {
        SideCache {
            tight: self.tight.automaton.cache(),
            lifted: self.lifted.automaton.cache(),
            counted: self.counted.iter().map(|part| part.automaton.cache()).collect(),
            to_count: Vec::new(),
        }
    }

    /// Space for what [`Self::search`] finds.
    pub(super) fn no_matches(&self) -> SideMatches {
        SideMatches { ends: vec![None; self.count_of.len()], matched: Vec::new() }
    }

    /// Which patterns match from `at` away from the number, up to the edge of a word.
    pub(super) fn search(&self, text: &str, at: usize, cache: &mut SideCache, matches: &mut SideMatches) {
        matches.clear();
        self.search_part(&self.tight, text, at, &mut cache.tight, |pattern, end| matches.add(pattern, end));
        let SideCache { lifted, counted, to_count, .. } = cache;
        self.search_part(&self.lifted, text, at, lifted, |pattern, end| match self.count_of[pattern] {
            Some(place) if to_count.contains(&place) => {}
            Some(place) => to_count.push(place),
            None => matches.add(pattern, end),
        });
        for place in to_count.drain(..) {
            let add = |pattern, end| matches.add(pattern, end);
            self.search_part(&self.counted[place], text, at, &mut counted[place], add);
        }
    }

    fn search_part(
        &self,
        part: &Part,
        text: &str,
        at: usize,
        cache: &mut Cache,
        mut found: impl FnMut(usize, usize),
    ) {
        let forward = self.direction == Direction::Forward;
        let window = if forward { window_after(text, at) } else { window_before(text, at) };
        part.automaton.search(cache, text, window, |patterns, length| {
            let end = if forward { at + length } else { at - length };
            if forward && length == 0 || is_word_edge(text, end) {
                for &pattern in patterns {
                    found(part.patterns[pattern as usize], end);
                }
            }
            true
        });
    }
}

impl Part {
    fn compile(patterns: Vec<(usize, Hir)>, direction: Direction) -> Result<Self, Unbuildable> {
        let (patterns, syntax): (Vec<usize>, Vec<Hir>) = patterns.into_iter().unzip();
        let cache = if syntax.len() == 1 { CACHE_OF_ONE } else { CACHE };
        let automaton = Anchored::new(&syntax, direction, cache)
            .map_err(|error| Unbuildable { pattern: patterns[error.pattern], ..error })?;
        Ok(Self { automaton, patterns })
    }
}

impl SideMatches {
    fn clear(&mut self) {
        for pattern in self.matched.drain(..) {
            self.ends[pattern] = None;
        }
    }

    fn add(&mut self, pattern: usize, end: usize) {
        if self.ends[pattern].is_none() {
            self.matched.push(pattern);
        }
        self.ends[pattern] = Some(end);
    }
}

/// Whether a pattern goes through words of any kind.
fn has_gap(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(part) if part.max.is_none_or(|max| max > 1) && is_wide(&part.sub) => true,
        kind => kind.subs().iter().any(has_gap),
    }
}

/// Whether a pattern may be one character of many.
fn is_wide(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            class.iter().map(ClassUnicodeRange::len).sum::<usize>() > FEW_CHARS
        }
        HirKind::Class(Class::Bytes(class)) => {
            class.iter().map(ClassBytesRange::len).sum::<usize>() > FEW_CHARS
        }
        HirKind::Alternation(parts) => parts.iter().any(is_wide),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse;

    #[test]
    fn gaps_are_repeated_letters() {
        for (pattern, gap) in [
            (r"\p{L}+ ", true),
            ("a (?:b|[^.]{2,})?", true),
            (r"(?:\p{L}|hd\+)+", true),
            (r"\d{1,3}\s+k?", false),
        ] {
            assert_eq!(has_gap(&parse(pattern, true).unwrap()), gap, "{pattern}");
        }
    }

    #[test]
    fn the_words_of_gaps_are_counted() {
        let patterns = [r"luật (?:\p{L}+ ){0,2}", "số ", r"\p{L}+ (?:số )?", r"này (?:\p{L}+ ){0,2}"];
        let patterns = patterns.map(|pattern| parse(pattern, true).unwrap());
        let side = Side::compile(patterns.into(), Direction::Backward).unwrap();
        let (mut cache, mut matches) = (side.cache(), side.no_matches());
        for (text, ends) in [
            ("Luật này số 5", [Some(0), Some(12), Some(7), Some(7)]),
            ("Luật này có số 5", [None, Some(16), Some(12), Some(7)]),
            ("Luật 5", [Some(0), None, Some(0), None]),
        ] {
            side.search(text, text.len() - 1, &mut cache, &mut matches);
            assert_eq!(matches.ends, ends, "{text}");
        }
    }
}

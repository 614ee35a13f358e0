//! Patterns that look further off than the words next to a number.
//!
//! The patterns of a [`super::context::ContextSet`] run all at once, which stays cheap only while they are short:
//! together, patterns with gaps make more states than can be kept. Those run one by one, and only for rules whose
//! other conditions hold.

use memchr::memmem::Finder;
use once_cell::sync::OnceCell;
use regex_syntax::hir::Hir;

use super::bit_set::BitSet;
use super::needed::NeededWords;
use super::window::{window_after, window_before};
use crate::rules::{Anchored, Cache, Direction, Groups, Pattern, PerThread, uncounted};
use crate::text::capitalized;

/// Bytes that what a thread has learned of one pattern may take.
const CACHE: usize = 1 << 20;

/// What stands before a word. Letters of both cases are meant in any case: to look for the other case of each of 130,000 takes
/// more time than to read the rest of most patterns. U+0345 is no letter, but the other case of one.
const EDGE: &str = r"(?:^|(?-i:[^\p{L}\p{N}\x{345}]))";

/// Built when it is first asked; none where that fails, so that the pattern is asked itself.
type Lazily<T> = OnceCell<Option<T>>;

/// A pattern for the text on one side of a number.
#[derive(Debug)]
pub(crate) struct Far {
    pattern: Pattern,
    direction: Direction,
    automaton: Lazily<Automaton>,
    /// Literal words one of which must stand in the window; none: not looked for.
    needs: Vec<Finder<'static>>,
    /// One bit for each of them among those of all patterns.
    bits: BitSet,
}

/// A pattern as automata.
#[derive(Debug)]
struct Automaton {
    /// The pattern, or one without its counts that matches wherever it does and hardly anywhere else.
    first: Learning,
    /// The pattern, where the first has no counts.
    counted: Option<Lazily<Learning>>,
}

/// An automaton with what each thread has learned of it.
#[derive(Debug)]
struct Learning {
    pattern: Anchored,
    caches: PerThread<Cache>,
}

impl Far {
    /// A pattern for text that ends at an offset.
    ///
    /// # Errors
    /// What keeps it from being one.
    pub(super) fn earlier(pattern: &str) -> Result<Self, String> {
        // A pattern that begins with white space begins at a word's edge in any case.
        let edge = if pattern.starts_with(r"\s") { "" } else { EDGE };
        Self::new(&format!("{edge}(?:{pattern})$"), Direction::Backward)
    }

    /// A pattern for text that begins at an offset.
    ///
    /// # Errors
    /// What keeps it from being one.
    pub(super) fn later(pattern: &str) -> Result<Self, String> {
        Self::new(&format!("^(?:{pattern})"), Direction::Forward)
    }

    fn new(anchored: &str, direction: Direction) -> Result<Self, String> {
        Ok(Self {
            pattern: Pattern::new(anchored, true)?,
            direction,
            automaton: OnceCell::new(),
            needs: Vec::new(),
            bits: BitSet::default(),
        })
    }

    /// The same pattern, asked only where one of `words` stands, in lower case or with a capital.
    pub(super) fn needing(mut self, words: &[String], needed: &mut NeededWords) -> Self {
        for word in words.iter().flat_map(|word| [word.clone(), capitalized(word)]) {
            self.needs.push(Finder::new(&word).into_owned());
            self.bits.insert(needed.add(word));
        }
        self
    }

    /// Whether it matches text that ends at `at`, where these of the needed words stand.
    pub(crate) fn holds_before(&self, text: &str, at: usize, present: &BitSet) -> bool {
        (self.needs.is_empty() || self.bits.intersects(present))
            && self.is_match(&text[window_before(text, at)])
    }

    /// Its groups in the text that ends at `at`.
    pub(crate) fn captures_before<'t>(&self, text: &'t str, at: usize) -> Option<Groups<'_, 't>> {
        self.pattern.captures(&text[window_before(text, at)])
    }

    /// Whether it matches text that begins at `at`.
    pub(crate) fn holds_after(&self, text: &str, at: usize) -> bool {
        self.is_match(&text[window_after(text, at)])
    }

    /// Its groups in the text that begins at `at`.
    pub(crate) fn captures_after<'t>(&self, text: &'t str, at: usize) -> Option<Groups<'_, 't>> {
        self.pattern.captures(&text[window_after(text, at)])
    }

    fn may_match(&self, window: &str) -> bool {
        self.needs.is_empty() || self.needs.iter().any(|word| word.find(window.as_bytes()).is_some())
    }

    fn is_match(&self, window: &str) -> bool {
        let Some(Automaton { first, counted }) = self.automaton.get_or_init(|| self.build()) else {
            return self.may_match(window) && self.pattern.is_match(window);
        };
        let counts = |counted: &Lazily<Learning>| {
            let counted = counted.get_or_init(|| Learning::new(self.pattern.syntax(), self.direction));
            counted.as_ref().map_or_else(|| self.pattern.is_match(window), |counted| counted.is_match(window))
        };
        first.is_match(window) && self.may_match(window) && counted.as_ref().is_none_or(counts)
    }

    fn build(&self) -> Option<Automaton> {
        let own = self.pattern.syntax();
        let lifted = uncounted(&own);
        let counted = lifted.is_some().then(OnceCell::new);
        Some(Automaton { first: Learning::new(lifted.unwrap_or(own), self.direction)?, counted })
    }
}

impl Learning {
    fn new(syntax: Hir, direction: Direction) -> Option<Self> {
        let pattern = Anchored::new(&[syntax], direction, CACHE).ok()?;
        let size = pattern.cache_size();
        Some(Self { pattern, caches: PerThread::new(move || size.cache()) })
    }

    fn is_match(&self, window: &str) -> bool {
        let mut matches = false;
        self.pattern.search(&mut self.caches.get(), window, 0..window.len(), |_, _| {
            matches = true;
            false
        });
        matches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_of_a_word_is_the_same_in_any_letter_case() {
        let syntax = |pattern: &str| Pattern::new(pattern, true).unwrap().syntax();
        assert_eq!(syntax(EDGE), syntax(r"(?:^|[^\p{L}\p{N}])"));
    }
}

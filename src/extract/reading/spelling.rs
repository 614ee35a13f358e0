//! Patterns that whole number expressions must match, asked all at once.

use regex_syntax::hir::Hir;
use toml::Spanned;

use crate::rules::{Anchored, Cache, Direction, Unbuildable, parse};

/// Bytes that what a thread has learned of the patterns may take.
const CACHE: usize = 1 << 20;

/// The patterns of all rules, each once, while they are gathered.
#[derive(Debug, Default)]
pub(crate) struct SpellingPatterns {
    texts: Vec<String>,
    syntax: Vec<Hir>,
}

/// The patterns of all rules.
#[derive(Debug)]
pub(crate) struct Spellings(Anchored);

/// Which patterns one number expression matches, and what a thread has learned of all.
#[derive(Debug)]
pub(crate) struct Spelled {
    cache: Cache,
    matched: Vec<bool>,
}

impl SpellingPatterns {
    /// The index of a pattern.
    ///
    /// # Errors
    /// What is wrong with its syntax.
    pub(crate) fn add(&mut self, pattern: &Spanned<String>) -> Result<usize, String> {
        let text = pattern.get_ref();
        if let Some(known) = self.texts.iter().position(|known| known == text) {
            return Ok(known);
        }
        self.syntax.push(parse(text, false).map_err(|e| e.to_string())?);
        self.texts.push(text.clone());
        Ok(self.texts.len() - 1)
    }

    /// All patterns as one automaton.
    ///
    /// # Errors
    /// The pattern that cannot be compiled.
    pub(crate) fn compile(&self) -> Result<Spellings, Unbuildable> {
        Anchored::new(&self.syntax, Direction::Forward, CACHE).map(Spellings)
    }
}

impl Spellings {
    /// Scratch space for one thread.
    pub(crate) fn scratch(&self) -> Spelled {
        Spelled { cache: self.0.cache(), matched: Vec::new() }
    }

    /// Takes note of which patterns a number expression matches.
    pub(crate) fn find_matches(&self, number: &str, spelled: &mut Spelled) {
        let Spelled { cache, matched } = spelled;
        matched.clear();
        self.0.search(cache, number, 0..number.len(), |patterns, length| {
            if length == number.len() {
                for &pattern in patterns {
                    let pattern = pattern as usize;
                    matched.resize(matched.len().max(pattern + 1), false);
                    matched[pattern] = true;
                }
            }
            true
        });
    }
}

impl Spelled {
    /// Whether the number expression asked last matches the pattern of an index.
    pub(crate) fn as_in(&self, pattern: usize) -> bool {
        self.matched.get(pattern) == Some(&true)
    }
}

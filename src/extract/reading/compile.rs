//! The patterns of rules around numbers, compiled.

use std::ops::Range;

use toml::Spanned;

use super::context::{ContextSet, PatternError, Sides};
use super::far::Far;
use super::needed::NeededWords;
use super::rule::PatternEntry;
use crate::rules::{Loaded, Named, Patterns, RuleError, merged, stretch_spaces};

/// A pattern with its place in its file, sub-patterns expanded.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) pattern: String,
    span: Range<usize>,
    file: usize,
}

/// The patterns next to the numbers of a rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    pub(super) before: Option<Placed>,
    pub(super) after: Option<Placed>,
}

impl Near {
    fn sides(&self) -> Sides<'_> {
        let [before, after] =
            [&self.before, &self.after].map(|side| side.as_ref().map(|p| p.pattern.as_str()));
        Sides { before, after }
    }
}

/// The rules of all files in falling order of precedence, each with the index of its file.
pub(super) fn by_precedence<'f, F, T: Named>(
    files: &'f [Loaded<F>],
    of: impl Fn(&'f F) -> &'f Vec<T>,
    priority: impl Fn(&T) -> i32,
) -> Vec<(usize, &'f T)> {
    let mut rules = merged(files, of);
    rules.sort_by_key(|(_, rule)| std::cmp::Reverse(priority(rule)));
    rules
}

/// Compiles the patterns of rules: those next to a number as one set, those that look further off each by itself.
#[derive(Debug)]
pub(super) struct PatternCompiler<'c, T> {
    files: &'c [Loaded<T>],
    patterns: &'c Patterns,
    needed: &'c mut NeededWords,
    /// Of each rule so far.
    near: Vec<Near>,
}

impl<'c, T> PatternCompiler<'c, T> {
    /// For the rules of `files`, whose sub-patterns are added to `patterns`.
    ///
    /// # Errors
    /// If a sub-pattern refers to one that is not defined, or is given neither itself nor as words, or as both.
    pub(super) fn new(
        files: &'c [Loaded<T>],
        entries: impl Fn(&'c T) -> &'c Vec<PatternEntry>,
        patterns: &'c mut Patterns,
        needed: &'c mut NeededWords,
    ) -> Result<Self, RuleError> {
        define(files, &merged(files, entries), patterns)?;
        Ok(Self { files, patterns, needed, near: Vec::new() })
    }

    /// Notes the patterns next to the numbers of the next rule, which is one of `file`. Rules come in falling order of
    /// precedence.
    ///
    /// # Errors
    /// If one refers to a sub-pattern that is not defined.
    pub(super) fn near(
        &mut self,
        file: usize,
        before: Option<&Spanned<String>>,
        after: Option<&Spanned<String>>,
    ) -> Result<Near, RuleError> {
        let near = Near { before: self.place(file, before)?, after: self.place(file, after)? };
        self.near.push(near.clone());
        Ok(near)
    }

    /// Compiles a pattern for text further before a number, asked only where one of the words `needs` stands, if any
    /// are given.
    ///
    /// # Errors
    /// If it is no pattern, or words are needed for none.
    pub(super) fn earlier(
        &mut self,
        file: usize,
        pattern: Option<&Spanned<String>>,
        needs: Option<&Spanned<Vec<String>>>,
    ) -> Result<Option<Far>, RuleError> {
        if let (None, Some(needs)) = (pattern, needs) {
            let message = "`needs` says where `earlier` is asked, which the rule does not have";
            return Err(self.files[file].error(needs.span(), message));
        }
        let far = self.far(file, pattern, Far::earlier)?;
        let words = needs.map_or(&[][..], |needs| needs.get_ref());
        Ok(far.map(|far| far.needing(words, self.needed)))
    }

    /// Compiles a pattern for text further behind a number.
    ///
    /// # Errors
    /// If it is no pattern.
    pub(super) fn later(
        &self,
        file: usize,
        pattern: Option<&Spanned<String>>,
    ) -> Result<Option<Far>, RuleError> {
        self.far(file, pattern, Far::later)
    }

    /// Compiles the patterns next to numbers.
    ///
    /// # Errors
    /// If one is not a regular expression, or the automaton grows too large.
    pub(super) fn finish(self) -> Result<ContextSet, RuleError> {
        let sides: Vec<Sides<'_>> = self.near.iter().map(Near::sides).collect();
        ContextSet::compile(&sides).map_err(|error| self.blame(&error))
    }

    fn far(
        &self,
        file: usize,
        pattern: Option<&Spanned<String>>,
        compile: impl Fn(&str) -> Result<Far, String>,
    ) -> Result<Option<Far>, RuleError> {
        let Some(placed) = self.place(file, pattern)? else { return Ok(None) };
        compile(&placed.pattern).map(Some).map_err(|error| self.not_a_pattern(&placed, &error))
    }

    /// Expands `{{…}}` and spaces of a pattern.
    fn place(&self, file: usize, pattern: Option<&Spanned<String>>) -> Result<Option<Placed>, RuleError> {
        let Some(spanned) = pattern else { return Ok(None) };
        let expanded = self.patterns.expand(spanned.get_ref());
        let expanded = expanded.map_err(|wrong| self.files[file].error(spanned.span(), wrong))?;
        Ok(Some(Placed { pattern: stretch_spaces(&expanded), span: spanned.span(), file }))
    }

    fn not_a_pattern(&self, placed: &Placed, error: &str) -> RuleError {
        self.files[placed.file].error(placed.span.clone(), format!("not a pattern: {error}"))
    }

    fn blame(&self, error: &PatternError) -> RuleError {
        let near = &self.near[error.rule];
        match if error.before { &near.before } else { &near.after } {
            Some(placed) => self.not_a_pattern(placed, &error.message),
            None => self.files[0].error(0..0, error.to_string()),
        }
    }
}

/// Adds sub-patterns, each with the index of its file.
fn define<T>(
    files: &[Loaded<T>],
    entries: &[(usize, &PatternEntry)],
    to: &mut Patterns,
) -> Result<(), RuleError> {
    let mut given = Vec::new();
    for &(file, PatternEntry { name, pattern, words, .. }) in entries {
        match pattern {
            Some(pattern) if words.is_empty() => given.push((file, name, pattern)),
            None if !words.is_empty() => {
                to.define_words(name.get_ref(), words.iter().map(String::as_str));
            }
            _ => {
                return Err(files[file].error(name.span(), "a sub-pattern has either a `pattern` or `words`"));
            }
        }
    }
    let named: Vec<_> = given
        .iter()
        .map(|(_, name, pattern)| (name.get_ref().as_str(), pattern.get_ref().as_str()))
        .collect();
    to.define_all(&named).map_err(|(index, wrong)| files[given[index].0].error(given[index].2.span(), wrong))
}

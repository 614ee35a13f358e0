//! What the rule files about numbers have in common.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::context::{ContextSet, PatternError, Sides};
use crate::extract::number::expression::Form;
use crate::fact::{Direction, Kind, Qualifier, Status};
use crate::rules::{Loaded, Patterns, RuleError, stretch_spaces};

/// A text that a rule must read, and the fields it must give; fields that are not given are not compared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The number expression that the rule must read.
    pub quote: Option<String>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// Its value, as a decimal.
    pub value: Option<String>,
    /// Its upper end.
    pub max: Option<String>,
    /// Its denominator.
    pub of: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// What it is per.
    pub per: Option<String>,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// Whether it rose or fell.
    pub direction: Option<Direction>,
    /// Whether it is an amount of change.
    pub change: Option<bool>,
    /// Its status.
    pub status: Option<Status>,
}

/// The evidence that every rule carries.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Texts that the rule must read.
    pub examples: Vec<Example>,
    /// Texts that the rule must leave alone.
    pub leave: Vec<String>,
    /// Texts that the rule should read, but does not yet.
    pub todo: Vec<Example>,
}

/// A named sub-pattern.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternEntry {
    /// `name` in `{{name}}`.
    pub name: Spanned<String>,
    /// Why it is there.
    #[serde(rename = "comment")]
    _comment: String,
    /// The pattern.
    pub pattern: Option<Spanned<String>>,
    /// Words any of which the pattern stands for, taken literally, if it is not given.
    #[serde(default)]
    pub words: Vec<String>,
}

/// Adds the sub-patterns of a file.
///
/// # Errors
///
/// If a pattern refers to one that is not defined, or is given neither itself nor as words, or as both.
pub fn define_patterns<T>(
    file: &Loaded<T>,
    entries: &[PatternEntry],
    to: &mut Patterns,
) -> Result<(), RuleError> {
    for entry in entries {
        let name = entry.name.get_ref();
        match &entry.pattern {
            Some(pattern) if entry.words.is_empty() => to
                .define(name, pattern.get_ref())
                .map_err(|name| file.error(pattern.span(), unknown_pattern(&name)))?,
            None if !entry.words.is_empty() => to.define_words(name, entry.words.iter().map(String::as_str)),
            _ => {
                let message = "a sub-pattern has either a `pattern` or `words`";
                return Err(file.error(entry.name.span(), message));
            }
        }
    }
    Ok(())
}

fn unknown_pattern(name: &str) -> String {
    format!("no sub-pattern is called `{name}`")
}

/// A pattern with its place in its file, sub-patterns expanded.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The expanded pattern.
    pub pattern: String,
    /// Its place in the file.
    pub span: Range<usize>,
    /// Index of the file.
    pub file: usize,
}

/// Expands `{{…}}` and spaces of a pattern.
///
/// # Errors
///
/// If the pattern refers to one that is not defined.
pub fn place<T>(
    files: &[Loaded<T>],
    file: usize,
    pattern: Option<&Spanned<String>>,
    patterns: &Patterns,
) -> Result<Option<Placed>, RuleError> {
    let Some(spanned) = pattern else { return Ok(None) };
    let expanded = patterns
        .expand(spanned.get_ref())
        .map_err(|name| files[file].error(spanned.span(), unknown_pattern(&name)))?;
    Ok(Some(Placed { pattern: stretch_spaces(&expanded), span: spanned.span(), file }))
}

/// Compiles the patterns of rules in their order of precedence.
///
/// # Errors
///
/// If a pattern is not a regular expression, or the automaton grows too large.
pub fn compile_set<T>(
    files: &[Loaded<T>],
    rules: &[(Option<Placed>, Option<Placed>)],
) -> Result<ContextSet, RuleError> {
    let sides: Vec<Sides<'_>> = rules
        .iter()
        .map(|(before, after)| Sides {
            before: before.as_ref().map(|p| p.pattern.as_str()),
            after: after.as_ref().map(|p| p.pattern.as_str()),
        })
        .collect();
    ContextSet::compile(&sides).map_err(|error| blame(files, rules, &error))
}

fn blame<T>(
    files: &[Loaded<T>],
    rules: &[(Option<Placed>, Option<Placed>)],
    error: &PatternError,
) -> RuleError {
    let (before, after) = &rules[error.rule];
    let placed = if error.before { before } else { after };
    match placed {
        Some(placed) => files[placed.file].error(placed.span.clone(), format!("not a pattern: {error}")),
        None => files[0].error(0..0, error.to_string()),
    }
}

/// The precedence of a rule that names none.
pub(super) fn default_priority() -> i32 {
    50
}

/// The forms of number that a rule takes where it names none.
pub(super) fn default_forms() -> Vec<Form> {
    vec![Form::Plain, Form::Range]
}

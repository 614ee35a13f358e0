//! What a number is: a value of some kind, or no fact. Rules of `units.toml` and `not-facts.toml`.

use once_cell::sync::OnceCell;
use regex::Regex;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::context::ContextSet;
use super::expression::{Expression, Form};
use super::rule::{self, Evidence, Example, PatternEntry, Placed};
use crate::fact::Kind;
use crate::rules::{Loaded, Named, Patterns, RuleError, RuleSources, merge_named};

/// Where the unit of a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitFrom {
    /// The rule names it, or there is none.
    #[default]
    Rule,
    /// The words that the pattern behind the number matched.
    Match,
    /// The noun phrase behind the number; without one the rule does not hold.
    Noun,
    /// The noun phrase behind the number, if there is one.
    NounIfAny,
    /// The noun phrase behind what the pattern behind the number matched, if there is one.
    NounBehind,
    /// What the group `unit` of the pattern before the number matched.
    Before,
}

/// A rule file about readings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingFile {
    #[serde(default)]
    pattern: Vec<PatternEntry>,
    #[serde(default)]
    rule: Vec<ReadingEntry>,
    #[serde(default)]
    pub(super) stop: Vec<WordList>,
    #[serde(default)]
    pub(super) list: Vec<WordList>,
}

/// A named list of words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
}

impl Named for WordList {
    fn name(&self) -> &str {
        &self.name
    }
}

fn fifty() -> i32 {
    50
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ReadingEntry {
    name: Spanned<String>,
    comment: String,
    #[serde(default = "fifty")]
    priority: i32,
    #[serde(default = "rule::default_forms")]
    forms: Vec<Form>,
    number: Option<Spanned<String>>,
    min: Option<Decimal>,
    max: Option<Decimal>,
    magnitude: Option<bool>,
    decimals: Option<bool>,
    before: Option<Spanned<String>>,
    after: Option<Spanned<String>>,
    next: Option<Spanned<String>>,
    kind: Option<Kind>,
    unit: Option<String>,
    #[serde(default)]
    unit_from: UnitFrom,
    #[serde(default)]
    quote_before: bool,
    #[serde(default)]
    examples: Vec<Example>,
    #[serde(default)]
    leave: Vec<String>,
    #[serde(default)]
    todo: Vec<Example>,
}

/// A rule that says what a number is.
#[derive(Debug)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// Why it is there.
    pub comment: String,
    /// The kind of value; `None` where the number is no fact.
    pub kind: Option<Kind>,
    /// The unit it names.
    pub unit: Option<String>,
    /// Where the unit comes from.
    pub unit_from: UnitFrom,
    /// Whether what the pattern behind the number matched belongs to the quote.
    pub quote_after: bool,
    /// Whether what stands before the number belongs to the quote (`US$ 5`).
    pub quote_before: bool,
    /// Its examples.
    pub evidence: Evidence,
    forms: Vec<Form>,
    number: Option<(String, OnceCell<Regex>)>,
    unit_before: Option<(String, OnceCell<Regex>)>,
    bounds: (Option<Decimal>, Option<Decimal>),
    magnitude: Option<bool>,
    decimals: Option<bool>,
}

impl Reading {
    /// Whether the rule takes a number of this form and value; its patterns are matched elsewhere.
    pub(super) fn takes(&self, number: &Expression, text: &str) -> bool {
        self.forms.contains(&number.form)
            && self.magnitude.is_none_or(|m| m == number.magnitude)
            && self.decimals.is_none_or(|d| d == number.decimals)
            && self.bounds.0.is_none_or(|min| number.value >= min)
            && self.bounds.1.is_none_or(|max| number.value <= max)
            && self.spelled(&text[number.span.clone()])
    }

    /// What the group `unit` of the pattern before the number matched, in the text that pattern matched.
    pub(super) fn unit_before<'t>(&self, matched: &'t str) -> Option<&'t str> {
        let (pattern, cell) = self.unit_before.as_ref()?;
        // The pattern has compiled as part of the set, so building it again can only fail for its size.
        let regex = cell.get_or_try_init(|| Regex::new(pattern)).ok()?;
        Some(regex.captures(matched)?.name("unit")?.as_str().trim())
    }

    fn spelled(&self, digits: &str) -> bool {
        let Some((pattern, cell)) = &self.number else { return true };
        // Checked when the rules were compiled; most rules are never asked, so most are never built twice.
        cell.get_or_try_init(|| Regex::new(pattern)).is_ok_and(|regex| regex.is_match(digits))
    }
}

/// Compiled readings, in falling order of precedence.
#[derive(Debug)]
pub struct Readings {
    /// The rules.
    pub rules: Vec<Reading>,
    pub(super) contexts: ContextSet,
}

impl Readings {
    /// Compiles the rules of both files.
    pub(super) fn compile(sources: &RuleSources, patterns: &mut Patterns) -> Result<Self, RuleError> {
        let mut files = sources.parse::<ReadingFile>("units.toml")?;
        files.extend(sources.parse::<ReadingFile>("not-facts.toml")?);
        for file in &files {
            rule::define_patterns(file, &file.value.pattern, patterns)?;
        }
        let entries =
            files.iter().enumerate().flat_map(|(i, f)| f.value.rule.iter().map(move |r| Entry(i, r)));
        let mut entries = merge_named(entries);
        entries.sort_by_key(|e| std::cmp::Reverse(e.1.priority));
        let mut placed = Vec::new();
        let mut rules = Vec::new();
        for Entry(file, entry) in entries {
            let before = rule::place(&files, file, entry.before.as_ref(), patterns)?;
            let behind = entry.after.as_ref().or(entry.next.as_ref());
            let behind = rule::place(&files, file, behind, patterns)?;
            rules.push(reading(&files[file], entry, before.as_ref())?);
            placed.push((before, behind));
        }
        let contexts = rule::compile_set(&files, &placed)?;
        Ok(Self { rules, contexts })
    }
}

struct Entry<'f>(usize, &'f ReadingEntry);

impl Named for Entry<'_> {
    fn name(&self) -> &str {
        self.1.name.get_ref()
    }
}

fn reading(
    file: &Loaded<ReadingFile>,
    entry: &ReadingEntry,
    before: Option<&Placed>,
) -> Result<Reading, RuleError> {
    if entry.examples.is_empty() && entry.todo.is_empty() {
        return Err(file.error(entry.name.span(), "the rule has no example that it must read"));
    }
    if let (Some(_), Some(next)) = (&entry.after, &entry.next) {
        return Err(file.error(next.span(), "a rule has `after` or `next`, not both"));
    }
    let unit_before = before.filter(|p| p.pattern.contains("<unit>"));
    Ok(Reading {
        name: entry.name.get_ref().clone(),
        file: file.file.clone(),
        comment: entry.comment.clone(),
        kind: entry.kind,
        unit: entry.unit.clone(),
        unit_from: entry.unit_from,
        quote_after: entry.after.is_some(),
        quote_before: entry.quote_before,
        unit_before: unit_before.map(|p| (format!("(?i)(?:{})$", p.pattern), OnceCell::new())),
        evidence: Evidence {
            examples: entry.examples.clone(),
            leave: entry.leave.clone(),
            todo: entry.todo.clone(),
        },
        forms: entry.forms.clone(),
        number: spelling(file, entry.number.as_ref())?,
        bounds: (entry.min, entry.max),
        magnitude: entry.magnitude,
        decimals: entry.decimals,
    })
}

/// The pattern that the whole number expression must match.
fn spelling(
    file: &Loaded<ReadingFile>,
    pattern: Option<&Spanned<String>>,
) -> Result<Option<(String, OnceCell<Regex>)>, RuleError> {
    let Some(pattern) = pattern else { return Ok(None) };
    let whole = format!("^(?:{})$", pattern.get_ref());
    regex_automata::meta::Regex::new(&whole)
        .map_err(|e| file.error(pattern.span(), format!("not a pattern: {e}")))?;
    Ok(Some((whole, OnceCell::new())))
}

/// Patterns are kept beside their rules so that diagnostics can name them.
pub(super) type PlacedSides = (Option<Placed>, Option<Placed>);

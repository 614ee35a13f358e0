//! The rules that say what numbers are, compiled.

use rust_decimal::Decimal;
use toml::Spanned;

use super::bit_set::BitSet;
use super::compile::{PatternCompiler, by_precedence};
use super::context::{ContextSet, Match};
use super::far::Far;
use super::file::{ReadingEntry, ReadingFile, UnitFrom};
use super::needed::NeededWords;
use super::rule::Examples;
use super::spelling::{Spelled, SpellingPatterns, Spellings};
use super::takers::{NumberTraits, Takers};
use crate::extract::number::expression::{Expression, Form};
use crate::fact::Kind;
use crate::rules::{Loaded, Patterns, RuleError, Unbuildable};

/// A rule that says what a number is.
#[derive(Debug)]
pub struct ReadingRule {
    /// Its name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// Why it is there.
    pub comment: String,
    /// The kind of value; `None` where the number is no fact.
    pub kind: Option<Kind>,
    /// The unit it names.
    pub(super) unit: Option<String>,
    /// How many of the unit one of what the number counts is (0.01 dollars a cent); 1 if absent.
    pub(super) factor: Option<Decimal>,
    /// Whether its values may be below nought (temperatures); percentages and money always may.
    signed: bool,
    /// Where the unit comes from.
    pub(super) unit_from: UnitFrom,
    /// Whether the rule holds only where no noun in lower case follows the number.
    pub(super) bare: bool,
    /// Whether the rule holds only where what stands behind the number, as far as its pattern goes, is no Vietnamese syllable.
    pub(super) no_syllable: bool,
    /// Whether what the pattern behind the number matched belongs to the quote.
    pub(super) quote_after: bool,
    /// Whether what stands before the number belongs to the quote (`US$ 5`).
    pub(super) quote_before: bool,
    /// Whether the number belongs to the name that stands right before it (*iPhone 7*).
    pub(super) of_name: bool,
    /// Its examples.
    pub(super) examples: Examples,
    /// One bit a form.
    forms: u8,
    /// Index of the pattern that the whole number expression must match.
    number: Option<usize>,
    earlier: Option<Far>,
    later: Option<Far>,
    bounds: (Option<Decimal>, Option<Decimal>),
    magnitude: Option<bool>,
    decimals: Option<bool>,
    vague: bool,
}

impl ReadingRule {
    /// Whether the rule takes numbers with these traits.
    pub(super) fn takes_traits(&self, traits: NumberTraits) -> bool {
        self.forms & bit(traits.form) != 0
            && self.vague == traits.vague
            && self.magnitude.is_none_or(|m| m == traits.magnitude)
            && self.decimals.is_none_or(|d| d == traits.decimals)
    }

    /// Whether the rule takes a number whose traits it takes; its patterns are matched elsewhere.
    pub(super) fn takes(&self, number: &Expression, spelled: &Spelled) -> bool {
        self.bounds.0.is_none_or(|min| number.value >= min)
            && self.bounds.1.is_none_or(|max| number.value <= max)
            && self.number.is_none_or(|pattern| spelled.as_in(pattern))
    }

    /// Whether its values may be below nought.
    pub(super) fn takes_sign(&self) -> bool {
        self.signed || matches!(self.kind, Some(Kind::Percentage | Kind::PercentagePoint | Kind::Money))
    }

    /// Whether its patterns that look further off match around a number whose near patterns matched.
    pub(super) fn far_patterns_match(&self, text: &str, matched: &Match, present: &BitSet) -> bool {
        self.earlier.as_ref().is_none_or(|far| far.holds_before(text, matched.start, present))
            && self.later.as_ref().is_none_or(|far| far.holds_after(text, matched.end))
    }

    /// What the group `unit` of the pattern that looks further off matched.
    pub(super) fn unit_afar<'t>(&self, text: &'t str, matched: &Match) -> Option<&'t str> {
        let groups = match self.unit_from {
            UnitFrom::Later => self.later.as_ref()?.captures_after(text, matched.end),
            _ => self.earlier.as_ref()?.captures_before(text, matched.start),
        };
        Some(groups?.name("unit")?.trim())
    }
}

/// Compiled readings, in falling order of precedence.
#[derive(Debug)]
pub struct Readings {
    /// The rules.
    pub rules: Vec<ReadingRule>,
    pub(super) contexts: ContextSet,
    pub(super) spellings: Spellings,
    pub(super) takers: Takers,
}

impl Readings {
    /// Compiles the rules of `units/` and `not-facts/`.
    pub(super) fn compile(
        files: &[Loaded<ReadingFile>],
        patterns: &mut Patterns,
        needed: &mut NeededWords,
    ) -> Result<Self, RuleError> {
        let mut compiler = PatternCompiler::new(files, |file| &file.pattern, patterns, needed)?;
        let entries = by_precedence(files, |file| &file.rule, |rule| rule.priority);
        let mut rules = Vec::new();
        let mut spellings = SpellingPatterns::default();
        for &(file, entry) in &entries {
            compiler.near(file, entry.before.as_ref(), entry.after.as_ref().or(entry.next.as_ref()))?;
            let earlier = compiler.earlier(file, entry.earlier.as_ref(), entry.needs.as_ref())?;
            let far = (earlier, compiler.later(file, entry.later.as_ref())?);
            rules.push(reading_rule(&files[file], entry, far, &mut spellings)?);
        }
        let contexts = compiler.finish()?;
        let spellings = spellings.compile().map_err(|error| blame_number(files, &entries, &rules, &error))?;
        Ok(Self { takers: Takers::of_all(&rules), rules, contexts, spellings })
    }
}

/// The error for a pattern of whole numbers that cannot be compiled, at the first rule that has it.
fn blame_number(
    files: &[Loaded<ReadingFile>],
    entries: &[(usize, &ReadingEntry)],
    rules: &[ReadingRule],
    error: &Unbuildable,
) -> RuleError {
    let message = format!("not a pattern: {}", error.message);
    let first = entries.iter().zip(rules).find(|(_, rule)| rule.number == Some(error.pattern));
    match first.and_then(|(entry, _)| Some((entry.0, entry.1.number.as_ref()?))) {
        Some((file, pattern)) => files[file].error(pattern.span(), message),
        None => files[0].error(0..0, message),
    }
}

fn reading_rule(
    file: &Loaded<ReadingFile>,
    entry: &ReadingEntry,
    (earlier, later): (Option<Far>, Option<Far>),
    spellings: &mut SpellingPatterns,
) -> Result<ReadingRule, RuleError> {
    let examples = Examples::required(file, &entry.name, &entry.examples, &entry.leave, &entry.todo)?;
    if let (Some(_), Some(next)) = (&entry.after, &entry.next) {
        return Err(file.error(next.span(), "a rule has `after` or `next`, not both"));
    }
    Ok(ReadingRule {
        name: entry.name.get_ref().clone(),
        file: file.file.clone(),
        comment: entry.comment.clone(),
        kind: entry.kind,
        unit: entry.unit.clone(),
        factor: entry.factor,
        signed: entry.signed,
        unit_from: entry.unit_from,
        bare: entry.bare,
        no_syllable: entry.no_syllable,
        quote_after: entry.after.is_some(),
        quote_before: entry.quote_before,
        of_name: entry.of_name,
        examples,
        earlier,
        later,
        forms: entry.forms.iter().fold(0, |forms, &form| forms | bit(form)),
        number: spelling(file, entry.number.as_ref(), spellings)?,
        bounds: (entry.min, entry.max),
        magnitude: entry.magnitude,
        decimals: entry.decimals,
        vague: entry.vague,
    })
}

fn bit(form: Form) -> u8 {
    1 << form as u8
}

/// The pattern that the whole number expression must match.
fn spelling(
    file: &Loaded<ReadingFile>,
    pattern: Option<&Spanned<String>>,
    spellings: &mut SpellingPatterns,
) -> Result<Option<usize>, RuleError> {
    let Some(pattern) = pattern else { return Ok(None) };
    let index = spellings.add(pattern);
    index.map(Some).map_err(|e| file.error(pattern.span(), format!("not a pattern: {e}")))
}

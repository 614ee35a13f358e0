//! The form of `units/` and `not-facts/`.

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::compound::Compound;
use super::noun::{Listed, Stop, WordList};
use super::rule::{self, Example, PatternEntry};
use crate::extract::number::expression::Form;
use crate::fact::Kind;
use crate::rules::Named;

/// A rule file about readings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingFile {
    #[serde(default)]
    pub(super) pattern: Vec<PatternEntry>,
    #[serde(default)]
    pub(super) rule: Vec<ReadingEntry>,
    #[serde(default)]
    pub(super) stop: Vec<WordList<Stop>>,
    #[serde(default)]
    pub(super) list: Vec<WordList<Listed>>,
    #[serde(default)]
    pub(super) compound: Vec<Compound>,
}

/// A rule that says what a number is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingEntry {
    pub(super) name: Spanned<String>,
    pub(super) comment: String,
    #[serde(default = "rule::default_priority")]
    pub(super) priority: i32,
    #[serde(default = "rule::default_forms")]
    pub(super) forms: Vec<Form>,
    pub(super) number: Option<Spanned<String>>,
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
    pub(super) magnitude: Option<bool>,
    pub(super) decimals: Option<bool>,
    #[serde(default)]
    pub(super) vague: bool,
    #[serde(default)]
    pub(super) bare: bool,
    #[serde(default)]
    pub(super) no_syllable: bool,
    pub(super) before: Option<Spanned<String>>,
    pub(super) after: Option<Spanned<String>>,
    pub(super) next: Option<Spanned<String>>,
    pub(super) earlier: Option<Spanned<String>>,
    pub(super) later: Option<Spanned<String>>,
    pub(super) needs: Option<Spanned<Vec<String>>>,
    pub(super) kind: Option<Kind>,
    pub(super) unit: Option<String>,
    pub(super) factor: Option<Decimal>,
    #[serde(default)]
    pub(super) signed: bool,
    #[serde(default)]
    pub(super) unit_from: UnitFrom,
    #[serde(default)]
    pub(super) quote_before: bool,
    #[serde(default)]
    pub(super) of_name: bool,
    #[serde(default)]
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
    #[serde(default)]
    pub(super) todo: Vec<Example>,
}

impl Named for ReadingEntry {
    fn name(&self) -> &str {
        self.name.get_ref()
    }
}

/// Where the unit of a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnitFrom {
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
    /// What the group `unit` of the pattern `earlier` matched.
    Earlier,
    /// What the group `unit` of the pattern `later` matched.
    Later,
}

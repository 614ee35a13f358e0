//! The form of `qualifiers/`.

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::converted::Conversion;
use super::rule::{self, Example, PatternEntry};
use super::status::{Continuation, CueEntry};
use crate::extract::number::expression::Form;
use crate::fact::{Direction, Kind, Qualifier, Status};
use crate::rules::Named;

/// A rule file about what the text around values says of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QualifiersFile {
    #[serde(default)]
    pub(super) pattern: Vec<PatternEntry>,
    #[serde(default)]
    pub(super) rule: Vec<AttributeEntry>,
    #[serde(default)]
    pub(super) status: Vec<CueEntry>,
    #[serde(default)]
    pub(super) continuation: Vec<Continuation>,
    #[serde(default)]
    pub(super) conversion: Vec<Conversion>,
}

/// Which attribute a rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sets {
    Qualifier,
    Change,
    Per,
    Status,
}

/// A rule that sets an attribute.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeEntry {
    pub(super) name: Spanned<String>,
    pub(super) comment: String,
    pub(super) sets: Sets,
    #[serde(default = "rule::default_priority")]
    pub(super) priority: i32,
    pub(super) before: Option<Spanned<String>>,
    pub(super) after: Option<Spanned<String>>,
    pub(super) earlier: Option<Spanned<String>>,
    pub(super) later: Option<Spanned<String>>,
    pub(super) counted: Option<Spanned<String>>,
    pub(super) max: Option<Decimal>,
    pub(super) needs: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    pub(super) kinds: Vec<Kind>,
    #[serde(default)]
    pub(super) forms: Vec<Form>,
    pub(super) qualifier: Option<Qualifier>,
    pub(super) direction: Option<Direction>,
    #[serde(default)]
    pub(super) change: bool,
    pub(super) status: Option<Status>,
    #[serde(default)]
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
    #[serde(default)]
    pub(super) todo: Vec<Example>,
}

impl Named for AttributeEntry {
    fn name(&self) -> &str {
        self.name.get_ref()
    }
}

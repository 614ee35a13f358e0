//! What the rule files about numbers have in common.

use serde::Deserialize;
use toml::Spanned;

use crate::extract::number::expression::Form;
use crate::fact::{Direction, Kind, Qualifier, Status};
use crate::rules::{Loaded, Named, RuleError};

/// A text that a rule must read, and the fields it must give; fields that are not given are not compared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    /// The sentence.
    pub(super) text: String,
    /// The number expression that the rule must read.
    pub(super) quote: Option<String>,
    /// Its kind.
    pub(super) kind: Option<Kind>,
    /// Its value, as a decimal.
    pub(super) value: Option<String>,
    /// Its upper end.
    pub(super) max: Option<String>,
    /// Its denominator.
    pub(super) of: Option<String>,
    /// Its unit.
    pub(super) unit: Option<String>,
    /// What it is per.
    pub(super) per: Option<String>,
    /// How exact it is.
    pub(super) qualifier: Option<Qualifier>,
    /// Whether it rose or fell.
    pub(super) direction: Option<Direction>,
    /// Whether it is an amount of change.
    pub(super) change: Option<bool>,
    /// Its status.
    pub(super) status: Option<Status>,
}

/// The texts that show what a rule does.
#[derive(Debug, Clone, Default)]
pub(super) struct Examples {
    /// Texts that the rule must read.
    pub(super) read: Vec<Example>,
    /// Texts that the rule must leave alone.
    pub(super) leave: Vec<String>,
    /// Texts that the rule should read, but does not yet.
    pub(super) todo: Vec<Example>,
}

impl Examples {
    /// Those of the rule `name` of a file.
    ///
    /// # Errors
    /// If there is none that it must read.
    pub(super) fn required<T>(
        file: &Loaded<T>,
        name: &Spanned<String>,
        read: &[Example],
        leave: &[String],
        todo: &[Example],
    ) -> Result<Self, RuleError> {
        if read.is_empty() && todo.is_empty() {
            return Err(file.error(name.span(), "the rule has no example that it must read"));
        }
        Ok(Self { read: read.to_vec(), leave: leave.to_vec(), todo: todo.to_vec() })
    }
}

/// A named sub-pattern.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternEntry {
    /// `name` in `{{name}}`.
    pub(super) name: Spanned<String>,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) pattern: Option<Spanned<String>>,
    /// Words any of which the pattern stands for, taken literally, if it is not given.
    #[serde(default)]
    pub(super) words: Vec<String>,
}

impl Named for PatternEntry {
    fn name(&self) -> &str {
        self.name.get_ref()
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

//! Nouns that have a value themselves where a name right behind them only says which of them is meant.

use serde::Deserialize;

use super::example::Example;
use crate::extract::entity::EntityKind;
use crate::rules::named;

/// Such nouns, as they stand in files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolderRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) words: Vec<String>,
    /// The types of the names.
    pub(crate) of: Vec<EntityKind>,
    /// Whether the names may be those of a gazetteer.
    #[serde(default = "yes")]
    pub(crate) listed: bool,
    /// Whom the last value is of.
    pub(crate) examples: Vec<Example>,
}

fn yes() -> bool {
    true
}

/// What the names behind nouns must be.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    of: Vec<EntityKind>,
    listed: bool,
}

impl Holder {
    pub(super) fn new(rule: &HolderRule) -> Self {
        Self { of: rule.of.clone(), listed: rule.listed }
    }

    /// Whether a name of that type may stand behind the nouns; `listed` tells that a gazetteer has it.
    pub(crate) fn takes(&self, kind: EntityKind, listed: bool) -> bool {
        self.of.contains(&kind) && (self.listed || !listed)
    }
}

named!(HolderRule);

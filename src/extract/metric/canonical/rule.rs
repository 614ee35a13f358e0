//! The form of the rules in `rules/metrics/`, and of which values each speaks.

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use crate::extract::mention::Mention;
use crate::fact::{Direction, Kind};
use crate::rules::Named;

/// A metric as its rule file states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetricRule {
    /// Dotted slug, field first.
    #[serde(deserialize_with = "crate::fact::id::of_rule")]
    pub(crate) id: String,
    /// Name in Vietnamese.
    #[serde(rename = "name_vi")]
    pub(crate) _vietnamese: String,
    /// Name in English.
    #[serde(rename = "name_en")]
    pub(crate) _english: String,
    /// What it counts and what not, where the names do not say it.
    #[serde(rename = "note", default)]
    _note: Option<String>,
    /// Kinds of value that state its level; a change may be of any kind.
    kinds: Vec<Kind>,
    /// Units that state its level; empty: any.
    #[serde(default)]
    units: Vec<String>,
    /// The least level it has: fewer are only some of them (3 học sinh).
    #[serde(default)]
    at_least: Option<u32>,
    /// The greatest level it has.
    #[serde(default)]
    at_most: Option<u32>,
    /// Whether a change said of its words is one of something else (a share that falls: its price).
    #[serde(default)]
    level_only: bool,
    /// Directions in which it may move; empty: both.
    #[serde(default)]
    directions: Vec<Direction>,
    /// Words one of which must stand in the sentence of a figure; empty: it needs none.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Words that say, where they stand in the sentence of a figure, that it is of something else.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    pub(super) patterns: Vec<Spanned<String>>,
    /// Sentences whose first figure has this metric.
    pub(crate) examples: Vec<String>,
    /// Sentences in which no figure has it.
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

impl Named for MetricRule {
    fn name(&self) -> &str {
        &self.id
    }
}

/// A file of `rules/metrics/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) metric: Vec<MetricRule>,
}

impl MetricRule {
    /// Whether `mention` can be a value of this metric.
    pub(super) fn allows(&self, mention: &Mention<'_>) -> bool {
        let turned =
            mention.direction.is_some_and(|d| !self.directions.is_empty() && !self.directions.contains(&d));
        if turned {
            return false;
        }
        let change = mention.is_change || mention.kind == Kind::Multiple && mention.direction.is_some();
        let relative = matches!(
            mention.kind,
            Kind::Percentage | Kind::PercentagePoint | Kind::Multiple | Kind::Share | Kind::Rank
        );
        if change && relative || mention.kind == Kind::PercentagePoint {
            return !(change && self.level_only);
        }
        let unit = mention.unit.as_deref().unwrap_or("");
        // A place in a ranking and a score rise by steps.
        let steps = change
            && mention.kind == Kind::Count
            && self.kinds.iter().any(|k| *k == Kind::Rank || *k == Kind::Index);
        let level = self.kinds.contains(&mention.kind)
            && (change || self.bounds(mention.value))
            && (self.units.is_empty() || self.units.iter().any(|u| starts_with_unit(unit, u)));
        steps || level
    }

    /// Whether a level lies within the bounds.
    fn bounds(&self, level: Decimal) -> bool {
        self.at_least.is_none_or(|least| level >= Decimal::from(least))
            && self.at_most.is_none_or(|most| level <= Decimal::from(most))
    }
}

/// Whether `unit` is `wanted` or begins with it as a whole word.
fn starts_with_unit(unit: &str, wanted: &str) -> bool {
    unit.strip_prefix(wanted).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

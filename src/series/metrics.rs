//! What metrics there are, with counts and periods.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::fact::Fact;

/// What there is of one metric.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MetricCount {
    /// Canonical identifier; absent for the line of all facts whose metric has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// Facts.
    pub facts: usize,
    /// Pages that they stand in.
    pub pages: usize,
    /// Entities that they are of.
    pub entities: usize,
    /// The earliest and the latest day that a fact is dated to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    /// The latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// Units, those of most facts first, at most three.
    pub units: Vec<String>,
}

#[derive(Default)]
struct Seen {
    facts: usize,
    pages: BTreeSet<u64>,
    entities: BTreeSet<String>,
    units: BTreeMap<String, usize>,
    first: Option<Date>,
    last: Option<Date>,
}

/// Counts facts by metric.
#[derive(Default)]
pub struct MetricCounts(BTreeMap<Option<String>, Seen>);

impl MetricCounts {
    /// Takes a fact.
    pub fn add(&mut self, fact: &Fact<'_>) {
        let id = fact.metric.as_ref().and_then(|metric| metric.id.as_deref()).map(str::to_owned);
        let seen = self.0.entry(id).or_default();
        seen.facts += 1;
        seen.pages.insert(fact.source.page_hash());
        if let Some(entity) = &fact.entity {
            seen.entities.insert(entity.id.as_deref().unwrap_or(&entity.text).to_owned());
        }
        if let Some(unit) = &fact.unit {
            *seen.units.entry(unit.to_string()).or_default() += 1;
        }
        if let Some(day) = fact.time.as_ref().and_then(|time| time.end.or(time.start)) {
            seen.first = Some(seen.first.map_or(day, |first| first.min(day)));
            seen.last = Some(seen.last.map_or(day, |last| last.max(day)));
        }
    }

    /// One line a metric, those with most facts first; last the facts without an identifier.
    pub fn finish(self) -> Vec<MetricCount> {
        let mut all: Vec<MetricCount> =
            self.0.into_iter().map(|(metric, seen)| count(metric, seen)).collect();
        all.sort_by_key(|count| (count.metric.is_none(), std::cmp::Reverse(count.facts)));
        all
    }
}

fn count(metric: Option<String>, seen: Seen) -> MetricCount {
    let mut units: Vec<(String, usize)> = seen.units.into_iter().collect();
    units.sort_by_key(|(_, facts)| std::cmp::Reverse(*facts));
    MetricCount {
        metric,
        facts: seen.facts,
        pages: seen.pages.len(),
        entities: seen.entities.len(),
        first: seen.first,
        last: seen.last,
        units: units.into_iter().take(3).map(|(unit, _)| unit).collect(),
    }
}

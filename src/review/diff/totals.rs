//! Sums over all that differs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Change, ChangeKind, PageDiff, Pair};
use crate::fact::Fact;

/// How many facts differ, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Facts of the new side alone.
    pub added: u64,
    /// Facts of the old side alone.
    pub removed: u64,
    /// Facts that say something else.
    pub changed: u64,
    /// Facts that say the same, but stand elsewhere.
    pub moved: u64,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, kind: ChangeKind) {
        let slot = match kind {
            ChangeKind::Added => &mut self.added,
            ChangeKind::Removed => &mut self.removed,
            ChangeKind::Changed => &mut self.changed,
            ChangeKind::Moved => &mut self.moved,
        };
        *slot += 1;
    }

    /// Without those that moved.
    pub fn differing(&self) -> u64 {
        self.added + self.removed + self.changed
    }
}

/// Counts by some property, and its values with most differences first.
pub(crate) type By = BTreeMap<Box<str>, Counts>;

/// What a comparison came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Facts on the old side.
    pub old: u64,
    /// Facts on the new side.
    pub new: u64,
    /// Pages with differences.
    pub pages: u64,
    /// All facts that differ.
    #[serde(flatten)]
    pub counts: Counts,
    /// By kind of value.
    pub kinds: By,
    /// By canonical metric; `-` for those without.
    pub metrics: By,
    /// By the rule that read them; of a changed fact, the new one.
    pub rules: By,
    /// How often each field differs in changed facts.
    pub fields: BTreeMap<&'static str, u64>,
}

impl Totals {
    /// Counts a page.
    pub(super) fn add(&mut self, page: &PageDiff) {
        self.pages += u64::from(page.counts().differing() > 0);
        page.changes.iter().for_each(|change| self.add_change(change));
    }

    fn add_change(&mut self, change: &Change) {
        let (fact, kind) = (change.fact(), change.kind());
        self.counts.add(kind);
        if kind == ChangeKind::Moved {
            return;
        }
        count(&mut self.kinds, fact.kind.as_str(), kind);
        count(&mut self.metrics, metric(fact), kind);
        count(&mut self.rules, &fact.rule, kind);
        for field in change.pair().into_iter().flat_map(Pair::fields) {
            *self.fields.entry(field).or_default() += 1;
        }
    }

    /// The sums with their headings.
    pub(crate) fn sums(&self) -> [(&'static str, &By); 3] {
        [("kind", &self.kinds), ("metric", &self.metrics), ("rule", &self.rules)]
    }
}

/// Those with most differences first.
pub(crate) fn ranked(by: &By) -> Vec<(&str, Counts)> {
    let mut rows: Vec<_> = by.iter().map(|(name, counts)| (&**name, *counts)).collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.differing()));
    rows
}

fn metric<'f>(fact: &'f Fact<'_>) -> &'f str {
    fact.metric.as_ref().and_then(|metric| metric.id.as_deref()).unwrap_or("-")
}

fn count(by: &mut By, name: &str, kind: ChangeKind) {
    if let Some(counts) = by.get_mut(name) {
        counts.add(kind);
    } else {
        by.entry(name.into()).or_default().add(kind);
    }
}

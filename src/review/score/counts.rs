//! Counts of what is right, and shares of them.

use std::collections::BTreeMap;

/// Right of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are right.
    pub right: u64,
    /// How many there are.
    pub all: u64,
}

impl Share {
    pub(super) fn add(&mut self, right: bool) {
        self.right += u64::from(right);
        self.all += 1;
    }

    /// From 0 to 1; nothing of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.all > 0).then(|| self.right as f64 / self.all as f64)
    }
}

/// What became of the facts of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct KindCounts {
    /// Facts that match an annotation.
    pub right: u64,
    /// Facts that match none.
    #[serde(rename = "false")]
    pub wrong: u64,
    /// Annotations that no fact matches.
    pub missed: u64,
}

/// What became of the facts that one rule read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleCounts {
    /// Facts that match an annotation.
    pub right: u64,
    /// Facts where there is none.
    pub no_fact: u64,
    /// Facts that are something else: how often, by `annotated kind → kind that was read`; of the same kind, the value
    /// is another.
    pub confused: BTreeMap<String, u64>,
    /// Of the matched facts, each field.
    pub fields: BTreeMap<&'static str, Share>,
}

impl RuleCounts {
    /// Facts that match no annotation.
    pub fn wrong(&self) -> u64 {
        self.no_fact + self.confused.values().sum::<u64>()
    }
}

/// Precision, recall, and their harmonic mean; 0 of nothing.
pub(super) fn harmonic_mean(right: u64, wrong: u64, missed: u64) -> [f64; 3] {
    let share = |right: u64, all: u64| Share { right, all }.ratio().unwrap_or(0.0);
    let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
    let sum = precision + recall;
    [precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }]
}

//! Canonical identifiers that facts refer to.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::copy::escape;
use crate::sink::column::place;
use crate::sink::prepare::Rows;

/// Identifiers that were put into `metrics` and `entities`.
#[derive(Default)]
pub(super) struct Labels {
    metrics: FxHashSet<String>,
    entities: FxHashSet<String>,
}

/// Identifiers to put in, in order.
pub(super) struct New {
    pub(super) metrics: Vec<String>,
    pub(super) entities: Vec<String>,
}

impl Labels {
    /// The identifiers of the batch that are not known yet.
    pub(super) fn new_in(&self, batch: &[Rows]) -> New {
        let new = |column, known: &FxHashSet<String>| {
            let place = place(column);
            let all = batch.iter().flat_map(Rows::iter).filter_map(|row| row.text(place));
            let new: BTreeSet<&str> = all.filter(|id| !known.contains(*id)).collect();
            new.into_iter().map(str::to_owned).collect()
        };
        New { metrics: new("metric_id", &self.metrics), entities: new("entity_id", &self.entities) }
    }

    /// Remembers what was put in.
    pub(super) fn know(&mut self, new: New) {
        self.metrics.extend(new.metrics);
        self.entities.extend(new.entities);
    }
}

/// As the database holds them.
pub(super) fn escaped(ids: &[String]) -> Vec<std::borrow::Cow<'_, str>> {
    ids.iter().map(|id| escape(id)).collect()
}

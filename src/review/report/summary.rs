//! Sums over all facts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use rustc_hash::FxHashSet;

use crate::fact::Fact;
use crate::stats::host;

/// Counts by some property.
pub(super) type By = BTreeMap<String, u64>;

/// Sums over all facts.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub(super) facts: u64,
    pages: FxHashSet<u64>,
    days: Option<(Date, Date)>,
    pub(super) kinds: By,
    pub(super) metrics: By,
    pub(super) rules: By,
    pub(super) statuses: By,
    /// By host of the address.
    pub(super) sites: By,
    /// By month of publication.
    pub(super) months: By,
}

impl Summary {
    pub(super) fn add(&mut self, fact: &Fact<'_>) {
        let source = &fact.source;
        self.facts += 1;
        self.pages.insert(source.page_hash());
        count(&mut self.kinds, fact.kind.as_str());
        count(&mut self.rules, &fact.rule);
        count(&mut self.statuses, fact.status.as_str());
        if let Some(id) = fact.metric.as_ref().and_then(|metric| metric.id.as_deref()) {
            count(&mut self.metrics, id);
        }
        if let Some(host) = source.uri.as_deref().and_then(host) {
            count(&mut self.sites, host);
        }
        if let Some(day) = source.published {
            count(&mut self.months, &format!("{:04}-{:02}", day.year(), day.month()));
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    /// The numbers at the top.
    pub(super) fn tiles(&self) -> Markup {
        let days = self
            .days
            .map(|(first, last)| if first == last { first.to_string() } else { format!("{first} – {last}") });
        html! {
            dl.tiles {
                div { dt { "facts" } dd { (self.facts) } }
                div { dt { "pages" } dd { (self.pages.len()) } }
                @if !self.sites.is_empty() { div { dt { "sites" } dd { (self.sites.len()) } } }
                div { dt { "metrics" } dd { (self.metrics.len()) } }
                @if let Some(days) = days { div { dt { "published" } dd { (days) } } }
            }
        }
    }
}

fn count(by: &mut By, name: &str) {
    if let Some(count) = by.get_mut(name) {
        *count += 1;
    } else {
        by.insert(name.to_owned(), 1);
    }
}

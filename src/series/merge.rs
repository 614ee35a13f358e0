//! Facts to observations.

use std::collections::{BTreeMap, BTreeSet};

use super::precision::Figure;
use super::{Citation, Confidence, Key, Observation, Period, Selection, Series};
use crate::fact::{Fact, Label, Status, TimeSource};

/// One fact on its way into an observation.
struct Point {
    figure: Figure,
    /// Whether only the page says when.
    dated_by_page: bool,
    citation: Citation,
}

/// Takes facts one by one, then merges them.
#[derive(Default)]
pub struct Builder {
    selection: Selection,
    points: BTreeMap<Key, BTreeMap<(Period, Status), Vec<Point>>>,
}

impl Builder {
    /// For those facts.
    pub fn new(selection: Selection) -> Self {
        Self { selection, points: BTreeMap::new() }
    }

    /// Takes a fact, if it is one of those: a dated level of the metric and entity.
    pub fn add(&mut self, fact: &Fact<'_>) {
        let (Some(metric), Some(time)) = (&fact.metric, &fact.time) else { return };
        let Some(end) = time.end.or(time.start) else { return };
        let Selection { metric: wanted, entity, from, to } = &self.selection;
        let outside = from.is_some_and(|from| end < from) || to.is_some_and(|to| end > to);
        let entity = entity.as_ref().is_none_or(|wanted| fact.entity.as_ref().is_some_and(|e| e.is(wanted)));
        if fact.is_change || outside || !entity || !metric.is(wanted) {
            return;
        }
        let point = Point {
            figure: Figure::of(fact),
            dated_by_page: time.source == TimeSource::Document,
            citation: Citation::of(fact),
        };
        let period = Period { end, start: time.start };
        self.points
            .entry(key(fact, metric))
            .or_default()
            .entry((period, fact.status))
            .or_default()
            .push(point);
    }

    /// The series, those with most observations first.
    pub fn finish(self) -> Vec<Series> {
        let mut all: Vec<Series> = self.points.into_iter().map(|(key, points)| series(key, points)).collect();
        all.sort_by_key(|series| std::cmp::Reverse(series.observations.len()));
        all
    }
}

fn name(label: &Label<'_>) -> String {
    label.id.as_deref().map_or_else(|| label.text.to_lowercase(), str::to_owned)
}

fn key(fact: &Fact<'_>, metric: &Label<'_>) -> Key {
    Key {
        metric: name(metric),
        entity: fact.entity.as_ref().map(name),
        kind: fact.kind,
        unit: fact.unit.as_deref().map(str::to_owned),
        per: fact.per.as_deref().map(str::to_owned),
    }
}

fn series(key: Key, points: BTreeMap<(Period, Status), Vec<Point>>) -> Series {
    let merged = points.into_iter().flat_map(|((period, status), points)| merge(period, status, points));
    Series { key, observations: merged.collect() }
}

/// Merges the points of one period and status: each joins the first observation that it agrees with.
fn merge(period: Period, status: Status, mut points: Vec<Point>) -> Vec<Observation> {
    points.sort_by(|a, b| a.figure.rank(&b.figure).then_with(|| a.citation.fact.cmp(&b.citation.fact)));
    let mut groups: Vec<Vec<Point>> = Vec::new();
    for point in points {
        match groups.iter_mut().find(|group| group[0].figure.agrees(&point.figure)) {
            Some(group) => group.push(point),
            None => groups.push(vec![point]),
        }
    }
    let contradicted = groups.len() > 1;
    groups.into_iter().map(|group| observation(period, status, contradicted, group)).collect()
}

fn observation(period: Period, status: Status, contradicted: bool, group: Vec<Point>) -> Observation {
    let pages: BTreeSet<String> = group.iter().map(|point| point.citation.place()).collect();
    let confidence = if contradicted || group.iter().all(|point| point.dated_by_page) {
        Confidence::Low
    } else if pages.len() > 1 {
        Confidence::High
    } else {
        Confidence::Medium
    };
    // The first has the finest value; of equal ones the sort is stable.
    let Figure { value, max, qualifier, .. } = group[0].figure;
    let mut citations: Vec<Citation> = group.into_iter().map(|point| point.citation).collect();
    let by = |c: &Citation| (c.published.is_none(), c.published, c.place(), c.bytes);
    citations.sort_by_cached_key(by);
    Observation { period, status, value, value_max: max, qualifier, contradicted, confidence, citations }
}

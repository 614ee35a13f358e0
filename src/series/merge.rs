//! Facts to observations.

use std::collections::BTreeMap;

use super::corroborate;
use super::pages::are_several;
use super::precision::Figure;
use super::{
    Amount, Citation, Confidence, Development, Key, Observation, Period, Selection, Series, Undated,
};
use crate::fact::{Fact, Label, Status, TimeSource};

/// One fact on its way into an observation.
pub(super) struct Point {
    pub(super) figure: Figure,
    /// Whether only the page says when.
    dated_by_page: bool,
    /// Whether it is of something that has a name.
    named: bool,
    /// The hash of the page it stands in.
    sha256: String,
    pub(super) citation: Citation,
}

/// Points that say the same.
pub(super) struct Group {
    pub(super) key: Key,
    /// Absent where nothing says when.
    pub(super) period: Option<Period>,
    pub(super) status: Status,
    contradicted: bool,
    /// Whether it is of something that has a name.
    named: bool,
    /// Sorted by fineness until others join; never empty.
    pub(super) points: Vec<Point>,
}

/// Takes facts one by one, then merges them.
#[derive(Default)]
pub struct Builder {
    selection: Selection,
    points: BTreeMap<(Key, Option<Period>, Status), Vec<Point>>,
    facts: usize,
    changes: usize,
}

impl Builder {
    /// For those facts.
    pub fn new(selection: Selection) -> Self {
        Self { selection, ..Self::default() }
    }

    /// Takes a fact, if it is one of those: a level of the metric and entity.
    pub fn add(&mut self, fact: &Fact<'_>) {
        let Some(metric) = &fact.metric else { return };
        let Selection { metric: wanted, entity, .. } = &self.selection;
        if !metric.is(wanted) {
            return;
        }
        self.facts += 1;
        let end = fact.time.as_ref().and_then(|time| time.end.or(time.start));
        let entity = entity.as_ref().is_none_or(|wanted| fact.entity.as_ref().is_some_and(|e| e.is(wanted)));
        if !entity {
            return;
        }
        if fact.is_change {
            self.changes += usize::from(end.is_none_or(|end| self.selection.has(end)));
            return;
        }
        let time = fact.time.as_ref();
        let period = end.map(|end| Period { end, start: time.and_then(|time| time.start) });
        let point = Point {
            figure: Figure::of(fact),
            dated_by_page: time.is_some_and(|time| time.source == TimeSource::Document),
            named: fact.entity.as_ref().is_some_and(is_name),
            sha256: fact.source.sha256.to_string(),
            citation: Citation::of(fact),
        };
        self.points.entry((key(fact, metric), period, fact.status)).or_default().push(point);
    }

    /// The series, those with most observations first.
    pub fn finish(self) -> Development {
        let merged = self
            .points
            .into_iter()
            .flat_map(|((key, period, status), points)| merge(&key, period, status, points));
        // Days are asked for last: what a figure corroborates must not depend on them.
        let groups = corroborate::join(merged.collect());
        let mut all: BTreeMap<Key, Series> = BTreeMap::new();
        let mut left_out = 0;
        for group in groups {
            match group.period {
                Some(period) if !self.selection.has(period.end) => continue,
                None if self.selection.is_bounded() => {
                    left_out += group.points.len();
                    continue;
                }
                _ => {}
            }
            let new = || Series { key: group.key.clone(), observations: Vec::new(), undated: Vec::new() };
            let series = all.entry(group.key.clone()).or_insert_with(new);
            match group.period {
                Some(period) => series.observations.push(observation(period, group)),
                None => series.undated.push(undated(group)),
            }
        }
        let mut series: Vec<Series> = all.into_values().collect();
        series.sort_by_key(|series| std::cmp::Reverse((series.observations.len(), series.undated.len())));
        Development { series, facts: self.facts, changes: self.changes, left_out }
    }
}

/// Whether the words are the name of one thing rather than of a sort (*doanh nghiệp*, *người dân*), of which each page may
/// mean others. A capital may be there only because a sentence begins with the word.
fn is_name(label: &Label<'_>) -> bool {
    let begins = |word: &str, is: fn(char) -> bool| word.chars().next().is_some_and(is);
    let mut words = label.text.split_whitespace();
    let Some(first) = words.next() else { return label.id.is_some() };
    let last = words.clone().next_back();
    label.id.is_some()
        || begins(last.unwrap_or(first), char::is_numeric)
        || words.any(|word| begins(word, char::is_uppercase))
        || last.is_none() && is_proper(first)
}

/// Whether a single word is a name wherever it stands: `VNPT`, `A320`, `VinFast`.
fn is_proper(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(|c| c.is_uppercase() || c.is_numeric())
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

/// Merges the points of one period and status: each joins the first group that it agrees with. Where nothing says when, or
/// of whom, figures that differ do not contradict each other, and only those that are known again are the same.
fn merge(key: &Key, period: Option<Period>, status: Status, mut points: Vec<Point>) -> Vec<Group> {
    points.sort_by(|a, b| a.figure.rank(&b.figure).then_with(|| a.citation.fact.cmp(&b.citation.fact)));
    let named = points.iter().any(|point| point.named);
    let comparable = named && period.is_some();
    let mut groups: Vec<Group> = Vec::new();
    for point in points {
        let same = |group: &&mut Group| {
            let lead = &group.points[0].figure;
            if comparable { lead.agrees(&point.figure) } else { corroborate::same(lead, &point.figure) }
        };
        if let Some(group) = groups.iter_mut().find(same) {
            group.points.push(point);
        } else {
            let (key, points) = (key.clone(), vec![point]);
            groups.push(Group { key, period, status, contradicted: false, named, points });
        }
    }
    let contradicted = groups.len() > 1 && comparable;
    for group in &mut groups {
        group.contradicted = contradicted;
    }
    groups
}

fn observation(period: Period, group: Group) -> Observation {
    let own = || group.points.iter().filter(|point| !point.citation.by_figure);
    let pages = own().map(|point| (point.citation.place(), point.sha256.as_str()));
    let several = are_several(pages);
    let by_page = own().all(|point| point.dated_by_page);
    let contradicted = group.contradicted;
    let figure = finest(&group);
    let confidence = if contradicted || by_page {
        Confidence::Low
    } else if several && (group.named || corroborate::is_telling(&figure)) {
        Confidence::High
    } else {
        Confidence::Medium
    };
    let (status, citations) = (group.status, citations(group));
    Observation { period, status, amount: amount(figure), contradicted, confidence, citations }
}

fn undated(group: Group) -> Undated {
    let (status, amount) = (group.status, amount(finest(&group)));
    Undated { status, amount, citations: citations(group) }
}

fn amount(figure: Figure) -> Amount {
    let Figure { value, max, of, qualifier, .. } = figure;
    Amount { value, value_max: max, denominator: of, qualifier }
}

/// The finest of the figures that agree.
fn finest(group: &Group) -> Figure {
    let figures = group.points.iter().map(|point| point.figure);
    figures.fold(group.points[0].figure, |one, two| if two.rank(&one).is_lt() { two } else { one })
}

/// The earliest published first.
fn citations(group: Group) -> Vec<Citation> {
    let mut citations: Vec<Citation> = group.points.into_iter().map(|point| point.citation).collect();
    citations.sort_by_cached_key(|c| (c.published.is_none(), c.published, c.place(), c.bytes));
    citations
}

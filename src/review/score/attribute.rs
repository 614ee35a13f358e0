//! Field by field: does a fact say what its annotation says?

use std::collections::BTreeMap;

use serde_json::Value;

use super::gold::Gold;
use crate::fact::{Fact, Kind, Label, TimeSource};
use crate::review::gold::{direction, interval};

/// A field that is scored.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    Unit,
    Per,
    Qualifier,
    Direction,
    IsChange,
    Status,
    Time,
    Metric,
    Entity,
}

impl Field {
    /// All of them, in the order of the table.
    pub(super) const ALL: [Self; 9] = [
        Self::Unit,
        Self::Per,
        Self::Qualifier,
        Self::Direction,
        Self::IsChange,
        Self::Status,
        Self::Time,
        Self::Metric,
        Self::Entity,
    ];

    /// Its name in annotations.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Per => "per",
            Self::Qualifier => "qual",
            Self::Direction => "dir",
            Self::IsChange => "delta",
            Self::Status => "status",
            Self::Time => "time",
            Self::Metric => "metric",
            Self::Entity => "entity",
        }
    }

    /// Whether it is right; nothing where the annotation does not score it.
    pub(super) fn is_right(self, gold: &Gold, fact: &Fact<'_>) -> Option<bool> {
        let wanted = gold.wanted(self.name());
        if wanted.iter().any(|w| w == "*") {
            return None;
        }
        let stated = wanted.iter().any(is_stated);
        let got = || self.said(fact);
        match self {
            Self::IsChange => Some(wanted.iter().any(|w| fact.is_change == is_stated(w))),
            Self::Qualifier | Self::Direction => Some(is_word(&wanted, "", &got())),
            Self::Status => Some(is_word(&wanted, "actual", &got())),
            Self::Per => Some(is_text(&wanted, &got())),
            Self::Unit => unit(&wanted, fact),
            Self::Time => stated.then(|| wanted.iter().any(|w| time(w.as_str().unwrap_or_default(), fact))),
            Self::Metric | Self::Entity => stated.then(|| is_text(&wanted, &got())),
        }
    }

    /// What the fact says.
    pub(super) fn said(self, fact: &Fact<'_>) -> String {
        match self {
            Self::IsChange => fact.is_change.to_string(),
            Self::Qualifier => fact.qualifier.map_or("", |q| q.as_str()).to_owned(),
            Self::Direction => fact.direction.map_or("", direction).to_owned(),
            Self::Status => fact.status.as_str().to_owned(),
            Self::Per => fact.per.as_deref().unwrap_or_default().to_owned(),
            Self::Unit => fact.unit.as_deref().unwrap_or_default().to_owned(),
            Self::Time => fact.time.as_ref().map(crate::review::show::period).unwrap_or_default(),
            Self::Metric => label(fact.metric.as_ref()).to_owned(),
            Self::Entity => label(fact.entity.as_ref()).to_owned(),
        }
    }
}

/// Neither empty nor false.
fn is_stated(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value != ""
}

fn label<'f>(label: Option<&'f Label<'_>>) -> &'f str {
    label.map_or("", |label| &label.text)
}

fn is_word(wanted: &[Value], default: &str, got: &str) -> bool {
    wanted.iter().any(|w| if is_stated(w) { w == got } else { default == got })
}

/// Whether a text is similar to a wanted one; none is where none may be.
pub(super) fn is_text(wanted: &[Value], got: &str) -> bool {
    let text = |w: &Value| w.as_str().unwrap_or_default().to_owned();
    wanted.iter().any(|w| if is_stated(w) { similar(got, &text(w)) } else { got.is_empty() })
}

fn unit(wanted: &[Value], fact: &Fact<'_>) -> Option<bool> {
    let got = fact.unit.as_deref().unwrap_or_default();
    if matches!(fact.kind, Kind::Money | Kind::Percentage) {
        return Some(wanted.iter().any(|w| w == got));
    }
    let stated: Vec<&str> = wanted.iter().filter(|w| is_stated(w)).filter_map(Value::as_str).collect();
    let same = |w: &&str| syllables(got).next() == syllables(w).next() || similar(got, w);
    (!stated.is_empty()).then(|| stated.iter().any(same))
}

fn time(wanted: &str, fact: &Fact<'_>) -> bool {
    let Some(time) = &fact.time else { return wanted.is_empty() };
    if wanted.is_empty() {
        return time.source == TimeSource::Document;
    }
    interval::read(wanted) == Some((time.start, time.end))
}

/// Lower-cased runs of letters, digits, `_` and `&`.
fn syllables(text: &str) -> impl Iterator<Item = String> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '&');
    text.split(move |c| !inside(c)).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// How similar a text is to the wanted one that it is most similar to, from 0 to 1; the first one is a little better than the
/// others.
pub(super) fn similarity(wanted: &[Value], got: &str) -> f64 {
    const OTHER: f64 = 0.97;
    let similarity = |(i, wanted): (usize, &Value)| {
        let share = match wanted.as_str().filter(|_| is_stated(wanted)) {
            Some(text) => overlap(got, text),
            None => f64::from(got.is_empty()),
        };
        if i == 0 { share } else { OTHER * share }
    };
    wanted.iter().enumerate().map(similarity).fold(0.0, f64::max)
}

/// Whether the harmonic mean of precision and recall of the syllables is at least a half.
fn similar(a: &str, b: &str) -> bool {
    overlap(a, b) >= 0.5
}

/// The harmonic mean of precision and recall of the syllables.
fn overlap(a: &str, b: &str) -> f64 {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    syllables(a).for_each(|word| counts.entry(word).or_default().0 += 1);
    syllables(b).for_each(|word| counts.entry(word).or_default().1 += 1);
    let common: usize = counts.values().map(|(a, b)| *a.min(b)).sum();
    let all: usize = counts.values().map(|(a, b)| a + b).sum();
    if common > 0 { 2.0 * common as f64 / all as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_syllables_are_enough() {
        assert!(similar("Dịch vụ công", "dịch vụ khác"));
        assert!(!similar("dịch vụ", "hồ sơ"));
        assert!(!similar("", ""));
    }
}

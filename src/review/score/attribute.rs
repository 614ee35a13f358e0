//! Field by field: does a fact say what its annotation says?

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::gold::Gold;
use crate::fact::{Direction, Fact, Kind, Label, TimeSource};

/// The fields that are scored, by the names of the annotation.
pub(super) const ATTRIBUTES: [&str; 9] =
    ["unit", "per", "qual", "dir", "delta", "status", "time", "metric", "entity"];

/// Whether the field is right; nothing where the annotation does not score it.
pub(super) fn is_right(name: &str, gold: &Gold, fact: &Fact<'_>) -> Option<bool> {
    let wanted = gold.wanted(name);
    if wanted.iter().any(|w| w == "*") {
        return None;
    }
    let stated = wanted.iter().any(is_stated);
    match name {
        "delta" => Some(wanted.iter().any(|w| fact.is_change == is_stated(w))),
        "qual" => Some(is_word(&wanted, "", fact.qualifier.map_or("", |q| q.as_str()))),
        "dir" => Some(is_word(&wanted, "", fact.direction.map_or("", direction))),
        "status" => Some(is_word(&wanted, "actual", fact.status.as_str())),
        "per" => Some(is_text(&wanted, fact.per.as_deref().unwrap_or_default())),
        "unit" => unit(&wanted, fact),
        _ if !stated => None,
        "time" => Some(wanted.iter().any(|w| time(w.as_str().unwrap_or_default(), fact))),
        "metric" => Some(is_text(&wanted, label(fact.metric.as_ref()))),
        _ => Some(is_text(&wanted, label(fact.entity.as_ref()))),
    }
}

/// What the fact says, for messages.
pub(super) fn said(name: &str, fact: &Fact<'_>) -> String {
    match name {
        "delta" => fact.is_change.to_string(),
        "qual" => fact.qualifier.map_or("", |q| q.as_str()).to_owned(),
        "dir" => fact.direction.map_or("", direction).to_owned(),
        "status" => fact.status.as_str().to_owned(),
        "per" => fact.per.as_deref().unwrap_or_default().to_owned(),
        "unit" => fact.unit.as_deref().unwrap_or_default().to_owned(),
        "time" => fact.time.as_ref().map(crate::review::show::period).unwrap_or_default(),
        "metric" => label(fact.metric.as_ref()).to_owned(),
        _ => label(fact.entity.as_ref()).to_owned(),
    }
}

/// Neither empty nor false.
fn is_stated(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value != ""
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Increase => "up",
        Direction::Decrease => "down",
    }
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
    interval(wanted) == Some((time.start, time.end))
}

type Interval = (Option<Date>, Option<Date>);

/// First and last day of a date, month, quarter, half, year, or `A/B` of these, where `..` leaves an end open.
fn interval(text: &str) -> Option<Interval> {
    if let Some((from, to)) = text.split_once('/') {
        let end = |part: &str| if part == ".." { Some((None, None)) } else { interval(part) };
        return Some((end(from)?.0, end(to)?.1));
    }
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let (first, last) = match (parts.next(), parts.next()) {
        (None, _) => (1, 12),
        (Some(month), Some(day)) => {
            let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok();
            return day.map(|day| (Some(day), Some(day)));
        }
        (Some(part), None) => months(part)?,
    };
    let day = |month| Date::new(year, month, 1).ok();
    Some((Some(day(first)?), Some(day(last)?.last_of_month())))
}

/// First and last month of `Q3`, `H1` or `06`.
fn months(part: &str) -> Option<(i8, i8)> {
    let span = |n: &str, length: i8| {
        let n: i8 = n.parse().ok()?;
        (1..=12 / length).contains(&n).then(|| (length * (n - 1) + 1, length * n))
    };
    match part.as_bytes().first()? {
        b'Q' => span(&part[1..], 3),
        b'H' => span(&part[1..], 6),
        _ => span(part, 1),
    }
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

    fn days(text: &str) -> Option<(String, String)> {
        let shown = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
        interval(text).map(|(first, last)| (shown(first), shown(last)))
    }

    #[test]
    fn intervals_are_read() {
        let both = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(days("2020-02"), both("2020-02-01", "2020-02-29"));
        assert_eq!(days("2020-Q4"), both("2020-10-01", "2020-12-31"));
        assert_eq!(days("2019/2020-H1"), both("2019-01-01", "2020-06-30"));
        assert_eq!(days("../2020-06-18"), both("..", "2020-06-18"));
        for bad in ["", "x", "2020-13", "2020-Q5", "2020-02-31", "2020-", "2020-Qé"] {
            assert_eq!(days(bad), None, "{bad}");
        }
    }

    #[test]
    fn half_of_the_syllables_are_enough() {
        assert!(similar("Dịch vụ công", "dịch vụ khác"));
        assert!(!similar("dịch vụ", "hồ sơ"));
        assert!(!similar("", ""));
    }
}

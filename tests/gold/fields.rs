//! Field by field: does a record say what is expected of it?

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::page::{Choice, Gold, Prediction};

/// Whether each field is right; nothing where it is not scored for this fact.
pub(crate) fn compare(gold: &Gold, got: &Prediction) -> [(&'static str, Option<bool>); 9] {
    let direction = got.text("direction").map(|d| if d == "increase" { "up" } else { "down" });
    let status = got.text("status").unwrap_or("actual");
    [
        ("unit", unit(gold, got)),
        ("per", exact_or(gold.per.as_ref(), got.text("per"), similar)),
        ("qualifier", exact_or(gold.qual.as_ref(), got.text("qualifier"), str::eq)),
        ("direction", exact_or(gold.dir.as_ref(), direction, str::eq)),
        ("is_change", gold.change().map(|change| change == got.flag("is_change"))),
        ("status", exact_or(gold.status.as_ref(), (status != "actual").then_some(status), str::eq)),
        ("time", time(gold, got)),
        ("metric", words(gold.metric.as_ref(), got.text("metric"))),
        ("entity", words(gold.entity.as_ref(), got.text("entity"))),
    ]
}

fn exact_or(want: Option<&Choice>, got: Option<&str>, same: fn(&str, &str) -> bool) -> Option<bool> {
    let Some(want) = want else { return Some(got.is_none()) };
    let any = |w: &String| if w.is_empty() { got.is_none() } else { got.is_some_and(|got| same(w, got)) };
    (!unscored(want)).then(|| want.all().iter().any(any))
}

fn words(want: Option<&Choice>, got: Option<&str>) -> Option<bool> {
    want.and_then(|want| exact_or(Some(want), got, similar))
}

fn unit(gold: &Gold, got: &Prediction) -> Option<bool> {
    let want = gold.unit.as_ref().filter(|want| want.all().iter().any(|w| !w.is_empty()))?;
    exact_or(Some(want), got.text("unit"), same_unit)
}

fn same_unit(want: &str, got: &str) -> bool {
    want == got
        || syllables(want).next().is_some_and(|w| syllables(got).next() == Some(w))
        || similar(want, got)
}

fn time(gold: &Gold, got: &Prediction) -> Option<bool> {
    let want = gold.time.as_ref().filter(|want| !unscored(want))?;
    let got = got.time();
    let stated = got.filter(|[_, _, source]| *source != Some("document"));
    let right = |w: &String| match interval(w) {
        None => stated.is_none(),
        Some((first, last)) => got.is_some_and(|[start, end, _]| {
            start == Some(first.to_string().as_str()) && end == Some(last.to_string().as_str())
        }),
    };
    Some(want.all().iter().any(right))
}

fn unscored(want: &Choice) -> bool {
    want.all().iter().any(|w| w == "*")
}

/// First and last day of a date, month, quarter, half, year, or `A/B` of these.
fn interval(text: &str) -> Option<(Date, Date)> {
    if let Some((a, b)) = text.split_once('/') {
        return Some((interval(a)?.0, interval(b)?.1));
    }
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let (first, last) = match (parts.next(), parts.next()) {
        (None, _) => (1, 12),
        (Some(month), Some(day)) => {
            let day = date(year, month.parse().ok()?, day.parse().ok()?);
            return Some((day, day));
        }
        (Some(part), None) => months(part)?,
    };
    Some((date(year, first, 1), date(year, last, 1).last_of_month()))
}

/// First and last month of `Q3`, `H1` or `06`.
fn months(part: &str) -> Option<(i8, i8)> {
    let count = |length: i8, n: &str| n.parse::<i8>().ok().map(|n| (length * (n - 1) + 1, length * n));
    match part.split_at(1) {
        ("Q", n) => count(3, n),
        ("H", n) => count(6, n),
        _ => count(1, part),
    }
}

/// Whether at least half of the syllables agree, as the harmonic mean of precision and recall.
fn similar(a: &str, b: &str) -> bool {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    syllables(a).for_each(|s| *counts.entry(s).or_default() += 1);
    let mut common = 0;
    for syllable in syllables(b) {
        if let Some(left) = counts.get_mut(&syllable).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    4 * common >= syllables(a).count() + syllables(b).count() && common > 0
}

fn syllables(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '&'));
    parts.filter(|s| !s.is_empty()).map(str::to_lowercase)
}

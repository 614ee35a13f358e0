//! The year of an expression that states none: from its sentence or from earlier ones.

use super::compile::Compiled;
use super::reading::{Field, Reading, Shape};
use super::schema::Role;
use super::{Resolved, TimeMemory, TimeMention};
use crate::fact::TimeSource;

/// The year of expression `at`, and what tells it; those before it are resolved.
pub(super) fn of(
    rules: &Compiled,
    text: &str,
    times: &[TimeMention],
    found: &[Option<Resolved>],
    at: usize,
    memory: &TimeMemory,
) -> Option<(i32, TimeSource)> {
    year_beside(times, at)
        .map(|year| (year, TimeSource::Sentence))
        .or_else(|| year_before(memory, &times[at]).filter(|_| !is_news(rules, text, &times[at], memory)))
        .or_else(|| if memory.today().is_none() { year_compared(times) } else { None })
        .or_else(|| year_explained(text, times, found, at))
}

/// Whether an expression is of the year of writing, which is known (hồi tháng 4).
fn is_news(rules: &Compiled, text: &str, time: &TimeMention, memory: &TimeMemory) -> bool {
    let frame = &text[time.span.start..time.core];
    memory.today().is_some() && rules.lately.iter().any(|word| frame.contains(word.as_str()))
}

/// The year that another expression of the sentence states.
fn year_beside(times: &[TimeMention], at: usize) -> Option<i32> {
    let precise =
        |r: &Reading| !matches!(r.shape, Shape::Year | Shape::Years | Shape::Decade | Shape::Century);
    let stated = |time: &TimeMention| -> Option<i32> {
        let usable = !matches!(time.role, Some(Role::Base | Role::By))
            && !time.only_names()
            && !matches!(time.reading.shape, Shape::Years | Shape::SamePeriod)
            && (time.role != Some(Role::AsOf) || time.reading.shape != Shape::Year);
        let last = time.until.unwrap_or(time.reading);
        if usable { last.int(Field::Year).or(time.reading.int(Field::Year)) } else { None }
    };
    let before = times[..at].iter().rev().find_map(stated);
    before.or_else(|| times[at + 1..].iter().filter(|t| precise(&t.reading)).find_map(stated))
}

/// What is measured against `cùng kỳ năm 2016` is of 2017, as far as nothing better is known: it may be of a later year.
fn year_compared(times: &[TimeMention]) -> Option<(i32, TimeSource)> {
    let mut compared = times.iter().filter(|t| t.reading.shape == Shape::SamePeriod);
    let year = compared.find_map(|t| t.reading.int(Field::Year))?;
    Some((year + 1, TimeSource::Sentence))
}

/// An expression in parentheses behind another is of the same year (`Tết Đinh Dậu (từ 26/1 - 1/2)`).
fn year_explained(
    text: &str,
    times: &[TimeMention],
    found: &[Option<Resolved>],
    at: usize,
) -> Option<(i32, TimeSource)> {
    let before = at.checked_sub(1)?;
    let gap = &text[times[before].span.end..times[at].span.start];
    let last = found.get(before).copied().flatten()?.interval.last?;
    (gap.trim() == "(").then(|| (i32::from(last.year()), TimeSource::Sentence))
}

fn year_before(memory: &TimeMemory, time: &TimeMention) -> Option<(i32, TimeSource)> {
    let year = match (memory.today(), time.reading.shape) {
        (Some(_), Shape::Day | Shape::Days) => None,
        (Some(_), _) => memory.paragraph_year,
        // The year of a story long ago is not that of a day of the news.
        (None, Shape::Day | Shape::Days) => {
            memory.dated_year.map(|year| memory.paragraph_year.unwrap_or(year).max(year))
        }
        (None, _) => memory.paragraph_year.or(memory.year),
    };
    year.map(|year| (year, TimeSource::Context))
}

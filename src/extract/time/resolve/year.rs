//! The year of an expression that states none: from its sentence or from earlier ones.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::ahead::recalls;
use super::future;
use crate::extract::time::compile::Compiled;
use crate::extract::time::interval::Interval;
use crate::extract::time::reading::{Field, Reading, Shape};
use crate::extract::time::schema::Role;
use crate::extract::time::{Resolved, TimeMemory, TimeMention};
use crate::fact::TimeSource;

/// Days before what was told last, and behind it, in which something without a year is still of its year. Day for day
/// a story goes on from there; months and quarters are told further on. (Of days that lie further off, nine in ten
/// are those of the news, not of what it recalls.)
const DAYS_NEAR: RangeInclusive<i32> = -31..=31;
const MONTHS_NEAR: RangeInclusive<i32> = -32..=93;
/// Of parts of a year (`cuối năm`).
const PARTS_NEAR: RangeInclusive<i32> = -32..=366;
/// The same for a story of earlier years than others that the page spoke of: it only goes on.
const STORY_NEAR: RangeInclusive<i32> = -2..=31;
/// And for what is told over the turn of the year.
const TURN_NEAR: RangeInclusive<i32> = 1..=62;
/// Of a beginning from which on something is counted (`từ đầu năm`).
const YEAR_NEAR: RangeInclusive<i32> = -366..=366;
/// Days before the day of writing that are of the news, whatever story was told last, and after it (below zero).
const NEWS: RangeInclusive<i32> = -31..=62;
/// A year that begins within so many bytes leads its sentence.
const LEADING: usize = 24;
/// A year ends at most so many bytes before a day that it belongs to.
const BESIDE: usize = 32;
/// Over how many sentences a story goes on, or a bare year holds.
const LASTS: u8 = 4;

/// The year of expression `at`, and what tells it; those before it are resolved. `fit` gives its days in a year.
pub(crate) fn of(
    rules: &Compiled,
    text: &str,
    times: &[TimeMention],
    found: &[Option<Resolved>],
    at: usize,
    memory: &TimeMemory,
    fit: impl Fn(i32) -> Option<Interval>,
) -> Option<(i32, TimeSource)> {
    let news = lean(rules, text, &times[at]).is_some();
    let before = || match memory.today() {
        Some(_) if news => None,
        Some(today) => year_before(memory, &times[at], today, future(rules, text, &times[at]), &fit),
        None => year_alike(times, &found[..at.min(found.len())])
            .or_else(|| year_told(memory, &times[at], news, &fit))
            .or_else(|| year_compared(times))
            .or_else(|| year_ahead(memory, &times[at], &fit).filter(|_| !recalls(rules, text))),
    };
    year_beside(times, at)
        .map(|year| (year, TimeSource::Sentence))
        .or_else(before)
        .or_else(|| year_explained(text, times, found, at))
}

/// Where from the day of writing something lies whose year is that of the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    /// Before it.
    Back,
    /// Behind it.
    Ahead,
    /// Nothing says that it is over.
    Either,
}

/// What words around an expression say if they make it one of the news (hồi tháng 4).
pub(crate) fn lean(rules: &Compiled, text: &str, time: &TimeMention) -> Option<Lean> {
    let (words, behind) = (&text[time.span.clone()], text[time.span.end..].trim_start());
    let follows = |list: &[String]| list.iter().any(|word| behind.starts_with(word.as_str()));
    if follows(&rules.cues.soon) {
        return Some(Lean::Ahead);
    }
    let lately = rules.cues.lately.iter().any(|word| words.contains(word.as_str()));
    if lately && follows(&rules.cues.coming) {
        return Some(Lean::Either);
    }
    (lately || follows(&rules.cues.just)).then_some(Lean::Back)
}

/// The year that another expression of the sentence states.
fn year_beside(times: &[TimeMention], at: usize) -> Option<i32> {
    let precise =
        |r: &Reading| !matches!(r.shape, Shape::Year | Shape::Years | Shape::Decade | Shape::Century);
    let stated = |time: &TimeMention| -> Option<i32> {
        let usable = !matches!(time.role, Some(Role::Base | Role::By | Role::Before))
            && !time.only_names()
            && !matches!(time.reading.shape, Shape::Years | Shape::SamePeriod)
            && (time.role != Some(Role::AsOf) || time.reading.shape != Shape::Year);
        let last = time.until.unwrap_or(time.reading);
        if usable { last.int(Field::Year).or(time.reading.int(Field::Year)) } else { None }
    };
    // A bare year in the middle of a sentence dates what it stands behind, not a day further on.
    let day = matches!(times[at].reading.shape, Shape::Day | Shape::Days);
    let reaches = |time: &&TimeMention| {
        !day || precise(&time.reading)
            || time.span.start < LEADING
            || times[at].span.start.saturating_sub(time.span.end) < BESIDE
    };
    let before = times[..at].iter().rev().filter(reaches).find_map(stated);
    before.or_else(|| times[at + 1..].iter().filter(|t| precise(&t.reading)).find_map(stated))
}

/// The year of an earlier expression of the sentence that states none, either, and got it from earlier sentences.
fn year_alike(times: &[TimeMention], found: &[Option<Resolved>]) -> Option<(i32, TimeSource)> {
    let alike = |(time, found): (&TimeMention, &Option<Resolved>)| {
        let found = found.filter(|found| found.source == TimeSource::Context)?;
        let speaks = !matches!(time.role, Some(Role::Base | Role::By | Role::Before))
            && time.reading.shape != Shape::SinceThen;
        found.interval.last.filter(|_| speaks).map(|last| (i32::from(last.year()), TimeSource::Context))
    };
    times.iter().zip(found).rev().find_map(alike)
}

/// The year of something near a day that the page states, further on or before.
fn year_ahead(
    memory: &TimeMemory,
    time: &TimeMention,
    fit: impl Fn(i32) -> Option<Interval>,
) -> Option<(i32, TimeSource)> {
    let day = matches!(time.reading.shape, Shape::Day | Shape::Days);
    let year = day.then(|| memory.year_stated_near(fit)).flatten()?;
    Some((year, TimeSource::Context))
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

/// The year of something on a page whose day of writing is known: that of the news, unless a paragraph, or a story day by
/// day, has just told of another. Both go on over the turn of the year.
fn year_before(
    memory: &TimeMemory,
    time: &TimeMention,
    today: Date,
    future: bool,
    fit: impl Fn(i32) -> Option<Interval>,
) -> Option<(i32, TimeSource)> {
    let told = memory.told.as_ref().filter(|told| told.age <= LASTS)?;
    let year = i32::from(told.interval.last?.year());
    let this = i32::from(today.year());
    let near = |year: i32, near: &RangeInclusive<i32>| {
        fit(year).and_then(|days| told.interval.to(days)).is_some_and(|days| near.contains(&days))
    };
    let single = told.interval.first? >= told.interval.last?.first_of_month();
    let turns = || told.precise && single && year < this && near(year + 1, &TURN_NEAR);
    if matches!(time.reading.shape, Shape::Day | Shape::Days) {
        let ago = fit(this).and_then(|days| days.to(Interval::day(today)));
        // What lies ahead is of the news only if it is said to.
        let news = ago.is_some_and(|ago| NEWS.contains(&ago) && (ago >= 0 || future));
        let goes_on = told.precise && year < this && !news;
        return if goes_on && near(year, &STORY_NEAR) {
            Some((year, TimeSource::Context))
        } else {
            (goes_on && turns()).then_some((year + 1, TimeSource::Context))
        };
    }
    let over = || fit(year + 1).and_then(|days| days.last).is_some_and(|last| last <= today);
    let turned = time.reading.shape == Shape::Month && turns() && over();
    (memory.paragraph_year == Some(year)).then_some((year + i32::from(turned), TimeSource::Context))
}

/// The year of what was told last, where no day of writing is known: only of what lies near it, for most days and months
/// that state no year are those of the news.
fn year_told(
    memory: &TimeMemory,
    time: &TimeMention,
    news: bool,
    fit: impl Fn(i32) -> Option<Interval>,
) -> Option<(i32, TimeSource)> {
    let told = memory.told.as_ref()?;
    let year = i32::from(told.interval.last?.year());
    let day = matches!(time.reading.shape, Shape::Day | Shape::Days);
    let latest = memory.year.is_none_or(|latest| year >= latest);
    let goes_on = told.age <= LASTS;
    let near = match (told.precise, latest) {
        (false, _) => return (latest && goes_on && !day && !news).then_some((year, TimeSource::Context)),
        (true, true) if day => DAYS_NEAR,
        (true, true) if time.reading.shape == Shape::Year && time.role == Some(Role::Since) => YEAR_NEAR,
        (true, true) if time.reading.shape == Shape::Year => PARTS_NEAR,
        (true, true) => MONTHS_NEAR,
        (true, false) if goes_on && !news => STORY_NEAR,
        (true, false) => return None,
    };
    let within = |year: i32, near: &RangeInclusive<i32>| {
        fit(year).and_then(|days| told.interval.to(days)).is_some_and(|days| near.contains(&days))
    };
    // A month may end with the year, but what is told of a longer time says nothing of the next.
    let turns = told.interval.first? >= told.interval.last?.first_of_month() && within(year + 1, &TURN_NEAR);
    let found = if within(year, &near) { Some(year) } else { turns.then_some(year + 1) };
    found.map(|year| (year, TimeSource::Context))
}

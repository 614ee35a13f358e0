//! The year of an expression that states none: from its sentence or from earlier ones.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::{Clues, future};
use crate::extract::time::compile::Compiled;
use crate::extract::time::interval::Interval;
use crate::extract::time::memory::Told;
use crate::extract::time::memory::ahead::recalls;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Shape};
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
/// A year ends at most so many bytes before a day that it belongs to.
const BESIDE: usize = 32;
/// Over how many sentences a story goes on, or a bare year holds.
const STORY_LASTS: u8 = 4;

/// An expression that may state no year, and all that may tell it.
pub(super) struct Yearless<'a> {
    pub(super) text: &'a str,
    pub(super) times: &'a [TimeMention],
    /// Its index in `times`.
    pub(super) at: usize,
    /// Those before it, resolved.
    pub(super) found: &'a [Option<Resolved>],
    pub(super) memory: &'a TimeMemory,
    pub(super) clues: &'a Clues<'a>,
}

impl Yearless<'_> {
    /// Its year, and what tells it.
    pub(super) fn year(&self) -> Option<(i32, TimeSource)> {
        let sentence = |year| (year, TimeSource::Sentence);
        let beside = self.beside().map(sentence);
        beside.or_else(|| self.remembered()).or_else(|| self.explained().map(sentence))
    }

    /// The expression itself.
    fn time(&self) -> &TimeMention {
        &self.times[self.at]
    }

    /// Whether it is one or more days of a month.
    fn is_days(&self) -> bool {
        self.time().statement.shape.is_days()
    }

    /// The year that another expression of the sentence states.
    fn beside(&self) -> Option<i32> {
        // A bare year in the middle of a sentence dates what it stands behind, not a day further on.
        let day = self.is_days();
        let reaches = |time: &&TimeMention| {
            !day || is_precise(time)
                || time.leads()
                || self.time().span.start.saturating_sub(time.span.end) < BESIDE
        };
        let before = self.times[..self.at].iter().rev().filter(reaches).find_map(stated);
        before.or_else(|| {
            let mut behind = self.times[self.at + 1..].iter().filter(|time| is_precise(time));
            behind.find_map(stated)
        })
    }

    /// The year that earlier sentences or the rest of the page tell, and, where no day of writing is known, that of a
    /// comparison.
    fn remembered(&self) -> Option<(i32, TimeSource)> {
        let context = |year| (year, TimeSource::Context);
        let Some(today) = self.memory.today() else {
            let told = self.alike().or_else(|| self.told());
            let compared = || self.compared().map(|year| (year, TimeSource::Sentence));
            let rest = || self.ahead().or_else(|| self.of_page()).map(context);
            return told.map(context).or_else(compared).or_else(rest);
        };
        if self.is_news() { None } else { self.continued(today).map(context) }
    }

    /// Whether words around the expression make it one of the news.
    fn is_news(&self) -> bool {
        self.clues.lean.is_some()
    }

    /// The year of an earlier expression of the sentence that states none, either, and got it from earlier sentences.
    fn alike(&self) -> Option<i32> {
        let alike = |(time, found): (&TimeMention, &Option<Resolved>)| {
            let found = found.filter(|found| found.source == TimeSource::Context)?;
            let speaks = !matches!(time.role, Some(Role::Base | Role::By | Role::Before))
                && time.statement.shape != Shape::SinceThen;
            found.interval.last.filter(|_| speaks).map(|last| i32::from(last.year()))
        };
        self.times[..self.at].iter().zip(self.found).rev().find_map(alike)
    }

    /// The year of something near a day that the page states, further on or before.
    fn ahead(&self) -> Option<i32> {
        let year =
            if self.is_days() { self.memory.year_stated_near(|year| self.days_in(year)) } else { None };
        year.filter(|_| !recalls(self.clues.rules, self.text))
    }

    /// The year that the page shows to be its own.
    fn of_page(&self) -> Option<i32> {
        self.memory.page_year().filter(|_| !recalls(self.clues.rules, self.text))
    }

    /// What is measured against `cùng kỳ năm 2016` is of 2017, as far as nothing better is known: it may be of a later
    /// year. What is measured against `tháng 6 năm ngoái` is of the year of writing.
    fn compared(&self) -> Option<i32> {
        let compared = |time: &TimeMention| match time.statement.shape {
            Shape::SamePeriod => time.statement.int(Field::Year).map(|year| year + 1),
            shape if shape == self.time().statement.shape && time.role == Some(Role::Base) => {
                let same = time.statement.get(Field::Month) == self.time().statement.get(Field::Month);
                let last = same && time.statement.int(Field::Shift) == Some(-1);
                self.clues.now.filter(|_| last).map(|(year, _)| year)
            }
            _ => None,
        };
        self.times.iter().find_map(compared)
    }

    /// An expression in parentheses behind another is of the same year (`Tết Đinh Dậu (từ 26/1 - 1/2)`).
    fn explained(&self) -> Option<i32> {
        let before = self.at.checked_sub(1)?;
        let gap = &self.text[self.times[before].span.end..self.time().span.start];
        let last = self.found[before]?.interval.last?;
        (gap.trim() == "(" && !self.times[before].only_names()).then(|| i32::from(last.year()))
    }

    /// The year of something on a page whose day of writing is known: that of the news, unless a paragraph, or a story
    /// day by day, has just told of another. Both go on over the turn of the year.
    fn continued(&self, today: Date) -> Option<i32> {
        let told = self.memory.told.as_ref().filter(|told| told.age <= STORY_LASTS)?;
        let year = i32::from(told.interval.last?.year());
        let this = i32::from(today.year());
        let earlier = told.precise && year < this;
        if self.is_days() {
            let goes_on = earlier && !self.is_of_the_news(today);
            return if goes_on { self.in_story(told, year, &STORY_NEAR) } else { None };
        }
        let over = || self.days_in(year + 1).and_then(|days| days.last).is_some_and(|last| last <= today);
        let month = self.time().statement.shape == Shape::Month;
        let turned = month && earlier && self.turns(told, year) && over();
        (self.memory.paragraph_year == Some(year)).then_some(year + i32::from(turned))
    }

    /// Whether days are near enough to that of writing to be of the news. What lies ahead is only if it is said to.
    fn is_of_the_news(&self, today: Date) -> bool {
        let days = self.days_in(i32::from(today.year()));
        let ago = days.and_then(|days| days.to(Interval::day(today)));
        ago.is_some_and(|ago| {
            NEWS.contains(&ago) && (ago >= 0 || future(self.clues.rules, self.text, self.time()))
        })
    }

    /// The year of what was told last, where no day of writing is known: only of what lies near it, for most days and
    /// months that state no year are those of the news.
    fn told(&self) -> Option<i32> {
        let told = self.memory.told.as_ref()?;
        let year = i32::from(told.interval.last?.year());
        let latest = self.memory.latest_so_far.is_none_or(|latest| year >= latest);
        let goes_on = told.age <= STORY_LASTS && !self.is_news();
        if !told.precise {
            return (latest && goes_on && !self.is_days()).then_some(year);
        }
        let near = if latest {
            self.near()
        } else if goes_on {
            STORY_NEAR
        } else {
            return None;
        };
        self.in_story(told, year, &near)
    }

    /// The year of something in a story of `year`: that one if it lies `near`, or the next where the story goes on there.
    fn in_story(&self, told: &Told, year: i32, near: &RangeInclusive<i32>) -> Option<i32> {
        if self.is_near(told, year, near) { Some(year) } else { self.turns(told, year).then_some(year + 1) }
    }

    /// In which days before and behind what was told last something of this sort is of its year.
    fn near(&self) -> RangeInclusive<i32> {
        match self.time().statement.shape {
            Shape::Day | Shape::Days => DAYS_NEAR,
            Shape::Year if self.time().role == Some(Role::Since) => YEAR_NEAR,
            Shape::Year => PARTS_NEAR,
            _ => MONTHS_NEAR,
        }
    }

    /// Whether a story of `year` goes on in the next, by days and months. A month may end with the year, but what is told of a
    /// longer time says nothing of the next, and a part of a year is that of the one told of.
    fn turns(&self, told: &Told, year: i32) -> bool {
        let month = self.time().statement.shape == Shape::Month;
        (self.is_days() || month) && told.ends_in_its_month() && self.is_near(told, year + 1, &TURN_NEAR)
    }

    /// Whether the expression, in a year, is so many days from what was told last.
    fn is_near(&self, told: &Told, year: i32, near: &RangeInclusive<i32>) -> bool {
        let days = self.days_in(year).and_then(|days| told.interval.to(days));
        days.is_some_and(|days| near.contains(&days))
    }

    /// The days of the expression in a year.
    fn days_in(&self, year: i32) -> Option<Interval> {
        self.clues.fit(self.time().dated(), year)
    }
}

/// Whether an expression states more than a year.
fn is_precise(time: &TimeMention) -> bool {
    !matches!(time.statement.shape, Shape::Year | Shape::Years | Shape::Decade | Shape::Century)
}

/// The year that an expression states for others of its sentence as well.
fn stated(time: &TimeMention) -> Option<i32> {
    let usable = !matches!(time.role, Some(Role::Base | Role::By | Role::Before))
        && !time.only_names()
        && !matches!(time.statement.shape, Shape::Years | Shape::SamePeriod)
        && (time.role != Some(Role::AsOf) || time.statement.shape != Shape::Year);
    let last = time.until.unwrap_or(time.statement);
    if usable { last.int(Field::Year).or(time.statement.int(Field::Year)) } else { None }
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
    if follows(&rules.cues.resolve.soon) {
        return Some(Lean::Ahead);
    }
    let lately = rules.cues.resolve.lately.iter().any(|word| words.contains(word.as_str()));
    if lately && follows(&rules.cues.resolve.coming) {
        return Some(Lean::Either);
    }
    (lately || follows(&rules.cues.resolve.just)).then_some(Lean::Back)
}

//! The time and base of each figure of a sentence: what governs it, or what an earlier sentence leaves to it.

use std::borrow::Cow;

use super::base::{self, Comparison};
use super::compile::Compiled;
use super::govern::Governor;
use super::interval::{Interval, Unit};
use super::schema::Role;
use super::statement::Shape;
use super::view::View;
use super::{Dating, TimeMemory, TimeMention};
use crate::extract::mention::{Mention, Scene};
use crate::fact::{Base, Kind, Status, Time, TimeRole, TimeSource};

/// A comparison nearer than this behind a share or a multiple, in bytes, is its own.
const NEAR: usize = 24;

/// Dates every mention of a scene.
pub(super) fn date<'t>(rules: &Compiled, scene: &Scene<'_, 't>, memory: &mut TimeMemory) -> Vec<Dating<'t>> {
    let view = View::new(rules, scene, memory);
    let governors: Vec<Governor> = scene.mentions.iter().map(|m| view.governor(m)).collect();
    let mut datings: Vec<Dating<'t>> = Vec::with_capacity(governors.len());
    // What the same period of another year is counted from.
    let mut period = memory.carried.as_ref().map(|c| c.interval);
    let today = memory.today().map(Interval::day);
    for (mention, &governor) in scene.mentions.iter().zip(&governors) {
        let (time, interval) = view.time(mention, governor, period, memory);
        if !view.passes(governor) && !matches!(governor, Governor::Compared(_)) {
            period = interval.filter(|_| interval != today).or(period);
        }
        // As things stand on a day, no period is told that another year has, too.
        let stated =
            interval.filter(|_| interval != today && time.as_ref().is_some_and(|t| t.text.is_some()));
        let base = view.base(mention, governor, stated);
        datings.push(Dating { time, base });
    }
    view.remember(&governors, &datings, memory);
    datings
}

impl<'t> View<'_, 't> {
    /// The time of a figure, and its days. `period` is what the same period of another year is counted from.
    fn time(
        &self,
        mention: &Mention<'_>,
        governor: Governor,
        period: Option<Interval>,
        memory: &TimeMemory,
    ) -> (Option<Time<'t>>, Option<Interval>) {
        let time = match governor {
            Governor::Time(index) => self.stated(mention, index, period, memory),
            Governor::Compared(index) => self.compared_time(index, period),
            Governor::None => {
                let today = || published(memory).filter(|_| !self.untold(mention.quote.start));
                let told = self.carried(mention, memory).or_else(|| self.compared_period(mention, memory));
                told.or_else(today).or_else(|| self.titled(mention, memory))
            }
            Governor::Former => None,
            Governor::Began(index) => self.beginning(index),
        };
        let interval = time.as_ref().map(|t| Interval { first: t.start, last: t.end });
        (time, interval)
    }

    fn stated(
        &self,
        mention: &Mention<'_>,
        index: usize,
        period: Option<Interval>,
        memory: &TimeMemory,
    ) -> Option<Time<'t>> {
        let time = &self.times[index];
        if time.statement.shape == Shape::SamePeriod {
            let interval = base::resolve(time, None, period)?;
            return Some(self.record(index, interval, TimeRole::During, TimeSource::Sentence));
        }
        let found = self.resolved[index]?;
        if let Some(interval) = self.of_beginning(mention, index, found.interval) {
            return Some(self.record(index, interval, TimeRole::During, found.source));
        }
        let ahead =
            matches!((found.interval.last, memory.today()), (Some(last), Some(today)) if last > today);
        let role = self.role(index, found.interval, mention.status == Status::Target || ahead);
        Some(self.record(index, found.interval, role, found.source))
    }

    /// `từ tháng 5 (2 tỷ đồng)`: in parentheses right behind a beginning stands the figure of that unit alone. So does what
    /// the event came to that is a beginning (`kể từ vụ nổ hồi tháng 1 khiến 7 người chết`).
    fn of_beginning(&self, mention: &Mention<'_>, index: usize, open: Interval) -> Option<Interval> {
        let time = &self.times[index];
        let begins = time.role == Some(Role::Since)
            && open.last.is_none()
            && time.statement.part().is_none()
            && !self.is_stretch(index);
        if begins && (self.stands_inside(mention, time) || self.comes_of(mention, time)) {
            Interval::around(open.first?, self.unit(index)?, 0)
        } else {
            None
        }
    }

    /// Whether a level stands in parentheses right behind an expression.
    fn stands_inside(&self, mention: &Mention<'_>, time: &TimeMention) -> bool {
        let Some(inside) = self.insertion_at(mention.quote.start) else { return false };
        let level = !mention.is_change && mention.kind != Kind::Quantity;
        let words = self.text.get(inside.start..mention.phrase.start).unwrap_or("").split_whitespace();
        let behind = self.text.get(time.span.end..inside.start);
        level && words.count() <= 1 && behind.is_some_and(|gap| gap.trim() == "(")
    }

    /// Whether a figure is what the event came to behind which an expression stands.
    fn comes_of(&self, mention: &Mention<'_>, time: &TimeMention) -> bool {
        let (from, at) = (time.span.end, mention.quote.start);
        time.lead < time.span.start
            && !self.separated(from, at)
            && self.has_words(&self.rules.cues.govern.results, from, at)
    }

    /// The day, month or year that a stretch of time begins with.
    fn beginning(&self, index: usize) -> Option<Time<'t>> {
        let found = self.resolved[index]?;
        let interval = Interval::around(found.interval.first?, self.unit(index)?, 0)?;
        Some(self.record(index, interval, TimeRole::During, found.source))
    }

    /// By which unit an expression says when something began.
    fn unit(&self, index: usize) -> Option<Unit> {
        match self.times[index].statement.shape {
            Shape::Day | Shape::Days => Some(Unit::Day),
            Shape::Month | Shape::Months => Some(Unit::Month),
            Shape::Quarter => Some(Unit::Quarter),
            Shape::Year | Shape::Years => Some(Unit::Year),
            _ => None,
        }
    }

    fn record(&self, index: usize, interval: Interval, role: TimeRole, source: TimeSource) -> Time<'t> {
        let text = Some(Cow::Borrowed(&self.text[self.times[index].span.clone()]));
        Time { start: interval.first, end: interval.last, role, text, source }
    }

    fn compared_time(&self, index: usize, period: Option<Interval>) -> Option<Time<'t>> {
        let time = self.comparisons[index].time?;
        let interval = base::resolve(&self.times[time], self.resolved[time], period)?;
        Some(self.record(time, interval, TimeRole::During, TimeSource::Sentence))
    }

    /// What a change or multiple is measured against; `of` is the time that the figure itself is stated for.
    fn base(&self, mention: &Mention<'_>, governor: Governor, of: Option<Interval>) -> Option<Base<'t>> {
        if matches!(governor, Governor::Compared(_)) {
            return None;
        }
        let Some(comparison) = self.comparison_for(mention) else { return self.multiplied(mention) };
        let days = comparison.time.and_then(|i| base::resolve(&self.times[i], self.resolved[i], of));
        Some(Base {
            text: Cow::Borrowed(&self.text[comparison.text.clone()]),
            start: days.and_then(|d| d.first),
            end: days.and_then(|d| d.last),
        })
    }

    /// `gấp 3 lần mức trung bình`: what is multiplied stands behind the multiple.
    fn multiplied(&self, mention: &Mention<'_>) -> Option<Base<'t>> {
        let begin = mention.phrase.end;
        let end = base::end_of_base(self.text, begin);
        let next = self.mentions.iter().map(|m| m.phrase.start).find(|&at| at > begin);
        let words = self.text[begin..end.min(next.unwrap_or(end))].trim();
        let timed = self.times.iter().any(|t| t.span.start >= begin && t.span.start < begin + 2);
        let named = words.starts_with(char::is_alphabetic)
            && !timed
            && !self.reached(begin, begin + first_word(words));
        (mention.kind == Kind::Multiple && mention.is_change && named).then_some(Base {
            text: Cow::Borrowed(words),
            start: None,
            end: None,
        })
    }

    fn comparison_for(&self, mention: &Mention<'_>) -> Option<&Comparison> {
        let end = mention.phrase.end;
        let around = self.comparisons.iter().find(|c| c.span.contains(&mention.quote.start));
        let next = self.comparisons.iter().find(|c| c.span.start >= mention.quote.end);
        let direct = next.filter(|c| {
            let gap = self.text.get(end..c.span.start).unwrap_or("");
            !self.separated(end, c.span.start)
                && (gap.trim().is_empty() || !c.plan)
                && !self.mentions.iter().any(|m| m.quote.start >= end && m.quote.start < c.span.start)
        });
        let relative = matches!(mention.kind, Kind::Percentage | Kind::Multiple);
        if !mention.is_change {
            return direct.filter(|c| relative && (c.plan || c.span.start.saturating_sub(end) < NEAR));
        }
        // Right behind its figure a comparison is its own, though another one may reach over both.
        let own = direct.filter(|c| self.text.get(end..c.span.start).is_none_or(|gap| gap.trim().is_empty()));
        let later = next.filter(|c| !c.plan && !self.text[end.min(c.span.start)..c.span.start].contains(';'));
        let earlier = self.comparisons.iter().rev().find(|c| !c.plan && c.span.end <= mention.quote.start);
        own.or(around).or(direct).or(later).or(earlier)
    }
}

/// Bytes up to the end of the first word, one space before it included.
fn first_word(words: &str) -> usize {
    words.find(char::is_whitespace).unwrap_or(words.len()) + 1
}

/// The day of publication, for figures that nothing dates.
fn published<'t>(memory: &TimeMemory) -> Option<Time<'t>> {
    let day = memory.published?;
    Some(Time {
        start: Some(day),
        end: Some(day),
        role: TimeRole::AsOf,
        text: None,
        source: TimeSource::Document,
    })
}

//! Times that hold over all of a page: the day or period of its title, and the months that its figures are compared for.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::is_of_another_status;
use crate::extract::mention::Mention;
use crate::extract::time::govern::Governor;
use crate::extract::time::interval::Interval;
use crate::extract::time::memory::{Carried, Reach};
use crate::extract::time::resolve::future;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Shape};
use crate::extract::time::view::View;
use crate::extract::time::{TimeMemory, TimeMention};
use crate::fact::{Time, TimeRole, TimeSource};

/// Days of the shortest and the longest period that others are compared with as its same one.
const PERIOD: RangeInclusive<i32> = 27..=363;

/// How many days before the page was written such a period ended, at most.
const LATELY: i32 = 200;

/// For how many sentences it is the one that is meant.
const LASTS: u32 = 8;

/// How many days from that of the title the page may tell of before it is about something else.
const NEAR: i32 = 60;

impl<'t> View<'_, 't> {
    /// Leaves behind the time of a title, and the last months told.
    pub(super) fn remember_page(&self, governors: &[Governor], memory: &mut TimeMemory) {
        if std::mem::replace(&mut memory.begun, true) {
            memory.titled.take_if(|titled| self.leaves(titled.interval, governors));
        } else {
            memory.titled = self.title();
        }
        memory.since_period += 1;
        if let Some(period) = self.period(governors, memory) {
            (memory.period, memory.since_period) = (Some(period), 0);
        } else if memory.since_period > LASTS {
            memory.period = None;
        }
    }

    /// Whether figures of the sentence are of a time far from the one of the title.
    fn leaves(&self, titled: Interval, governors: &[Governor]) -> bool {
        let apart = |index: usize| {
            let told = self.resolved[index].and_then(|resolved| resolved.interval.first);
            told.zip(titled.first).is_some_and(|(told, first)| (told - first).get_days().abs() > NEAR)
        };
        governors.iter().any(|governor| matches!(governor, Governor::Time(index) if apart(*index)))
    }

    /// The time of a title that has no other: the day of a report of every day (`Giá vàng ngày 7/2: …`), or a period. What opens
    /// a list is no title.
    fn title(&self) -> Option<Carried> {
        if self.text.trim_end().ends_with(':') {
            return None;
        }
        let told = |i: &usize| !matches!(self.times[*i].statement.shape, Shape::Mute | Shape::Now);
        let mut told = (0..self.times.len()).filter(told);
        let index = told.next().filter(|_| told.next().is_none())?;
        let time = &self.times[index];
        let begins = |word: &String| {
            self.text.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        };
        let reports = self.rules.cues.carry.bulletins.iter().any(begins);
        let of_words = time.statement.shape == Shape::Day && time.role.is_none() && time.until.is_none();
        let fits = reports && of_words || is_period(time);
        self.hold(index).filter(|_| fits)
    }

    /// The last months that a sentence tells of as its own, if they ended lately; in a month alone rather something happened,
    /// unless a figure is of it.
    fn period(&self, governors: &[Governor], memory: &TimeMemory) -> Option<Carried> {
        let fits = |carried: &Carried| {
            let Some((first, last)) = carried.interval.first.zip(carried.interval.last) else { return false };
            let lately = |today: Date| first <= today && (today - last).get_days() <= LATELY;
            PERIOD.contains(&(last - first).get_days())
                && first.day() == 1
                && memory.today().is_none_or(lately)
        };
        let told = |i: usize| {
            self.times[i].statement.shape != Shape::Month || governors.contains(&Governor::Time(i))
        };
        let months = |&i: &usize| (is_period(&self.times[i]) || self.is_stretch(i)) && told(i);
        (0..self.times.len()).rev().filter(months).find_map(|i| self.hold(i).filter(fits))
    }

    /// What an expression leaves to figures further on, if it may date them and does not lie ahead.
    fn hold(&self, index: usize) -> Option<Carried> {
        let time = &self.times[index];
        let interval = self.resolved[index]?.interval;
        let known = interval.first.is_some() && interval.last.is_some();
        let own = self.usable(index) && !self.compared_alone(index) && !future(self.rules, self.text, time);
        (known && own).then(|| Carried {
            interval,
            role: TimeRole::During,
            text: self.text[time.span.clone()].to_owned(),
            aimed: None,
            listed: false,
            reach: Reach::Any,
        })
    }

    /// `đạt 5 tỷ đồng, tăng 3% so với cùng kỳ`: where nothing says which period another has the same one of, it is the last
    /// that the page told of.
    pub(crate) fn compared_period(&self, mention: &Mention<'_>, memory: &TimeMemory) -> Option<Time<'t>> {
        let carried = memory.period.as_ref()?;
        let year = carried.interval.last.map(Date::year);
        let same = |i: usize| {
            let time = &self.times[i];
            let stated = time.statement.get(Field::Year);
            time.statement.shape == Shape::SamePeriod
                && self.compared(i)
                && stated.is_none_or(|stated| Some(stated + 1) == year)
                && !self.parted(mention.quote.start, time.span.start)
        };
        let compares = (0..self.times.len()).any(same);
        if !compares || self.is_rate(mention) { None } else { self.takes_over(mention, carried, memory) }
    }

    /// The time of the title, on a page without a date: of a period only how something changed.
    pub(crate) fn titled(&self, mention: &Mention<'_>, memory: &TimeMemory) -> Option<Time<'t>> {
        let carried = memory.titled.as_ref().filter(|_| memory.published.is_none())?;
        let day = carried.interval.first == carried.interval.last;
        if !day && (!mention.is_change || self.is_rate(mention)) || self.untold(mention.quote.start) {
            return None;
        }
        self.takes_over(mention, carried, memory)
    }

    /// The time `carried`, if a figure may have it.
    fn takes_over(&self, mention: &Mention<'_>, carried: &Carried, memory: &TimeMemory) -> Option<Time<'t>> {
        let Interval { first: start, last: end } = carried.interval;
        let apart = self.apart(mention, carried.interval) || is_of_another_status(mention, carried, memory);
        let text = Some(Cow::Owned(carried.text.clone()));
        (!apart).then_some(Time { start, end, role: carried.role, text, source: TimeSource::Context })
    }

    /// Whether a semicolon stands between two places, in either order.
    fn parted(&self, one: usize, other: usize) -> bool {
        self.text.get(one.min(other)..one.max(other)).is_some_and(|between| between.contains(';'))
    }
}

/// Whether an expression states a month, a quarter, a half or the first months of a year, whole.
fn is_period(time: &TimeMention) -> bool {
    let months = matches!(
        time.statement.shape,
        Shape::Month | Shape::Quarter | Shape::Half | Shape::First | Shape::SoFar
    );
    months
        && time.until.is_none()
        && time.statement.part().is_none()
        && matches!(time.role, None | Some(Role::During))
}

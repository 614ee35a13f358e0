//! What earlier sentences of a page leave behind.

pub(super) mod ahead;
mod carried;
mod page_year;

use jiff::civil::Date;

pub(super) use self::carried::{Carried, Reach};
use self::page_year::PageYear;
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Shape};
use crate::extract::time::{Resolved, TimeMention};
use crate::fact::TimeSource;

/// Most bytes between words for a day and the date that says which it is (`hôm qua, ngày 6/2/2017`).
const APPOSED: usize = 3;

/// What earlier sentences of a page leave behind for resolving and passing on dates.
#[derive(Debug, Clone, Default)]
pub struct TimeMemory {
    /// The day of publication.
    pub published: Option<Date>,
    /// The day of writing as the text shows it: behind `hôm qua, ngày 6/2/2017` it is 7/2/2017.
    pub(crate) written: Option<Date>,
    /// The latest year that the page spoke of so far: that of the news, where no day of writing is known. Behind `Năm 2019
    /// lãi 5 tỷ, năm 2018 lãi 4 tỷ.` it is 2019.
    pub(crate) latest_so_far: Option<i32>,
    /// The year that this paragraph spoke of last: behind the same sentence it is 2018.
    pub(crate) paragraph_year: Option<i32>,
    /// The time that the last figures had: `Quý I, xuất khẩu đạt 5 tỷ USD. Nhập khẩu đạt 4 tỷ USD.` Imports are of the
    /// quarter, too.
    pub(crate) carried: Option<Carried>,
    /// Paragraph breaks since `carried` was set.
    pub(crate) breaks: u8,
    /// Sentences since the last one with figures.
    pub(crate) age: u8,
    /// Sentences since the one that stated `carried`.
    pub(crate) run: u8,
    /// What this page told last with its year: days without one may go on from there. `Ngày 3/5/2016, lũ về. Đến 5/5, nước
    /// rút.` The second day is of 2016, too.
    pub(crate) told: Option<Told>,
    /// The latest year that this page stated together with a day: behind `Ngày 3/5/2016, lũ về. Năm 2017, cầu xong.` it is
    /// 2016.
    pub(crate) day_year: Option<i32>,
    /// The time that the last sentence, or the one before, spoke of last, and how many sentences ago: `Cầu khởi công năm
    /// 2015. Từ đó đến nay đã chi 3 tỷ đồng.` It was spent from 2015 on.
    pub(crate) spoken: Option<(Interval, u8)>,
    /// The latest year that the page speaks of, further on too.
    pub(crate) latest: Option<i16>,
    /// The days of that year that the page states: where `12/6/2020` stands further on, `ngày 10/6` is of 2020.
    pub(crate) days_of_latest: Vec<Date>,
    /// The last months that the page told of: what is compared with `cùng kỳ` is of them.
    pub(crate) period: Option<Carried>,
    /// How many sentences ago.
    pub(crate) since_period: u32,
    /// The time of the title, for figures that nothing else dates.
    pub(crate) titled: Option<Carried>,
    /// Whether a sentence was read, which is the title.
    pub(crate) begun: bool,
    /// What shows the year of a page that has no date.
    page_year: PageYear,
    /// Whether the next sentence is the first of its paragraph.
    pub(crate) opens: bool,
}

/// A time of which the year was stated, or came from another such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) interval: Interval,
    /// Whether it is less than a year.
    pub(crate) precise: bool,
    /// Sentences since then.
    pub(crate) age: u8,
}

impl Told {
    /// Whether it ends in the month in which it begins.
    pub(crate) fn ends_in_its_month(&self) -> bool {
        let days = self.interval.first.zip(self.interval.last);
        days.is_some_and(|(first, last)| first >= last.first_of_month())
    }
}

impl TimeMemory {
    /// The memory at the beginning of a page that was published on `published`.
    pub fn new(published: Option<Date>) -> Self {
        Self { published, ..Self::default() }
    }

    /// Tells that a new paragraph begins.
    pub fn new_paragraph(&mut self) {
        self.paragraph_year = None;
        self.opens = true;
        self.breaks = self.breaks.saturating_add(1);
    }

    /// Sets what the next sentences may continue.
    pub(crate) fn carry(&mut self, carried: Option<Carried>) {
        self.carried = carried;
        self.breaks = 0;
        self.age = 0;
        self.run = 0;
    }

    /// The day of writing, as far as it is known.
    pub(crate) fn today(&self) -> Option<Date> {
        self.published.or(self.written)
    }

    /// The year of writing: that of the page's date, else that which the page shows, else the latest one that it dates
    /// a day to.
    pub(crate) fn year_of_writing(&self) -> Option<i32> {
        let known = self.today().map(|today| i32::from(today.year()));
        known
            .or_else(|| self.page_year())
            .or_else(|| self.day_year.filter(|_| self.day_year >= self.latest_so_far))
    }

    /// The year that the page shows to be its own.
    pub(crate) fn page_year(&self) -> Option<i32> {
        self.page_year.year(self.latest).map(i32::from)
    }

    /// Learns from the expressions of a sentence, after it was dated; `aside` tells of which the page does not speak.
    pub(crate) fn learn(
        &mut self,
        times: &[TimeMention],
        resolved: &[Option<Resolved>],
        aside: impl Fn(usize, bool) -> bool,
    ) {
        let older = self.spoken.filter(|&(_, ago)| ago == 0).map(|(interval, ago)| (interval, ago + 1));
        self.spoken = spoken_last(times, resolved).map(|interval| (interval, 0)).or(older);
        if let Some(told) = &mut self.told {
            told.age = told.age.saturating_add(1);
        }
        for (i, (time, found)) in times.iter().zip(resolved).enumerate() {
            if self.published.is_none() {
                self.learn_day_of_writing(times, resolved, i);
            }
            let Some(found) = found.filter(|_| speaks(time)) else { continue };
            let stated = time.statement.get(Field::Year).or(time.until.and_then(|u| u.get(Field::Year)));
            if !aside(i, self.today().is_some()) {
                self.learn_year(time, found, stated.is_some());
                self.learn_told(time, found, stated.is_some());
            }
        }
    }

    fn learn_year(&mut self, time: &TimeMention, found: Resolved, stated: bool) {
        let Some(last) = found.interval.last.or(found.interval.first).filter(|_| stated) else { return };
        if self.today().is_none_or(|today| last.year() <= today.year()) {
            let year = Some(i32::from(last.year()));
            self.latest_so_far = self.latest_so_far.max(year);
            self.paragraph_year = year;
            if time.statement.shape == Shape::Day {
                self.day_year = self.day_year.max(year);
            }
        }
    }

    /// What goes on from a day is a day to go on from; so is a month where the day of writing tells what is near.
    fn learn_told(&mut self, time: &TimeMention, found: Resolved, stated: bool) {
        let near = time.statement.shape.is_days()
            || time.statement.shape == Shape::ThatDay
            || time.statement.shape == Shape::Month && self.today().is_some();
        if stated || near && found.source == TimeSource::Context {
            let first = found.interval.first.or(found.interval.last);
            let interval = Interval { first, last: found.interval.last.or(first) };
            if !stated && let Some(year) = &mut self.paragraph_year {
                *year = interval.last.map_or(*year, |last| i32::from(last.year()));
            }
            self.told = Some(Told { interval, precise: time.statement.shape != Shape::Year, age: 0 });
        }
    }

    /// `hôm qua, ngày 6/2/2017` tells the day of writing.
    fn learn_day_of_writing(&mut self, times: &[TimeMention], resolved: &[Option<Resolved>], at: usize) {
        let time = &times[at];
        let near = time.statement.shape == Shape::Relative && time.statement.unit() == Some(Unit::Day);
        let (true, Some(next), Some(Some(day))) = (near, times.get(at + 1), resolved.get(at + 1)) else {
            return;
        };
        if next.statement.shape != Shape::Day || next.span.start > time.span.end + APPOSED {
            return;
        }
        let shift = time.statement.int(Field::Shift).unwrap_or(0);
        self.written = day.interval.first.and_then(|day| Interval::around(day, Unit::Day, -shift)?.first);
    }
}

/// Whether an expression says of when a page speaks.
pub(crate) fn speaks(time: &TimeMention) -> bool {
    let precise = !matches!(time.statement.shape, Shape::Year | Shape::Century);
    let aim = time.role == Some(Role::AsOf) && time.statement.shape == Shape::Year;
    !aim && !matches!(time.role, Some(Role::Base | Role::By | Role::Before))
        && !time.only_names()
        && (precise || !matches!(time.role, Some(Role::Since | Role::After)))
        && !matches!(time.statement.shape, Shape::Years | Shape::SamePeriod | Shape::Decade)
}

/// The last time of a sentence that things began or happened at.
pub(crate) fn spoken_last(times: &[TimeMention], resolved: &[Option<Resolved>]) -> Option<Interval> {
    let mut spoken = times.iter().zip(resolved).rev().filter(|(time, _)| {
        !matches!(time.role, Some(Role::Base | Role::By | Role::Before | Role::Name))
            && time.statement.shape != Shape::Now
    });
    spoken.find_map(|(_, found)| found.map(|f| f.interval).filter(|i| i.first.is_some()))
}

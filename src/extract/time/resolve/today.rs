//! Expressions that count from the day of writing: their days.

use jiff::ToSpan;
use jiff::civil::Date;

use super::year::Lean;
use super::{Clues, document};
use crate::extract::time::Resolved;
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::statement::{Field, Shape, Statement};
use crate::fact::TimeSource;

/// A day without a year that lies nearly a year ahead was rather yesterday.
const YEAR: i32 = 300;
/// From this day on, a month is told of as one that is over.
const NEARLY_OVER: i8 = 20;
/// A day of the month that would lie more than so many days ahead is one of the month before.
const DAYS_AHEAD: i16 = 7;

impl Clues<'_> {
    /// The unit so many away from that of the page (tháng trước); of years, also where only the year of writing is known.
    pub(super) fn relative(&self, s: &Statement) -> Option<Resolved> {
        let (unit, shift) = (s.unit()?, s.int(Field::Shift)?);
        if self.today.is_none() {
            let (year, source) = self.now.filter(|_| unit == Unit::Year)?;
            let interval = self.part(Interval::months(year + shift, 0, 12)?, unit, s)?;
            return Some(Resolved { interval, source });
        }
        let whole = Interval::around(self.today?, unit, shift)?;
        self.part(whole, unit, s).map(document)
    }

    /// From the day of writing to the end of something that lies ahead; that alone, where the day is not known.
    pub(super) fn up_to(&self, until: &Statement) -> Option<Resolved> {
        let Some(today) = self.today else { return Self { as_of: true, ..*self }.days(until) };
        let ahead = Self { year: None, future: true, lean: Some(Lean::Ahead), ..*self };
        let last = ahead.days(until)?.interval.last?;
        let most =
            if until.shape == Shape::Day && until.get(Field::Year).is_none() { YEAR } else { i32::MAX };
        (0..most).contains(&(last - today).get_days()).then(|| document(Interval::new(today, last)))
    }

    /// So long as some units up to the day of writing.
    pub(super) fn lately(&self, s: &Statement) -> Option<Interval> {
        let (today, n, unit) = (self.today?, s.int(Field::N)?, s.unit()?);
        let span = match unit.months() {
            Some(months) => (n * months).months(),
            None => (n * if unit == Unit::Week { 7 } else { 1 }).days(),
        };
        Some(Interval::new(today.checked_sub(span).ok()?, today))
    }

    /// A day of the week of the page, of another week, or the last or next of its name.
    pub(super) fn weekday(&self, s: &Statement) -> Option<Resolved> {
        let (today, shift) = (self.today?, s.int(Field::Shift)?);
        let week = if s.unit() == Some(Unit::Week) { shift } else { 0 };
        let monday = Interval::around(today, Unit::Week, week)?.first?;
        let mut day = monday.checked_add((s.int(Field::Weekday)? - 1).days()).ok()?;
        if s.unit() == Some(Unit::Day) {
            if shift < 0 && day > today {
                day = day.checked_sub(7.days()).ok()?;
            } else if shift > 0 && day <= today {
                day = day.checked_add(7.days()).ok()?;
            }
        }
        Some(document(Interval::day(day)))
    }

    /// From the beginning of a year to the day of writing.
    pub(super) fn year_to_date(&self, s: &Statement) -> Option<Resolved> {
        let year = s.get(Field::Year).or(self.today.map(Date::year))?;
        let first = Some(Date::new(year, 1, 1).ok()?);
        Some(document(Interval { first, last: self.today }))
    }

    /// From the beginning of the time spoken of last; where none is known, as things stand.
    pub(super) fn since_then(&self) -> Option<Resolved> {
        let began = self.then.and_then(|(interval, source)| Some((interval.first?, source)));
        let Some((first, source)) = began.filter(|&(first, _)| self.today.is_none_or(|today| first < today))
        else {
            return Some(document(Interval::day(self.today?)));
        };
        Some(Resolved { interval: Interval { first: Some(first), last: self.today }, source })
    }

    /// The time spoken of last, if it is over, or the day or year around it.
    pub(super) fn that_time(&self, s: &Statement) -> Option<Resolved> {
        let (told, source) = self.then?;
        let (first, last) = told.first.zip(told.last)?;
        let interval = match s.unit() {
            Some(unit) => Interval::around(first, unit, 0)?,
            None => told,
        };
        let within = interval.first <= Some(first) && Some(last) <= interval.last;
        (within && self.today.is_none_or(|today| last <= today)).then_some(Resolved { interval, source })
    }

    /// The day spoken of last, or one near it.
    pub(super) fn that_day(&self, s: &Statement) -> Option<Resolved> {
        let (day, source) = self.day?;
        let interval = Interval::around(day, Unit::Day, s.int(Field::Shift)?)?;
        Some(Resolved { interval, source })
    }

    /// So many months are the first ones of the year if the page was written just then.
    pub(super) fn so_far(&self, s: &Statement) -> Option<Resolved> {
        let n = s.int(Field::N)?;
        let Some(today) = self.today else { return self.up_to_month(n) };
        let (month, year) = (i32::from(today.month()), i32::from(today.year()));
        if month - 1 == n || (month == n && today.day() >= NEARLY_OVER) {
            return Interval::months(year, 0, n).map(document);
        }
        if month == 1 && n >= 11 {
            Interval::months(year - 1, 0, n).map(document)
        } else {
            self.up_to_month(n)
        }
    }

    /// `Tháng 8/2020 bán 5 tấn chè. Tính chung 8 tháng, bán 30 tấn.`: so many months are the first ones of the year if what
    /// was told last ends with that month, whole.
    fn up_to_month(&self, n: i32) -> Option<Resolved> {
        let period = self.period.map(|interval| (interval, TimeSource::Context));
        let ends = |&(interval, _): &(Interval, TimeSource)| {
            interval.first.is_some_and(|first| first.day() == 1)
                && interval
                    .last
                    .is_some_and(|last| i32::from(last.month()) == n && last == last.last_of_month())
        };
        let (interval, source) = self.then.into_iter().chain(period).find(ends)?;
        let year = i32::from(interval.last?.year());
        Some(Resolved { interval: Interval::months(year, 0, n)?, source })
    }

    /// A day without month belongs to the month of the page, or to the one before if it would lie ahead.
    pub(super) fn day_alone(&self, s: &Statement) -> Option<Resolved> {
        let day = s.get(Field::Day)?;
        self.day_near(day, day).map(|day| document(Interval::day(day)))
    }

    /// The same of several days.
    pub(super) fn days_alone(&self, s: &Statement) -> Option<Resolved> {
        let (first, last) = (s.get(Field::Day)?, s.get(Field::Day2)?);
        Some(document(Interval::new(self.day_near(first, first)?, self.day_near(last, first)?)))
    }

    /// The day `day` of the month in which `first` lies.
    fn day_near(&self, day: i16, first: i16) -> Option<Date> {
        let today = self.today?;
        let ahead = first > i16::from(today.day()) + DAYS_AHEAD;
        let month = Interval::around(today, Unit::Month, -i32::from(ahead))?;
        month.first?.with().day(i8::try_from(day).ok()?).build().ok()
    }
}

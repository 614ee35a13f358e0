//! Expressions that count from the day of writing: their days.

use jiff::ToSpan;
use jiff::civil::Date;

use super::year::Lean;
use super::{Known, document};
use crate::extract::time::Resolved;
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::reading::{Field, Reading, Shape};

/// A day without a year that lies nearly a year ahead was rather yesterday.
const YEAR: i32 = 300;
/// From this day on, a month is told of as one that is over.
const NEARLY_OVER: i8 = 20;
/// A day of the month that would lie more than so many days ahead is one of the month before.
const DAYS_AHEAD: i16 = 7;

impl Known<'_> {
    pub(crate) fn relative(&self, r: &Reading) -> Option<Resolved> {
        let (unit, shift) = (r.unit()?, r.int(Field::Shift)?);
        if self.today.is_none() {
            let (year, source) = self.now.filter(|_| unit == Unit::Year)?;
            let interval = self.part(Interval::months(year + shift, 0, 12)?, unit, r)?;
            return Some(Resolved { interval, source });
        }
        let whole = Interval::around(self.today?, unit, shift)?;
        document(self.part(whole, unit, r)?)
    }

    /// From the day of writing to the end of something that lies ahead; that alone, where the day is not known.
    pub(crate) fn up_to(&self, until: &Reading) -> Option<Resolved> {
        let Some(today) = self.today else { return Self { as_of: true, ..*self }.reading(until) };
        let ahead = Self { year: None, future: true, lean: Some(Lean::Ahead), ..*self };
        let last = ahead.reading(until)?.interval.last?;
        let most =
            if until.shape == Shape::Day && until.get(Field::Year).is_none() { YEAR } else { i32::MAX };
        if (0..most).contains(&(last - today).get_days()) {
            document(Interval::new(today, last))
        } else {
            None
        }
    }

    /// So long as some units up to the day of writing.
    pub(crate) fn lately(&self, r: &Reading) -> Option<Interval> {
        let (today, n, unit) = (self.today?, r.int(Field::N)?, r.unit()?);
        let span = match unit.months() {
            Some(months) => (n * months).months(),
            None => (n * if unit == Unit::Week { 7 } else { 1 }).days(),
        };
        Some(Interval::new(today.checked_sub(span).ok()?, today))
    }

    pub(crate) fn weekday(&self, r: &Reading) -> Option<Resolved> {
        let (today, shift) = (self.today?, r.int(Field::Shift)?);
        let week = if r.unit() == Some(Unit::Week) { shift } else { 0 };
        let monday = Interval::around(today, Unit::Week, week)?.first?;
        let mut day = monday.checked_add((r.int(Field::Weekday)? - 1).days()).ok()?;
        if r.unit() == Some(Unit::Day) {
            if shift < 0 && day > today {
                day = day.checked_sub(7.days()).ok()?;
            } else if shift > 0 && day <= today {
                day = day.checked_add(7.days()).ok()?;
            }
        }
        document(Interval::day(day))
    }

    pub(crate) fn year_to_date(&self, r: &Reading) -> Option<Resolved> {
        let year = r.get(Field::Year).or(self.today.map(Date::year))?;
        let first = Some(Date::new(year, 1, 1).ok()?);
        document(Interval { first, last: self.today })
    }

    /// From the beginning of the time spoken of last; where none is known, as things stand.
    pub(crate) fn since_then(&self) -> Option<Resolved> {
        let began = self.then.and_then(|(interval, source)| Some((interval.first?, source)));
        let Some((first, source)) = began.filter(|&(first, _)| self.today.is_none_or(|today| first < today))
        else {
            return document(Interval::day(self.today?));
        };
        Some(Resolved { interval: Interval { first: Some(first), last: self.today }, source })
    }

    /// The day spoken of last, or one near it.
    pub(crate) fn that_day(&self, r: &Reading) -> Option<Resolved> {
        let (day, source) = self.day?;
        let interval = Interval::around(day, Unit::Day, r.int(Field::Shift)?)?;
        Some(Resolved { interval, source })
    }

    /// So many months are the first ones of the year if the page was written just then.
    pub(crate) fn so_far(&self, r: &Reading) -> Option<Resolved> {
        let (today, n) = (self.today?, r.int(Field::N)?);
        let (month, year) = (i32::from(today.month()), i32::from(today.year()));
        if month - 1 == n || (month == n && today.day() >= NEARLY_OVER) {
            return document(Interval::months(year, 0, n)?);
        }
        if month == 1 && n >= 11 { document(Interval::months(year - 1, 0, n)?) } else { None }
    }

    /// A day without month belongs to the month of the page, or to the one before if it would lie ahead.
    pub(crate) fn day_alone(&self, r: &Reading) -> Option<Resolved> {
        let day = r.get(Field::Day)?;
        document(Interval::day(self.day_near(day, day)?))
    }

    pub(crate) fn days_alone(&self, r: &Reading) -> Option<Resolved> {
        let (first, last) = (r.get(Field::Day)?, r.get(Field::Day2)?);
        document(Interval::new(self.day_near(first, first)?, self.day_near(last, first)?))
    }

    /// The day `day` of the month in which `first` lies.
    fn day_near(&self, day: i16, first: i16) -> Option<Date> {
        let today = self.today?;
        let ahead = first > i16::from(today.day()) + DAYS_AHEAD;
        let month = Interval::around(today, Unit::Month, -i32::from(ahead))?;
        month.first?.with().day(i8::try_from(day).ok()?).build().ok()
    }
}

//! Spans of days and arithmetic on calendar units.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// A run of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// First day; absent where the beginning is not known.
    pub first: Option<Date>,
    /// Last day; absent where the end is open.
    pub last: Option<Date>,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The inverse of `self as i16`.
    pub(crate) fn from_code(code: i16) -> Option<Self> {
        use Unit::{Century, Day, Decade, Half, Month, Quarter, Week, Year};
        [Day, Week, Month, Quarter, Half, Year, Decade, Century].into_iter().find(|u| *u as i16 == code)
    }

    /// Months in the unit, for units made of months.
    pub(crate) fn months(self) -> Option<i32> {
        Some(match self {
            Self::Day | Self::Week => return None,
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
            Self::Decade => 120,
            Self::Century => 1200,
        })
    }
}

impl Interval {
    /// From `first` to `last`.
    pub(crate) fn new(first: Date, last: Date) -> Self {
        Self { first: Some(first), last: Some(last) }
    }

    /// One day.
    pub(crate) fn day(day: Date) -> Self {
        Self::new(day, day)
    }

    /// `count` whole months from month `month` (from 0, may run over into other years) of `year`.
    pub(crate) fn months(year: i32, month: i32, count: i32) -> Option<Self> {
        let begin = month_start(year * 12 + month)?;
        let end = month_start(year * 12 + month + count)?.yesterday().ok()?;
        Some(Self::new(begin, end))
    }

    /// The unit `shift` units after the one that holds `day`.
    pub(crate) fn around(day: Date, unit: Unit, shift: i32) -> Option<Self> {
        Self::run(day, unit, shift, 1)
    }

    /// `count` whole units, the first of them `shift` units after the one that holds `day`.
    pub(crate) fn run(day: Date, unit: Unit, shift: i32, count: i32) -> Option<Self> {
        let (Some(size), true) = (unit.months(), count > 0) else {
            return Self::days(day, unit, shift, count);
        };
        let index = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        // Centuries are counted from the year 1: the 20th is 1901 to 2000.
        let offset = if unit == Unit::Century { 12 } else { 0 };
        let begin = (index - offset).div_euclid(size) * size + offset;
        Self::months(0, begin + shift * size, count * size)
    }

    fn days(day: Date, unit: Unit, shift: i32, count: i32) -> Option<Self> {
        let (begin, size) = match unit {
            Unit::Week => (day.checked_sub(i32::from(day.weekday().since(Weekday::Monday)).days()).ok()?, 7),
            _ => (day, 1),
        };
        let first = begin.checked_add(shift.checked_mul(size)?.days()).ok()?;
        let last = first.checked_add((count.checked_mul(size)? - 1).days()).ok()?;
        (count > 0).then(|| Self::new(first, last))
    }

    /// Days from here to `other`, below zero where that comes before; zero if they share a day. Open ends are not known.
    pub(crate) fn to(self, other: Self) -> Option<i32> {
        let (first, last) = (self.first?, self.last?);
        let (begin, end) = (other.first?, other.last?);
        if begin > last {
            Some((begin - last).get_days())
        } else if end < first {
            Some((end - first).get_days())
        } else {
            Some(0)
        }
    }

    /// The same days `years` years later; a 29 February becomes the month's last day.
    pub(crate) fn shift_years(self, years: i32) -> Option<Self> {
        let move_day = |day: Date| -> Option<Date> {
            let whole_month = day == day.last_of_month();
            let moved = day.checked_add(years.years()).ok()?;
            Some(if whole_month && day.month() == 2 { moved.last_of_month() } else { moved })
        };
        let first = match self.first {
            Some(day) => Some(move_day(day)?),
            None => None,
        };
        let last = match self.last {
            Some(day) => Some(move_day(day)?),
            None => None,
        };
        Some(Self { first, last })
    }
}

/// First day of the month with the given number, counted from January of the year 0.
fn month_start(index: i32) -> Option<Date> {
    let year = i16::try_from(index.div_euclid(12)).ok()?;
    let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
    Date::new(year, month, 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn units_around_a_day() {
        let day = date(2017, 2, 2);
        let run = |unit, shift, count| Interval::run(day, unit, shift, count);
        assert_eq!(run(Unit::Week, -1, 1), Some(Interval::new(date(2017, 1, 23), date(2017, 1, 29))));
        assert_eq!(run(Unit::Quarter, 1, 1), Some(Interval::new(date(2017, 4, 1), date(2017, 6, 30))));
        assert_eq!(run(Unit::Month, -2, 2), Some(Interval::new(date(2016, 12, 1), date(2017, 1, 31))));
        assert_eq!(run(Unit::Century, -1, 1), Some(Interval::new(date(1901, 1, 1), date(2000, 12, 31))));
        assert_eq!(run(Unit::Year, 9000, 1), None);
    }

    #[test]
    fn leap_days_move_to_the_end_of_february() {
        let leap = Interval::new(date(2020, 2, 1), date(2020, 2, 29));
        assert_eq!(leap.shift_years(-1), Some(Interval::new(date(2019, 2, 1), date(2019, 2, 28))));
        let common = Interval::new(date(2021, 2, 1), date(2021, 2, 28));
        assert_eq!(common.shift_years(-1), Some(Interval::new(date(2020, 2, 1), date(2020, 2, 29))));
    }
}

//! Parts of years and months: their first or last units, their beginning, middle and end.

use jiff::civil::{Date, Weekday};

use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::statement::{Field, Part, Shape, Statement};

/// The first or last `n` units of the year, or of its month if one is stated.
pub(super) fn first_or_last(s: &Statement, year: i32) -> Option<Interval> {
    let whole = match s.int(Field::Month) {
        Some(month) => Interval::months(year, month - 1, 1)?,
        None => Interval::months(year, 0, 12)?,
    };
    let (n, unit) = (s.int(Field::N)?, s.unit()?);
    // Two weeks of a month are fourteen days; one is a week of the calendar.
    let weeks = unit == Unit::Week && n > 1 && s.get(Field::Month).is_some();
    let from_end = s.shape == Shape::Last || s.part() == Some(Part::End);
    if from_end {
        let last = whole.last?;
        let (n, unit) = if weeks { (7 * n, Unit::Day) } else { (n, unit) };
        let run = Interval::run(last, unit, 1 - n, n)?;
        return Some(Interval::new(run.first?, last));
    }
    let first = whole.first?;
    if weeks {
        return Interval::run(first, Unit::Day, 0, 7 * n);
    }
    if unit == Unit::Week {
        let first = Interval::around(first, unit, i32::from(first.weekday() != Weekday::Monday))?.first?;
        return Interval::run(first, unit, 0, n);
    }
    Interval::run(first, unit, 0, n)
}

/// A part of a unit. The end of a year at which something stands is its last month, that of a month its last day.
pub(super) fn part_of(whole: Interval, unit: Unit, part: Part, as_of: bool) -> Option<Interval> {
    let (first, last) = (whole.first?, whole.last?);
    match (part, unit) {
        (Part::Whole, _) | (_, Unit::Day) => Some(whole),
        (Part::FirstDay, _) => Some(Interval::day(first)),
        (Part::LastDay, _) => Some(Interval::day(last)),
        (Part::End, Unit::Month) if as_of => Some(Interval::day(last)),
        (_, Unit::Week) => {
            let (skip, days) = match part {
                Part::End => (5, 2),
                Part::Middle => (2, 2),
                _ => (0, 2),
            };
            Interval::run(first, Unit::Day, skip, days)
        }
        (_, Unit::Month) => {
            let (skip, days) = match part {
                Part::Beginning => (0, 10),
                Part::Middle => (10, 10),
                Part::FirstHalf => (0, 15),
                Part::SecondHalf => (15, 0),
                _ => (20, 0),
            };
            let run = Interval::run(first, Unit::Day, skip, if days == 0 { 1 } else { days })?;
            Some(if days == 0 { Interval::new(run.first?, last) } else { run })
        }
        _ => part_of_months(first, unit, part, as_of),
    }
}

fn part_of_months(first: Date, unit: Unit, part: Part, as_of: bool) -> Option<Interval> {
    let size = unit.months()?;
    let (skip, count) = match part {
        Part::FirstHalf => (0, size / 2),
        Part::SecondHalf => (size / 2, size - size / 2),
        Part::End if as_of && unit == Unit::Year => (11, 1),
        // In the middle of a year things happen in June and July.
        Part::Middle if unit == Unit::Year => (5, 2),
        Part::Middle => (size / 3, size / 3),
        _ => {
            let count = if unit == Unit::Quarter { 1 } else { size / 4 };
            (if part == Part::End { size - count } else { 0 }, count)
        }
    };
    Interval::months(i32::from(first.year()), i32::from(first.month()) - 1 + skip, count.max(1))
}

//! What the frame of an expression (since, before, after) makes of its days.

use jiff::civil::Date;

use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Part, Shape};
use crate::extract::time::{Resolved, TimeMemory, TimeMention};

/// Opens or closes an interval as its frame says.
pub(super) fn finish(
    Resolved { interval, source }: Resolved,
    time: &TimeMention,
    earlier: &[Option<Resolved>],
    memory: &TimeMemory,
) -> Resolved {
    let interval = match time.role {
        Some(Role::Before) => before(interval, time),
        Some(Role::After) if leaves_open(interval, time) => {
            Interval { first: interval.last.and_then(|last| last.tomorrow().ok()), last: None }
        }
        Some(Role::Since) if leaves_open(interval, time) => since(interval, time, earlier, memory),
        _ => interval,
    };
    Resolved { interval, source }
}

/// What lies before an expression: of a feast its eve alone.
fn before(interval: Interval, time: &TimeMention) -> Interval {
    let eve = interval.first.and_then(|first| first.yesterday().ok());
    if time.statement.shape == Shape::Feast {
        return Interval { first: eve, last: eve };
    }
    if excludes(time) && eve.is_some() { Interval { first: None, last: eve } } else { interval }
}

/// Whether what begins with or behind an expression ends elsewhere than that does.
fn leaves_open(interval: Interval, time: &TimeMention) -> bool {
    let statement = &time.statement;
    let run = [Field::Quarter2, Field::Century2].into_iter().any(|field| statement.get(field).is_some());
    let bounded = run
        || time.until.is_some()
        || matches!(statement.shape, Shape::Years | Shape::Months | Shape::Days)
        || matches!(
            statement.shape,
            Shape::First | Shape::Last | Shape::Past | Shape::Lately | Shape::SoFar | Shape::SinceThen
        )
        || statement.shape == Shape::Next && statement.part() == Some(Part::End);
    !bounded && interval.first.is_some()
}

/// From the beginning of an expression on: of a year that is said to begin, to the time spoken of last in it or to the day
/// of writing.
fn since(
    interval: Interval,
    time: &TimeMention,
    earlier: &[Option<Resolved>],
    memory: &TimeMemory,
) -> Interval {
    if time.statement.part() != Some(Part::Beginning) || time.statement.shape != Shape::Year {
        return Interval { last: None, ..interval };
    }
    let carried = memory.carried.as_ref().map(|c| c.interval);
    let known = earlier.iter().rev().flatten().map(|r| r.interval).chain(carried).find_map(|i| i.last);
    let year = interval.first.map(Date::year);
    let last = known.or(memory.today()).filter(|last| Some(last.year()) == year);
    Interval { last, ..interval }
}

/// Whether what comes before an expression ends with the eve of it: of days and ends of years deadlines are made.
fn excludes(time: &TimeMention) -> bool {
    let long = match time.statement.shape {
        Shape::Relative => time.statement.unit() != Some(Unit::Day),
        Shape::Month
        | Shape::Quarter
        | Shape::Half
        | Shape::Year
        | Shape::Years
        | Shape::Decade
        | Shape::Century
        | Shape::Season
        | Shape::Weekday => true,
        _ => false,
    };
    long && time.until.is_none() && time.statement.part().is_none()
}

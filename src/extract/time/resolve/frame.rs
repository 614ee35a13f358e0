//! What the frame of an expression (since, before, after) makes of its days.

use jiff::civil::Date;

use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Part, Shape};
use crate::extract::time::{Resolved, TimeMemory, TimeMention};

/// Opens or closes an interval as its frame says.
pub(crate) fn finish(
    mut found: Resolved,
    time: &TimeMention,
    earlier: &[Option<Resolved>],
    memory: &TimeMemory,
) -> Resolved {
    if time.role == Some(Role::Before) && time.statement.shape == Shape::Feast {
        // What comes before a feast ends with its eve.
        let eve = found.interval.first.and_then(|first| first.yesterday().ok());
        found.interval = Interval { first: eve, last: eve };
        return found;
    }
    if time.role == Some(Role::Before) && excludes(time) {
        let last = found.interval.first.and_then(|first| first.yesterday().ok());
        found.interval = if last.is_some() { Interval { first: None, last } } else { found.interval };
        return found;
    }
    let run = [Field::Quarter2, Field::Century2].into_iter().any(|field| time.statement.get(field).is_some());
    let bounded = run
        || time.until.is_some()
        || matches!(time.statement.shape, Shape::Years | Shape::Months | Shape::Days);
    if !matches!(time.role, Some(Role::Since | Role::After)) || bounded || found.interval.first.is_none() {
        return found;
    }
    if matches!(
        time.statement.shape,
        Shape::First | Shape::Last | Shape::Past | Shape::Lately | Shape::SoFar | Shape::SinceThen
    ) || time.statement.shape == Shape::Next && time.statement.part() == Some(Part::End)
    {
        return found;
    }
    if time.role == Some(Role::After) {
        found.interval.first = found.interval.last.and_then(|last| last.tomorrow().ok());
        found.interval.last = None;
        return found;
    }
    let from_start = time.statement.part() == Some(Part::Beginning) && time.statement.shape == Shape::Year;
    let carried = memory.carried.as_ref().map(|c| c.interval);
    let known = earlier.iter().rev().flatten().map(|r| r.interval).chain(carried).find_map(|i| i.last);
    let year = found.interval.first.map(Date::year);
    let last = known.or(memory.today()).filter(|last| Some(last.year()) == year);
    found.interval.last = if from_start { last } else { None };
    found
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

//! Dates that can be: no 31 February, no range that runs backward.

use jiff::civil::Date;

use crate::extract::time::interval::Unit;
use crate::extract::time::statement::{Field, Shape, Statement};

/// A year of two digits is of this century up to here, else of the last.
const LATEST_SHORT: i16 = 40;

/// Whether the stated numbers can be a date.
pub(super) fn is_possible(statement: &Statement) -> bool {
    let years = (statement.get(Field::Year), statement.get(Field::Year2));
    if let (Some(first), Some(last)) = years
        && !(first < last && last - first < 100)
    {
        return false;
    }
    if let (Some(first), Some(last)) = (statement.get(Field::Day), statement.get(Field::Day2))
        && first >= last
    {
        return false;
    }
    let runs =
        [(Field::Month, Field::Month2), (Field::Quarter, Field::Quarter2), (Field::Century, Field::Century2)];
    let falls =
        |(first, last)| matches!((statement.get(first), statement.get(last)), (Some(a), Some(b)) if a >= b);
    if runs.into_iter().any(falls) {
        return false;
    }
    let counted = statement.get(Field::N).is_none_or(|n| n > 0 || statement.shape == Shape::Past);
    counted && day_exists(statement) && first_units_fit(statement)
}

/// Adds the century to years and decades of two digits.
pub(super) fn complete_year(statement: &mut Statement) {
    if let Some(short @ 0..=99) = statement.get(Field::Year) {
        statement.set(Field::Year, if short <= LATEST_SHORT { 2000 + short } else { 1900 + short });
    }
    if let (Some(era), Some(decade)) = (statement.get(Field::Era), statement.get(Field::Decade)) {
        statement.set(Field::Decade, era + decade);
    }
    if let (Some(first), Some(last @ 0..=99)) = (statement.get(Field::Year), statement.get(Field::Year2)) {
        statement.set(Field::Year2, first / 100 * 100 + last);
    }
}

fn day_exists(statement: &Statement) -> bool {
    let (Some(day), Some(month)) = (statement.get(Field::Day), statement.get(Field::Month)) else {
        return true;
    };
    // Without a year, 29 February may exist.
    let year = statement.get(Field::Year).unwrap_or(2000);
    let last = statement.get(Field::Day2).unwrap_or(day).max(day);
    match (i8::try_from(month), i8::try_from(last)) {
        (Ok(month), Ok(last)) => Date::new(year, month, last).is_ok(),
        _ => false,
    }
}

fn first_units_fit(statement: &Statement) -> bool {
    let most = match (statement.shape, statement.unit()) {
        (Shape::First | Shape::Last | Shape::SoFar, Some(Unit::Month)) => 12,
        (Shape::First | Shape::Last, Some(Unit::Quarter)) => 4,
        _ => return true,
    };
    statement.get(Field::N).is_none_or(|n| n <= most)
}

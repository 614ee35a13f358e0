//! Dates that can be: no 31 February, no range that runs backward.

use jiff::civil::Date;

use crate::extract::time::interval::Unit;
use crate::extract::time::reading::{Field, Reading, Shape};

/// Whether the stated numbers can be a date; completes two-digit years.
pub(crate) fn possible(reading: &mut Reading) -> bool {
    complete_year(reading);
    let years = (reading.get(Field::Year), reading.get(Field::Year2));
    if let (Some(first), Some(last)) = years
        && !(first < last && last - first < 100)
    {
        return false;
    }
    if let (Some(first), Some(last)) = (reading.get(Field::Day), reading.get(Field::Day2))
        && first >= last
    {
        return false;
    }
    let runs =
        [(Field::Month, Field::Month2), (Field::Quarter, Field::Quarter2), (Field::Century, Field::Century2)];
    let falls =
        |(first, last)| matches!((reading.get(first), reading.get(last)), (Some(a), Some(b)) if a >= b);
    if runs.into_iter().any(falls) {
        return false;
    }
    let counted = reading.get(Field::N).is_none_or(|n| n > 0 || reading.shape == Shape::Past);
    counted && day_exists(reading) && first_units_fit(reading)
}

fn complete_year(reading: &mut Reading) {
    match (reading.get(Field::Era), reading.get(Field::Year)) {
        (Some(1), Some(short)) => {
            reading.set(Field::Year, if short <= 40 { 2000 + short } else { 1900 + short });
        }
        (Some(era), None) => {
            if let Some(decade) = reading.get(Field::Decade) {
                reading.set(Field::Decade, era + decade);
            }
        }
        _ => {}
    }
    if let (Some(first), Some(last @ 0..=99)) = (reading.get(Field::Year), reading.get(Field::Year2)) {
        reading.set(Field::Year2, first / 100 * 100 + last);
    }
}

fn day_exists(reading: &Reading) -> bool {
    let (Some(day), Some(month)) = (reading.get(Field::Day), reading.get(Field::Month)) else { return true };
    // Without a year, 29 February may exist.
    let year = reading.get(Field::Year).unwrap_or(2000);
    let last = reading.get(Field::Day2).unwrap_or(day).max(day);
    match (i8::try_from(month), i8::try_from(last)) {
        (Ok(month), Ok(last)) => Date::new(year, month, last).is_ok(),
        _ => false,
    }
}

fn first_units_fit(reading: &Reading) -> bool {
    let most = match (reading.shape, reading.unit()) {
        (Shape::First | Shape::Last | Shape::SoFar, Some(Unit::Month)) => 12,
        (Shape::First | Shape::Last, Some(Unit::Quarter)) => 4,
        _ => return true,
    };
    reading.get(Field::N).is_none_or(|n| n <= most)
}

//! Two expressions that make one: from the first to the second.

use super::Core;
use crate::extract::time::statement::{Field, Shape, Statement};

/// Days of the shortest month: behind any from the last of them on, the first of the next may follow.
const SHORTEST_MONTH: i32 = 28;

/// Whether an expression can end a range.
pub(super) fn is_end(statement: &Statement) -> bool {
    matches!(
        statement.shape,
        Shape::Day
            | Shape::Month
            | Shape::Quarter
            | Shape::Half
            | Shape::Year
            | Shape::Decade
            | Shape::Century
            | Shape::Feast
            | Shape::Relative
    )
}

/// Whether `second` is the day after `first`, or the first of a month behind another day.
pub(super) fn follows_day(first: &Statement, second: &Statement) -> bool {
    let days = first.shape == Shape::Day && second.shape == Shape::Day;
    let (before, day) = (first.int(Field::Day).unwrap_or(0), second.int(Field::Day).unwrap_or(0));
    days && second.get(Field::Month).is_some() && (day == before + 1 || day == 1 && before >= SHORTEST_MONTH)
}

/// From `first` to `second`; what the first leaves out is taken from the second.
pub(super) fn range(first: &Core, second: &Core) -> Core {
    let (mut from, mut to) = (first.statement, second.statement);
    let full = to;
    if from.shape == Shape::Day && from.get(Field::Month).is_none() {
        from.inherit(Field::Month, &full);
        // From the 28th to 3 May begins in April.
        if let (Some(month @ 2..), true) = (from.get(Field::Month), from.get(Field::Day) > to.get(Field::Day))
        {
            from.set(Field::Month, month - 1);
        }
    }
    if from.get(Field::Shift).is_none() {
        from.inherit(Field::Year, &full);
    }
    to.inherit(Field::Year, &first.statement);
    if from.get(Field::Year).is_some()
        && first.statement.get(Field::Year).is_none()
        && order(&from) > order(&to)
    {
        let year = from.get(Field::Year).unwrap_or(0);
        from.set(Field::Year, year - 1);
    }
    Core { end: second.end, rule: first.rule, statement: from, until: Some(to) }
}

pub(super) fn order(statement: &Statement) -> (i16, i16) {
    (statement.get(Field::Month).unwrap_or(0), statement.get(Field::Day).unwrap_or(0))
}

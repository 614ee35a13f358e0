//! What the words of a time expression state, before the missing parts are filled in.

use super::interval::Unit;

/// The sort of statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// A day of a month.
    Day,
    /// A month, or a part of it.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A half of a year.
    Half,
    /// A year, or a part of it.
    Year,
    /// Years from `Year` to `Year2`.
    Years,
    /// Months from `Month` to `Month2`.
    Months,
    /// Days from `Day` to `Day2` of a month.
    Days,
    /// The first `N` units of a year, quarter or month.
    First,
    /// The last `N` units of one.
    Last,
    /// `N` months that may be the first ones of a year: only the day of writing tells.
    SoFar,
    /// `N` units up to now.
    Past,
    /// As long as `N` units, up to the day of writing.
    Lately,
    /// `N` units from now on; where words look ahead and its `Part` is the end, the last of them.
    Next,
    /// The unit `Shift` units from the present one.
    Relative,
    /// A day of the week, of the week `Shift` weeks away or the last one.
    Weekday,
    /// A decade (1990).
    Decade,
    /// A century.
    Century,
    /// A feast: its number in the table, and its day `N`.
    Feast,
    /// A season: its number in the table.
    Season,
    /// The same period of another year.
    SamePeriod,
    /// The time of writing.
    Now,
    /// `N` units before now: a day or year, by the unit.
    Ago,
    /// From the time spoken of last to that of writing.
    SinceThen,
    /// A time of day, or a length that only places something in time: nothing to resolve.
    #[default]
    Mute,
}

impl Shape {
    /// The shape as rule files name it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "day" => Self::Day,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "year" => Self::Year,
            "years" => Self::Years,
            "months" => Self::Months,
            "days" => Self::Days,
            "first" => Self::First,
            "last" => Self::Last,
            "so-far" => Self::SoFar,
            "past" => Self::Past,
            "lately" => Self::Lately,
            "next" => Self::Next,
            "relative" => Self::Relative,
            "weekday" => Self::Weekday,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "feast" => Self::Feast,
            "season" => Self::Season,
            "same-period" => Self::SamePeriod,
            "now" => Self::Now,
            "ago" => Self::Ago,
            "since-then" => Self::SinceThen,
            "mute" => Self::Mute,
            _ => return None,
        })
    }
}

/// A named part of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Day,
    Month,
    Year,
    Quarter,
    Half,
    N,
    Unit,
    Part,
    Shift,
    Weekday,
    Day2,
    Month2,
    Year2,
    Quarter2,
    Century2,
    Decade,
    Century,
    Feast,
    Season,
    Stem,
    Branch,
    Era,
}

const FIELDS: [(&str, Field); 22] = [
    ("day", Field::Day),
    ("month", Field::Month),
    ("year", Field::Year),
    ("quarter", Field::Quarter),
    ("half", Field::Half),
    ("n", Field::N),
    ("unit", Field::Unit),
    ("part", Field::Part),
    ("shift", Field::Shift),
    ("weekday", Field::Weekday),
    ("day2", Field::Day2),
    ("month2", Field::Month2),
    ("year2", Field::Year2),
    ("quarter2", Field::Quarter2),
    ("century2", Field::Century2),
    ("decade", Field::Decade),
    ("century", Field::Century),
    ("feast", Field::Feast),
    ("season", Field::Season),
    ("stem", Field::Stem),
    ("branch", Field::Branch),
    ("era", Field::Era),
];

impl Field {
    /// The field as rule files name it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(known, _)| *known == name).map(|&(_, field)| field)
    }
}

/// A part of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its first third (of a month) or quarter (of a year).
    Beginning,
    /// Its middle.
    Middle,
    /// Its last third or quarter.
    End,
    /// Its first half.
    FirstHalf,
    /// Its second half.
    SecondHalf,
    /// Its first day.
    FirstDay,
    /// Its last day.
    LastDay,
    /// All of it, up to its end.
    Whole,
}

const PARTS: [(&str, Part); 8] = [
    ("beginning", Part::Beginning),
    ("middle", Part::Middle),
    ("end", Part::End),
    ("first-half", Part::FirstHalf),
    ("second-half", Part::SecondHalf),
    ("first-day", Part::FirstDay),
    ("last-day", Part::LastDay),
    ("whole", Part::Whole),
];

/// The number that stands for a word of a rule file (a unit or a part of one).
pub(crate) fn code(name: &str) -> Option<i16> {
    let part = PARTS.iter().find(|(known, _)| *known == name).map(|&(_, part)| part as i16);
    part.or_else(|| Unit::from_name(name).map(|unit| unit as i16))
}

/// A time expression taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The sort of statement.
    pub(crate) shape: Shape,
    fields: [i16; FIELDS.len()],
}

const UNSTATED: i16 = i16::MIN;

impl Reading {
    /// A statement of which nothing is known yet.
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, fields: [UNSTATED; FIELDS.len()] }
    }

    /// What is stated for `field`.
    pub(crate) fn get(&self, field: Field) -> Option<i16> {
        Some(self.fields[field as usize]).filter(|&value| value != UNSTATED)
    }

    /// The same as `i32`.
    pub(crate) fn int(&self, field: Field) -> Option<i32> {
        self.get(field).map(i32::from)
    }

    /// States `field`.
    pub(crate) fn set(&mut self, field: Field, value: i16) {
        self.fields[field as usize] = value;
    }

    /// States `field` as `other` does, where it is not stated yet.
    pub(crate) fn inherit(&mut self, field: Field, other: &Self) {
        if self.get(field).is_none() {
            self.fields[field as usize] = other.fields[field as usize];
        }
    }

    /// The unit that is counted or shifted.
    pub(crate) fn unit(&self) -> Option<Unit> {
        self.get(Field::Unit).and_then(Unit::from_code)
    }

    /// The part of the unit that is meant.
    pub(crate) fn part(&self) -> Option<Part> {
        let code = self.get(Field::Part)?;
        PARTS.iter().map(|&(_, part)| part).find(|part| *part as i16 == code)
    }
}

//! What the words of a time expression state, before the missing parts are filled in.

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error as Unknown};

use super::interval::Unit;

/// The sort of statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// A feast, or its day `N`.
    Feast,
    /// A season.
    Season,
    /// The same period of another year.
    SamePeriod,
    /// The time of writing.
    Now,
    /// `N` units before now: a day or year, by the unit.
    Ago,
    /// From the time spoken of last to that of writing.
    SinceThen,
    /// `Shift` days from the day spoken of last.
    ThatDay,
    /// The time spoken of last.
    ThatTime,
    /// A time of day, or a length that only places something in time: nothing to resolve.
    #[default]
    Mute,
}

impl Shape {
    /// Whether it is one or more days of a month.
    pub(crate) fn is_days(self) -> bool {
        matches!(self, Self::Day | Self::Days)
    }
}

/// A named part of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Field {
    /// A day of the month; of days, the first.
    Day,
    /// A month, from 1; of months, the first.
    Month,
    /// A year; of years, the first.
    Year,
    /// A quarter, 1 to 4; of quarters, the first.
    Quarter,
    /// A half of a year, 1 or 2.
    Half,
    /// How many units, or which day of a feast.
    N,
    /// The [`Unit`] that is counted or shifted.
    Unit,
    /// The [`Part`] of the unit that is meant.
    Part,
    /// How many units from the present one, below zero before it.
    Shift,
    /// A day of the week, from 1 for Monday.
    Weekday,
    /// The last of several days.
    Day2,
    /// The last of several months.
    Month2,
    /// The last of several years.
    Year2,
    /// The last of several quarters.
    Quarter2,
    /// The last of several centuries.
    Century2,
    /// The first year of a decade.
    Decade,
    /// A century, counted from 1.
    Century,
    /// Which [`Feast`].
    Feast,
    /// Which [`Season`].
    Season,
    /// The stem of a lunar year's name, from 0.
    Stem,
    /// The branch of a lunar year's name, from 0.
    Branch,
    /// The year from which a decade of two digits counts: 1900 of `những năm 80`.
    Era,
}

/// How many fields there are; [`Field::Era`] is the last.
const FIELDS: usize = Field::Era as usize + 1;

/// A part of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

impl Part {
    /// The inverse of `self as i16`.
    fn from_code(code: i16) -> Option<Self> {
        use Part::{Beginning, End, FirstDay, FirstHalf, LastDay, Middle, SecondHalf, Whole};
        [Beginning, Middle, End, FirstHalf, SecondHalf, FirstDay, LastDay, Whole]
            .into_iter()
            .find(|part| *part as i16 == code)
    }
}

/// A feast, or what is counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Feast {
    /// The lunar new year.
    Tet,
    /// The days right before the lunar new year.
    TetEves,
    /// The lunar year.
    LunarYear,
    /// The 25th of December.
    Christmas,
}

impl Feast {
    /// The inverse of `self as i16`.
    fn from_code(code: i16) -> Option<Self> {
        use Feast::{Christmas, LunarYear, Tet, TetEves};
        [Tet, TetEves, LunarYear, Christmas].into_iter().find(|feast| *feast as i16 == code)
    }
}

/// A season of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    /// The inverse of `self as i16`.
    fn from_code(code: i16) -> Option<Self> {
        use Season::{Autumn, Spring, Summer, Winter};
        [Spring, Summer, Autumn, Winter].into_iter().find(|season| *season as i16 == code)
    }
}

/// What rule files call `name`: a shape, a field, or the value of one.
pub(crate) fn by_name<'n, T: Deserialize<'n>>(name: &'n str) -> Option<T> {
    T::deserialize(BorrowedStrDeserializer::<Unknown>::new(name)).ok()
}

/// The number that stands for a word of a rule file: a unit or a part of one, a feast, a season.
pub(crate) fn code(name: &str) -> Option<i16> {
    by_name::<Part>(name)
        .map(|part| part as i16)
        .or_else(|| by_name::<Unit>(name).map(|unit| unit as i16))
        .or_else(|| by_name::<Feast>(name).map(|feast| feast as i16))
        .or_else(|| by_name::<Season>(name).map(|season| season as i16))
}

/// A time expression taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The sort of statement.
    pub(crate) shape: Shape,
    fields: [i16; FIELDS],
}

const UNSTATED: i16 = i16::MIN;

impl Statement {
    /// A statement of which nothing is known yet.
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, fields: [UNSTATED; FIELDS] }
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
        self.get(Field::Part).and_then(Part::from_code)
    }

    /// The feast that is meant.
    pub(crate) fn feast(&self) -> Option<Feast> {
        self.get(Field::Feast).and_then(Feast::from_code)
    }

    /// The season that is meant.
    pub(crate) fn season(&self) -> Option<Season> {
        self.get(Field::Season).and_then(Season::from_code)
    }
}

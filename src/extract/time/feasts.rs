//! Feasts and seasons: those of the lunar calendar by a table, the others by their fixed days.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::extract::time::interval::Interval;
use crate::extract::time::schema::Tet;

/// First days of lunar years.
#[derive(Debug, Default)]
pub(crate) struct Lunar {
    first: Vec<Date>,
    days: i32,
}

/// The lunar new year among the feasts of the rule files.
pub(crate) const TET: i16 = 1;
/// The lunar year.
pub(crate) const LUNAR_YEAR: i16 = 3;
/// The days right before the lunar new year.
pub(crate) const TET_EVES: i16 = 4;
/// Christmas.
pub(crate) const CHRISTMAS: i16 = 2;
/// Winter among the seasons of the rule files.
pub(crate) const WINTER: i16 = 4;

impl Lunar {
    /// From the table of the rule files.
    pub(crate) fn new(tet: Option<Tet>) -> Self {
        tet.map_or_else(Self::default, |tet| Self { first: tet.first, days: tet.days })
    }

    /// The days from one lunar new year to the next.
    pub(crate) fn year(&self, year: i32) -> Option<Interval> {
        let last = self.tet(year + 1, None)?.first?.yesterday().ok()?;
        Some(Interval::new(self.tet(year, None)?.first?, last))
    }

    /// The week before the lunar new year that begins in `year`.
    pub(crate) fn eves(&self, year: i32) -> Option<Interval> {
        let first = self.tet(year, None)?.first?;
        Some(Interval::new(first.checked_sub(7.days()).ok()?, first.yesterday().ok()?))
    }

    /// The feast days of the lunar year that begins in `year`, or its `n`-th day.
    pub(crate) fn tet(&self, year: i32, n: Option<i32>) -> Option<Interval> {
        let first = *self.first.iter().find(|day| i32::from(day.year()) == year)?;
        let day = |n: i32| first.checked_add((n - 1).days()).ok();
        match n {
            Some(n) => Some(Interval::day(day(n)?)),
            None => Some(Interval::new(first, day(self.days.max(1))?)),
        }
    }
}

/// The year nearest to `near` whose name is made of the given stem and branch.
pub(crate) fn year_of_name(stem: i32, branch: i32, near: i32) -> Option<i32> {
    // The year 4 began a cycle of stems and of branches.
    (near - 30..=near + 29).find(|y| (y - 4).rem_euclid(10) == stem && (y - 4).rem_euclid(12) == branch)
}

/// A season by its usual bounds; winter belongs to the year in which it begins.
pub(crate) fn season(year: i32, season: i16) -> Option<Interval> {
    let day = |year: i32, month: i8, day: i8| Date::new(i16::try_from(year).ok()?, month, day).ok();
    Some(match season {
        1 => Interval::new(day(year, 3, 20)?, day(year, 6, 21)?),
        2 => Interval::new(day(year, 6, 21)?, day(year, 9, 23)?),
        3 => Interval::new(day(year, 9, 23)?, day(year, 12, 21)?),
        _ => Interval::new(day(year, 12, 21)?, day(year + 1, 3, 20)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_year_names() {
        assert_eq!(year_of_name(3, 9, 2020), Some(2017));
        assert_eq!(year_of_name(4, 8, 1975), Some(1968));
        assert_eq!(year_of_name(0, 1, 2020), None);
    }
}

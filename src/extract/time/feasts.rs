//! Feasts and seasons: those of the lunar calendar by a table, the others by their fixed days.

use jiff::ToSpan;
use jiff::civil::Date;

use super::interval::Interval;
use super::schema::Tet;
use super::statement::Season;

/// First days of lunar years.
#[derive(Debug, Default)]
pub(crate) struct Lunar {
    first: Vec<Date>,
    days: i32,
}

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

/// The day of Christmas.
pub(crate) fn christmas(year: i32) -> Option<Interval> {
    day(year, 12, 25).map(Interval::day)
}

/// A season by its usual bounds; winter belongs to the year in which it begins.
pub(crate) fn season(year: i32, season: Season) -> Option<Interval> {
    Some(match season {
        Season::Spring => Interval::new(day(year, 3, 20)?, day(year, 6, 21)?),
        Season::Summer => Interval::new(day(year, 6, 21)?, day(year, 9, 23)?),
        Season::Autumn => Interval::new(day(year, 9, 23)?, day(year, 12, 21)?),
        Season::Winter => Interval::new(day(year, 12, 21)?, day(year + 1, 3, 20)?),
    })
}

fn day(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
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

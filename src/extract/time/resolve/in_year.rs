//! What lies within a year: which year that is, and which days of it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::part::{first_or_last, part_of};
use super::year::Lean;
use super::{Clues, document, sentence};
use crate::extract::time::Resolved;
use crate::extract::time::feasts;
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::statement::{Feast, Field, Part, Season, Shape, Statement};

/// A date more than this many days ahead is taken as one of the year before.
const AHEAD: i32 = 150;
/// A feast more than this many days ago is not the one that is planned for.
const FEAST_OVER: i32 = 180;
/// A period that ends more than this many days ahead is no report of it.
const UNFINISHED: i32 = 45;
/// The year to which a named one (`năm Đinh Dậu`) is the nearest of its name, where no day of writing is known.
const NAMED_NEAR: i32 = 2010;

impl Clues<'_> {
    /// Something within a year, which is stated, near, spoken of, or that of the page.
    pub(super) fn in_year(&self, s: &Statement) -> Option<Resolved> {
        if let Some(year) = s.int(Field::Year) {
            return self.fit(s, year).map(sentence);
        }
        if let Some(shift) = s.int(Field::Shift) {
            let (_, source) = self.now?;
            return Some(Resolved { interval: self.fit(s, self.year_near(s, shift)?)?, source });
        }
        if let (Some(stem), Some(branch)) = (s.int(Field::Stem), s.int(Field::Branch)) {
            let near = self.today.map_or(NAMED_NEAR, |t| i32::from(t.year()));
            return self.fit(s, feasts::year_of_name(stem, branch, near)?).map(sentence);
        }
        if let Some((year, source)) = self.year {
            return Some(Resolved { interval: self.fit(s, year)?, source });
        }
        let year = i32::from(self.today?.year());
        let this = self.fit(s, year);
        let day = |day: fn(Interval) -> Option<Date>| this.and_then(day);
        match this {
            _ if self.lean == Some(Lean::Back) && !self.future && day(|i| i.first) > self.today => {
                self.fit(s, year - 1).map(document)
            }
            _ if self.lean == Some(Lean::Ahead)
                && day(|i| i.last).is_some_and(|last| Some(last) < self.today) =>
            {
                self.fit(s, year + 1).map(document)
            }
            Some(interval) if !self.too_far_ahead(interval, s) => Some(document(interval)),
            _ => self.fit(s, year - 1).map(document),
        }
    }

    fn too_far_ahead(&self, interval: Interval, s: &Statement) -> bool {
        let ahead = |day: Option<Date>, days: i32| {
            let bound = self.today.and_then(|today| today.checked_add(days.days()).ok());
            matches!((day, bound), (Some(day), Some(bound)) if day > bound)
        };
        let unfinished =
            s.shape == Shape::First && s.part() != Some(Part::End) && ahead(interval.last, UNFINISHED);
        !self.future && (unfinished || ahead(interval.first, AHEAD))
    }

    /// The year that `shift` points to; a shift of months or feasts means the nearest of that name.
    fn year_near(&self, s: &Statement, shift: i32) -> Option<i32> {
        let (year, _) = self.now?;
        let Some(today) = self.today else {
            let plain = match s.shape {
                Shape::Season | Shape::Feast => false,
                Shape::First | Shape::Last => true,
                _ => s.unit() != Some(Unit::Month),
            };
            return plain.then_some(year + shift);
        };
        let named =
            s.unit() == Some(Unit::Month) && matches!(s.shape, Shape::Month | Shape::Season | Shape::Feast);
        if !named && s.shape == Shape::Season {
            let winter = s.season() == Some(Season::Winter) && today.month() <= 3;
            return Some(year + shift - i32::from(winter));
        }
        if !named {
            if s.shape == Shape::Feast && shift == 0 && self.future {
                let last = self.fit(s, year)?.last?;
                return Some(year + i32::from((today - last).get_days() > FEAST_OVER));
            }
            let past_feast = s.shape == Shape::Feast && shift < 0 && self.fit(s, year)?.first? <= today;
            return Some(if past_feast { year } else { year + shift });
        }
        let this = self.fit(s, year)?;
        Some(match shift {
            1 if this.last? < today => year + 1,
            -1 if this.first? > today => year - 1,
            _ => year,
        })
    }

    /// The days of something within the year `year`.
    pub(super) fn fit(&self, s: &Statement, year: i32) -> Option<Interval> {
        let day = |month: i32, day: i32| {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match s.shape {
            Shape::Day => Some(Interval::day(day(s.int(Field::Month)?, s.int(Field::Day)?)?)),
            Shape::Days => {
                let month = s.int(Field::Month)?;
                Some(Interval::new(day(month, s.int(Field::Day)?)?, day(month, s.int(Field::Day2)?)?))
            }
            Shape::Month => self.part(Interval::months(year, s.int(Field::Month)? - 1, 1)?, Unit::Month, s),
            Shape::Months => {
                let (first, last) = (s.int(Field::Month)?, s.int(Field::Month2)?);
                Interval::months(year, first - 1, last - first + 1)
            }
            Shape::Quarter => {
                let first = s.int(Field::Quarter)?;
                let count = s.int(Field::Quarter2).unwrap_or(first) - first + 1;
                self.part(Interval::months(year, 3 * (first - 1), 3 * count)?, Unit::Quarter, s)
            }
            Shape::Half => Interval::months(year, 6 * (s.int(Field::Half).unwrap_or(1) - 1), 6),
            Shape::Year => self.part(Interval::months(year, 0, 12)?, Unit::Year, s),
            Shape::First | Shape::Last => first_or_last(s, year),
            Shape::Feast => self.feast(s, year),
            Shape::Season => feasts::season(year, s.season()?),
            _ => None,
        }
    }

    /// The days of a feast that is in `year`, or begins there.
    fn feast(&self, s: &Statement, year: i32) -> Option<Interval> {
        match s.feast()? {
            Feast::Tet => self.rules.lunar.tet(year, s.int(Field::N)),
            Feast::TetEves => self.rules.lunar.eves(year),
            Feast::LunarYear => self.rules.lunar.year(year),
            Feast::Christmas => feasts::christmas(year),
        }
    }

    /// The part that a statement names of a whole of one `unit`, or all of it.
    pub(crate) fn part(&self, whole: Interval, unit: Unit, s: &Statement) -> Option<Interval> {
        match s.part() {
            None => Some(whole),
            Some(part) => part_of(whole, unit, part, self.as_of),
        }
    }
}

//! Expressions to days: what the words leave out is taken from the sentence, from earlier ones, or from the page's
//! date. News looks back: a month that would lie far ahead is the one of the year before.

pub(super) mod ahead;
pub(super) mod frame;
pub(super) mod lunar;
pub(super) mod page_year;
pub(super) mod part;
pub(super) mod today;
pub(super) mod year;

use jiff::ToSpan;
use jiff::civil::Date;

use self::frame::finish;
use self::part::{first_or_last, part_of};
use self::year::{Lean, Yearless};
use crate::extract::time::carry::memory::spoken_last;
use crate::extract::time::compile::Compiled;
use crate::extract::time::ending::ends_with_any;
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::reading::{Field, Part, Reading, Shape};
use crate::extract::time::schema::Role;
use crate::extract::time::{Resolved, TimeMemory, TimeMention};
use crate::fact::TimeSource;
use crate::text::ceil_boundary;

/// A date more than this many days ahead is taken as one of the year before.
const AHEAD: i32 = 150;
/// A feast more than this many days ago is not the one that is planned for.
const FEAST_OVER: i32 = 180;
/// A period that ends more than this many days ahead is no report of it.
const UNFINISHED: i32 = 45;
/// How many bytes before an expression are searched for words of the future.
const LOOK_BACK: usize = 80;
/// How many characters behind an expression are searched for words of the future, where something happens at its end.
const LOOK_AHEAD: usize = 40;
/// The year to which a named one (`năm Đinh Dậu`) is the nearest of its name, where no day of writing is known.
const NAMED_NEAR: i32 = 2010;

/// What is known beside the words themselves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'r> {
    pub(crate) rules: &'r Compiled,
    /// The day of writing.
    pub(crate) today: Option<Date>,
    /// The year of writing, and what tells it.
    pub(crate) now: Option<(i32, TimeSource)>,
    /// The year of what states none, and what tells it.
    pub(crate) year: Option<(i32, TimeSource)>,
    /// Whether words say that it lies ahead.
    pub(crate) future: bool,
    /// What words of the recent past or the near future say.
    pub(crate) lean: Option<Lean>,
    /// Whether things stand at it, or are to be done by it.
    pub(crate) as_of: bool,
    /// The time spoken of last, and what tells it.
    pub(crate) then: Option<(Interval, TimeSource)>,
    /// The day spoken of last, and what tells it.
    pub(crate) day: Option<(Date, TimeSource)>,
}

/// Resolves all expressions of a sentence.
pub(crate) fn resolve(
    rules: &Compiled,
    text: &str,
    times: &[TimeMention],
    memory: &TimeMemory,
) -> Vec<Option<Resolved>> {
    let mut found: Vec<Option<Resolved>> = Vec::with_capacity(times.len());
    for (i, time) in times.iter().enumerate() {
        let mut known = Known {
            rules,
            today: memory.today(),
            now: memory.year_of_writing().map(|year| {
                (year, if memory.today().is_some() { TimeSource::Document } else { TimeSource::Context })
            }),
            year: None,
            future: future(rules, text, time) || happens(rules, text, time),
            lean: year::lean(rules, text, time),
            as_of: matches!(time.role, Some(Role::AsOf | Role::By | Role::Before)),
            then: spoken_last(&times[..i], &found)
                .map(|interval| (interval, TimeSource::Sentence))
                .or(memory.spoken.map(|(interval, _)| (interval, TimeSource::Context))),
            day: day_before(&found, memory),
        };
        known.year = Yearless { text, times, at: i, found: &found, memory, known: &known }.year();
        found.push(known.resolve(time).map(|r| finish(r, time, &found, memory)));
    }
    found
}

/// The day that the sentence so far, or else the one or two before it, spoke of last.
fn day_before(found: &[Option<Resolved>], memory: &TimeMemory) -> Option<(Date, TimeSource)> {
    let day = |interval: Interval| interval.first.filter(|_| interval.first == interval.last);
    let here = found.iter().rev().flatten().find_map(|found| day(found.interval));
    let before = || memory.spoken.and_then(|(interval, _)| day(interval));
    here.map(|day| (day, TimeSource::Sentence)).or_else(|| before().map(|day| (day, TimeSource::Context)))
}

/// Whether words before an expression say that it lies ahead.
pub(crate) fn future(rules: &Compiled, text: &str, time: &TimeMention) -> bool {
    let before = &text[ceil_boundary(text, time.span.start.saturating_sub(LOOK_BACK))..time.span.start];
    rules.cues.future.iter().any(|word| before.contains(word.as_str()))
        || ends_with_any(before, &rules.cues.ahead) && !ends_with_any(before, &rules.cues.entered)
}

/// Whether something is to happen when so many units more are over (`sau 2 năm nữa`, `trong 2 năm nữa, xã sẽ …`).
fn happens(rules: &Compiled, text: &str, time: &TimeMention) -> bool {
    let behind = || text[time.span.end..].split(['.', ';']).next().unwrap_or_default();
    let near = || behind().chars().take(LOOK_AHEAD).collect::<String>();
    let told = || near().split(' ').any(|word| rules.cues.future.iter().any(|future| future == word));
    time.reading.shape == Shape::Next && (time.role == Some(Role::After) || told())
}

/// Days that the words alone state.
#[allow(clippy::unnecessary_wraps, reason = "the last word of functions that may fail")]
fn sentence(interval: Interval) -> Option<Resolved> {
    Some(Resolved { interval, source: TimeSource::Sentence })
}

/// Days that the page's date completes.
#[allow(clippy::unnecessary_wraps, reason = "the last word of functions that may fail")]
pub(crate) fn document(interval: Interval) -> Option<Resolved> {
    Some(Resolved { interval, source: TimeSource::Document })
}

impl Known<'_> {
    fn resolve(&self, time: &TimeMention) -> Option<Resolved> {
        let first = self.reading(&time.reading);
        let Some(until) = &time.until else { return first };
        if time.begins_today() && until.shape != Shape::Now {
            return self.up_to(until);
        }
        let first = first?;
        if until.shape == Shape::Now {
            let interval = Interval { first: first.interval.first, last: self.today };
            return Some(Resolved { interval, source: first.source });
        }
        let last = self.reading(until)?;
        let mut begin = first.interval.first?;
        let end = last.interval.last?;
        if begin > end && time.reading.get(Field::Year).is_none() {
            begin = begin.checked_sub(1.year()).ok()?;
        }
        (begin <= end).then(|| Resolved { interval: Interval::new(begin, end), source: first.source })
    }

    pub(crate) fn reading(&self, r: &Reading) -> Option<Resolved> {
        match r.shape {
            Shape::Mute | Shape::SamePeriod => None,
            Shape::Now => document(Interval::day(self.today?)),
            Shape::Relative => self.relative(r),
            Shape::Weekday => self.weekday(r),
            Shape::Past if r.int(Field::N) == Some(0) => self.year_to_date(r),
            Shape::Past => {
                let n = r.int(Field::N)?;
                document(Interval::run(self.today?, r.unit()?, -n, n)?)
            }
            Shape::Lately => document(self.lately(r)?),
            Shape::Next if r.part() == Some(Part::End) && self.future => {
                document(Interval::around(self.today?, r.unit()?, r.int(Field::N)?)?)
            }
            Shape::Next => document(Interval::run(self.today?, r.unit()?, 1, r.int(Field::N)?)?),
            Shape::Ago => document(Interval::around(self.today?, r.unit()?, -r.int(Field::N)?)?),
            Shape::SoFar => self.so_far(r),
            Shape::SinceThen => self.since_then(),
            Shape::ThatDay => self.that_day(r),
            Shape::Decade => {
                let year = r.int(Field::Decade)?;
                sentence(self.part(Interval::months(year, 0, 120)?, Unit::Decade, r)?)
            }
            Shape::Century => {
                let first = r.int(Field::Century)?;
                let count = r.int(Field::Century2).unwrap_or(first) - first + 1;
                let whole = Interval::months((first - 1) * 100 + 1, 0, 1200 * count)?;
                sentence(self.part(whole, Unit::Century, r)?)
            }
            Shape::Years => {
                let (first, last) = (r.int(Field::Year)?, r.int(Field::Year2)?);
                sentence(Interval::months(first, 0, 12 * (last - first + 1))?)
            }
            Shape::Day if r.get(Field::Month).is_none() => self.day_alone(r),
            Shape::Days if r.get(Field::Month).is_none() => self.days_alone(r),
            _ => self.in_year(r),
        }
    }

    /// Something within a year, which is stated, near, spoken of, or that of the page.
    fn in_year(&self, r: &Reading) -> Option<Resolved> {
        if let Some(year) = r.int(Field::Year) {
            return sentence(self.fit(r, year)?);
        }
        if let Some(shift) = r.int(Field::Shift) {
            let (_, source) = self.now?;
            return Some(Resolved { interval: self.fit(r, self.year_near(r, shift)?)?, source });
        }
        if let (Some(stem), Some(branch)) = (r.int(Field::Stem), r.int(Field::Branch)) {
            let near = self.today.map_or(NAMED_NEAR, |t| i32::from(t.year()));
            return sentence(self.fit(r, lunar::year_of_name(stem, branch, near)?)?);
        }
        if let Some((year, source)) = self.year {
            return Some(Resolved { interval: self.fit(r, year)?, source });
        }
        let year = i32::from(self.today?.year());
        let this = self.fit(r, year);
        let day = |day: fn(Interval) -> Option<Date>| this.and_then(day);
        match this {
            _ if self.lean == Some(Lean::Back) && !self.future && day(|i| i.first) > self.today => {
                document(self.fit(r, year - 1)?)
            }
            _ if self.lean == Some(Lean::Ahead)
                && day(|i| i.last).is_some_and(|last| Some(last) < self.today) =>
            {
                document(self.fit(r, year + 1)?)
            }
            Some(interval) if !self.too_far_ahead(interval, r) => document(interval),
            _ => document(self.fit(r, year - 1)?),
        }
    }

    fn too_far_ahead(&self, interval: Interval, r: &Reading) -> bool {
        let ahead = |day: Option<Date>, days: i32| {
            let bound = self.today.and_then(|today| today.checked_add(days.days()).ok());
            matches!((day, bound), (Some(day), Some(bound)) if day > bound)
        };
        let unfinished =
            r.shape == Shape::First && r.part() != Some(Part::End) && ahead(interval.last, UNFINISHED);
        !self.future && (unfinished || ahead(interval.first, AHEAD))
    }

    /// The year that `shift` points to; a shift of months or feasts means the nearest of that name.
    fn year_near(&self, r: &Reading, shift: i32) -> Option<i32> {
        let (year, _) = self.now?;
        let Some(today) = self.today else {
            let plain = r.shape != Shape::Season && r.shape != Shape::Feast && r.unit() != Some(Unit::Month);
            return plain.then_some(year + shift);
        };
        let named =
            r.unit() == Some(Unit::Month) && matches!(r.shape, Shape::Month | Shape::Season | Shape::Feast);
        if !named && r.shape == Shape::Season {
            let winter = r.get(Field::Season) == Some(lunar::WINTER) && today.month() <= 3;
            return Some(year + shift - i32::from(winter));
        }
        if !named {
            if r.shape == Shape::Feast && shift == 0 && self.future {
                let last = self.fit(r, year)?.last?;
                return Some(year + i32::from((today - last).get_days() > FEAST_OVER));
            }
            let past_feast = r.shape == Shape::Feast && shift < 0 && self.fit(r, year)?.first? <= today;
            return Some(if past_feast { year } else { year + shift });
        }
        let this = self.fit(r, year)?;
        Some(match shift {
            1 if this.last? < today => year + 1,
            -1 if this.first? > today => year - 1,
            _ => year,
        })
    }

    /// The days of something within the year `year`.
    fn fit(&self, r: &Reading, year: i32) -> Option<Interval> {
        let day = |month: i32, day: i32| {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match r.shape {
            Shape::Day => Some(Interval::day(day(r.int(Field::Month)?, r.int(Field::Day)?)?)),
            Shape::Days => {
                let month = r.int(Field::Month)?;
                Some(Interval::new(day(month, r.int(Field::Day)?)?, day(month, r.int(Field::Day2)?)?))
            }
            Shape::Month => self.part(Interval::months(year, r.int(Field::Month)? - 1, 1)?, Unit::Month, r),
            Shape::Months => {
                let (first, last) = (r.int(Field::Month)?, r.int(Field::Month2)?);
                Interval::months(year, first - 1, last - first + 1)
            }
            Shape::Quarter => {
                let first = r.int(Field::Quarter)?;
                let count = r.int(Field::Quarter2).unwrap_or(first) - first + 1;
                self.part(Interval::months(year, 3 * (first - 1), 3 * count)?, Unit::Quarter, r)
            }
            Shape::Half => Interval::months(year, 6 * (r.int(Field::Half).unwrap_or(1) - 1), 6),
            Shape::Year => self.part(Interval::months(year, 0, 12)?, Unit::Year, r),
            Shape::First | Shape::Last => first_or_last(r, year),
            Shape::Feast if r.get(Field::Feast) == Some(lunar::TET) => {
                self.rules.lunar.tet(year, r.int(Field::N))
            }
            Shape::Feast if r.get(Field::Feast) == Some(lunar::TET_EVES) => self.rules.lunar.eves(year),
            Shape::Feast if r.get(Field::Feast) == Some(lunar::LUNAR_YEAR) => self.rules.lunar.year(year),
            Shape::Feast if r.get(Field::Feast) == Some(lunar::CHRISTMAS) => {
                Some(Interval::day(day(12, 25)?))
            }
            Shape::Season => lunar::season(year, r.get(Field::Season)?),
            _ => None,
        }
    }

    pub(crate) fn part(&self, whole: Interval, unit: Unit, r: &Reading) -> Option<Interval> {
        match r.part() {
            None => Some(whole),
            Some(part) => part_of(whole, unit, part, self.as_of),
        }
    }
}

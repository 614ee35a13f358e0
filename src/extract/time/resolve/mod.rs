//! Expressions to days: what the words leave out is taken from the sentence, from earlier ones, or from the page's
//! date. News looks back: a month that would lie far ahead is the one of the year before.

mod frame;
mod in_year;
mod part;
mod today;
mod year;

use jiff::ToSpan;
use jiff::civil::Date;

use self::frame::finish;
use self::year::{Lean, Yearless};
use crate::extract::time::compile::Compiled;
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::memory::spoken_last;
use crate::extract::time::phrases::ends_with_any;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Part, Shape, Statement};
use crate::extract::time::{Resolved, TimeMemory, TimeMention};
use crate::fact::TimeSource;
use crate::text::ceil_boundary;

/// How many bytes before an expression are searched for words of the future.
const LOOK_BACK: usize = 80;
/// How many characters behind an expression are searched for words of the future, where something happens at its end.
const LOOK_AHEAD: usize = 40;

/// What is known of an expression beside its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clues<'r> {
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
    /// The months that the page told of last.
    pub(crate) period: Option<Interval>,
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
        let mut clues = Clues {
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
            period: memory.period.as_ref().map(|carried| carried.interval),
            day: day_before(&found, memory),
        };
        clues.year = Yearless { text, times, at: i, found: &found, memory, clues: &clues }.year();
        found.push(clues.resolve(time).map(|r| finish(r, time, &found, memory)));
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
    rules.cues.resolve.future.iter().any(|word| before.contains(word.as_str()))
        || ends_with_any(before, &rules.cues.resolve.ahead)
            && !ends_with_any(before, &rules.cues.resolve.entered)
}

/// Whether something is to happen when so many units more are over (`sau 2 năm nữa`, `trong 2 năm nữa, xã sẽ …`).
fn happens(rules: &Compiled, text: &str, time: &TimeMention) -> bool {
    let behind = || text[time.span.end..].split(['.', ';']).next().unwrap_or_default();
    let near = || behind().chars().take(LOOK_AHEAD).collect::<String>();
    let told = || near().split(' ').any(|word| rules.cues.resolve.future.iter().any(|future| future == word));
    time.statement.shape == Shape::Next && (time.role == Some(Role::After) || told())
}

/// Days that the words alone state.
fn sentence(interval: Interval) -> Resolved {
    Resolved { interval, source: TimeSource::Sentence }
}

/// Days that the page's date completes.
fn document(interval: Interval) -> Resolved {
    Resolved { interval, source: TimeSource::Document }
}

impl Clues<'_> {
    fn resolve(&self, time: &TimeMention) -> Option<Resolved> {
        let first = self.days(&time.statement);
        let Some(until) = &time.until else { return first };
        if time.begins_today() && until.shape != Shape::Now {
            return self.up_to(until);
        }
        let first = first?;
        if until.shape == Shape::Now {
            let interval = Interval { first: first.interval.first, last: self.today };
            return Some(Resolved { interval, source: first.source });
        }
        let last = self.days(until)?;
        let mut begin = first.interval.first?;
        let end = last.interval.last?;
        if begin > end && time.statement.get(Field::Year).is_none() {
            begin = begin.checked_sub(1.year()).ok()?;
        }
        (begin <= end).then(|| Resolved { interval: Interval::new(begin, end), source: first.source })
    }

    /// The days that a statement stands for.
    pub(crate) fn days(&self, s: &Statement) -> Option<Resolved> {
        match s.shape {
            Shape::Mute | Shape::SamePeriod => None,
            Shape::Now => Some(document(Interval::day(self.today?))),
            Shape::Relative => self.relative(s),
            Shape::Weekday => self.weekday(s),
            Shape::Past if s.int(Field::N) == Some(0) => self.year_to_date(s),
            Shape::Past => {
                let n = s.int(Field::N)?;
                Interval::run(self.today?, s.unit()?, -n, n).map(document)
            }
            Shape::Lately => self.lately(s).map(document),
            Shape::Next if s.part() == Some(Part::End) && self.future => {
                Interval::around(self.today?, s.unit()?, s.int(Field::N)?).map(document)
            }
            Shape::Next => Interval::run(self.today?, s.unit()?, 1, s.int(Field::N)?).map(document),
            Shape::Ago => Interval::around(self.today?, s.unit()?, -s.int(Field::N)?).map(document),
            Shape::SoFar => self.so_far(s),
            Shape::SinceThen => self.since_then(),
            Shape::ThatDay => self.that_day(s),
            Shape::ThatTime => self.that_time(s),
            Shape::Decade => {
                let year = s.int(Field::Decade)?;
                self.part(Interval::months(year, 0, 120)?, Unit::Decade, s).map(sentence)
            }
            Shape::Century => {
                let first = s.int(Field::Century)?;
                let count = s.int(Field::Century2).unwrap_or(first) - first + 1;
                let whole = Interval::months((first - 1) * 100 + 1, 0, 1200 * count)?;
                self.part(whole, Unit::Century, s).map(sentence)
            }
            Shape::Years => {
                let (first, last) = (s.int(Field::Year)?, s.int(Field::Year2)?);
                Interval::months(first, 0, 12 * (last - first + 1)).map(sentence)
            }
            Shape::Day if s.get(Field::Month).is_none() => self.day_alone(s),
            Shape::Days if s.get(Field::Month).is_none() => self.days_alone(s),
            _ => self.in_year(s),
        }
    }
}

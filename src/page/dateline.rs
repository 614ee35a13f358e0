//! Lines that say when the article was published.

use jiff::civil::Date;
use regex::{Captures, Regex};

/// Longest line, in bytes, that may be a dateline.
const MAX_BYTES: usize = 160;
/// How many letters may stand in a dateline besides what the rules know (an author, a section).
const MAX_REST: usize = 40;

/// What datelines are made of.
#[derive(Debug)]
pub(super) struct Datelines {
    /// Full dates, with the groups `day`, `month`, `year` (or `day2` …).
    pub(super) dates: Vec<Regex>,
    /// What may stand beside the date.
    pub(super) parts: Vec<Regex>,
}

/// A line read as a dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The day.
    pub(super) date: Date,
    /// Whether the line bears more than a bare date: a clock, a weekday, a label or a counter.
    pub(super) marked: bool,
    /// What else it says (an author or a section), if anything.
    pub(super) rest: Option<std::ops::Range<usize>>,
}

impl Datelines {
    /// Reads the line if it is a dateline: one possible date, and little that datelines do not have.
    pub(super) fn read(&self, line: &str) -> Option<Dateline> {
        if line.len() > MAX_BYTES || line.bytes().filter(u8::is_ascii_digit).count() < 5 {
            return None;
        }
        let mut erased = line.to_owned();
        let date = self.take_date(&mut erased)?;
        let mut marked = false;
        for part in &self.parts {
            marked |= erase_all(&mut erased, part);
        }
        let rest = rest_of(&erased)?;
        let separated = line.contains(['|', '•', '·', '-', '–']) || line.contains(", ");
        let plain =
            rest.is_empty() || (erased[rest.clone()].chars().count() <= MAX_REST && marked && separated);
        plain.then_some(Dateline { date, marked, rest: (!rest.is_empty()).then_some(rest) })
    }

    /// The one date of the text, which is blanked out; none if there are two different ones or the day does not exist.
    fn take_date(&self, text: &mut String) -> Option<Date> {
        let mut found = None;
        for regex in &self.dates {
            while let Some(groups) = regex.captures(text) {
                let date = date_of(&groups)?;
                if found.is_some_and(|old| old != date) {
                    return None;
                }
                found = Some(date);
                let whole = groups.get(0)?.range();
                text.replace_range(whole.clone(), &" ".repeat(whole.len()));
            }
        }
        found
    }

    /// The first date in the text, for tests of the rules.
    pub(super) fn date_in(&self, text: &str) -> Option<Date> {
        self.dates.iter().find_map(|regex| date_of(&regex.captures(text)?))
    }
}

fn date_of(groups: &Captures<'_>) -> Option<Date> {
    let group =
        |name: &str, second: &str| groups.name(name).or_else(|| groups.name(second))?.as_str().parse().ok();
    let year: i16 = group("year", "year2")?;
    let month: i16 = group("month", "month2")?;
    let day: i16 = group("day", "day2")?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn erase_all(text: &mut String, part: &Regex) -> bool {
    let found: Vec<_> = part.find_iter(text).map(|m| m.range()).collect();
    for range in &found {
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    !found.is_empty()
}

/// Range of what is left, from its first to its last letter; none if digits are left, which a dateline does not have.
fn rest_of(erased: &str) -> Option<std::ops::Range<usize>> {
    if erased.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let letter = |c: char| c.is_alphabetic();
    let Some(start) = erased.find(letter) else { return Some(0..0) };
    let end =
        erased.rfind(letter).map_or(start, |at| at + erased[at..].chars().next().map_or(0, char::len_utf8));
    Some(start..end)
}

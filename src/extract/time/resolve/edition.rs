//! Years in names (`Hội xuân 2017`): a page without a date that is about this year's edition of something was written
//! in its year.

use crate::extract::time::TimeMention;
use crate::extract::time::ending::ends_with_any;
use crate::extract::time::interval::Unit;
use crate::extract::time::reading::Field;
use crate::extract::time::schema::Edition;
use crate::rules::Pattern;

/// A page leads with its first sentences, the title among them.
const LEADS: u8 = 4;
/// Digits of a year.
const DIGITS: usize = 4;
/// The years that names may hold.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2049;

/// What keeps four digits behind a word from being the year of an edition.
#[derive(Debug)]
pub(crate) struct EditionRule {
    pub(crate) file: String,
    pub(crate) edition: Edition,
    pub(crate) not_before: Pattern,
}

/// The latest year in names of a page, and what the page says beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Editions {
    latest: Option<i16>,
    /// How often the page names it.
    named: u8,
    in_title: bool,
    leads: bool,
    /// Whether the page speaks of this year, as such.
    this_year: bool,
    /// Sentences so far.
    sentences: u8,
}

impl Editions {
    /// Learns from the next sentence of the page.
    pub(crate) fn learn(&mut self, rule: &EditionRule, text: &str, times: &[TimeMention]) {
        self.this_year |= times.iter().any(is_this_year);
        for year in rule.years(text) {
            self.name(year);
        }
        self.sentences = self.sentences.saturating_add(1);
    }

    fn name(&mut self, year: i16) {
        if Some(year) < self.latest {
            return;
        }
        if Some(year) > self.latest {
            let Self { this_year, sentences, .. } = *self;
            *self = Self { latest: Some(year), this_year, sentences, ..Self::default() };
        }
        self.named = self.named.saturating_add(1);
        self.in_title |= self.sentences == 0;
        self.leads |= self.sentences < LEADS;
    }

    /// The year of what the page is about: named in its title, or two of these hold: it is named early, it is named
    /// again, and the page speaks of `this year`. (Of news of known years 92 to 97 in 100 were written in it.)
    pub(crate) fn year(&self) -> Option<i16> {
        let hints = [self.leads, self.named > 1, self.this_year].into_iter().filter(|hint| *hint).count();
        self.latest.filter(|_| self.in_title || hints > 1)
    }
}

impl EditionRule {
    /// The years in names of a sentence.
    pub(crate) fn years(&self, text: &str) -> impl Iterator<Item = i16> {
        let starts = ["19", "20"].into_iter().flat_map(|century| text.match_indices(century));
        starts.filter_map(|(at, _)| self.year_at(text, at))
    }

    fn year_at(&self, text: &str, at: usize) -> Option<i16> {
        let (before, digits, behind) =
            (text.get(..at)?, text.get(at..at + DIGITS)?, text.get(at + DIGITS..)?);
        let named = before.strip_suffix(' ')?.ends_with(char::is_alphabetic)
            && !behind.starts_with(char::is_alphanumeric)
            && !ends_with_any(before, &self.edition.not_after)
            && !self.not_before.is_match(behind);
        digits.parse().ok().filter(|year| named && YEARS.contains(year))
    }
}

/// Whether an expression counts from the year of writing, which it is itself.
fn is_this_year(time: &TimeMention) -> bool {
    time.reading.get(Field::Shift) == Some(0) && time.reading.unit().is_none_or(|unit| unit == Unit::Year)
}

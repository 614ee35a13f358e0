//! What shows the year of a page without a date: it is about the edition of a year (`Hội xuân 2017`), has a year in its title
//! and speaks of this year and of that one or the one before, reports the months of one that are over (`9 tháng năm 2020`),
//! or compares with the same months of the year before it (`cùng kỳ năm 2019`). Of news of known years, 92 to 97 in 100 were
//! written in it. Where nothing else shows a year, a page that compares with the end of one and states no later one is of the next.

use super::speaks;
use crate::extract::time::TimeMention;
use crate::extract::time::editions::EditionRule;
use crate::extract::time::interval::Unit;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Part, Shape};

/// A page leads with its first sentences, the title among them.
const LEADS: u8 = 4;
/// Months of a year.
const YEAR: i16 = 12;
/// What a page shows of its year.
#[derive(Debug, Clone, Default)]
pub(super) struct PageYear {
    edition: NamedYear,
    /// The latest year of which the page reports months.
    reported: Option<i16>,
    /// The year behind the latest one with whose same months the page compares.
    compared: Option<i16>,
    /// The year behind the latest one with whose end it compares.
    compared_end: Option<i16>,
    /// The only year that the title states, and whether other sentences state it, or the one before.
    titled: Option<i16>,
    titled_again: bool,
    /// Whether the page speaks of this year, as such.
    this_year: bool,
    /// Sentences so far.
    sentences: u8,
}

/// The latest year in names of a page.
#[derive(Debug, Clone, Default)]
struct NamedYear {
    latest: Option<i16>,
    /// How often the page names it.
    named: u8,
    in_title: bool,
    leads: bool,
}

impl PageYear {
    /// Learns from the next sentence of the page, which has spoken of `latest` as its latest year so far: of an edition
    /// before that the page cannot be.
    pub(super) fn learn(
        &mut self,
        rule: Option<&EditionRule>,
        text: &str,
        times: &[TimeMention],
        latest: Option<i16>,
    ) {
        if self.sentences == 0 {
            self.titled = titled(rule, text, times);
        } else if let Some(title) = self.titled {
            let again = |time: &TimeMention| {
                time.statement.get(Field::Year).is_some_and(|year| (title - 1..=title).contains(&year))
            };
            self.titled_again |= times.iter().any(again);
        }
        self.this_year |= times.iter().any(is_this_year);
        self.reported = self.reported.max(times.iter().filter_map(reported).max());
        self.compared = self.compared.max(times.iter().filter_map(compared).max());
        self.compared_end = self.compared_end.max(times.iter().filter_map(compared_end).max());
        let from = latest.max(self.edition.latest);
        for year in rule.iter().flat_map(|rule| rule.years(text, from)) {
            self.edition.name(year, self.sentences);
        }
        self.sentences = self.sentences.saturating_add(1);
    }

    /// The year that a page shows which speaks of `latest` as its latest one: that of the edition it is about, which it
    /// names in its title, or early, again and beside `this year`, two of the three; or the year of its title, which it says
    /// again, beside `this year`; else the one of which it reports months, with no more than an outlook on the next; else the
    /// one that it compares with that before, or with the end of that.
    pub(super) fn year(&self, latest: Option<i16>) -> Option<i16> {
        let edition = &self.edition;
        let hints =
            [edition.leads, edition.named > 1, self.this_year].into_iter().filter(|hint| *hint).count();
        let about = edition.latest.filter(|year| (edition.in_title || hints > 1) && latest <= Some(*year));
        let reported = self.reported.filter(|year| latest <= Some(*year + 1));
        let spoken = self.this_year && self.titled_again;
        let titled = self.titled.filter(|year| spoken && latest <= Some(*year));
        let same = self.compared.filter(|year| latest <= Some(*year));
        let since = self.compared_end.filter(|year| latest < Some(*year));
        about.max(reported).max(titled).or(same).or(since)
    }
}

impl NamedYear {
    fn name(&mut self, year: i16, sentence: u8) {
        if Some(year) < self.latest {
            return;
        }
        if Some(year) > self.latest {
            *self = Self { latest: Some(year), ..Self::default() };
        }
        self.named = self.named.saturating_add(1);
        self.in_title |= sentence == 0;
        self.leads |= sentence < LEADS;
    }
}

/// The only year that a title states, if it names no edition of another.
fn titled(rule: Option<&EditionRule>, text: &str, times: &[TimeMention]) -> Option<i16> {
    // One with a capital is part of a name (World Cup 2018).
    let name = |time: &&TimeMention| time.core > 0 && text[time.core..].starts_with(char::is_uppercase);
    let mut stated = times.iter().filter_map(|time| time.statement.get(Field::Year).map(|year| (time, year)));
    let (time, year) = stated.next()?;
    let alone = stated.all(|(_, other)| other == year)
        && rule.iter().flat_map(|rule| rule.years(text, None)).all(|other| other == year);
    (alone && speaks(time) && !name(&time)).then_some(year)
}

/// Whether an expression counts from the year of writing, which it is itself.
fn is_this_year(time: &TimeMention) -> bool {
    time.statement.get(Field::Shift) == Some(0) && time.statement.unit().is_none_or(|unit| unit == Unit::Year)
}

/// The year behind that of the same period (`cùng kỳ năm 2019`).
fn compared(time: &TimeMention) -> Option<i16> {
    let statement = &time.statement;
    statement.get(Field::Year).filter(|_| statement.shape == Shape::SamePeriod).map(|year| year + 1)
}

/// The year behind one with whose end something is compared (`so với cuối năm 2019`).
fn compared_end(time: &TimeMention) -> Option<i16> {
    let (statement, base) = (&time.statement, time.role == Some(Role::Base));
    let end = statement.shape == Shape::Year && statement.part() == Some(Part::End) && base;
    statement.get(Field::Year).filter(|_| end).map(|year| year + 1)
}

/// The year of which an expression states the first months, but not all twelve.
fn reported(time: &TimeMention) -> Option<i16> {
    let statement = &time.statement;
    let months = statement.shape == Shape::First && statement.unit().is_none_or(|unit| unit == Unit::Month);
    let over = statement.get(Field::N).is_some_and(|n| n < YEAR);
    statement.get(Field::Year).filter(|_| months && over && speaks(time))
}

//! Times that later sentences continue.

mod list;
mod page;
pub(super) mod remember;

use std::borrow::Cow;

use crate::extract::mention::Mention;
use crate::extract::time::interval::Interval;
use crate::extract::time::memory::{Carried, Reach};
use crate::extract::time::mention::LEADING_BYTES;
use crate::extract::time::phrases::{begins_with_any, ends_with_any};
use crate::extract::time::statement::{Field, Shape};
use crate::extract::time::view::View;
use crate::extract::time::{TimeMemory, TimeMention};
use crate::fact::{Kind, Status, Time, TimeRole, TimeSource};

/// Over how many sentences a time reaches figures that are told beside it.
const TOLD: u8 = 2;
/// Over how many sentences it reaches changes and lists of figures.
const LISTED: u8 = 8;
/// A time that heads a line, or that sentences say they go on from, is carried over at most this many without figures;
/// any other over none.
const WITHOUT_FIGURES: u8 = 2;

impl<'t> View<'_, 't> {
    /// The time of an earlier sentence that this one continues.
    pub(crate) fn carried(&self, mention: &Mention<'_>, memory: &TimeMemory) -> Option<Time<'t>> {
        let carried = memory.carried.as_ref()?;
        if self.apart(mention, carried.interval)
            || is_of_another_status(mention, carried, memory)
            || carried.reach != Reach::Listed && self.is_rate(mention)
            || self.is_too_far(mention, carried, memory)
            || !self.goes_on(mention, carried, memory)
        {
            return None;
        }
        Some(Time {
            start: carried.interval.first,
            end: carried.interval.last,
            role: carried.role,
            text: Some(carried.text.clone()).filter(|text| !text.is_empty()).map(Cow::Owned),
            source: TimeSource::Context,
        })
    }

    /// Whether too many paragraphs or sentences lie between an earlier time and this sentence.
    fn is_too_far(&self, mention: &Mention<'_>, carried: &Carried, memory: &TimeMemory) -> bool {
        let tells_on = memory.run <= TOLD && (self.narrates() || self.continues());
        // Aims are listed over several paragraphs.
        let next_line =
            tells_on || carried.lists_on() || matches!(carried.reach, Reach::NextLine | Reach::Listed);
        let long = carried.reach == Reach::Listed || is_of_a_series(mention, carried);
        let most_sentences = if long { LISTED } else { TOLD };
        let most_without_figures = if carried.reach == Reach::Any { 0 } else { WITHOUT_FIGURES };
        memory.breaks > u8::from(next_line)
            || memory.run > most_sentences
            || memory.age > most_without_figures
    }

    /// Whether this sentence is one of those that may continue an earlier time.
    fn goes_on(&self, mention: &Mention<'_>, carried: &Carried, memory: &TimeMemory) -> bool {
        match carried.reach {
            // One figure alone is rather told of by the way than one of a series.
            Reach::Any => {
                is_of_a_series(mention, carried)
                    || self.continues()
                    || self.is_level(mention)
                    || self.mentions.len() + self.times.len() > 1
            }
            Reach::NextLine => true,
            Reach::Continued => self.continues() || self.is_compared_in_time(mention),
            Reach::Told => self.narrates(),
            Reach::Listed => self.is_item(carried, memory),
        }
    }

    /// Whether the sentence says that it goes on from the one before.
    fn continues(&self) -> bool {
        self.opens_with(&self.rules.cues.carry.continues)
    }

    /// Whether the sentence tells on about the same event.
    fn narrates(&self) -> bool {
        self.opens_with(&self.rules.cues.carry.narrates)
    }

    /// Whether a figure is a change, in a sentence that compares with another time.
    fn is_compared_in_time(&self, mention: &Mention<'_>) -> bool {
        mention.is_change && self.comparisons.iter().any(|c| c.time.is_some())
    }

    /// Whether a figure is a rate, which holds at other times as well: anything per unit, but prices only per period.
    fn is_rate(&self, mention: &Mention<'_>) -> bool {
        let Some(per) = mention.per.as_deref() else { return false };
        let unit = per.split(' ').next().unwrap_or_default();
        mention.kind != Kind::Money || self.rules.cues.carry.periods.iter().any(|period| period == unit)
    }

    /// Whether a figure is stated as a level (lãi là 3 tỷ đồng).
    fn is_level(&self, mention: &Mention<'_>) -> bool {
        ends_with_any(
            self.text.get(..mention.phrase.start).unwrap_or_default(),
            &self.rules.cues.carry.levels,
        )
    }

    /// Whether a figure is of no time, or its sentence says that it is of another than `told`, without saying which.
    fn apart(&self, mention: &Mention<'_>, told: Interval) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        let timeless = match mention.kind {
            Kind::Quantity => self.timeless(mention),
            Kind::Count => begins_with_any(unit, &self.rules.cues.carry.notions),
            _ => false,
        };
        let at = mention.quote.start;
        let length = |time: &TimeMention| {
            time.statement.shape == Shape::Mute
                && time.statement.get(Field::N).is_some()
                && time.span.end <= at
                && time.leads()
        };
        let single = told.first.is_some() && told.first == told.last;
        timeless
            || self.is_of_another_edition(told)
            || self.has_words(&self.rules.cues.carry.elsewhen, 0, at)
            || !single && (self.times.iter().any(length) || self.opens_with(&self.rules.cues.carry.later))
    }

    /// Whether the sentence names the edition of another year (tại Hội xuân 2017).
    fn is_of_another_edition(&self, told: Interval) -> bool {
        let within = |year: i32| {
            told.first.is_none_or(|first| i32::from(first.year()) <= year)
                && told.last.is_none_or(|last| i32::from(last.year()) >= year)
        };
        let rule = self.rules.editions.iter();
        rule.flat_map(|rule| rule.years(self.text, None)).any(|year| !within(i32::from(year)))
    }

    /// Whether the sentence or the clause before byte `at` is of a time that nothing tells.
    pub(crate) fn untold(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let here = |from: usize| {
            (from < LEADING_BYTES || !self.separated(from, at))
                && !self.turned(from, at)
                && !self.joined(from, at)
        };
        self.rules
            .cues
            .carry
            .untold
            .iter()
            .any(|words| before.match_indices(words.as_str()).any(|(from, _)| here(from)))
    }
}

/// Whether a figure is an aim and what had that time was none, or the other way round.
fn is_of_another_status(mention: &Mention<'_>, carried: &Carried, memory: &TimeMemory) -> bool {
    let actual = mention.status == Status::Actual;
    // Of an open period nobody says what is still to come in it.
    let over = || memory.today().is_none_or(|today| carried.interval.last.is_none_or(|last| last <= today));
    let unlike = match carried.aimed {
        Some(true) => actual,
        Some(false) => mention.status == Status::Target && over(),
        None => false,
    };
    // What is to be reached by a day is no figure yet.
    unlike || actual && carried.role == TimeRole::By
}

/// Whether figures like this one are told one after another: changes, and what a list or a comparison goes on with.
fn is_of_a_series(mention: &Mention<'_>, carried: &Carried) -> bool {
    mention.is_change || carried.reach == Reach::Continued || carried.lists_on()
}

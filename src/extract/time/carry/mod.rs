//! Times that later sentences continue.

pub(super) mod memory;

use std::borrow::Cow;

use self::memory::{Carried, Reach};
use super::{Dating, TimeMemory, TimeMention};
use crate::extract::mention::Mention;
use crate::extract::time::ending::ends_with_any;
use crate::extract::time::govern::{Governor, View};
use crate::extract::time::interval::Interval;
use crate::extract::time::reading::{Field, Shape};
use crate::extract::time::resolve::future;
use crate::extract::time::schema::Role;
use crate::fact::{Kind, Status, Time, TimeRole, TimeSource};

/// A time that begins within so many bytes leads its sentence.
const LEADING: usize = 24;
/// One that begins within so many bytes, behind its subject, still leads a sentence with figures.
const OPENING: usize = 60;
/// Most words before an expression that opens its clause.
const MAX_OPENING: usize = 5;
/// Over how many sentences a time reaches figures that are told beside it.
const TOLD: u8 = 2;
/// Over how many sentences it reaches changes and lists of figures.
const LISTED: u8 = 8;
/// A time that heads a line, or that sentences say they go on from, is carried over at most this many without figures;
/// any other over none.
const LASTS: u8 = 2;

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
        let most_without_figures = if carried.reach == Reach::Any { 0 } else { LASTS };
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
        self.opens_with(&self.rules.cues.continues)
    }

    /// Whether the sentence tells on about the same event.
    fn narrates(&self) -> bool {
        self.opens_with(&self.rules.cues.narrates)
    }

    /// Whether a figure is a change, in a sentence that compares with another time.
    fn is_compared_in_time(&self, mention: &Mention<'_>) -> bool {
        mention.is_change && self.comparisons.iter().any(|c| c.time.is_some())
    }

    /// Whether a figure is a rate, which holds at other times as well: anything per unit, but prices only per period.
    fn is_rate(&self, mention: &Mention<'_>) -> bool {
        let Some(per) = mention.per.as_deref() else { return false };
        let unit = per.split(' ').next().unwrap_or_default();
        mention.kind != Kind::Money || self.rules.cues.periods.iter().any(|period| period == unit)
    }

    /// Whether a figure is stated as a level (lãi là 3 tỷ đồng).
    fn is_level(&self, mention: &Mention<'_>) -> bool {
        ends_with_any(self.text.get(..mention.phrase.start).unwrap_or_default(), &self.rules.cues.levels)
    }

    /// Whether a figure is of no time, or its sentence says that it is of another than `told`, without saying which.
    fn apart(&self, mention: &Mention<'_>, told: Interval) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        let kind_of = |word: &String| {
            unit.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        };
        let timeless = match mention.kind {
            Kind::Quantity => self.timeless(mention),
            Kind::Count => self.rules.cues.notions.iter().any(kind_of),
            _ => false,
        };
        let at = mention.quote.start;
        let length = |time: &TimeMention| {
            time.reading.shape == Shape::Mute
                && time.reading.get(Field::N).is_some()
                && time.span.end <= at
                && time.span.start < LEADING
        };
        let single = told.first.is_some() && told.first == told.last;
        timeless
            || self.has_words(&self.rules.cues.elsewhen, 0, at)
            || !single && (self.times.iter().any(length) || self.opens_with(&self.rules.cues.later))
    }

    /// Whether the sentence or the clause before byte `at` is of a time that nothing tells.
    pub(crate) fn untold(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let here = |from: usize| {
            (from < LEADING || !self.separated(from, at))
                && !self.turned(from, at)
                && !self.has_words(&self.rules.cues.joiners, from, at)
        };
        self.rules
            .cues
            .untold
            .iter()
            .any(|words| before.match_indices(words.as_str()).any(|(from, _)| here(from)))
    }

    pub(crate) fn opens_with(&self, list: &[String]) -> bool {
        let behind = |words: &String| self.text.strip_prefix(words.as_str());
        list.iter().filter_map(behind).any(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    /// Whether a figure is a property of a person or thing, which the time of other figures says nothing of.
    pub(crate) fn timeless(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        self.rules.cues.timeless.iter().any(|own| own == unit)
    }

    /// Leaves behind what later sentences may continue.
    pub(crate) fn remember(&self, governors: &[Governor], datings: &[Dating<'t>], memory: &mut TimeMemory) {
        let list = self.opens_list(memory);
        self.go_on_in_list(memory);
        memory.learn(self.times, &self.resolved, |i, dated| {
            self.compared(i)
                || self.compared_alone(i)
                || !dated && future(self.rules, self.text, &self.times[i])
        });
        let opens = std::mem::take(&mut memory.opens);
        memory.run = memory.run.saturating_add(1);
        memory.age = if governors.is_empty() { memory.age.saturating_add(1) } else { 0 };
        match self.last_telling(governors) {
            Some(last) => {
                self.remember_figure(&self.mentions[last], governors[last], &datings[last], memory);
            }
            None => self.remember_scene(opens, memory),
        }
        if list.is_some() {
            memory.carry(list);
        }
    }

    /// The last figure of which the time says something of the figures that follow.
    fn last_telling(&self, governors: &[Governor]) -> Option<usize> {
        (0..governors.len()).rev().find(|&i| {
            !matches!(governors[i], Governor::Compared(_) | Governor::Former)
                && !self.passes(governors[i])
                && self.insertion_at(self.mentions[i].quote.start).is_none()
        })
    }

    /// Leaves behind the time of a figure.
    fn remember_figure(
        &self,
        mention: &Mention<'_>,
        governor: Governor,
        dating: &Dating<'t>,
        memory: &mut TimeMemory,
    ) {
        match governor {
            Governor::Time(index) => {
                let lasting = dating.time.as_ref().filter(|_| self.times[index].reading.shape != Shape::Now);
                memory.carry(lasting.map(|time| Carried {
                    interval: Interval { first: time.start, last: time.end },
                    role: time.role,
                    text: time.text.as_deref().unwrap_or_default().to_owned(),
                    aimed: Some(mention.status != Status::Actual),
                    listed: false,
                    reach: if self.lasts(index) { Reach::Any } else { Reach::Continued },
                }));
            }
            // Aims that continue a time are listed on.
            Governor::None if mention.status != Status::Actual => {
                let continued = dating.time.as_ref().is_some_and(|t| t.source == TimeSource::Context);
                if let Some(carried) = memory.carried.as_mut().filter(|_| continued) {
                    carried.listed = true;
                }
            }
            _ => {}
        }
    }

    /// Whether a governor says nothing of the figures that follow: what holds now, or held in the same period before.
    pub(crate) fn passes(&self, governor: Governor) -> bool {
        let Governor::Time(index) = governor else { return false };
        let time = &self.times[index];
        time.weak && time.reading.shape == Shape::Now || time.reading.shape == Shape::SamePeriod
    }

    /// Whether later sentences may continue a time: one that leads its sentence or clause, or at which things stand.
    fn lasts(&self, index: usize) -> bool {
        let time = &self.times[index];
        let before = &self.text[..time.span.start];
        let leads = time.span.start < OPENING
            || before.trim_end().ends_with([',', ';', ':'])
            || self.opens_clause(index)
            || self.dates_all(index);
        match time.role {
            Some(Role::By | Role::Before | Role::Since | Role::After) => time.until.is_some(),
            Some(Role::AsOf) => true,
            _ => leads && !time.begins_today(),
        }
    }

    /// Whether an expression stands at the beginning of its clause, and the clause goes on behind a comma.
    fn opens_clause(&self, index: usize) -> bool {
        let span = &self.times[index].span;
        let clause = self.text[..span.start].rfind([',', ';', ':', '"']).map_or(0, |mark| mark + 1);
        let Some(behind) = self.text[span.end..].strip_prefix(',') else { return false };
        let mut words = self.text[clause..span.start].split_whitespace();
        let sets =
            words.clone().next().is_some_and(|first| self.rules.cues.settings.iter().any(|s| s == first));
        sets || behind.trim_start().starts_with(char::is_uppercase) || words.nth(MAX_OPENING).is_none()
    }

    /// Whether a day stands at the head of an entry of a log, with the hour right behind (`• 2019-03-02 21:48 …`).
    fn heads_entry(&self, index: usize) -> bool {
        let day = &self.times[index];
        let hour = self.times.get(index + 1).filter(|t| t.reading.shape == Shape::Mute);
        let before = &self.text[..day.span.start];
        !before.contains(char::is_alphanumeric) && hour.is_some_and(|t| t.span.start <= day.span.end + 1)
    }

    /// Whether an expression is the only one of a sentence whose figures all stand behind it, and dates what they are
    /// taken from.
    fn dates_all(&self, index: usize) -> bool {
        let before = &self.text[..self.times[index].span.start];
        if !self.rules.cues.surveys.iter().any(|words| before.contains(words.as_str())) {
            return false;
        }
        let alone = (0..self.times.len()).filter(|&i| self.usable(i)).count() == 1;
        let first = self.mentions.first().map_or(0, |m| m.quote.start);
        let day = matches!(self.times[index].reading.shape, Shape::Day | Shape::Days | Shape::Weekday);
        alone && !day && first >= self.times[index].span.end
    }

    /// A sentence without figures sets the scene by a period that it begins with or has alone. Any other time ends
    /// what was carried so far: the story has moved on.
    fn remember_scene(&self, opens: bool, memory: &mut TimeMemory) {
        let mut usable = (0..self.times.len()).filter(|&i| self.usable(i));
        let Some(index) = usable.next() else { return };
        let alone = usable.next().is_none();
        let heads_line = opens && self.is_heading(index, memory);
        if heads_line || matches!(self.times[index].role, None | Some(Role::During)) {
            memory.carry(self.scene(index, alone, heads_line));
        } else {
            memory.carried.take_if(|carried| carried.reach == Reach::Told);
        }
    }

    /// What the expression of a sentence without figures leaves to the next ones, `alone` or with others.
    fn scene(&self, index: usize, alone: bool, heads_line: bool) -> Option<Carried> {
        let time = &self.times[index];
        let shape = time.reading.shape;
        let day = matches!(shape, Shape::Day | Shape::Days | Shape::Weekday);
        let months = matches!(shape, Shape::Quarter | Shape::Half | Shape::First);
        let leads = time.span.start < LEADING || self.opens_clause(index) || (alone && months);
        if matches!(shape, Shape::Now | Shape::SinceThen) || !(leads || day) {
            return None;
        }
        let interval = self.resolved[index]?.interval;
        let reach = if heads_line || day && self.heads_entry(index) {
            Reach::NextLine
        } else if day {
            Reach::Told
        } else {
            Reach::Any
        };
        Some(Carried {
            interval,
            role: if heads_line { self.role(index, interval, false) } else { TimeRole::During },
            text: self.text[time.span.clone()].to_owned(),
            aimed: None,
            listed: false,
            reach,
        })
    }

    /// Whether the first sentence of a line is nothing but an expression, which heads the line below it: a row of a
    /// table, a chapter.
    fn is_heading(&self, index: usize, memory: &TimeMemory) -> bool {
        let span = &self.times[index].span;
        let none = |text: &str| !text.contains(char::is_alphanumeric);
        let interval = self.resolved[index].map(|found| found.interval);
        let dateline = interval.is_some_and(|i| i.first == memory.today() && i.last == memory.today());
        none(&self.text[..span.start]) && none(&self.text[span.end..]) && !dateline
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

/// The day of publication, for figures that nothing dates.
pub(crate) fn published<'t>(memory: &TimeMemory) -> Option<Time<'t>> {
    let day = memory.published?;
    Some(Time {
        start: Some(day),
        end: Some(day),
        role: TimeRole::AsOf,
        text: None,
        source: TimeSource::Document,
    })
}

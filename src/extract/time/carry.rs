//! Times that later sentences continue.

use std::borrow::Cow;

use super::govern::{Governor, View};
use super::interval::Interval;
use super::memory::Carried;
use super::reading::Shape;
use super::schema::Role;
use super::{Dating, TimeMemory};
use crate::extract::mention::Mention;
use crate::fact::{Kind, Status, Time, TimeRole, TimeSource};

/// A time that begins within so many bytes leads its sentence.
const LEADING: usize = 24;
/// One that begins within so many bytes, behind its subject, still leads a sentence with figures.
const OPENING: usize = 60;
/// Over how many sentences a time reaches figures that are told beside it.
const TOLD: u8 = 2;
/// Over how many sentences it reaches changes and lists of figures.
const LISTED: u8 = 8;
/// A time is carried over at most this many sentences without figures.
const LASTS: u8 = 2;

impl<'t> View<'_, 't> {
    /// The time of an earlier sentence that this one continues.
    pub(super) fn carried(&self, mention: &Mention<'_>, memory: &TimeMemory) -> Option<Time<'t>> {
        let carried = memory.carried.as_ref()?;
        let aimed = mention.status != Status::Actual;
        // Aims are listed over several paragraphs.
        let near = if carried.target { memory.breaks <= 1 } else { memory.breaks == 0 };
        let unlike = if carried.target { !aimed } else { mention.status == Status::Target };
        if mention.kind == Kind::Quantity && self.timeless(mention) {
            return None;
        }
        let compared = mention.is_change && self.comparisons.iter().any(|c| c.time.is_some());
        let goes_on = carried.lasts
            || compared
            || self.rules.continues.iter().any(|words| self.text.starts_with(words.as_str()));
        let listed = compared || mention.is_change || goes_on && !carried.lasts || carried.target;
        let far = memory.run > if listed { LISTED } else { TOLD };
        let ahead = carried.role == TimeRole::By && mention.status == Status::Actual;
        if !near || far || ahead || !goes_on || memory.age > LASTS || mention.per.is_some() || unlike {
            return None;
        }
        Some(Time {
            start: carried.interval.first,
            end: carried.interval.last,
            role: carried.role,
            text: Some(Cow::Owned(carried.text.clone())),
            source: TimeSource::Context,
        })
    }

    /// Whether a figure is a property of a person or thing, which the time of other figures says nothing of.
    pub(super) fn timeless(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        self.rules.timeless.iter().any(|own| own == unit)
    }

    /// Leaves behind what later sentences may continue.
    pub(super) fn remember(&self, governors: &[Governor], datings: &[Dating<'t>], memory: &mut TimeMemory) {
        memory.learn(self.times, &self.resolved);
        memory.run = memory.run.saturating_add(1);
        memory.age = if governors.is_empty() { memory.age.saturating_add(1) } else { 0 };
        let last = (0..governors.len()).rev().find(|&i| {
            !matches!(governors[i], Governor::Compared(_))
                && self.insertion_at(self.mentions[i].quote.start).is_none()
        });
        match last.map(|i| (governors[i], &datings[i], &self.mentions[i])) {
            Some((Governor::Time(index), dating, mention)) => {
                memory.carried = dating
                    .time
                    .as_ref()
                    .filter(|t| t.source != TimeSource::Document || t.role != TimeRole::AsOf)
                    .map(|t| Carried {
                        interval: Interval { first: t.start, last: t.end },
                        role: t.role,
                        text: t.text.as_deref().unwrap_or_default().to_owned(),
                        target: mention.status != Status::Actual,
                        lasts: self.lasts(index),
                    });
                memory.breaks = 0;
                memory.run = 0;
            }
            Some(_) => {}
            None => self.remember_scene(memory),
        }
    }

    /// Whether later sentences may continue a time: one that leads its sentence or clause, or at which things stand.
    fn lasts(&self, index: usize) -> bool {
        let time = &self.times[index];
        let (before, behind) = (&self.text[..time.span.start], &self.text[time.span.end..]);
        let leads = time.span.start < OPENING
            || before.trim_end().ends_with([',', ';', ':'])
            || behind.starts_with(',');
        match time.role {
            Some(Role::By | Role::Since | Role::After) => time.until.is_some(),
            Some(Role::AsOf) => true,
            _ => leads,
        }
    }

    /// A sentence without figures sets the scene by a period that it begins with or has alone. Any other time ends
    /// what was carried so far: the story has moved on.
    fn remember_scene(&self, memory: &mut TimeMemory) {
        let mut usable = (0..self.times.len()).filter(|&i| self.usable(i));
        let Some(index) = usable.next() else { return };
        let alone = usable.next().is_none();
        let time = &self.times[index];
        if !matches!(time.role, None | Some(Role::During)) {
            return;
        }
        memory.carried = None;
        if matches!(time.reading.shape, Shape::Now) {
            return;
        }
        let day = matches!(time.reading.shape, Shape::Day | Shape::Days | Shape::Weekday);
        let months = matches!(time.reading.shape, Shape::Quarter | Shape::Half | Shape::First);
        let leads =
            time.span.start < LEADING || self.text[time.span.end..].starts_with(',') || (alone && months);
        if let (false, true, Some(found), None | Some(Role::During)) =
            (day, leads, self.resolved[index], time.role)
        {
            memory.carried = Some(Carried {
                interval: found.interval,
                role: TimeRole::During,
                text: self.text[time.span.clone()].to_owned(),
                target: false,
                lasts: true,
            });
            memory.breaks = 0;
            memory.age = 0;
            memory.run = 0;
        }
    }
}

/// The days of the last dated figure of the sentence, or of an earlier one.
pub(super) fn latest(earlier: &[Dating<'_>], memory: &TimeMemory) -> Option<Interval> {
    let here = earlier
        .iter()
        .rev()
        .filter_map(|d| d.time.as_ref())
        .map(|t| Interval { first: t.start, last: t.end })
        .next();
    here.or(memory.carried.as_ref().map(|c| c.interval))
}

/// The day of publication, for figures that nothing dates.
pub(super) fn published<'t>(memory: &TimeMemory) -> Option<Time<'t>> {
    let day = memory.published?;
    Some(Time {
        start: Some(day),
        end: Some(day),
        role: TimeRole::AsOf,
        text: None,
        source: TimeSource::Document,
    })
}

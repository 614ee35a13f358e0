//! A sentence with its figures and times, and what is asked of it at every step.

use std::ops::Range;

use super::base::{self, Comparison};
use super::clause;
use super::compile::Compiled;
use super::interval::Interval;
use super::phrases::{begins_with_any, holds_any};
use super::resolve::resolve;
use super::schema::Role;
use super::statement::Shape;
use super::{Resolved, TimeMemory, TimeMention};
use crate::extract::mention::{Mention, Scene};
use crate::fact::{TimeRole, TimeSource};

/// A sentence with all that decides about its dates.
pub(crate) struct View<'s, 't> {
    pub(crate) rules: &'s Compiled,
    pub(crate) text: &'t str,
    pub(crate) mentions: &'s [Mention<'t>],
    pub(crate) times: &'s [TimeMention],
    pub(crate) resolved: Vec<Option<Resolved>>,
    pub(crate) comparisons: Vec<Comparison>,
    /// Contents of parentheses, in order of their beginning.
    pub(crate) insertions: Vec<Range<usize>>,
}

impl<'s, 't> View<'s, 't> {
    /// Resolves the expressions of a scene, and looks for its comparisons.
    pub(crate) fn new(rules: &'s Compiled, scene: &Scene<'s, 't>, memory: &TimeMemory) -> Self {
        let text = scene.sentence.text;
        let mut view = Self {
            rules,
            text,
            mentions: scene.mentions,
            times: scene.times,
            resolved: resolve(rules, text, scene.times, memory),
            comparisons: Vec::new(),
            insertions: Vec::new(),
        };
        // Only figures are compared, or stand in parentheses.
        if !scene.mentions.is_empty() {
            view.comparisons = base::comparisons(rules, text, scene.mentions, scene.times);
            view.insertions = clause::insertions(text);
        }
        view
    }
}

impl View<'_, '_> {
    /// What the parentheses around byte `at` hold, if any stand there.
    pub(crate) fn insertion_at(&self, at: usize) -> Option<&Range<usize>> {
        self.insertions.iter().find(|range| range.contains(&at))
    }

    /// Whether a clause ends in `from..to`.
    pub(crate) fn separated(&self, from: usize, to: usize) -> bool {
        clause::ends_within(self.text, from..to)
    }

    /// Whether an expression is what something is compared with.
    pub(crate) fn compared(&self, time: usize) -> bool {
        self.times[time].role == Some(Role::Base) || self.comparisons.iter().any(|c| c.time == Some(time))
    }

    /// Whether something is compared with a time in a sentence without figures: the page does not go on from there.
    pub(crate) fn compared_alone(&self, time: usize) -> bool {
        let alone = || base::comparisons(self.rules, self.text, &[], self.times);
        self.mentions.is_empty() && alone().iter().any(|c| c.time == Some(time))
    }

    /// Expressions that can govern figures.
    pub(crate) fn usable(&self, index: usize) -> bool {
        let time = &self.times[index];
        let states = match time.statement.shape {
            Shape::Mute => false,
            // Where no day was spoken of, it says no more than a time of day does.
            Shape::ThatDay => self.resolved[index].is_some(),
            Shape::ThatTime => self.resolved[index].is_some() || !self.times.iter().any(dates_by_itself),
            _ => true,
        };
        states && time.role != Some(Role::Name) && !self.compared(index)
    }

    /// Whether an expression states both when a stretch of time begins and when it ends.
    pub(crate) fn is_stretch(&self, index: usize) -> bool {
        let time = &self.times[index];
        matches!(time.statement.shape, Shape::Years | Shape::Months | Shape::Days)
            || time.until.is_some_and(|until| until.shape != Shape::Now && until.shape != Shape::Mute)
    }

    /// Whether words of a list stand whole in `from..to`.
    pub(crate) fn has_words(&self, list: &[String], from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|between| holds_any(between, list))
    }

    /// Whether the sentence begins with words of a list.
    pub(crate) fn opens_with(&self, list: &[String]) -> bool {
        begins_with_any(self.text, list)
    }

    /// Whether a figure is a property of a person or thing, which the time of other figures says nothing of.
    pub(crate) fn timeless(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        self.rules.cues.carry.timeless.iter().any(|own| own == unit)
    }

    /// How an expression of that interval dates figures, or aims.
    pub(crate) fn role(&self, index: usize, interval: Interval, aimed: bool) -> TimeRole {
        let time = &self.times[index];
        let open = interval.last.is_none();
        let document = |found: &Resolved| found.source == TimeSource::Document;
        let role = if time.begins_today() && !self.resolved[index].as_ref().is_some_and(document) {
            Some(Role::AsOf)
        } else {
            time.role
        };
        match role {
            Some(Role::AsOf) if aimed && time.statement.shape != Shape::Now => TimeRole::By,
            Some(Role::AsOf) => TimeRole::AsOf,
            Some(Role::By | Role::Before) => TimeRole::By,
            Some(Role::Since | Role::After) if open => TimeRole::Since,
            _ if matches!(time.statement.shape, Shape::Past | Shape::SinceThen) && open => TimeRole::Since,
            _ if time.statement.shape == Shape::Now => TimeRole::AsOf,
            _ => TimeRole::During,
        }
    }
}

/// Whether an expression gives way to none, and dates what is told beside it.
fn dates_by_itself(time: &TimeMention) -> bool {
    !time.weak
        && !matches!(time.statement.shape, Shape::Mute | Shape::ThatTime)
        && !matches!(time.role, Some(Role::Name | Role::Base))
}

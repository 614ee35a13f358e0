//! Which expression governs which figure. The nearest is not always right: a time that leads a clause reaches over
//! the rest of the sentence, one in parentheses stays there, and one that is compared with governs nothing.

mod nearest;
pub(super) mod reach;

use std::ops::Range;

use crate::extract::mention::{Mention, Scene};
use crate::extract::time::base::{self, Comparison};
use crate::extract::time::clause;
use crate::extract::time::compile::Compiled;
use crate::extract::time::interval::Interval;
use crate::extract::time::resolve::resolve;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::Shape;
use crate::extract::time::{Dating, Resolved, TimeMemory, TimeMention};
use crate::fact::Kind;

/// A figure nearer than this behind an expression, in bytes, may be what it leads to.
const LED: usize = 40;

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

/// What governs a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Governor {
    /// The expression of that index.
    Time(usize),
    /// The base of the comparison of that index.
    Compared(usize),
    /// Nothing in the sentence.
    None,
    /// An earlier time that is not told.
    Former,
    /// The beginning of the stretch of time of that index.
    Began(usize),
}

/// Dates every mention of a scene.
pub(crate) fn date<'t>(rules: &Compiled, scene: &Scene<'_, 't>, memory: &mut TimeMemory) -> Vec<Dating<'t>> {
    let text = scene.sentence.text;
    let figures = !scene.mentions.is_empty();
    let view = View {
        rules,
        text,
        mentions: scene.mentions,
        times: scene.times,
        resolved: resolve(rules, text, scene.times, memory),
        // Only figures are compared, or stand in parentheses.
        comparisons: if figures {
            base::comparisons(rules, text, scene.mentions, scene.times)
        } else {
            Vec::new()
        },
        insertions: if figures { clause::insertions(text) } else { Vec::new() },
    };
    let governors: Vec<Governor> = scene.mentions.iter().map(|m| view.governor(m)).collect();
    let mut datings: Vec<Dating<'t>> = Vec::with_capacity(governors.len());
    // What the same period of another year is counted from.
    let mut period = memory.carried.as_ref().map(|c| c.interval);
    let today = memory.today().map(Interval::day);
    for (mention, &governor) in scene.mentions.iter().zip(&governors) {
        let (time, interval) = view.time(mention, governor, period, memory);
        if !view.passes(governor) && !matches!(governor, Governor::Compared(_)) {
            period = interval.filter(|_| interval != today).or(period);
        }
        // As things stand on a day, no period is told that another year has, too.
        let stated =
            interval.filter(|_| interval != today && time.as_ref().is_some_and(|t| t.text.is_some()));
        let base = view.base(mention, governor, stated);
        datings.push(Dating { time, base });
    }
    view.remember(&governors, &datings, memory);
    datings
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
            _ => true,
        };
        states && time.role != Some(Role::Name) && !self.compared(index)
    }

    fn governor(&self, mention: &Mention<'_>) -> Governor {
        if let Some(index) = self.directly_behind(mention) {
            return if self.compared(index) { self.comparison_of(index) } else { Governor::Time(index) };
        }
        if let Some(governor) = self.within_comparison(mention) {
            return governor;
        }
        if self.rises_from(mention) {
            return match self.around(mention) {
                Governor::Time(index) if self.is_stretch(index) => Governor::Began(index),
                _ => Governor::Former,
            };
        }
        self.around(mention)
    }

    /// What governs a figure from around it, within its parentheses or without.
    fn around(&self, mention: &Mention<'_>) -> Governor {
        let at = mention.quote.start;
        match self.insertion_at(at).cloned() {
            Some(inside) => self.governor_inside(mention, &inside),
            None => self.governor_in(mention, 0..self.text.len(), at),
        }
    }

    /// Whether an expression states both when a stretch of time begins and when it ends.
    pub(crate) fn is_stretch(&self, index: usize) -> bool {
        let time = &self.times[index];
        matches!(time.statement.shape, Shape::Years | Shape::Months | Shape::Days)
            || time.until.is_some_and(|until| until.shape != Shape::Now && until.shape != Shape::Mute)
    }

    fn comparison_of(&self, time: usize) -> Governor {
        self.comparisons.iter().position(|c| c.time == Some(time)).map_or(Governor::None, Governor::Compared)
    }

    /// `27% năm 2019`, `25 tỉnh (tháng 2)`, `mức 8% của cùng kỳ`: the expression that follows at once.
    pub(crate) fn directly_behind(&self, mention: &Mention<'_>) -> Option<usize> {
        let index = self.times.iter().position(|t| t.span.start >= mention.phrase.end)?;
        let gap = &self.text[mention.phrase.end..self.times[index].span.start];
        let end = self.times[index].span.end;
        let closed = self.text[end..].starts_with(')') || self.text[..end].ends_with(')');
        let opened = gap.trim().strip_suffix('(').is_some_and(|words| words.split_whitespace().count() < 2);
        let near = gap.trim().is_empty() || (opened && closed);
        let of = self.rules.cues.of.iter().any(|word| word == gap.trim());
        let level_of_base =
            self.compared(index) && (!mention.is_change || of) && self.inside_comparison(mention.quote.start);
        let usable = self.usable(index) || level_of_base;
        ((near || of && level_of_base) && usable && !self.leads_to_figure(index)).then_some(index)
    }

    /// Whether a figure follows the expression without a mark between: then it may belong to that one.
    pub(crate) fn leads_to_figure(&self, index: usize) -> bool {
        let end = self.times[index].span.end;
        let own = self.mentions.iter().find(|m| m.quote.start >= end);
        own.is_some_and(|m| !self.separated(end, m.quote.start) && m.quote.start - end < LED)
            && self.times[index].span.start > 0
            && self.text[..self.times[index].span.start].trim_end().ends_with([',', ';', ':'])
    }

    /// The time for which the plan was made that a figure in front of it is measured against: it is its own as well.
    fn planned(&self, range: Range<usize>, end: usize) -> Option<usize> {
        let plan = self.comparisons.iter().find(|c| c.planned && range.contains(&c.span.start))?;
        let direct = plan.span.start >= end && !self.separated(end, plan.span.start);
        plan.time.filter(|_| direct)
    }

    fn inside_comparison(&self, at: usize) -> bool {
        self.comparisons.iter().any(|c| c.span.contains(&at))
    }

    /// Whether words in `from..to` lead from a base back to the level that was reached.
    pub(crate) fn reached(&self, from: usize, to: usize) -> bool {
        let between = self.text.get(from..to).unwrap_or("");
        between.split_whitespace().any(|word| self.rules.cues.reached.iter().any(|r| r == word))
    }

    /// A level behind the time of a base, or in parentheses behind a base, is that of the base.
    fn within_comparison(&self, mention: &Mention<'_>) -> Option<Governor> {
        if mention.is_change || mention.kind == Kind::Multiple {
            return None;
        }
        let at = mention.quote.start;
        let inside = |c: &Comparison| {
            c.time.is_some_and(|i| c.span.contains(&at) && !self.reached(self.times[i].span.end, at))
                && !c.planned
        };
        if let Some(i) = self.comparisons.iter().position(inside) {
            return Some(Governor::Compared(i));
        }
        let insertion = self.insertion_at(at)?;
        let first = !self.mentions.iter().any(|m| insertion.contains(&m.quote.start) && m.quote.start < at);
        let open = insertion.start - 1;
        let dated = self.times.iter().any(|t| insertion.contains(&t.span.start));
        let behind = |c: &Comparison| {
            c.time.is_some() && c.span.end <= open && self.text[c.span.end..open].trim().is_empty()
        };
        let found = self.comparisons.iter().position(behind)?;
        (first && !dated).then_some(Governor::Compared(found))
    }

    /// Inside parentheses: what stands there, else what governs the place of the parentheses.
    fn governor_inside(&self, mention: &Mention<'_>, inside: &Range<usize>) -> Governor {
        match self.governor_in(mention, inside.clone(), mention.quote.start) {
            Governor::None => self.governor_in(mention, 0..self.text.len(), inside.start - 1),
            found => found,
        }
    }
}

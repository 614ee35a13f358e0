//! Which expression governs which figure. The nearest is not always right: a time that leads a clause reaches over
//! the rest of the sentence, one in parentheses stays there, and one that is compared with governs nothing.

use std::borrow::Cow;
use std::ops::Range;

use super::base::{self, Comparison};
use super::compile::Compiled;
use super::interval::Interval;
use super::memory::Carried;
use super::reading::Shape;
use super::resolve::resolve;
use super::schema::Role;
use super::{Dating, Resolved, TimeMemory, TimeMention};
use crate::extract::mention::{Mention, Scene};
use crate::fact::{Base, Kind, Status, Time, TimeRole, TimeSource};

/// A time in a later clause governs a figure before it only from this near, in bytes.
const REACH_BACK: usize = 160;

/// A time that begins within so many bytes leads its sentence.
const LEADING: usize = 24;
/// One that begins within so many bytes, behind its subject, still leads a sentence with figures.
const OPENING: usize = 60;
/// A time is carried over at most this many sentences without figures.
const LASTS: u8 = 2;

/// A sentence with all that decides about its dates.
struct View<'s, 't> {
    rules: &'s Compiled,
    text: &'t str,
    mentions: &'s [Mention<'t>],
    times: &'s [TimeMention],
    resolved: Vec<Option<Resolved>>,
    comparisons: Vec<Comparison>,
    /// Contents of parentheses, in order of their beginning.
    insertions: Vec<Range<usize>>,
}

/// What governs a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Governor {
    /// The expression of that index.
    Time(usize),
    /// The base of the comparison of that index.
    Compared(usize),
    /// Nothing in the sentence.
    None,
}

/// Dates every mention of a scene.
pub(super) fn date<'t>(rules: &Compiled, scene: &Scene<'_, 't>, memory: &mut TimeMemory) -> Vec<Dating<'t>> {
    let text = scene.sentence.text;
    let view = View {
        rules,
        text,
        mentions: scene.mentions,
        times: scene.times,
        resolved: resolve(rules, text, scene.times, memory),
        comparisons: if scene.mentions.is_empty() {
            Vec::new()
        } else {
            base::comparisons(rules, text, scene.mentions, scene.times)
        },
        insertions: insertions(text),
    };
    let governors: Vec<Governor> = scene.mentions.iter().map(|m| view.governor(m)).collect();
    let mut datings: Vec<Dating<'t>> = Vec::with_capacity(governors.len());
    for (mention, &governor) in scene.mentions.iter().zip(&governors) {
        let (time, interval) = view.time(mention, governor, &datings, memory);
        let stated = interval.filter(|_| time.as_ref().is_some_and(|t| t.text.is_some()));
        let base = view.base(mention, governor, stated);
        datings.push(Dating { time, base });
    }
    view.remember(&governors, &datings, memory);
    datings
}

/// The contents of parentheses; an open one ends with the sentence.
fn insertions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (i, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'(', None) => open = Some(i + 1),
            (b')', Some(begin)) => {
                found.push(begin..i);
                open = None;
            }
            _ => {}
        }
    }
    found
}

impl<'t> View<'_, 't> {
    fn insertion_at(&self, at: usize) -> Option<&Range<usize>> {
        self.insertions.iter().find(|range| range.contains(&at))
    }

    /// Whether a mark that ends a clause stands in `from..to`; commas in numbers do not count.
    fn separated(&self, from: usize, to: usize) -> bool {
        let bytes = self.text.as_bytes();
        (from..to.min(bytes.len())).any(|i| match bytes[i] {
            b';' | b':' => true,
            b',' => !bytes.get(i + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        })
    }

    fn compared(&self, time: usize) -> bool {
        self.times[time].role == Some(Role::Base) || self.comparisons.iter().any(|c| c.time == Some(time))
    }

    /// Expressions that can govern figures.
    fn usable(&self, index: usize) -> bool {
        let time = &self.times[index];
        let states = !matches!(time.reading.shape, Shape::Mute) && time.role != Some(Role::Name);
        states && !self.compared(index)
    }

    fn governor(&self, mention: &Mention<'_>) -> Governor {
        let at = mention.quote.start;
        if let Some(index) = self.directly_behind(mention) {
            return if self.compared(index) { self.comparison_of(index) } else { Governor::Time(index) };
        }
        if let Some(governor) = self.within_comparison(mention) {
            return governor;
        }
        match self.insertion_at(at).cloned() {
            Some(inside) => self.governor_inside(mention, &inside),
            None => self.governor_in(mention, 0..self.text.len(), at),
        }
    }

    fn comparison_of(&self, time: usize) -> Governor {
        self.comparisons.iter().position(|c| c.time == Some(time)).map_or(Governor::None, Governor::Compared)
    }

    /// `27% năm 2019`, `25 tỉnh (tháng 2)`, `mức 8% của cùng kỳ`: the expression that follows at once.
    fn directly_behind(&self, mention: &Mention<'_>) -> Option<usize> {
        let index = self.times.iter().position(|t| t.span.start >= mention.phrase.end)?;
        let gap = &self.text[mention.phrase.end..self.times[index].span.start];
        let closed = self.text[self.times[index].span.end..].starts_with(')');
        let near = gap.trim().is_empty() || (gap.trim() == "(" && closed);
        let level_of_base =
            self.compared(index) && !mention.is_change && self.inside_comparison(mention.quote.start);
        let usable = self.usable(index) || level_of_base;
        (near && usable && !self.leads(index)).then_some(index)
    }

    /// Whether a figure follows the expression without a mark between: then it may belong to that one.
    fn leads(&self, index: usize) -> bool {
        let end = self.times[index].span.end;
        let own = self.mentions.iter().find(|m| m.quote.start >= end);
        own.is_some_and(|m| {
            !self.separated(end, m.quote.start) && self.text[..m.quote.start].len() - end < 40
        }) && self.times[index].span.start > 0
            && self.text[..self.times[index].span.start].trim_end().ends_with([',', ';', ':'])
    }

    fn inside_comparison(&self, at: usize) -> bool {
        self.comparisons.iter().any(|c| c.span.contains(&at))
    }

    /// Whether words in `from..to` lead from a base back to the level that was reached.
    fn reached(&self, from: usize, to: usize) -> bool {
        let between = self.text.get(from..to).unwrap_or("");
        between.split_whitespace().any(|word| self.rules.reached.iter().any(|r| r == word))
    }

    /// A level behind the time of a base, or in parentheses behind a base, is that of the base.
    fn within_comparison(&self, mention: &Mention<'_>) -> Option<Governor> {
        if mention.is_change || mention.kind == Kind::Multiple {
            return None;
        }
        let at = mention.quote.start;
        let inside = |c: &Comparison| {
            c.time.is_some_and(|i| c.span.contains(&at) && !self.reached(self.times[i].span.end, at))
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

    /// What governs the place `at`, as far as it stands in `range` and in no parentheses of its own.
    fn governor_in(&self, mention: &Mention<'_>, range: Range<usize>, at: usize) -> Governor {
        let whole = range.start == 0 && range.end == self.text.len();
        let candidate = |&i: &usize| {
            let start = self.times[i].span.start;
            let here = range.contains(&start) && (!whole || self.insertion_at(start).is_none());
            here && self.usable(i) && (start > at || self.reaches_on(i, at))
        };
        let before: Vec<usize> =
            (0..self.times.len()).filter(|&i| self.times[i].span.start < at).filter(candidate).collect();
        let behind = (0..self.times.len()).filter(|&i| self.times[i].span.start >= at).find(candidate);
        let nearest = before.last().copied();
        let in_clause = nearest.filter(|&i| {
            let time = &self.times[i];
            !self.separated(time.span.end, at) && !time.weak && !self.taken(i, at)
        });
        if let Some(index) = in_clause {
            return Governor::Time(index);
        }
        let end = mention.quote.end.max(at);
        if let Some(index) =
            behind.filter(|&i| mention.kind != Kind::Multiple && self.follows(mention, i, end))
        {
            return Governor::Time(index);
        }
        let strong = before.iter().rev().copied().find(|&i| !self.times[i].weak);
        let chosen = strong.or(nearest).or_else(|| behind.filter(|&i| self.reaches_back(i, end)));
        chosen.map_or(Governor::None, Governor::Time)
    }

    /// `từ 3 tỷ của tháng 10 lên 4 tỷ`: the expression belongs to the level before, not to the one reached.
    fn taken(&self, index: usize, at: usize) -> bool {
        let time = &self.times[index].span;
        let owner =
            self.mentions.iter().any(|m| m.quote.end <= time.start && self.directly_behind(m) == Some(index));
        owner && self.reached(time.end, at)
    }

    /// A beginning (`từ tháng 5/2018`) in the middle of a clause does not reach over the end of that clause.
    fn reaches_on(&self, index: usize, at: usize) -> bool {
        let time = &self.times[index];
        let leads = self.text[..time.span.start].trim_end().is_empty()
            || self.text[..time.span.start].trim_end().ends_with([',', ';', ':', '"', '(']);
        time.role != Some(Role::Since) || time.until.is_some() || leads || !self.separated(time.span.end, at)
    }

    /// An expression behind a figure in the same clause, before any other figure.
    fn follows(&self, mention: &Mention<'_>, index: usize, end: usize) -> bool {
        let time = &self.times[index];
        let start = time.span.start;
        if time.role == Some(Role::By) && mention.status == Status::Actual {
            return false;
        }
        let other = self.mentions.iter().any(|m| m.quote.start >= end && m.quote.start < start);
        start >= end && !self.separated(end, start) && !other && !self.times[index].weak
    }

    /// An expression in a later clause that states a period for the whole sentence.
    fn reaches_back(&self, index: usize, end: usize) -> bool {
        let time = &self.times[index];
        let start = time.span.start;
        let period = matches!(time.role, None | Some(Role::During)) && time.reading.shape != Shape::Now;
        period
            && start >= end
            && start - end < REACH_BACK
            && !self.text[end..start].contains(';')
            && !self.leads(index)
    }

    fn time(
        &self,
        mention: &Mention<'_>,
        governor: Governor,
        earlier: &[Dating<'t>],
        memory: &TimeMemory,
    ) -> (Option<Time<'t>>, Option<Interval>) {
        let time = match governor {
            Governor::Time(index) => self.stated(mention, index, earlier, memory),
            Governor::Compared(index) => self.compared_time(index, earlier, memory),
            Governor::None => self.carried(mention, memory).or_else(|| published(memory)),
        };
        let interval = time.as_ref().map(|t| Interval { first: t.start, last: t.end });
        (time, interval)
    }

    fn stated(
        &self,
        mention: &Mention<'_>,
        index: usize,
        earlier: &[Dating<'t>],
        memory: &TimeMemory,
    ) -> Option<Time<'t>> {
        let time = &self.times[index];
        if time.reading.shape == Shape::SamePeriod {
            let interval = base::resolve(time, None, latest(earlier, memory))?;
            return Some(self.record(index, interval, TimeRole::During, TimeSource::Sentence));
        }
        let found = self.resolved[index]?;
        let ahead =
            matches!((found.interval.last, memory.today()), (Some(last), Some(today)) if last > today);
        let aimed = mention.status == Status::Target || ahead;
        let role = match time.role {
            Some(Role::AsOf) if aimed && time.reading.shape != Shape::Now => TimeRole::By,
            Some(Role::AsOf) => TimeRole::AsOf,
            Some(Role::By) => TimeRole::By,
            Some(Role::Since) if found.interval.last.is_none() => TimeRole::Since,
            _ if time.reading.shape == Shape::Now => TimeRole::AsOf,
            _ => TimeRole::During,
        };
        Some(self.record(index, found.interval, role, found.source))
    }

    fn record(&self, index: usize, interval: Interval, role: TimeRole, source: TimeSource) -> Time<'t> {
        let text = Some(Cow::Borrowed(&self.text[self.times[index].span.clone()]));
        Time { start: interval.first, end: interval.last, role, text, source }
    }

    fn compared_time(&self, index: usize, earlier: &[Dating<'t>], memory: &TimeMemory) -> Option<Time<'t>> {
        let time = self.comparisons[index].time?;
        let interval = base::resolve(&self.times[time], self.resolved[time], latest(earlier, memory))?;
        Some(self.record(time, interval, TimeRole::During, TimeSource::Sentence))
    }

    /// The time of an earlier sentence that this one continues.
    fn carried(&self, mention: &Mention<'_>, memory: &TimeMemory) -> Option<Time<'t>> {
        let carried = memory.carried.as_ref()?;
        let aimed = mention.status != Status::Actual;
        // Aims are listed over several paragraphs.
        let near = if carried.target { memory.breaks <= 1 } else { memory.breaks == 0 };
        let unlike = if carried.target { !aimed } else { mention.status == Status::Target };
        let goes_on =
            carried.lasts || self.rules.continues.iter().any(|words| self.text.starts_with(words.as_str()));
        if !near || !goes_on || memory.age > LASTS || mention.per.is_some() || unlike {
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

    fn base(&self, mention: &Mention<'_>, governor: Governor, of: Option<Interval>) -> Option<Base<'t>> {
        if matches!(governor, Governor::Compared(_)) {
            return None;
        }
        let Some(comparison) = self.comparison_for(mention) else { return self.multiplied(mention) };
        let days = comparison.time.and_then(|i| base::resolve(&self.times[i], self.resolved[i], of));
        Some(Base {
            text: Cow::Borrowed(&self.text[comparison.text.clone()]),
            start: days.and_then(|d| d.first),
            end: days.and_then(|d| d.last),
        })
    }

    /// `gấp 3 lần mức trung bình`: what is multiplied stands behind the multiple.
    fn multiplied(&self, mention: &Mention<'_>) -> Option<Base<'t>> {
        let begin = mention.phrase.end;
        let end = base::end_of_base(self.text, begin);
        let next = self.mentions.iter().map(|m| m.phrase.start).find(|&at| at > begin);
        let words = self.text[begin..end.min(next.unwrap_or(end))].trim();
        let timed = self.times.iter().any(|t| t.span.start >= begin && t.span.start < begin + 2);
        let named = words.starts_with(char::is_alphabetic)
            && !timed
            && !self.reached(begin, begin + first_word(words));
        (mention.kind == Kind::Multiple && mention.is_change && named).then_some(Base {
            text: Cow::Borrowed(words),
            start: None,
            end: None,
        })
    }

    fn comparison_for(&self, mention: &Mention<'_>) -> Option<&Comparison> {
        let end = mention.phrase.end;
        let around = self.comparisons.iter().find(|c| c.span.contains(&mention.quote.start));
        let next = self.comparisons.iter().find(|c| c.span.start >= mention.quote.end);
        let direct = next.filter(|c| {
            let gap = self.text.get(end..c.span.start).unwrap_or("");
            !self.separated(end, c.span.start)
                && (gap.trim().is_empty() || !c.plan)
                && !self.mentions.iter().any(|m| m.quote.start >= end && m.quote.start < c.span.start)
        });
        let relative = matches!(mention.kind, Kind::Percentage | Kind::Multiple);
        if !mention.is_change {
            return direct.filter(|c| relative && (c.plan || self.text[end..c.span.start].len() < 24));
        }
        let within = around.filter(|_| mention.is_change);
        let later = next.filter(|c| !c.plan && !self.text[end.min(c.span.start)..c.span.start].contains(';'));
        let earlier = self.comparisons.iter().rev().find(|c| !c.plan && c.span.end <= mention.quote.start);
        within.or(direct).or(later).or(earlier)
    }

    /// Leaves behind what later sentences may continue.
    fn remember(&self, governors: &[Governor], datings: &[Dating<'t>], memory: &mut TimeMemory) {
        memory.learn(self.times, &self.resolved);
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
            Some(Role::By | Role::Since) => time.until.is_some(),
            Some(Role::AsOf) => true,
            _ => leads,
        }
    }

    /// A sentence without figures sets the scene by a period that it begins with.
    fn remember_scene(&self, memory: &mut TimeMemory) {
        let Some(index) = (0..self.times.len()).find(|&i| self.usable(i)) else { return };
        let time = &self.times[index];
        if matches!(time.reading.shape, Shape::Now) {
            memory.carried = None;
            return;
        }
        let day = matches!(time.reading.shape, Shape::Day | Shape::Days | Shape::Weekday);
        let leads = time.span.start < LEADING || self.text[time.span.end..].starts_with(',');
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
        }
    }
}

/// Bytes up to the end of the first word, one space before it included.
fn first_word(words: &str) -> usize {
    words.find(char::is_whitespace).unwrap_or(words.len()) + 1
}

/// The days of the last dated figure of the sentence, or of an earlier one.
fn latest(earlier: &[Dating<'_>], memory: &TimeMemory) -> Option<Interval> {
    let here = earlier
        .iter()
        .rev()
        .filter_map(|d| d.time.as_ref())
        .map(|t| Interval { first: t.start, last: t.end })
        .next();
    here.or(memory.carried.as_ref().map(|c| c.interval))
}

fn published<'t>(memory: &TimeMemory) -> Option<Time<'t>> {
    let day = memory.published?;
    Some(Time {
        start: Some(day),
        end: Some(day),
        role: TimeRole::AsOf,
        text: None,
        source: TimeSource::Document,
    })
}

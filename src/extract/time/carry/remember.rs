//! What a sentence leaves to later ones: the time of its last figure, that of the list that it opens, or the scene that
//! it sets.

use crate::extract::mention::Mention;
use crate::extract::time::clause;
use crate::extract::time::govern::Governor;
use crate::extract::time::interval::Interval;
use crate::extract::time::memory::{Carried, Reach};
use crate::extract::time::resolve::future;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::Shape;
use crate::extract::time::view::View;
use crate::extract::time::{Dating, TimeMemory};
use crate::fact::{Status, TimeRole, TimeSource};

/// A time that begins within so many bytes, behind its subject, still leads a sentence with figures.
const OPENING: usize = 60;
/// Most words before an expression that opens its clause.
const MAX_OPENING: usize = 5;

impl<'t> View<'_, 't> {
    /// Leaves behind what later sentences may continue.
    pub(crate) fn remember(&self, governors: &[Governor], datings: &[Dating<'t>], memory: &mut TimeMemory) {
        let list = self.opens_list(memory);
        self.remember_page(governors, memory);
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
            Some(i) => self.remember_figure(&self.mentions[i], governors[i], &datings[i], memory),
            None => self.remember_scene(opens, memory),
        }
        if list.is_some() {
            memory.carry(list);
        }
    }

    /// The last figure of which the time says something of the figures that follow.
    fn last_telling(&self, governors: &[Governor]) -> Option<usize> {
        (0..governors.len()).rev().find(|&i| {
            !matches!(governors[i], Governor::Compared(_) | Governor::Former | Governor::Began(_))
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
                let lasting =
                    dating.time.as_ref().filter(|_| self.times[index].statement.shape != Shape::Now);
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
        time.weak && time.statement.shape == Shape::Now || time.statement.shape == Shape::SamePeriod
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
            // Words that point back lead no further.
            _ => leads && !time.begins_today() && time.statement.shape != Shape::ThatTime,
        }
    }

    /// Whether an expression stands at the beginning of its clause, and the clause goes on behind a comma.
    fn opens_clause(&self, index: usize) -> bool {
        let span = &self.times[index].span;
        let clause = clause::start_or_quote(self.text, span.start);
        let Some(behind) = self.text[span.end..].strip_prefix(',') else { return false };
        let mut words = self.text[clause..span.start].split_whitespace();
        let sets = words
            .clone()
            .next()
            .is_some_and(|first| self.rules.cues.carry.settings.iter().any(|s| s == first));
        sets || behind.trim_start().starts_with(char::is_uppercase) || words.nth(MAX_OPENING).is_none()
    }

    /// Whether a day stands at the head of an entry of a log, with the hour right behind (`• 2019-03-02 21:48 …`).
    fn heads_entry(&self, index: usize) -> bool {
        let day = &self.times[index];
        let hour = self.times.get(index + 1).filter(|t| t.statement.shape == Shape::Mute);
        let before = &self.text[..day.span.start];
        !before.contains(char::is_alphanumeric) && hour.is_some_and(|t| t.span.start <= day.span.end + 1)
    }

    /// Whether an expression is the only one of a sentence whose figures all stand behind it, and dates what they are
    /// taken from.
    fn dates_all(&self, index: usize) -> bool {
        let before = &self.text[..self.times[index].span.start];
        if !self.rules.cues.carry.surveys.iter().any(|words| before.contains(words.as_str())) {
            return false;
        }
        let alone = (0..self.times.len()).filter(|&i| self.usable(i)).count() == 1;
        let first = self.mentions.first().map_or(0, |m| m.quote.start);
        alone && !is_some_day(self.times[index].statement.shape) && first >= self.times[index].span.end
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
        let shape = time.statement.shape;
        let day = is_some_day(shape);
        let months = matches!(shape, Shape::Quarter | Shape::Half | Shape::First);
        let leads = time.leads() || self.opens_clause(index) || (alone && months);
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

/// Whether an expression of that shape is a day or a run of days, of a month or of the week.
fn is_some_day(shape: Shape) -> bool {
    shape.is_days() || shape == Shape::Weekday
}

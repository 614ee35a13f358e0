//! What changes are measured against: the words behind a comparison, and the days they stand for.

use std::ops::Range;

use jiff::civil::Date;

use crate::extract::mention::Mention;
use crate::extract::time::compile::Compiled;
use crate::extract::time::engine::{Hit, Session};
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::phrases::ends_with_any;
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Part, Shape};
use crate::extract::time::{Resolved, TimeMention};
use crate::fact::Kind;
use crate::text::ceil_boundary;

/// Most words for what was counted, between a part of it and its time.
const COUNTED: usize = 4;
/// How many words before a multiple are searched for one that relates it.
const QUALIFIED: usize = 3;

/// A comparison in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comparison {
    /// From its first word to the mark that ends it.
    pub(crate) span: Range<usize>,
    /// What the figure is measured against.
    pub(crate) text: Range<usize>,
    /// The expression in it that dates the base.
    pub(crate) time: Option<usize>,
    /// Whether only the figure directly before it is measured against it.
    pub(crate) plan: bool,
    /// Whether the base was planned for its time, which is then that of the figure as well.
    pub(crate) planned: bool,
}

/// All comparisons of a sentence, in order.
pub(crate) fn comparisons(
    rules: &Compiled,
    text: &str,
    mentions: &[Mention<'_>],
    times: &[TimeMention],
) -> Vec<Comparison> {
    Comparer { rules, text, mentions, times, session: rules.compares.session() }.run()
}

/// A sentence in which comparisons are looked for.
struct Comparer<'s, 't> {
    rules: &'s Compiled,
    text: &'s str,
    mentions: &'s [Mention<'t>],
    times: &'s [TimeMention],
    session: Session<'s>,
}

impl<'t> Comparer<'_, 't> {
    fn run(mut self) -> Vec<Comparison> {
        let mut found: Vec<Comparison> = Vec::new();
        let mut at = 0;
        while let Some((start, hit)) = self.next_hit(at) {
            at = ceil_boundary(self.text, start + 1);
            if let Some(comparison) = self.comparison(start, hit) {
                // Behind one base another comparison may follow (so với tháng trước nhưng thấp hơn tháng 6).
                at = comparison.text.end.max(at);
                found.push(comparison);
            }
        }
        self.add_wordless(&mut found);
        found
    }

    /// Where the first words of a comparison at or behind `from` begin, and those words.
    fn next_hit(&mut self, from: usize) -> Option<(usize, Hit)> {
        let text = self.text;
        let mut at = from;
        while let Some(start) = self.session.next_start(text.as_bytes(), at) {
            let matches = self.session.matches(text, start);
            let whole = |hit: &Hit| !text[hit.end..].starts_with(char::is_alphanumeric);
            if let Some(hit) = matches.longest_first().find(whole) {
                return Some((start, hit));
            }
            at = ceil_boundary(text, start + 1);
        }
        None
    }

    /// The comparison that the words `hit` at `start` introduce, if a base follows them.
    fn comparison(&mut self, start: usize, hit: Hit) -> Option<Comparison> {
        let (text, times) = (self.text, self.times);
        let rule = self.rules.compare_rules[hit.pattern];
        if rule.plan && !text[..start].trim_end().ends_with('%') {
            return None;
        }
        let behind = text.len() - text[hit.end..].trim_start().len();
        let begin = if rule.plan { start } else { behind };
        let (figure, end) = self.figure_and_end(begin);
        let within = |t: &TimeMention| t.span.start >= start && t.span.start < end && t.span.end > begin;
        let time = times.iter().position(|t| within(t) && t.statement.shape != Shape::Mute);
        if rule.time_first && time.is_none_or(|i| times[i].core > begin) {
            return None;
        }
        // The phrase of a figure that follows its base holds that, too (cao hơn năm ngoái 6%).
        let dated =
            |m: &Mention<'_>| times.iter().any(|t| t.span.start >= begin && t.span.end <= m.quote.start);
        let first = |m: &Mention<'_>| m.phrase.contains(&begin) && !dated(m) || m.quote.start == begin;
        let figure_first = self.mentions.iter().any(first);
        if figure_first && (rule.apart || time.is_none()) {
            return None;
        }
        let stop = time.map_or(figure.unwrap_or(end), |i| times[i].span.end);
        let words = text[begin..stop].trim_end();
        let words = if figure == Some(stop) { self.without_leading_on(words) } else { words };
        (!words.is_empty()).then(|| Comparison {
            span: start..end.max(stop),
            text: begin..begin + words.len(),
            time,
            plan: rule.plan,
            planned: time.is_some_and(|i| self.plans(&text[begin..times[i].core.max(begin)])),
        })
    }

    /// Where the first figure within the base at `begin` stands, if there is one, and where the base ends: with its
    /// clause, or before a figure that has a comparison of its own, for that ends all that belongs to it.
    fn figure_and_end(&mut self, begin: usize) -> (Option<usize>, usize) {
        let end = end_of_base(self.text, begin);
        let mut phrases = self.mentions.iter().filter(|m| m.phrase.start > begin && m.phrase.start < end);
        let Some(figure) = phrases.next() else { return (None, end) };
        let at = figure.phrase.start;
        let compared = self.next_hit(figure.quote.end).is_some_and(|(next, _)| next < end);
        (Some(at), if compared { at } else { end })
    }

    /// The words of a base without the word at their end that leads on to the next figure (`và`).
    fn without_leading_on<'w>(&self, words: &'w str) -> &'w str {
        match words.rsplit_once(' ') {
            Some((base, last)) if self.rules.cues.base.reached.iter().any(|word| word == last) => {
                base.trim_end()
            }
            _ => words,
        }
    }

    /// Whether the words of a base name a plan.
    fn plans(&self, words: &str) -> bool {
        self.rules.cues.base.plans.iter().any(|plan| words.contains(plan.as_str()))
    }

    /// Adds the comparisons that need no word for it.
    fn add_wordless(&self, found: &mut Vec<Comparison>) {
        for (i, time) in self.times.iter().enumerate() {
            if !found.iter().any(|c| c.span.contains(&time.span.start)) {
                found.extend(self.wordless(i));
            }
        }
        found.sort_by_key(|c| c.span.start);
    }

    /// `tăng 5% cùng kỳ`, `bằng 96% cùng kỳ`: the same period directly behind a change or a share needs no word of
    /// comparison; nor does any other behind what is so many times or such a part of it (`gấp 3 lần năm ngoái`,
    /// `bằng 1/3 của năm 2019`).
    fn wordless(&self, index: usize) -> Option<Comparison> {
        let time = &self.times[index];
        if time.statement.shape == Shape::SamePeriod {
            let beside = self.mentions.iter().any(|m| self.stands_beside(m, time));
            return beside.then(|| base_alone(index, time));
        }
        let begin = self.mentions.iter().find_map(|m| self.multiplies(m, index))?;
        let span = begin..time.span.end;
        Some(Comparison { span: span.clone(), text: span, ..base_alone(index, time) })
    }

    /// Whether a figure that is a change or a share stands right before an expression.
    fn stands_beside(&self, mention: &Mention<'t>, time: &TimeMention) -> bool {
        let cues = &self.rules.cues;
        let share = || ends_with_any(self.text[..mention.quote.start].trim_end(), &cues.base.equals);
        let relative = mention.is_change
            || mention.kind == Kind::Multiple
            || mention.kind == Kind::Percentage && share();
        relative
            && self.text.get(mention.phrase.end..time.span.start).is_some_and(|gap| {
                let gap = gap.trim();
                gap.is_empty() || mention.is_change && cues.base.beside.iter().any(|word| word == gap)
            })
    }

    /// Where the base begins if a figure says how many times or what part of that of a bare time behind it something
    /// is: directly behind it, or, where the sentence has a time before the figure, behind what was counted then
    /// (`Năm nay chi phí bằng 20% doanh thu năm ngoái`).
    fn multiplies(&self, mention: &Mention<'t>, index: usize) -> Option<usize> {
        let time = &self.times[index];
        let gap = self.text.get(mention.phrase.end..time.span.start).filter(|_| is_bare_period(time))?;
        if !self.relates(mention) {
            return None;
        }
        if gap.trim().is_empty() || self.rules.cues.base.of.iter().any(|word| word == gap.trim()) {
            return Some(time.core);
        }
        let dated = || self.times[..index].iter().any(|t| t.span.end <= mention.phrase.start && dates(t));
        (is_noun(gap) && dated()).then(|| time.span.start - gap.trim_start().len())
    }

    /// Whether a figure says how many times or what part of something else it is.
    fn relates(&self, mention: &Mention<'t>) -> bool {
        let before = self.text[..mention.phrase.start.min(mention.quote.start)].trim_end();
        match mention.kind {
            Kind::Multiple => {
                mention.is_change || self.is_times_of(before, &self.text[mention.quote.clone()])
            }
            Kind::Percentage | Kind::Share => ends_with_any(before, &self.rules.cues.base.ratios),
            _ => false,
        }
    }

    /// Whether a multiple is one of something else (`gấp hơn 3 lần`), not a number on a scale of its own.
    fn is_times_of(&self, before: &str, quote: &str) -> bool {
        let mut near = before.rsplit(' ').take(QUALIFIED).chain(quote.split(' ').take(1));
        near.any(|word| self.rules.cues.base.times.iter().any(|times| times == word))
    }
}

/// The comparison with an expression by itself.
fn base_alone(index: usize, time: &TimeMention) -> Comparison {
    Comparison {
        span: time.span.clone(),
        text: time.core..time.span.end,
        time: Some(index),
        plan: false,
        planned: false,
    }
}

/// Whether an expression may date a figure further on.
fn dates(time: &TimeMention) -> bool {
    time.statement.shape != Shape::Mute && !matches!(time.role, Some(Role::Name | Role::Base))
}

/// Whether an expression is a period by itself, without words that relate it.
fn is_bare_period(time: &TimeMention) -> bool {
    let period = matches!(
        time.statement.shape,
        Shape::Year | Shape::Relative | Shape::Month | Shape::Quarter | Shape::Half | Shape::First
    );
    period && time.role.is_none() && time.core == time.span.start && time.statement.unit() != Some(Unit::Day)
}

/// Whether the words between a figure and a time may be what was counted.
fn is_noun(gap: &str) -> bool {
    gap.starts_with(' ')
        && gap.chars().all(|c| c.is_alphabetic() || c == ' ')
        && gap.split_whitespace().count() <= COUNTED
}

/// Where the base ends at the latest: at the next mark that ends a clause or stands around an insertion.
pub(crate) fn end_of_base(text: &str, begin: usize) -> usize {
    let bytes = text.as_bytes();
    (begin..bytes.len())
        .find(|&i| match bytes[i] {
            b';' | b'(' | b')' | b':' | b'"' => true,
            b',' | b'.' => !bytes.get(i + 1).is_some_and(u8::is_ascii_digit) || i == begin,
            _ => false,
        })
        .unwrap_or(bytes.len())
}

/// The days that the time of a base stands for, for a figure of the days `of`.
pub(crate) fn resolve(time: &TimeMention, found: Option<Resolved>, of: Option<Interval>) -> Option<Interval> {
    let statement = &time.statement;
    let first = of.and_then(|of| of.first.or(of.last));
    match statement.shape {
        Shape::SamePeriod => {
            let shift = match statement.int(Field::Year) {
                Some(year) => year - i32::from(first?.year()),
                None => statement.int(Field::Shift).unwrap_or(-1),
            };
            of?.shift_years(shift)
        }
        Shape::Relative if first.is_some() && statement.part().is_none() => {
            Interval::around(first?, statement.unit()?, statement.int(Field::Shift)?)
        }
        Shape::Year if statement.get(Field::Year).is_none() => {
            let year = of.and_then(|of| of.last.or(of.first)).map(Date::year)?;
            match statement.part() {
                Some(Part::Beginning) => Some(Interval::day(Date::new(year, 1, 1).ok()?)),
                _ => Interval::around(first?, Unit::Year, 0),
            }
        }
        _ => found.map(|found| found.interval),
    }
}

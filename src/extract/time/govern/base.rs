//! What changes are measured against: the words behind a comparison, and the days they stand for.

use std::ops::Range;

use jiff::civil::Date;

use crate::extract::mention::Mention;
use crate::extract::time::compile::Compiled;
use crate::extract::time::ending::ends_with_any;
use crate::extract::time::find::engine::{Hit, Session};
use crate::extract::time::interval::{Interval, Unit};
use crate::extract::time::reading::{Field, Part, Shape};
use crate::extract::time::schema::Role;
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
    let mut found: Vec<Comparison> = Vec::new();
    let mut session = rules.compares.session();
    let mut at = 0;
    while let Some((start, hit)) = next_hit(&mut session, text, at) {
        at = ceil_boundary(text, start + 1);
        if let Some(comparison) = comparison(rules, &mut session, text, mentions, times, start, hit) {
            // Behind one base another comparison may follow (so với tháng trước nhưng thấp hơn tháng 6).
            at = comparison.text.end.max(at);
            found.push(comparison);
        }
    }
    add_same_periods(rules, text, mentions, times, &mut found);
    found
}

/// Where the first words of a comparison at or behind `from` begin, and those words.
fn next_hit(session: &mut Session<'_>, text: &str, from: usize) -> Option<(usize, Hit)> {
    let mut at = from;
    while let Some(start) = session.next_start(text.as_bytes(), at) {
        let matches = session.matches(text, start);
        let whole = |hit: &Hit| !text[hit.end..].starts_with(char::is_alphanumeric);
        if let Some(hit) = matches.longest_first().find(whole) {
            return Some((start, hit));
        }
        at = ceil_boundary(text, start + 1);
    }
    None
}

fn comparison(
    rules: &Compiled,
    session: &mut Session<'_>,
    text: &str,
    mentions: &[Mention<'_>],
    times: &[TimeMention],
    start: usize,
    hit: Hit,
) -> Option<Comparison> {
    let behind = hit.end;
    let rule = rules.compare_rules[hit.pattern];
    if rule.plan && !text[..start].trim_end().ends_with('%') {
        return None;
    }
    let begin = behind + (text[behind..].len() - text[behind..].trim_start().len());
    let begin = if rule.plan { start } else { begin };
    // The base ends with its time, or before a figure; a figure with a comparison of its own ends all that belongs to it.
    let end = end_of_base(text, begin);
    let figure = mentions.iter().find(|m| m.phrase.start > begin && m.phrase.start < end);
    let mut apart =
        |m: &&Mention<'_>| next_hit(session, text, m.quote.end).is_some_and(|(next, _)| next < end);
    let end = figure.filter(&mut apart).map_or(end, |m| m.phrase.start);
    let figure = figure.map(|m| m.phrase.start);
    let time = times.iter().position(|t| t.span.start >= start && t.span.start < end && t.span.end > begin);
    if rule.time_first && time.is_none_or(|i| times[i].core > begin) {
        return None;
    }
    let figure_first = mentions.iter().any(|m| m.phrase.contains(&begin) || m.quote.start == begin);
    if figure_first && (rule.apart || time.is_none()) {
        return None;
    }
    let stop = time.map_or(figure.unwrap_or(end), |i| times[i].span.end);
    let words = text[begin..stop].trim_end();
    let words = if figure == Some(stop) { without_leading_on(rules, words) } else { words };
    (!words.is_empty()).then(|| Comparison {
        span: start..end.max(stop),
        text: begin..begin + words.len(),
        time,
        plan: rule.plan,
        planned: time.is_some_and(|i| plans(rules, &text[begin..times[i].core.max(begin)])),
    })
}

/// The words of a base without the word at their end that leads on to the next figure (`và`).
fn without_leading_on<'t>(rules: &Compiled, words: &'t str) -> &'t str {
    match words.rsplit_once(' ') {
        Some((base, last)) if rules.cues.reached.iter().any(|word| word == last) => base.trim_end(),
        _ => words,
    }
}

/// `tăng 5% cùng kỳ`, `bằng 96% cùng kỳ`: the same period directly behind a change or a share needs no word of comparison;
/// nor does any other behind what is so many times or such a part of it (`gấp 3 lần năm ngoái`, `bằng 1/3 của năm 2019`).
fn add_same_periods(
    rules: &Compiled,
    text: &str,
    mentions: &[Mention<'_>],
    times: &[TimeMention],
    found: &mut Vec<Comparison>,
) {
    for (i, time) in times.iter().enumerate() {
        let known = found.iter().any(|c| c.span.contains(&time.span.start));
        if known {
            continue;
        }
        if time.reading.shape != Shape::SamePeriod {
            let earlier = |at: usize| times[..i].iter().any(|t| t.span.end <= at && dates(t));
            let begin =
                mentions.iter().find_map(|m| multiplies(rules, text, m, time, earlier(m.phrase.start)));
            found.extend(begin.map(|begin| Comparison {
                span: begin..time.span.end,
                text: begin..time.span.end,
                ..base_alone(i, time)
            }));
            continue;
        }
        let behind = |m: &Mention<'_>| {
            let share = || {
                let words = text[..m.quote.start].trim_end();
                ends_with_any(words, &rules.cues.equals)
            };
            let relative = m.is_change || m.kind == Kind::Multiple || m.kind == Kind::Percentage && share();
            relative
                && text.get(m.phrase.end..time.span.start).is_some_and(|gap| {
                    let gap = gap.trim();
                    gap.is_empty() || m.is_change && rules.cues.beside.iter().any(|word| word == gap)
                })
        };
        if mentions.iter().any(behind) {
            found.push(base_alone(i, time));
        }
    }
    found.sort_by_key(|c| c.span.start);
}

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
    time.reading.shape != Shape::Mute && !matches!(time.role, Some(Role::Name | Role::Base))
}

/// Where the base begins if a figure says how many times or what part of that of a bare time behind it something is:
/// directly behind it, or, where the sentence has a time before the figure, behind what was counted then
/// (`Năm nay chi phí bằng 20% doanh thu năm ngoái`).
fn multiplies(
    rules: &Compiled,
    text: &str,
    mention: &Mention<'_>,
    time: &TimeMention,
    dated: bool,
) -> Option<usize> {
    let period = matches!(
        time.reading.shape,
        Shape::Year | Shape::Relative | Shape::Month | Shape::Quarter | Shape::Half | Shape::First
    );
    let bare = period
        && time.role.is_none()
        && time.core == time.span.start
        && time.reading.unit() != Some(Unit::Day);
    let gap = text.get(mention.phrase.end..time.span.start).filter(|_| bare)?;
    let direct = gap.trim().is_empty() || rules.cues.of.iter().any(|word| word == gap.trim());
    let noun = dated
        && gap.starts_with(' ')
        && gap.chars().all(|c| c.is_alphabetic() || c == ' ')
        && gap.split_whitespace().count() <= COUNTED;
    let before = text[..mention.phrase.start.min(mention.quote.start)].trim_end();
    let relates = match mention.kind {
        Kind::Multiple => mention.is_change || times_of(rules, before, &text[mention.quote.clone()]),
        Kind::Percentage | Kind::Share => ends_with_any(before, &rules.cues.ratios),
        _ => false,
    };
    if !relates || !(direct || noun) {
        return None;
    }
    Some(if direct { time.core } else { time.span.start - gap.trim_start().len() })
}

/// Whether a multiple is one of something else (`gấp hơn 3 lần`), not a number on a scale of its own.
fn times_of(rules: &Compiled, before: &str, quote: &str) -> bool {
    let near = before.rsplit(' ').take(QUALIFIED).chain(quote.split(' ').take(1));
    near.into_iter().any(|word| rules.cues.times.iter().any(|times| times == word))
}

/// Whether the words of a base name a plan.
fn plans(rules: &Compiled, words: &str) -> bool {
    rules.cues.plans.iter().any(|plan| words.contains(plan.as_str()))
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
    let reading = &time.reading;
    let first = of.and_then(|of| of.first.or(of.last));
    match reading.shape {
        Shape::SamePeriod => {
            let shift = match reading.int(Field::Year) {
                Some(year) => year - i32::from(first?.year()),
                None => reading.int(Field::Shift).unwrap_or(-1),
            };
            of?.shift_years(shift)
        }
        Shape::Relative if first.is_some() && reading.part().is_none() => {
            Interval::around(first?, reading.unit()?, reading.int(Field::Shift)?)
        }
        Shape::Year if reading.get(Field::Year).is_none() => {
            let year = of.and_then(|of| of.last.or(of.first)).map(Date::year)?;
            match reading.part() {
                Some(Part::Beginning) => Some(Interval::day(Date::new(year, 1, 1).ok()?)),
                _ => Interval::around(first?, Unit::Year, 0),
            }
        }
        _ => found.map(|found| found.interval),
    }
}

//! What the words around an expression make of it: a beginning, or a time that comes back every year.

use crate::extract::time::TimeMention;
use crate::extract::time::clause;
use crate::extract::time::compile::Compiled;
use crate::extract::time::phrases::{ends_with_any, holds_any, is_whole};
use crate::extract::time::schema::Role;
use crate::extract::time::statement::{Field, Shape, Statement};

/// Gives an expression the role that its clause has.
pub(crate) fn settle(rules: &Compiled, text: &str, time: &mut TimeMention) {
    if !matches!(time.role, None | Some(Role::During | Role::Since | Role::AsOf)) {
        return;
    }
    let clause = clause::near_before(text, time.span.start);
    if recurs(rules, text, clause, time) {
        (time.statement, time.until) = (Statement::new(Shape::Mute), None);
        time.role = Some(Role::Name);
    } else if time.role == Some(Role::AsOf) {
        // What stands at a time has no beginning there.
    } else if tells_origin(rules, clause) || completes(rules, text, clause, time) {
        time.role = Some(Role::Name);
    } else if time.role != Some(Role::Since)
        && time.until.is_none()
        && matches!(time.statement.shape, Shape::Day | Shape::Month | Shape::Quarter | Shape::Year)
        && let Some(at) = beginning(rules, clause)
    {
        time.role = Some(Role::Since);
        time.lead = time.span.start - clause.len() + at;
    }
}

/// Whether words for now say no more than the day before at which all stands (`đến 17h ngày 24/4, cả nước đến nay có …`).
pub(crate) fn stands_already(text: &str, before: &TimeMention, time: &TimeMention) -> bool {
    let stands = before.role == Some(Role::AsOf) && before.statement.shape == Shape::Day;
    let figures = || text[before.span.end..time.span.start].contains(|c: char| c.is_ascii_digit());
    stands && time.statement.shape == Shape::Now && !figures()
}

/// Where the words for since when stand in `clause`.
fn beginning(rules: &Compiled, clause: &str) -> Option<usize> {
    let whole = |found: &aho_corasick::Match| is_whole(clause, found.range());
    rules.beginnings.find_iter(clause).filter(whole).last().map(|found| found.start())
}

/// Whether a clause says when something came to be.
fn tells_origin(rules: &Compiled, clause: &str) -> bool {
    let by = || clause.split(' ').any(|word| rules.cues.settle.agents.iter().any(|agent| agent == word));
    ends_with_any(clause, &rules.cues.settle.origins)
        || ends_with_any(clause, &rules.cues.settle.makers) && by()
}

/// Whether a clause says when something was done, rather than what was done in a period.
fn completes(rules: &Compiled, text: &str, clause: &str, time: &TimeMention) -> bool {
    if !ends_with_any(clause, &rules.cues.settle.completions) {
        return false;
    }
    let single = matches!(
        time.statement.shape,
        Shape::Day | Shape::Month | Shape::Quarter | Shape::Year | Shape::Relative
    );
    let figure = text[time.span.end..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    let near = clause.rfind(|c: char| c.is_ascii_digit()).map_or(clause, |digit| &clause[digit + 1..]);
    single && !figure && !holds_any(near, &rules.cues.settle.measures)
}

/// Whether an expression without a year comes back every year (`tháng 9 hằng năm`).
fn recurs(rules: &Compiled, text: &str, clause: &str, time: &TimeMention) -> bool {
    let years = [time.statement.get(Field::Year), time.until.and_then(|u| u.get(Field::Year))];
    let calendar = matches!(
        time.statement.shape,
        Shape::Day
            | Shape::Days
            | Shape::Month
            | Shape::Months
            | Shape::Quarter
            | Shape::First
            | Shape::Feast
            | Shape::Season
    );
    let named = [Field::Shift, Field::Stem].into_iter().any(|field| time.statement.get(field).is_some());
    if !calendar || named || years.iter().any(Option::is_some) {
        return false;
    }
    let behind = text[time.span.end..].trim_start();
    let aside = text[..time.span.start].trim_end_matches([' ', ',']);
    let starts = |words: &[String]| words.iter().any(|words| behind.starts_with(words.as_str()));
    starts(&rules.cues.settle.recurring)
        || starts(&rules.cues.settle.usual)
        || ends_with_any(clause, &rules.cues.settle.recurring)
        || ends_with_any(clause, &rules.cues.settle.each)
        || ends_with_any(aside, &rules.cues.settle.yearly)
}

//! What the words around an expression make of it: a beginning, or a time that comes back every year.

use super::TimeMention;
use super::compile::Compiled;
use super::find::ends_with_word;
use super::reading::{Field, Shape};
use super::schema::Role;

/// How far before an expression the words of its clause are read, in bytes.
const CLAUSE: usize = 100;

/// Gives an expression the role that its clause has.
pub(super) fn settle(rules: &Compiled, text: &str, time: &mut TimeMention) {
    if !matches!(time.role, None | Some(Role::During | Role::Since)) {
        return;
    }
    let clause = clause_before(text, time.span.start);
    if recurs(rules, text, clause, time) {
        time.role = Some(Role::Name);
    } else if time.role != Some(Role::Since)
        && time.until.is_none()
        && matches!(time.reading.shape, Shape::Day | Shape::Month | Shape::Quarter | Shape::Year)
        && let Some(at) = rules.beginnings.iter().find_map(|words| begins_with(clause, words))
    {
        time.role = Some(Role::Since);
        time.lead = time.span.start - clause.len() + at;
    }
}

/// The words of the clause before byte `at`, as far as they are read.
fn clause_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(CLAUSE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..at];
    near.rfind([',', ';', ':', '(', ')']).map_or(near, |mark| &near[mark + 1..])
}

/// Where `words` stand in `clause` as whole words, in small letters or at the beginning of a sentence.
fn begins_with(clause: &str, words: &str) -> Option<usize> {
    let same = |at: usize| {
        let before = clause[..at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
            && !clause[at + words.len()..].starts_with(char::is_alphanumeric)
    };
    if let Some(at) = clause.rfind(words).filter(|&at| same(at)) {
        return Some(at);
    }
    let (_, rest) = words.split_at(words.chars().next()?.len_utf8());
    let at = clause.rfind(rest)?;
    let first = clause[..at].chars().next_back()?;
    let start = at - first.len_utf8();
    (first.is_uppercase() && first.to_lowercase().eq(words.chars().next()) && same(start)).then_some(start)
}

/// Whether an expression without a year comes back every year (`tháng 9 hằng năm`).
fn recurs(rules: &Compiled, text: &str, clause: &str, time: &TimeMention) -> bool {
    let years = [time.reading.get(Field::Year), time.until.and_then(|u| u.get(Field::Year))];
    let calendar = matches!(
        time.reading.shape,
        Shape::Day | Shape::Days | Shape::Month | Shape::Months | Shape::Quarter | Shape::First
    );
    if !calendar || years.iter().any(Option::is_some) {
        return false;
    }
    let behind = text[time.span.end..].trim_start();
    rules
        .recurring
        .iter()
        .any(|words| behind.starts_with(words.as_str()) || ends_with_word(clause, words))
}

//! A number as a figure: its value in the unit of its rule, and the words that state it.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use super::file::UnitFrom;
use super::number_context::Read;
use super::qualifier::Attributes;
use crate::extract::mention::Mention;
use crate::extract::number::expression::Expression;
use crate::extract::number::numerals::{NumberWord, Numerals};
use crate::extract::sentence::Sentence;
use crate::fact::{Kind, Status};

/// The mention that a number is by the rule that reads it; `None` where no decimal holds its value.
pub(crate) fn mention<'t>(
    text: &'t str,
    number: &Expression,
    read: &Read<'_>,
    kind: Kind,
    attributes: &Attributes<'t>,
) -> Option<Mention<'t>> {
    let rule = read.rule;
    let in_quote = rule.quote_after && matches!(rule.unit_from, UnitFrom::Match | UnitFrom::Rule);
    let quote_start = if rule.quote_before { read.matched.start } else { number.span.start };
    let quote_end = if in_quote { read.matched.end } else { number.span.end };
    let unit = match (&rule.unit, &read.unit) {
        (Some(unit), _) => Some(Cow::Owned(unit.clone())),
        (None, Some(span)) => Some(Cow::Borrowed(&text[span.clone()])),
        (None, None) => None,
    };
    let in_unit = |value: Decimal| match rule.factor {
        Some(factor) => value.checked_mul(factor).map(|value| value.normalize()),
        None => Some(value),
    };
    let value_max = match number.max {
        Some(max) => Some(in_unit(max)?),
        None => None,
    };
    Some(Mention {
        quote: trimmed(text, quote_start..quote_end),
        phrase: attributes.start.min(quote_start)..attributes.end,
        kind,
        value: in_unit(number.value)?,
        value_max,
        denominator: number.denominator.or(read.whole),
        unit,
        per: attributes.per.map(Cow::Borrowed),
        qualifier: attributes.qualifier,
        direction: attributes.direction,
        is_change: attributes.is_change,
        status: Status::Actual,
        rule: read.index as u32,
    })
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let part = &text[span.clone()];
    let start = span.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Takes in the half unit that may follow a whole quantity (2 năm rưỡi, 2-3 năm rưỡi, gấp 2 lần rưỡi).
pub(crate) fn add_half(
    numerals: &Numerals,
    sentence: &Sentence<'_>,
    found: &mut Mention<'_>,
    unit: Option<Decimal>,
) {
    let amount = found.value_max.unwrap_or(found.value);
    if !matches!(found.kind, Kind::Quantity | Kind::Multiple) || !amount.is_integer() {
        return;
    }
    let next = sentence.token_at(found.quote.end);
    let Some((NumberWord::AndHalf, end)) = numerals.at(&sentence.tokens, next) else { return };
    if let Some(more) = amount.checked_add(unit.unwrap_or(Decimal::ONE) / Decimal::TWO) {
        *found.value_max.as_mut().unwrap_or(&mut found.value) = more.normalize();
        found.quote.end = sentence.tokens[end - 1].end;
        found.phrase.end = found.phrase.end.max(found.quote.end);
    }
}

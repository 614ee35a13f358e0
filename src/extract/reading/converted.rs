//! The same amount in other money, right behind an amount: `90 USD/kg (khoảng 2 triệu đồng)`.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::extract::mention::Mention;
use crate::fact::Kind;
use crate::rules::{merge_named, named};

/// How many of the smaller money the larger one is worth at most: no euro or pound has been worth more đồng.
const DEAREST: i64 = 40_000;

/// Words that say that another amount is the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Conversion {
    name: String,
    #[serde(rename = "comment")]
    _comment: String,
    words: Vec<String>,
}

named!(Conversion);

/// All of them.
#[derive(Debug)]
pub(crate) struct Conversions(Vec<Conversion>);

impl Conversions {
    pub(crate) fn new(entries: impl IntoIterator<Item = Conversion>) -> Self {
        Self(merge_named(entries))
    }

    /// Amounts that are the same are per the same, and both of them changes or levels.
    pub(crate) fn agree(&self, text: &str, mentions: &mut [Mention<'_>]) {
        for at in 1..mentions.len() {
            let [last, next] = &mut mentions[at - 1..=at] else { continue };
            if !self.same(text, last, next) {
                continue;
            }
            if next.per.is_none() {
                next.per.clone_from(&last.per);
            } else if last.per.is_none() {
                last.per.clone_from(&next.per);
            }
            if next.direction.is_none() {
                (next.direction, next.is_change) = (last.direction, last.is_change);
            }
        }
    }

    fn same(&self, text: &str, last: &Mention<'_>, next: &Mention<'_>) -> bool {
        let money = last.kind == Kind::Money
            && next.kind == Kind::Money
            && last.unit != next.unit
            && plausible(last.value, next.value);
        // Their phrases may reach over one another: over the first amount, and behind the brackets.
        let from = if last.phrase.end <= next.quote.start { last.phrase.end } else { last.quote.end };
        let to = if next.phrase.start >= from { next.phrase.start } else { next.quote.start };
        let between = text.get(from..to).filter(|_| money).map(str::trim);
        let Some(between) = between else { return false };
        let (bracket, words) = match between.strip_prefix('(') {
            Some(words) => (true, words.trim()),
            None => (false, between.trim_start_matches(',').trim()),
        };
        bracket && words.is_empty() || self.0.iter().any(|own| own.words.iter().any(|own| own == words))
    }
}

/// Whether an amount can be the same as another in other money.
fn plausible(one: Decimal, other: Decimal) -> bool {
    let (less, more) = if one < other { (one, other) } else { (other, one) };
    less.checked_mul(Decimal::from(DEAREST)).is_none_or(|most| more <= most)
}

//! Sums that name no currency, in a sentence that names one before: `đạt 3 tỷ USD, trong đó cá đạt 2 tỷ`.

use rust_decimal::Decimal;

use super::account::{Account, Analysis, Outcome};
use crate::extract::mention::Mention;
use crate::fact::Kind;

/// Smallest sum that shares its currency with others, or takes it from them: below, a number without one is rather no sum.
const LEAST: i64 = 1_000_000;
/// How many times as much one sum is as another at most where both are of one currency: of another, as much is rather
/// thousands of times as many.
const ALIKE: i64 = 500;
/// How many times as much one that follows is at most, if words give it a currency of its own: mostly it is a part.
const MORE: i64 = 5;

/// Gives sums without a currency that of the sum before them in their sentence.
pub(crate) fn share(analysis: &mut Analysis<'_>) {
    let Analysis { mentions, accounts } = analysis;
    for index in 1..mentions.len() {
        if !is_bare(&mentions[index], index, accounts) {
            continue;
        }
        let (earlier, rest) = mentions.split_at_mut(index);
        let bare = &mut rest[0];
        if let Some(named) = named(earlier, bare)
            && named.unit != bare.unit
            && (bare.per.is_none() || named.per == bare.per)
            && alike(named.value, bare)
        {
            (bare.kind, bare.unit) = (Kind::Money, named.unit.clone());
        }
    }
}

/// The sum before one; a value of nothing that is said goes on about what was counted last, if that was as many.
fn named<'m, 't>(earlier: &'m [Mention<'t>], bare: &Mention<'t>) -> Option<&'m Mention<'t>> {
    let many = |mention: &Mention<'_>| mention.kind == Kind::Count && mention.value >= Decimal::from(LEAST);
    let last = earlier.iter().rev().find(|m| m.kind == Kind::Money || bare.kind != Kind::Money && many(m));
    last.filter(|last| last.kind == Kind::Money)
}

/// Whether a value is no more than a number with a magnitude, of money or of nothing that is said.
fn is_bare(mention: &Mention<'_>, index: usize, accounts: &[Account]) -> bool {
    let number = accounts.iter().find(|account| account.outcome == Outcome::Fact(index));
    let alone = number.is_some_and(|account| account.span == mention.quote);
    let nothing = mention.kind == Kind::Count && mention.unit.is_none();
    alone && (mention.kind == Kind::Money || nothing) && mention.value >= Decimal::from(LEAST)
}

fn alike(named: Decimal, bare: &Mention<'_>) -> bool {
    let more = if bare.unit.is_some() { MORE } else { ALIKE };
    let at_most = |less: Decimal, times: i64, more: Decimal| {
        less.checked_mul(Decimal::from(times)).is_none_or(|most| more <= most)
    };
    named >= Decimal::from(LEAST) && at_most(named, more, bare.value) && at_most(bare.value, ALIKE, named)
}

//! Sums that name no currency, in a sentence that names one before: `đạt 3 tỷ USD, trong đó cá đạt 2 tỷ`.

use rust_decimal::Decimal;

use super::account::{Account, Analysis, Outcome};
use crate::extract::mention::Mention;
use crate::fact::Kind;

/// How many times as much one sum is as another at most where both are of one currency: in another, as much is rather
/// thousands of times as many.
const ALIKE: i64 = 500;

/// Gives sums without a currency that of the sum before them in their sentence; `account` says where their numbers stand.
pub(crate) fn share(analysis: &mut Analysis<'_>) {
    let Analysis { mentions, accounts } = analysis;
    for index in 1..mentions.len() {
        if !is_bare(&mentions[index], index, accounts) {
            continue;
        }
        let (earlier, rest) = mentions.split_at_mut(index);
        let (Some(named), bare) = (earlier.iter().rev().find(|m| m.kind == Kind::Money), &mut rest[0]) else {
            continue;
        };
        if named.unit != bare.unit && alike(named.value, bare.value) {
            (bare.kind, bare.unit) = (Kind::Money, named.unit.clone());
        }
    }
}

/// Whether a value is no more than a number with a magnitude, of money or of nothing that is said.
fn is_bare(mention: &Mention<'_>, index: usize, accounts: &[Account]) -> bool {
    let number = accounts.iter().find(|account| account.outcome == Outcome::Fact(index));
    let alone = number.is_some_and(|account| account.span == mention.quote);
    let nothing = mention.kind == Kind::Count && mention.unit.is_none();
    alone && (mention.kind == Kind::Money || nothing) && mention.value >= Decimal::from(1_000_000)
}

fn alike(one: Decimal, other: Decimal) -> bool {
    let (less, more) = if one < other { (one, other) } else { (other, one) };
    less > Decimal::ZERO && less.checked_mul(Decimal::from(ALIKE)).is_some_and(|most| more <= most)
}

//! Magnitudes that are written at a later number alone.

use rust_decimal::Decimal;

use super::amount::Amount;
use super::numerals::NumberWord;
use super::reader::Reader;

/// How far before a number the word may stand that gives numbers out in turn, in tokens.
const NEARBY: usize = 16;

impl Reader<'_, '_> {
    /// An amount without a magnitude, with that of the number which it goes with: the new level (`từ 27 lên 35 triệu`), or
    /// the last of those that are given in turn (`lần lượt là 46 và 53 tỷ`).
    pub(crate) fn with_later_magnitude(&self, at: usize, amount: Amount) -> Amount {
        if amount.magnitude.is_some() {
            return amount;
        }
        let later = self.new_level(at, &amount).or_else(|| self.last_of_turn(at, &amount));
        let goes_with = |later: Amount| {
            let scale = later.magnitude?;
            alike(amount.value, later.value.checked_div(scale)?).then_some(scale)
        };
        let scale = later.and_then(goes_with);
        let value = scale.and_then(|scale| amount.value.checked_mul(scale));
        value.map_or(amount, |value| Amount { value, magnitude: scale, ..amount })
    }

    fn new_level(&self, at: usize, old: &Amount) -> Option<Amount> {
        let (NumberWord::Towards, next) = self.word(old.last)? else { return None };
        (self.follows(at, NumberWord::From) && self.is_number(next)).then(|| self.amount(next))?
    }

    fn last_of_turn(&self, at: usize, first: &Amount) -> Option<Amount> {
        if !self.in_turn(at) {
            return None;
        }
        let mut last = None;
        let mut behind = first.last;
        while let Some((NumberWord::Also, next)) = self.word(behind) {
            let Some(amount) = self.is_number(next).then(|| self.amount(next)).flatten() else { break };
            behind = amount.last;
            last = Some(amount);
        }
        last
    }

    /// Whether a word that gives numbers out in turn stands before token `at`, with only words and other such numbers between.
    fn in_turn(&self, at: usize) -> bool {
        let words = |&i: &usize| {
            let also = matches!(self.word(i), Some((NumberWord::Also, _)));
            also || self.is_number(i) || self.is_word(i)
        };
        let mut near = (at.saturating_sub(NEARBY)..at).rev().take_while(words);
        near.any(|i| matches!(self.word(i), Some((NumberWord::InTurn, _))))
    }
}

/// Whether two numbers may be of one magnitude: thousands are written out beside a few millions (950.000 và 1,2 triệu).
fn alike(own: Decimal, later: Decimal) -> bool {
    own < Decimal::ONE_THOUSAND || later >= Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use crate::extract::number::expression::Form;
    use crate::extract::number::reader::first_by;
    use crate::rules::RuleSources;

    #[test]
    fn magnitudes_too_small_for_a_decimal_together_are_not_borrowed() {
        let mut sources = RuleSources::builtin();
        sources.add_text(
            "numbers.toml",
            "[[word]]\nname = \"jot\"\ncomment = \"\"\nrole = \"magnitude\"\nvalue = \"0.00000000000000000001\"\nwords = [\"tí\"]\n",
        );
        let number = first_by(&sources, "tăng từ 27 lên 35 tí tí");
        assert_eq!(number, (Form::Plain, 27, None));
    }
}

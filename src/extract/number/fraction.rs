//! Fractions in digits: `86/193`, `27,5/30`.

use rust_decimal::Decimal;

use super::decimal;
use super::expression::{Expression, Form};
use super::numerals::NumberWord;
use super::reader::Reader;

/// The part of so many thousands (one in this many) from which a number is a part of them and no rate.
const GREAT_PART: u32 = 5;

impl Reader<'_, '_> {
    /// `86/193`, `4,8/5`; more than one slash, or a part greater than its whole, makes a code. What is per thousands is
    /// no part of them (`0,3/100.000 dân`).
    pub(crate) fn fraction(&self, at: usize) -> Option<Expression> {
        let joined =
            |i: usize| self.text(i) == "/" && self.joined(i) && self.joined(i + 1) && self.is_number(i + 1);
        if !joined(at + 1) {
            return None;
        }
        let mut last = at + 3;
        while joined(last) {
            last += 2;
        }
        if let Some(one) = self.one_in_many(at).filter(|_| last == at + 3) {
            return Some(one);
        }
        let of = self.integer(at + 2).filter(|_| last == at + 3);
        if of.is_some_and(|of| is_round_thousand(of) && self.is_rate(at, of)) {
            return None;
        }
        let value = self.integer(at).or_else(|| self.mark(at, of));
        let part = value.zip(of).filter(|(value, of)| value <= of);
        let Some((value, of)) = part else { return Some(self.plain(at, last, Decimal::ZERO, Form::Code)) };
        let mut fraction = self.plain(at, last, value, Form::Fraction);
        fraction.denominator = Some(of);
        fraction.decimals = value.scale() > 0;
        Some(fraction)
    }

    /// `1/3,2 triệu`: one in so many, told with their magnitude.
    fn one_in_many(&self, at: usize) -> Option<Expression> {
        let apart = self.text(at) == "1" && !self.joined(at + 3);
        let of = apart.then(|| self.amount(at + 2)).flatten().filter(|of| of.magnitude.is_some())?;
        let mut fraction = self.plain(at, of.last, Decimal::ONE, Form::Fraction);
        fraction.denominator = Some(of.value);
        fraction.magnitude = true;
        Some(fraction)
    }

    /// Whether the number at token `at` is so many per `of`, thousands in digits with a point: hardly ever a fifth of
    /// them (`650/1.000 hộ`), a rank (`xếp hạng 101/1.000`) or a sum (`120/1.000 tỷ đồng`).
    fn is_rate(&self, at: usize, of: Decimal) -> bool {
        let value = self.integer(at).unwrap_or_default();
        let great = value.checked_mul(Decimal::from(GREAT_PART)).is_none_or(|value| value >= of);
        let sum = self.magnitude(at + 3).0.is_some();
        self.text(at + 2).contains('.') && !great && !sum && !self.follows(at, NumberWord::Numbered)
    }

    /// The decimal at token `at`, where it may be a mark out of so many (`27,5/30`); nothing is marked out of 2017.
    fn mark(&self, at: usize, of: Option<Decimal>) -> Option<Decimal> {
        of.filter(|of| *of <= Decimal::ONE_HUNDRED)?;
        decimal::parse(self.text(at), self.convention, false).filter(|value| !value.is_zero())
    }
}

/// Whether it is 1.000, 10.000 and so on.
fn is_round_thousand(value: Decimal) -> bool {
    [1_000, 10_000, 100_000, 1_000_000].into_iter().any(|round| value == Decimal::from(round))
}

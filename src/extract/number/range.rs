//! Ranges: two numbers of which the first is the smaller.

use rust_decimal::Decimal;

use super::amount::Amount;
use super::expression::{Expression, Form};
use super::numerals::NumberWord;
use super::reader::Reader;

/// How many times the first of two amounts the second may be where the first leaves its thousands out (20 - 30.000).
const SPREAD: u32 = 10;

impl Reader<'_, '_> {
    /// `35-40`, `5 đến 7 triệu`, `96 % đến 100%`, `5 triệu đồng đến 7 triệu đồng`, `6 MB/s đến 18 MB/s`.
    pub(crate) fn range(&self, at: usize, first: Amount) -> Option<Expression> {
        let (unit, next, second) = (0..=3).find_map(|unit| {
            let (NumberWord::Range, next) = self.word(first.last + unit)? else { return None };
            let second = if self.is_number(next) { self.amount(next)? } else { self.amount_in_words(next)? };
            (self.same_unit(first.last, second.last, unit)).then_some((unit, next, second))
        })?;
        let hyphen = self.text(next - 1) == "-";
        let prices =
            hyphen && unit > 0 && !self.follows(at, NumberWord::From) && self.has(NumberWord::TwoSided);
        if prices || self.is_name(at, first.last + unit, next) {
            return None;
        }
        let low = self.low_end(at, first, second, next);
        let half_more = low == second.value && self.half_unit(second.last);
        if low < second.value || half_more {
            let mut range = self.plain(at, second.last, low, Form::Range);
            range.max = Some(second.value);
            range.magnitude = second.magnitude.is_some();
            range.decimals = first.decimals || second.decimals;
            return Some(range);
        }
        (hyphen && unit == 0).then(|| self.plain(at, second.last, low, Form::Score))
    }

    /// The lower end, with the magnitude or the thousands that are written at the upper one alone.
    fn low_end(&self, at: usize, first: Amount, second: Amount, next: usize) -> Decimal {
        let shares_magnitude = first.magnitude.is_none() && second.magnitude.is_some();
        let low = shares_magnitude.then(|| self.lower(at, next)).flatten().unwrap_or(first.value);
        let scaled = |scale: Decimal| low.checked_mul(scale).filter(|scaled| *scaled < second.value);
        match (first.magnitude, second.magnitude) {
            (None, Some(scale)) if low < second.value => scaled(scale).unwrap_or(low),
            (None, None)
                if self.text(next).ends_with(".000") && low.is_integer() && low < Decimal::ONE_THOUSAND =>
            {
                scaled(Decimal::ONE_THOUSAND)
                    .filter(|scaled| *scaled * Decimal::from(SPREAD) > second.value)
                    .unwrap_or(low)
            }
            _ => low,
        }
    }

    /// Whether the first number names what the second is told of (Khu vực 2 - dưới 1.000 m, Giai đoạn 2 - 5.000 căn).
    fn is_name(&self, at: usize, hyphen: usize, next: usize) -> bool {
        let words_between = next > hyphen + 1;
        let thousands = self.text(next).contains('.') && !self.text(at).contains('.') && !self.joined(hyphen);
        let told = self.text(hyphen) == "-" && (words_between || thousands);
        told && self.follows(at, NumberWord::Numbered)
    }

    /// Whether a phrase with such a part to play stands anywhere in the sentence.
    fn has(&self, word: NumberWord) -> bool {
        (0..self.sentence.tokens.len()).any(|at| self.word(at).is_some_and(|(found, _)| found == word))
    }

    /// Whether a unit of one word and a half follow (3 đến 3 năm rưỡi).
    fn half_unit(&self, unit: usize) -> bool {
        matches!(self.word(unit + 1), Some((NumberWord::AndHalf, _)))
    }

    /// Whether the `count` tokens at `a` and at `b` are the same words.
    fn same_unit(&self, a: usize, b: usize, count: usize) -> bool {
        (0..count).all(|i| !self.text(a + i).is_empty() && self.text(a + i) == self.text(b + i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::number::reader::first;

    #[test]
    fn thousands_of_the_upper_end_belong_to_the_lower_one_within_the_spread() {
        assert_eq!(first("giá 20 - 30.000 đồng"), (Form::Range, 20_000, Some(30_000)));
        assert_eq!(first("giá 4 - 30.000 đồng"), (Form::Range, 4_000, Some(30_000)));
        assert_eq!(first("từ 3 đến 30.000 hộ"), (Form::Range, 3, Some(30_000)));
        assert_eq!(first("từ 20 đến 30.500 hộ"), (Form::Range, 20, Some(30_500)));
    }

    #[test]
    fn both_ends_are_read_as_before_the_magnitude_that_they_share() {
        assert_eq!(first("giá 36,121 - 36,345 triệu đồng"), (Form::Range, 36_121_000, Some(36_345_000)));
        assert_eq!(first("giá 36,300 - 36,345 triệu đồng"), (Form::Range, 36_300_000, Some(36_345_000)));
        assert_eq!(
            first("giá 1.200 - 1.345,5 triệu đồng"),
            (Form::Range, 1_200_000_000, Some(1_345_500_000))
        );
        assert_eq!(first("giá 36,121 - 36,345 đồng"), (Form::Range, 36_121, Some(36_345)));
    }

    #[test]
    fn a_number_that_is_a_name_begins_no_range() {
        assert_eq!(first("Khu vực 2 - dưới 1.000 m"), (Form::Plain, 2, None));
        assert_eq!(first("Giai đoạn 3 - 7.000 căn hộ"), (Form::Plain, 3, None));
        assert_eq!(first("Đội sản xuất 4 - 9.000 tấn"), (Form::Plain, 4, None));
        assert_eq!(first("Bậc 4 - 9 được thưởng"), (Form::Range, 4, Some(9)));
    }

    #[test]
    fn two_prices_are_a_range_unless_they_are_of_buying_and_selling() {
        let prices = "61 triệu đồng - 63 triệu đồng";
        assert_eq!(first(prices), (Form::Range, 61_000_000, Some(63_000_000)));
        assert_eq!(first(&format!("{prices} (mua vào - bán ra)")), (Form::Plain, 61_000_000, None));
        assert_eq!(first(&format!("niêm yết từ {prices}")), (Form::Range, 61_000_000, Some(63_000_000)));
    }
}

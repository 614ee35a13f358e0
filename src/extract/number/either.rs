//! Two neighbouring numbers of which one or the other is meant: `3, 4 ngày`, `5 hoặc 6 người`, `40, 50 người`.

use rust_decimal::Decimal;

use super::amount::Amount;
use super::expression::{Expression, Form};
use super::numerals::NumberWord;
use super::reader::Reader;

impl Reader<'_, '_> {
    /// The range that two numbers of one digit are, the second of which is the next one, or two tens, or multiples; behind a word it may
    /// bear a magnitude, which the first has, too (`1 hay 2 triệu đồng`). Where they number things
    /// (`Khoản 3, 4`), stand in a longer list, or nothing is counted behind them, they are two.
    pub(crate) fn either(&self, at: usize, first: Amount) -> Option<Expression> {
        let comma = self.text(first.last) == "," && self.joined(first.last);
        let next = match self.word(first.last) {
            Some((NumberWord::Either, next)) => next,
            _ if comma && !self.joined(first.last + 1) => first.last + 1,
            _ => return None,
        };
        let upper = self.integer(next)?;
        if !self.neighbours(at, next)? || first.last != at + 1 {
            return None;
        }
        let second = self.amount(next)?;
        let scale = second.magnitude.unwrap_or(Decimal::ONE);
        // Of a second number in several parts (2 triệu 300 nghìn) the first has not the last magnitude.
        let simple = upper.checked_mul(scale)? == second.value;
        if !simple || comma && second.magnitude.is_some() || !self.counts(second.last) || self.is_listed(at) {
            return None;
        }
        let mut range = self.plain(at, second.last, first.value.checked_mul(scale)?, Form::Range);
        range.max = Some(second.value);
        range.magnitude = second.magnitude.is_some();
        Some(range)
    }

    /// Whether of the numbers at two tokens the second is the next one; of multiples (`gấp 10, 15 lần`, `gấp 5, 7 lần`) a greater
    /// one is, but a single digit far from the first is rather its decimal place (`gấp 2, 5 lần`).
    fn neighbours(&self, at: usize, next: usize) -> Option<bool> {
        if self.follows(at, NumberWord::Times) {
            let (lower, upper) = (self.integer(at)?, self.integer(next)?);
            let near = lower > Decimal::ONE && upper - lower <= Decimal::TWO;
            return Some(lower < upper && (upper >= Decimal::TEN || near));
        }
        let (lower, upper) = (self.round(at)?, self.round(next)?);
        let step = if lower < Decimal::TEN { Decimal::ONE } else { Decimal::TEN };
        Some(lower + step == upper)
    }

    /// The number at token `at`, where it is a single digit or a ten.
    fn round(&self, at: usize) -> Option<Decimal> {
        let text = self.text(at);
        let round = text.len() == 1 || text.len() == 2 && text.ends_with('0');
        (round && self.is_number(at)).then(|| text.parse().ok()).flatten()
    }

    /// Whether what the number before token `at` counts may begin there: a word behind a space, which goes on with no list.
    fn counts(&self, at: usize) -> bool {
        let goes_on =
            matches!(self.word(at), Some((NumberWord::Also | NumberWord::Either | NumberWord::Range, _)));
        self.is_word(at) && !self.sentence.tokens[at].capital && !self.joined(at) && !goes_on
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::number::reader;

    /// The lower and upper end of the first number of a text.
    fn first(text: &str) -> (u32, Option<u32>) {
        let (_, lower, upper) = reader::first(text);
        (lower, upper)
    }

    #[test]
    fn of_multiples_any_greater_number_is_the_upper_end() {
        assert_eq!(first("Lương cao gấp 10, 15 lần."), (10, Some(15)));
        assert_eq!(first("Lương cao gấp 5, 7 lần."), (5, Some(7)));
        assert_eq!(first("Lương cao gấp 2, 5 lần."), (2, None));
        assert_eq!(first("Có 10, 15 hộ."), (10, None));
    }

    #[test]
    fn neighbours_are_a_range() {
        assert_eq!(first("khoảng 3, 4 ngày nữa"), (3, Some(4)));
        assert_eq!(first("có 5 hoặc 6 người"), (5, Some(6)));
        assert_eq!(first("mất 1 hay 2 triệu đồng"), (1_000_000, Some(2_000_000)));
        assert_eq!(first("có tới 40, 50 người"), (40, Some(50)));
        assert_eq!(first("có 9, 10 người"), (9, Some(10)));
    }

    #[test]
    fn numbers_of_a_series_or_a_list_are_none() {
        assert_eq!(first("theo khoản 3, 4 của luật"), (3, None));
        assert_eq!(first("học sinh lớp 4 hoặc 5 được nghỉ"), (4, None));
        assert_eq!(first("có 3, 4, 5 và 6"), (3, None));
        assert_eq!(first("ra ngày 8 hoặc 9 tới"), (8, None));
        assert_eq!(first("máy Orion 5, 6 chiếc"), (5, None));
        assert_eq!(first("gồm 3, 5 ngày"), (3, None));
        assert_eq!(first("mất 1 hay 2 triệu 300 nghìn đồng"), (1, None));
    }
}

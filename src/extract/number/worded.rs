//! Numbers written in words.

use rust_decimal::Decimal;

use super::amount::Amount;
use super::expression::{Expression, Form};
use super::numerals::NumberWord;
use super::reader::Reader;

/// A number in words, word by word.
#[derive(Debug, Default)]
pub(crate) struct WordedNumber {
    /// What magnitudes have closed off.
    total: Decimal,
    /// What still waits for its magnitude.
    current: Decimal,
    /// The last digit, which `mươi` makes tens of.
    digit: Decimal,
    /// The last magnitude.
    scale: Option<Decimal>,
}

impl WordedNumber {
    /// Takes the next word; `None` where it does not continue the number.
    pub(crate) fn add(&mut self, word: NumberWord, before_magnitude: bool) -> Option<()> {
        match word {
            NumberWord::Digit(digit) if self.digit.is_zero() => self.add_digit(digit)?,
            NumberWord::Ten if self.digit.is_zero() => {
                self.current = self.current.checked_add(Decimal::TEN)?;
            }
            NumberWord::Half if self.current.is_zero() => self.current = Decimal::new(5, 1),
            NumberWord::Tens if !self.digit.is_zero() => self.make_tens()?,
            NumberWord::Magnitude(scale) if !self.current.is_zero() => self.apply(scale, before_magnitude)?,
            NumberWord::AndHalf => self.total = self.total.checked_add(self.scale? / Decimal::TWO)?,
            _ => return None,
        }
        Some(())
    }

    /// The value, where a magnitude makes it one that counts.
    pub(crate) fn value(&self) -> Option<Decimal> {
        self.scale?;
        self.total.checked_add(self.current)
    }

    fn add_digit(&mut self, digit: Decimal) -> Option<()> {
        self.current = self.current.checked_add(digit)?;
        self.digit = digit;
        Some(())
    }

    fn make_tens(&mut self) -> Option<()> {
        self.current = self.current.checked_add(self.digit.checked_mul(Decimal::from(9))?)?;
        self.digit = Decimal::ZERO;
        Some(())
    }

    fn apply(&mut self, scale: Decimal, before_magnitude: bool) -> Option<()> {
        self.current = self.current.checked_mul(scale)?;
        self.digit = Decimal::ZERO;
        self.scale = Some(scale);
        if !before_magnitude && scale > Decimal::ONE_HUNDRED {
            self.total = self.total.checked_add(std::mem::take(&mut self.current))?;
        }
        Some(())
    }
}

impl Reader<'_, '_> {
    /// The index behind number words in brackets at token `at`, which say the digits before them again (`10 (mười) ngày`).
    pub(crate) fn said_in_words(&self, at: usize) -> Option<usize> {
        if self.text(at) != "(" {
            return None;
        }
        let mut last = at + 1;
        while let Some((word, end)) = self.word(last) {
            if !word.says_how_many() {
                return None;
            }
            last = end;
        }
        (last > at + 1 && self.text(last) == ")").then_some(last + 1)
    }

    /// A number in words, which needs a magnitude, a fraction or a multiple to count, or a unit that its word is known before.
    pub(crate) fn read_words(&self, at: usize) -> Option<Expression> {
        let (word, next) = self.word(at)?;
        match word {
            NumberWord::Fraction(value, of) => Some(self.in_words(at, next, value, Form::Fraction, Some(of))),
            NumberWord::Amount(value) => Some(self.plain(at, next, value, Form::Plain)),
            NumberWord::Multiple(value) => Some(self.in_words(at, next, value, Form::Multiple, None)),
            NumberWord::Times => match self.word(next)? {
                (NumberWord::Digit(value), end) => Some(self.in_words(at, end, value, Form::Multiple, None)),
                _ => None,
            },
            NumberWord::Digit(value) => {
                self.worded_fraction(at, value, next).or_else(|| self.worded_amount(at))
            }
            NumberWord::Ten | NumberWord::Half => self.worded_amount(at),
            NumberWord::Vague => self.vague_amount(at, next),
            _ => None,
        }
    }

    fn in_words(
        &self,
        first: usize,
        last: usize,
        value: Decimal,
        form: Form,
        of: Option<Decimal>,
    ) -> Expression {
        let mut expression = self.plain(first, last, value, form);
        expression.denominator = of;
        expression
    }

    /// `hai phần ba`.
    fn worded_fraction(&self, at: usize, value: Decimal, next: usize) -> Option<Expression> {
        let (NumberWord::Part, part) = self.word(next)? else { return None };
        let (NumberWord::Digit(of), end) = self.word(part)? else { return None };
        (value < of).then(|| self.in_words(at, end, value, Form::Fraction, Some(of)))
    }

    /// `hai triệu`, `mười hai nghìn`, `nửa triệu`, `hai triệu đồng đến ba triệu đồng`.
    fn worded_amount(&self, at: usize) -> Option<Expression> {
        let amount = self.amount_in_words(at)?;
        if let Some(range) = self.range(at, amount).filter(|range| range.form == Form::Range) {
            return Some(range);
        }
        let mut expression = self.plain(at, amount.last, amount.value, Form::Plain);
        expression.magnitude = true;
        Some(expression)
    }

    /// An amount in words with at least one magnitude.
    pub(crate) fn amount_in_words(&self, at: usize) -> Option<Amount> {
        let mut sum = WordedNumber::default();
        let mut last = at;
        let mut scaled = false;
        while let Some((word, end)) = self.word(last) {
            let before_magnitude = matches!(self.word(end), Some((NumberWord::Magnitude(_), _)));
            let more = before_magnitude || matches!(self.word(end), Some((NumberWord::Tens, _)));
            // Right behind a magnitude, a last digit is a unit of time by its other sense (mười triệu năm) or a part of the
            // magnitude (một triệu hai).
            if scaled && matches!(word, NumberWord::Digit(_)) && !more {
                break;
            }
            scaled = matches!(word, NumberWord::Magnitude(_));
            if sum.add(word, before_magnitude).is_none() {
                break;
            }
            last = end;
        }
        Some(Amount { value: sum.value()?, last, magnitude: sum.scale, decimals: false })
    }

    /// `hàng nghìn`, `vài trăm triệu`: a vague amount, kept so that it is accounted for.
    fn vague_amount(&self, at: usize, next: usize) -> Option<Expression> {
        let (scale, last) = self.magnitude(next);
        let mut expression = self.plain(at, last, scale?, Form::Plain);
        expression.vague = true;
        expression.magnitude = true;
        Some(expression)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::number::expression::Form;
    use crate::extract::number::reader::first;

    /// The first number of `text`.
    fn value(text: &str) -> u32 {
        first(text).1
    }

    #[test]
    fn numbers_in_words_have_all_their_digits() {
        assert_eq!(value("một trăm mười hai người"), 112);
        assert_eq!(value("hai triệu ba trăm hai mươi lăm người"), 2_000_325);
        assert_eq!(value("hai trăm ba mươi mốt hộ"), 231);
    }

    #[test]
    fn two_amounts_in_words_are_a_range() {
        let range = first("từ năm mươi triệu đồng đến dưới hai trăm triệu đồng");
        assert_eq!(range, (Form::Range, 50_000_000, Some(200_000_000)));
        assert_eq!(first("hai triệu, đến ba triệu đồng"), (Form::Plain, 2_000_000, None));
    }

    #[test]
    fn digits_said_again_in_words_go_on_behind_them() {
        assert_eq!(value("05 (năm) triệu đồng"), 5_000_000);
        assert_eq!(value("36 (mua vào) triệu đồng"), 36);
    }

    #[test]
    fn a_unit_of_time_behind_a_magnitude_is_no_digit() {
        assert_eq!(value("mười triệu năm"), 10_000_000);
    }
}

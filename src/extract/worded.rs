//! The value of a number written in words.

use rust_decimal::Decimal;

use super::numerals::NumberWord;

/// A number in words, word by word.
#[derive(Debug, Default)]
pub(super) struct WordedNumber {
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
    pub(super) fn add(&mut self, word: NumberWord, before_magnitude: bool) -> Option<()> {
        match word {
            NumberWord::Digit(digit) if self.digit.is_zero() => self.add_digit(digit),
            NumberWord::Ten if self.digit.is_zero() => self.current += Decimal::TEN,
            NumberWord::Half if self.current.is_zero() => self.current = Decimal::new(5, 1),
            NumberWord::Tens if !self.digit.is_zero() => self.make_tens(),
            NumberWord::Magnitude(scale) if !self.current.is_zero() => self.apply(scale, before_magnitude)?,
            NumberWord::AndHalf => self.total = self.total.checked_add(self.scale? / Decimal::TWO)?,
            _ => return None,
        }
        Some(())
    }

    /// The value, where a magnitude makes it one that counts.
    pub(super) fn value(&self) -> Option<Decimal> {
        self.scale?;
        self.total.checked_add(self.current)
    }

    fn add_digit(&mut self, digit: Decimal) {
        self.current += digit;
        self.digit = digit;
    }

    fn make_tens(&mut self) {
        self.current += self.digit * Decimal::from(9);
        self.digit = Decimal::ZERO;
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

//! Whether two figures are the same within rounding.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::fact::{Fact, Qualifier};

/// A figure with the place of its last stated digit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) value: Decimal,
    pub(super) max: Option<Decimal>,
    /// What a rank or share is of, where that is stated.
    pub(super) of: Option<Decimal>,
    pub(super) qualifier: Option<Qualifier>,
    /// Power of ten of the last digit that the quote states: -2 for 82,61 %, 8 for 48,8 tỉ.
    pub(super) place: i32,
}

impl Figure {
    pub(super) fn of(fact: &Fact<'_>) -> Self {
        let place = stated_place(fact.value, &fact.source.quote);
        let (value, max, of) = (fact.value, fact.value_max, fact.denominator.map(|of| of.normalize()));
        Self { value, max, of, qualifier: fact.qualifier, place }
    }

    /// The order in which figures found observations: the exact before the qualified, then the finer, then what says of
    /// how many.
    pub(super) fn rank(&self, other: &Self) -> Ordering {
        let order = |f: &Self| (f.qualifier, f.place, f.of.is_none(), f.value, f.of);
        order(self).cmp(&order(other))
    }

    /// Whether nothing speaks against both being of as many.
    pub(super) fn of_as_many(&self, other: &Self) -> bool {
        self.of.is_none() || other.of.is_none() || self.of == other.of
    }

    /// Whether `other`, which is no finer, says the same: rounded alike, or within what its qualifier allows.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        if !self.of_as_many(other) {
            return false;
        }
        if self.max.is_some() || other.max.is_some() {
            return self.value == other.value && self.max == other.max;
        }
        self.rounds_to(other) || self.within(other)
    }

    /// Whether the two are the same within rounding, whichever is the finer. Ranges never are.
    pub(super) fn rounds_like(&self, other: &Self) -> bool {
        let (fine, coarse) = if self.place <= other.place { (self, other) } else { (other, self) };
        self.max.is_none() && other.max.is_none() && fine.rounds_to(coarse)
    }

    /// How many digits are stated, from the first that is not zero.
    pub(super) fn digits(&self) -> i32 {
        if self.value.is_zero() { 0 } else { first_place(self.value.abs().normalize()) + 1 - self.place }
    }

    /// Whether `other`, which is no finer, is this one rounded or with digits cut off: news do both.
    fn rounds_to(&self, other: &Self) -> bool {
        let place = self.place.max(other.place);
        let rounded = |value| at_place(value, place, RoundingStrategy::MidpointAwayFromZero);
        rounded(self.value) == rounded(other.value)
            || at_place(self.value, place, RoundingStrategy::ToZero) == Some(other.value)
    }

    /// Whether the value lies where the qualifier of `other` puts it: within 5 % around, or 10 % to the one side.
    fn within(&self, other: &Self) -> bool {
        let Some(qualifier) = other.qualifier else { return false };
        let near = |percent: i64| {
            let distance = self.value.checked_sub(other.value).map(|d| d.abs());
            let room = other.value.checked_mul(Decimal::new(percent, 2)).map(|r| r.abs());
            distance.zip(room).is_some_and(|(distance, room)| distance <= room)
        };
        match qualifier {
            Qualifier::About => near(5),
            Qualifier::Over | Qualifier::AtLeast => self.value >= other.value && near(10),
            Qualifier::Under | Qualifier::AtMost | Qualifier::Nearly => self.value <= other.value && near(10),
        }
    }
}

/// The value rounded to that power of ten, in units of it; absent where it does not fit.
fn at_place(value: Decimal, place: i32, how: RoundingStrategy) -> Option<Decimal> {
    if place <= 0 {
        return Some(value.round_dp_with_strategy(place.unsigned_abs(), how).normalize());
    }
    let unit = power_of_ten(place)?;
    value.checked_div(unit)?.round_dp_with_strategy(0, how).checked_mul(unit).map(|v| v.normalize())
}

fn power_of_ten(place: i32) -> Option<Decimal> {
    (0..place).try_fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN))
}

/// The place of the last digit that a quote states: of its first number, or of the value's last digit that is not zero
/// where that is finer (as in *2 tỷ 300 triệu*) or no digits are written.
fn stated_place(value: Decimal, quote: &str) -> i32 {
    let value = value.abs().normalize();
    let written = quote.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits = written.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let stated = digits.filter(char::is_ascii_digit).skip_while(|&c| c == '0').count();
    let last = last_place(value);
    match i32::try_from(stated) {
        Ok(stated @ 1..) => last.min(first_place(value) + 1 - stated),
        _ => last,
    }
}

/// Power of ten of the first digit that is not zero; 0 for zero.
fn first_place(value: Decimal) -> i32 {
    let digits = value.mantissa().unsigned_abs().checked_ilog10().map_or(0, u32::cast_signed);
    digits - value.scale().cast_signed()
}

/// Power of ten of the last digit that is not zero; 0 for zero.
fn last_place(value: Decimal) -> i32 {
    if value.scale() > 0 {
        return -value.scale().cast_signed();
    }
    let mut mantissa = value.mantissa();
    let mut place = 0;
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        place += 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: &str, quote: &str, qualifier: Option<Qualifier>) -> Figure {
        let value = value.parse().unwrap();
        Figure { value, max: None, of: None, qualifier, place: stated_place(value, quote) }
    }

    #[test]
    fn the_last_stated_digit() {
        for (value, quote, place) in [
            ("82.61", "82,61%", -2),
            ("48800000000", "48,8 tỉ đồng", 8),
            ("100", "100", 0),
            ("1200", "1.200", 0),
            ("2000000", "hai triệu", 6),
            ("2300000000", "2 tỷ 300 triệu đồng", 8),
            ("0.05", "0,05", -2),
            ("80", "80,0%", -1),
            ("0", "0%", 0),
        ] {
            assert_eq!(figure(value, quote, None).place, place, "{quote}");
        }
    }

    #[test]
    fn the_number_of_stated_digits() {
        for (value, quote, digits) in [
            ("82.61", "82,61%", 4),
            ("30", "30%", 2),
            ("100", "100", 3),
            ("48800000000", "48,8 tỉ", 3),
            ("0.05", "0,05", 1),
        ] {
            assert_eq!(figure(value, quote, None).digits(), digits, "{quote}");
        }
    }

    #[test]
    fn the_same_within_rounding() {
        let exact = figure("82.61", "82,61%", None);
        for (value, quote, qualifier, same) in [
            ("82.6", "82,6%", None, true),
            ("83", "83%", None, true),
            ("82", "82%", None, true),
            ("81", "81%", None, false),
            ("82.7", "82,7%", None, false),
            ("82.60", "82,60%", None, false),
            ("80", "80%", Some(Qualifier::Over), true),
            ("85", "85%", Some(Qualifier::Over), false),
            ("85", "85%", Some(Qualifier::Nearly), true),
            ("80", "80%", Some(Qualifier::About), true),
            ("60", "60%", Some(Qualifier::About), false),
        ] {
            assert_eq!(exact.agrees(&figure(value, quote, qualifier)), same, "{quote} {qualifier:?}");
        }
        let of = |of: i64| Figure { of: Some(of.into()), ..figure("86", "86", None) };
        assert!(!of(193).agrees(&of(63)) && of(193).agrees(&of(193)));
        assert!(of(193).agrees(&figure("86", "86", None)));
        let large = figure("48830000000", "48,83 tỉ", None);
        assert!(large.agrees(&figure("48800000000", "48,8 tỉ", None)));
        assert!(!large.agrees(&figure("48900000000", "48,9 tỉ", None)));
        let extreme = figure(&Decimal::MAX.to_string(), "79228162514264337593543950335", None);
        assert!(!extreme.agrees(&figure("-79228162514264337593543950335", "một", Some(Qualifier::About))));
    }
}

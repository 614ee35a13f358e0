//! Numbers whose mark has a space behind it: `11, 5 triệu`, `165. 434 tỷ`.

use rust_decimal::Decimal;

use super::expression::{Expression, Form};
use super::reader::Reader;

/// Most digits of the whole and of the decimals of such a number.
const WHOLE: usize = 3;
const DECIMALS: usize = 2;
/// Digits of a group of thousands.
const GROUP: usize = 3;

impl Reader<'_, '_> {
    /// The number that begins at token `at`, if a space was written into it. Only before a magnitude is that more likely than
    /// two numbers, and not where the second follows on the first (`2, 3 triệu`) or stands in a list.
    pub(crate) fn spaced_decimal(&self, at: usize) -> Option<Expression> {
        let (whole, decimals) = (self.text(at), self.text(at + 2));
        let split = self.text(at + 1) == ","
            && self.joined(at + 1)
            && !self.joined(at + 2)
            && self.is_number(at + 2)
            && !self.joined(at + 3);
        if !split || !is_digits(whole, WHOLE) || !is_digits(decimals, DECIMALS) || self.is_listed(at) {
            return None;
        }
        let amount = self.amount(at + 2)?;
        let (first, second): (Decimal, Decimal) = (whole.parse().ok()?, decimals.parse().ok()?);
        if amount.value != second.checked_mul(amount.magnitude?)? || first + Decimal::ONE == second {
            return None;
        }
        let number: Decimal = format!("{whole}.{decimals}").parse().ok()?;
        let value = number.checked_mul(amount.magnitude?)?;
        let mut expression = self.plain(at, amount.last, value, Form::Plain);
        expression.magnitude = true;
        expression.decimals = true;
        Some(expression)
    }

    /// The number that begins at token `at`, if a space was written into its thousands; the splitter of sentences ends one at
    /// such a mark unless the words around it are those of one number. What a sentence begins with is the number of an item.
    pub(crate) fn spaced_thousand(&self, at: usize) -> Option<Expression> {
        let (whole, group) = (self.text(at), self.text(at + 2));
        let split = at > 0 && self.text(at + 1) == "." && self.joined(at + 1) && !self.joined(at + 2);
        let grouped = is_digits(whole, WHOLE) && !whole.starts_with('0') && group.len() == GROUP;
        if !split || !grouped || !is_digits(group, GROUP) {
            return None;
        }
        let (behind, scale) = (self.amount(at + 2)?, self.magnitude(at + 3).0.unwrap_or(Decimal::ONE));
        let thousands =
            whole.parse::<Decimal>().ok()?.checked_mul(Decimal::ONE_THOUSAND)?.checked_mul(scale)?;
        let mut expression = self.plain(at, behind.last, thousands.checked_add(behind.value)?, Form::Plain);
        expression.magnitude = behind.magnitude.is_some();
        Some(expression)
    }
}

fn is_digits(text: &str, most: usize) -> bool {
    text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::extract::number::reader;

    /// The value of the first number of a text.
    fn first(text: &str) -> u32 {
        reader::first(text).1
    }

    #[test]
    fn a_space_behind_the_mark_ends_no_amount() {
        assert_eq!(first("sẽ lên đến 11, 5 triệu"), 11_500_000);
        assert_eq!(first("thấp hơn 1, 54 triệu đồng"), 1_540_000);
    }

    #[test]
    fn a_space_in_thousands_ends_no_number() {
        assert_eq!(first("nộp 30. 000 đồng"), 30_000);
        assert_eq!(first("bán 1. 212 nghìn con"), 1_212_000);
        assert_eq!(first("5. 360 con gà"), 5);
        assert_eq!(first("đạt 5. 36 con gà"), 5);
    }

    #[test]
    fn two_numbers_stay_two() {
        assert_eq!(first("mất 2, 3 triệu đồng"), 2);
        assert_eq!(first("theo khoản 1, 5 triệu đồng"), 1);
        assert_eq!(first("có 8, 15 tỉnh"), 8);
        assert_eq!(first("gồm 1, 3 triệu 200 nghìn đồng"), 1);
    }
}

//! Amounts: digits with the magnitudes behind them.

use rust_decimal::Decimal;

use super::decimal;
use super::numerals::NumberWord;
use super::reader::Reader;
use crate::extract::words::token::TokenKind;

/// A number with its magnitudes, while an expression is put together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amount {
    pub value: Decimal,
    pub last: usize,
    pub magnitude: Option<Decimal>,
    pub decimals: bool,
}

impl Reader<'_, '_> {
    /// The lower end of a range at token `at` where the upper one, at token `upper`, has the magnitude of both.
    pub(crate) fn lower(&self, at: usize, upper: usize) -> Option<Decimal> {
        let digits = self.is_number(at).then(|| self.text(at))?;
        decimal::parse_lower(digits, self.text(upper), self.convention)
    }

    /// A number token with the magnitudes behind it: `2 tỷ 300 triệu`, `1,2 nghìn tỷ`.
    pub(crate) fn amount(&self, at: usize) -> Option<Amount> {
        let mut total = self.scaled(at)?;
        while let Some(magnitude) = total.magnitude {
            let Some(more) = self.is_number(total.last).then(|| self.scaled(total.last)).flatten() else {
                break;
            };
            if more.magnitude.is_none_or(|m| m >= magnitude) || total.decimals {
                break;
            }
            total.value = total.value.checked_add(more.value)?;
            total.last = more.last;
            total.magnitude = more.magnitude;
        }
        Some(total)
    }

    /// `1m72`: hundredths behind the unit of the whole.
    fn with_hundredths(&self, at: usize) -> Option<Amount> {
        let (NumberWord::DecimalUnit, behind) = self.word(at + 1)? else { return None };
        let hundredths = self.text(behind);
        let two_digits = hundredths.len() == 2 && self.is_number(behind);
        if !two_digits || !self.joined(at + 1) || !self.joined(behind) || self.sentence.tokens[at + 1].capital
        {
            return None;
        }
        let value = self.integer(at)?.checked_add(Decimal::new(hundredths.parse().ok()?, 2))?;
        Some(Amount { value, last: behind + 1, magnitude: None, decimals: true })
    }

    fn scaled(&self, at: usize) -> Option<Amount> {
        if let Some(amount) = self.with_hundredths(at) {
            return Some(amount);
        }
        let behind = self.said_in_words(at + 1).unwrap_or(at + 1);
        let (scale, last) = self.magnitude(behind);
        let percent = self.text(behind) == "%";
        let digits = self.text(at);
        let mut value = decimal::parse(digits, self.convention, scale.is_some() || percent)?;
        let decimals = value.scale() > 0;
        if let Some(scale) = scale {
            value = value.checked_mul(scale)?;
            if let Some(more) = self.behind_glued(last, scale).filter(|_| !decimals) {
                value = value.checked_add(more)?;
                return Some(Amount { value, last: last + 1, magnitude: Some(scale), decimals: true });
            }
        }
        if let (Some(scale), Some((NumberWord::AndHalf, end))) = (scale, self.word(last)) {
            let value = value.checked_add(scale / Decimal::TWO)?;
            return Some(Amount { value, last: end, magnitude: Some(scale), decimals });
        }
        Some(Amount { value, last, magnitude: scale, decimals })
    }

    /// The product of the magnitude words that begin at token `at`, and the index behind them.
    pub(crate) fn magnitude(&self, at: usize) -> (Option<Decimal>, usize) {
        let (mut scale, mut last) = (None, at);
        if let Some((NumberWord::GluedMagnitude(value), end)) = self.word(at)
            && self.is_glued(at)
        {
            return (Some(value), end);
        }
        while let Some((NumberWord::Magnitude(value), end)) = self.word(last) {
            let Some(product) = scale.map_or(Some(value), |s: Decimal| s.checked_mul(value)) else { break };
            (scale, last) = (Some(product), end);
        }
        (scale, last)
    }

    /// Whether token `at` is written in small letters to the number before it, and ends a word or is followed by
    /// decimals that end one.
    fn is_glued(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let glued = at > 0 && tokens[at - 1].end == tokens[at].start;
        let behind = at + 1;
        let word_behind = self.sentence.tokens.get(behind + 1).is_some_and(|t| t.kind == TokenKind::Word);
        let ends =
            !self.is_number(behind) || (self.joined(behind) && !(self.joined(behind + 1) && word_behind));
        glued && !tokens[at].capital && ends
    }

    /// The 5 of `25tr5`, which are tenths of the magnitude before it.
    fn behind_glued(&self, at: usize, scale: Decimal) -> Option<Decimal> {
        let glued = matches!(self.word(at.checked_sub(1)?), Some((NumberWord::GluedMagnitude(_), _)));
        let digits = self.text(at);
        if !glued || !self.is_number(at) || !self.joined(at) || digits.len() > 3 {
            return None;
        }
        let decimals = Decimal::new(digits.parse().ok()?, digits.len() as u32);
        decimals.checked_mul(scale)
    }
}

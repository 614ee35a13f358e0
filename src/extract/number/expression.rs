//! Number expressions: digits with their magnitudes, ranges, fractions, and numbers in words.

use std::ops::Range;

use rust_decimal::Decimal;

use super::decimal::{self, Convention};
use super::numerals::{NumberWord, Numerals};
use super::sign::Sign;
use crate::extract::sentence::Sentence;
use crate::extract::words::token::TokenKind;

/// How an expression is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One number, with or without magnitude.
    Plain,
    /// Two numbers of which the first is the smaller: `35-40`, `5 đến 7`.
    Range,
    /// `86/193`, `hai phần ba`.
    Fraction,
    /// `gấp đôi`.
    Multiple,
    /// Two numbers joined by a hyphen that are no range: `2-1`.
    Score,
    /// Digits that are no number: `1.2.3`, `17/2013/9`.
    Code,
}

impl Form {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Plain, Self::Range, Self::Fraction, Self::Multiple, Self::Score, Self::Code];
}

/// A number expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes in the sentence.
    pub span: Range<usize>,
    /// How it is put together.
    pub form: Form,
    /// The value, or the lower end of a range, or the numerator.
    pub value: Decimal,
    /// The upper end of a range.
    pub max: Option<Decimal>,
    /// The denominator of a fraction.
    pub denominator: Option<Decimal>,
    /// Whether a magnitude word belongs to it.
    pub magnitude: bool,
    /// Whether it has a digit.
    pub digits: bool,
    /// Whether a word before it makes it vague (`hàng nghìn`).
    pub vague: bool,
    /// Whether it was written with a decimal mark.
    pub decimals: bool,
    /// The sign before it that may make it negative.
    pub sign: Option<Sign>,
}

/// Reads the number expressions of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'r, 's> {
    /// The number words.
    pub numerals: &'r Numerals,
    /// The sentence.
    pub sentence: &'s Sentence<'s>,
    /// The convention of the document.
    pub convention: Option<Convention>,
}

/// A number with its magnitudes, while an expression is put together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amount {
    pub value: Decimal,
    pub last: usize,
    pub magnitude: Option<Decimal>,
    pub decimals: bool,
}

impl Reader<'_, '_> {
    /// The expression that begins at token `at`, if any.
    pub fn read(&self, at: usize) -> Option<Expression> {
        let token = self.sentence.tokens.get(at)?;
        match token.kind {
            TokenKind::Number => Some(Expression { sign: self.sign(at), ..self.read_digits(at) }),
            TokenKind::Word => self.read_words(at),
            TokenKind::Mark => None,
        }
    }

    fn read_digits(&self, at: usize) -> Expression {
        if let Some(fraction) = self.fraction(at) {
            return fraction;
        }
        if let Some(spaced) = self.spaced_decimal(at).or_else(|| self.spaced_thousand(at)) {
            return spaced;
        }
        let Some(first) = self.amount(at) else { return self.plain(at, at + 1, Decimal::ZERO, Form::Code) };
        if let Some(range) = self.range(at, first).or_else(|| self.either(at, first)) {
            return range;
        }
        let first = self.with_later_magnitude(at, first);
        let mut expression = self.plain(at, first.last, first.value, Form::Plain);
        expression.magnitude = first.magnitude.is_some();
        expression.decimals = first.decimals;
        expression
    }

    pub(crate) fn plain(&self, first: usize, last: usize, value: Decimal, form: Form) -> Expression {
        let tokens = &self.sentence.tokens;
        Expression {
            tokens: first..last,
            span: tokens[first].start..tokens[last - 1].end,
            form,
            value,
            max: None,
            denominator: None,
            magnitude: false,
            digits: tokens[first].kind == TokenKind::Number,
            vague: false,
            decimals: false,
            sign: None,
        }
    }

    pub(crate) fn text(&self, at: usize) -> &str {
        self.sentence.tokens.get(at).map_or("", |t| t.text(self.sentence.text))
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether token `at` follows the one before it without a space.
    pub(crate) fn joined(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        at > 0 && at < tokens.len() && tokens[at - 1].end == tokens[at].start
    }

    /// The whole number that the digits at token `at` state.
    pub(crate) fn integer(&self, at: usize) -> Option<Decimal> {
        let digits = self.is_number(at).then(|| self.text(at))?;
        let value = decimal::parse(digits, self.convention, false)?;
        (value.scale() == 0 && !value.is_zero()).then_some(value)
    }

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

    pub(crate) fn word(&self, at: usize) -> Option<(NumberWord, usize)> {
        self.numerals.at(&self.sentence.tokens, at)
    }
}

/// The form, lower and upper end of the first number of a text, by the built-in rules.
#[cfg(test)]
pub(crate) fn first(text: &str) -> (Form, u32, Option<u32>) {
    first_by(&crate::rules::RuleSources::builtin(), text)
}

/// The same by other rules.
#[cfg(test)]
pub(crate) fn first_by(sources: &crate::rules::RuleSources, text: &str) -> (Form, u32, Option<u32>) {
    use crate::extract::words::token::Vocabulary;

    let mut vocabulary = Vocabulary::default();
    let numerals = Numerals::compile(sources, &mut vocabulary).unwrap();
    let sentence = Sentence::new(text, &vocabulary);
    let reader = Reader { numerals: &numerals, sentence: &sentence, convention: None };
    let is_number = |at: usize| reader.is_number(at) || reader.read_words(at).is_some();
    let found = (0..sentence.tokens.len()).filter(|&at| is_number(at)).find_map(|at| reader.read(at));
    let found = found.unwrap();
    let whole = |value: Decimal| u32::try_from(value).unwrap();
    (found.form, whole(found.value), found.max.map(whole))
}

//! What number expressions are read with: the words of a sentence, and what is asked of them.

use rust_decimal::Decimal;

use super::decimal::{self, Convention};
use super::expression::{Expression, Form};
use super::numerals::{NumberWord, Numerals};
use crate::extract::sentence::Sentence;
use crate::extract::words::token::TokenKind;

/// Most words of a phrase with a part to play.
const LONGEST: usize = 3;

/// How many tokens before the second end of a range the first one may stand (`từ 3 người đến 4, …`).
const NEAR: usize = 4;

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

    pub(crate) fn word(&self, at: usize) -> Option<(NumberWord, usize)> {
        self.numerals.at(&self.sentence.tokens, at)
    }

    /// Whether a phrase with such a part to play ends before token `at`.
    pub(crate) fn follows(&self, at: usize, word: NumberWord) -> bool {
        (at.saturating_sub(LONGEST)..at).any(|first| self.plays(first, at, word))
    }

    /// Whether the number word that `first..last` is plays this part, and is no end of a longer one (siêu âm).
    pub(crate) fn plays(&self, first: usize, last: usize, word: NumberWord) -> bool {
        let at = |first| self.numerals.at(&self.sentence.tokens, first);
        at(first) == Some((word, last))
            && !(first.saturating_sub(LONGEST)..first)
                .any(|first| at(first).is_some_and(|(other, end)| end >= last && other != word))
    }

    /// Whether the number at token `at` is one of a list or of a series, or belongs to the name before it.
    pub(crate) fn is_listed(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| &self.sentence.tokens[i]) else { return true };
        let named = before.kind != TokenKind::Word || (before.capital && at > 1) || self.joined(at);
        named
            || [NumberWord::Series, NumberWord::Numbered, NumberWord::Also, NumberWord::InTurn]
                .into_iter()
                .any(|word| self.follows(at, word))
            || self.follows(at, NumberWord::Range) && (at.saturating_sub(NEAR)..at).any(|i| self.is_number(i))
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
    use crate::extract::words::vocabulary::Vocabulary;

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

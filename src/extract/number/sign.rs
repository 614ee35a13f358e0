//! Numbers below nought: `-6,17%`, `âm 12 độ C`.

use super::expression::Sign;
use super::numerals::NumberWord;
use super::reader::Reader;
use crate::extract::words::token::TokenKind;

/// Words that call for a level.
const LEVELS: [NumberWord; 3] = [NumberWord::Level, NumberWord::From, NumberWord::Towards];

impl Reader<'_, '_> {
    /// The sign that makes the number at token `at` negative, if there is one.
    ///
    /// A hyphen is a minus sign between a space behind a word and the number. One with a space on either side is a dash,
    /// unless the word before it calls for a level.
    pub(crate) fn sign(&self, at: usize) -> Option<Sign> {
        let tokens = &self.sentence.tokens;
        let (sign, number) = (tokens.get(at.checked_sub(1)?)?, tokens.get(at)?);
        if sign.kind == TokenKind::Word {
            let negative = self.plays(at - 1, at, NumberWord::Negative);
            return negative.then_some(Sign { start: sign.start, word: true });
        }
        let minus = sign.text(self.sentence.text) == "-";
        let before = tokens.get(at.checked_sub(2)?)?;
        let apart = before.kind == TokenKind::Word && before.end < sign.start;
        let tight = sign.end == number.start;
        let level = || LEVELS.iter().any(|&word| self.follows(at - 1, word));
        let negative = minus && apart && (tight || level());
        negative.then_some(Sign { start: sign.start, word: false })
    }
}

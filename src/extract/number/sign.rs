//! Numbers below nought: `-6,17%`, `âm 12 độ C`.

use super::expression::Reader;
use super::numerals::NumberWord;
use crate::extract::words::token::TokenKind;

/// Most words of a phrase that a minus sign between spaces may stand behind.
const LONGEST: usize = 3;

/// Words that call for a level.
const LEVELS: [NumberWord; 3] = [NumberWord::Level, NumberWord::From, NumberWord::Towards];

/// What makes a number negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Where it begins, in bytes of the sentence.
    pub start: usize,
    /// Whether it is a word, which makes both ends of a range negative.
    pub word: bool,
}

impl Reader<'_, '_> {
    /// The sign that makes the number at token `at` negative, if there is one.
    ///
    /// A hyphen is a minus sign between a space behind a word and the number. One with a space on either side is a dash,
    /// unless the word before it calls for a level.
    pub(crate) fn sign(&self, at: usize) -> Option<Sign> {
        let tokens = &self.sentence.tokens;
        let (sign, number) = (tokens.get(at.checked_sub(1)?)?, tokens.get(at)?);
        if sign.kind == TokenKind::Word {
            let negative = self.reaches(at - 1, at, NumberWord::Negative);
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

    /// Whether a phrase with such a part to play ends before token `at`.
    pub(crate) fn follows(&self, at: usize, word: NumberWord) -> bool {
        (at.saturating_sub(LONGEST)..at).any(|first| self.reaches(first, at, word))
    }

    /// Whether the number word that `first..last` is plays this part, and is no end of a longer one (siêu âm).
    fn reaches(&self, first: usize, last: usize, word: NumberWord) -> bool {
        let at = |first| self.numerals.at(&self.sentence.tokens, first);
        at(first) == Some((word, last))
            && !(first.saturating_sub(LONGEST)..first)
                .any(|first| at(first).is_some_and(|(other, end)| end >= last && other != word))
    }
}

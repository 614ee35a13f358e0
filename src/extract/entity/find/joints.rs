//! What goes on with a name though it looks like its end: hyphens, dots and ordinals within it, and last syllables that
//! are common words.

use super::Finder;
use crate::extract::entity::rules::capitals::is_upper;
use crate::extract::entity::rules::classes::class;
use crate::extract::words::token::{Token, TokenKind};

impl Finder<'_, '_, '_> {
    /// Whether a hyphen and a syllable in small letters go on at `at` with the foreign name from `first` (Park Geun-hye,
    /// Ma-crông).
    pub(super) fn hyphenated(&self, first: usize, at: usize) -> bool {
        let foreign = |token: &Token| self.tables.foreign_word(token.text(self.sentence.text));
        let [before, mark, syllable, ..] = self.sentence.tokens.get(at - 1..).unwrap_or_default() else {
            return false;
        };
        syllable.kind == TokenKind::Word
            && before.end == mark.start
            && mark.end == syllable.start
            && mark.text(self.sentence.text) == "-"
            && (self.sentence.tokens[first..at].iter().any(foreign) || self.transcribed(first, at))
    }

    /// Whether what stands before the hyphen at `at` may be syllables of a foreign name, and what follows is no word of
    /// a clause, before which spaces around a dash were lost. Where a sentence begins, it may be a loan word (Bi-a).
    fn transcribed(&self, first: usize, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let class = |i: usize| self.tables.classes.of(tokens[i].word);
        let clause = class::STOP | class::CUE | class::HEAD | class::VERB | class::ACTS | class::ANAPHOR;
        let listed = |from: usize| self.listed_at(from).is_some_and(|f| f.last == at);
        !self.opens(first)
            && !tokens[at + 1].capital
            && class(at + 1) & clause == 0
            && !(first..at).any(listed)
    }

    /// Whether a hyphen, or a dot behind a single letter, and a number without spaces go on with the name that ends at
    /// `at` (Tu-160, U.20, Q.1).
    pub(super) fn numbered_name(&self, at: usize) -> bool {
        let [last, mark, number, ..] = self.sentence.tokens.get(at - 1..).unwrap_or_default() else {
            return false;
        };
        number.kind == TokenKind::Number
            && last.end == mark.start
            && mark.end == number.start
            && match mark.text(self.sentence.text) {
                "-" => true,
                "." => self.initial_before(at),
                _ => false,
            }
    }

    /// Whether a dot stands at `at` right behind a single capital letter.
    pub(super) fn initial_before(&self, at: usize) -> bool {
        let [letter, dot, ..] = self.sentence.tokens.get(at.wrapping_sub(1)..).unwrap_or_default() else {
            return false;
        };
        letter.capital
            && letter.end == dot.start
            && dot.text(self.sentence.text) == "."
            && letter.text(self.sentence.text).chars().count() == 1
    }

    /// Whether the letter and dot that end at `last` are a person's initial, and no abbreviated head noun, to which a whole
    /// word of the language or a number is written.
    pub(super) fn only_initial(&self, last: usize) -> bool {
        let tokens = &self.sentence.tokens;
        if !self.initial_before(last - 1) {
            return false;
        }
        let whole = |t: &Token| {
            let text = t.text(self.sentence.text);
            t.kind == TokenKind::Number
                || t.capital && text.chars().count() > 1 && !is_upper(text) && !self.tables.foreign_word(text)
        };
        let tight = |t: &&Token| t.start == tokens[last - 1].end;
        !tokens.get(last).filter(tight).is_some_and(whole)
    }

    /// Whether a Roman numeral stands at `at` behind a foreign word or number, as of a king or model (Elizabeth II).
    pub(super) fn ordinal(&self, at: usize) -> bool {
        let Some([before, token]) = at.checked_sub(1).and_then(|i| self.sentence.tokens.get(i..=at)) else {
            return false;
        };
        let roman = token.text(self.sentence.text);
        roman.len() > 1
            && roman.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
            && match before.kind {
                TokenKind::Word => {
                    before.capital && self.tables.foreign_word(before.text(self.sentence.text))
                }
                TokenKind::Number => true,
                TokenKind::Mark => false,
            }
    }

    /// Whether the capitalized common word at `at` is the given name of the person whose family name stands at `first`: a
    /// middle name that tells the sex is never the last (Đặng Văn Điều), and an age follows a name (Huỳnh Quý (31 tuổi)).
    pub(super) fn completes_person(&self, first: usize, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let middle = || at == first + 2 && self.tables.sex(tokens[first + 1].word).is_some();
        let capitals = || tokens[first + 1..=at].iter().all(|token| token.capital);
        self.tables.classes.of(tokens[first].word) & class::SURNAME != 0
            && at > first
            && capitals()
            && (middle() || self.aged(at + 1))
    }

    /// Whether an age or year of birth in brackets stands at `at`.
    fn aged(&self, at: usize) -> bool {
        let [open, number, ..] = self.sentence.tokens.get(at..).unwrap_or_default() else { return false };
        open.text(self.sentence.text) == "(" && number.kind == TokenKind::Number
    }
}

//! Names that no list knows and no head noun announces: foreign names, abbreviations, stock codes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Finder, Found, LONGEST};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::memory::known::{Known, Named};
use crate::extract::entity::rules::capitals::is_upper;
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::{EntityKind, EntityMention, Origin};
use crate::extract::words::token::{Token, TokenKind};

/// How many digits a year has, behind which a name may stand.
const YEAR: usize = 4;

/// How many words from a stock code a word about shares may stand.
const NEARBY: usize = 40;

impl Finder<'_, '_, '_> {
    /// A capitalized run that no list knows; says where to go on.
    pub(super) fn bare_name(
        &self,
        at: usize,
        class: u32,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) -> usize {
        if !self.sentence.tokens[at].capital || self.written_to_number(at) {
            return at + 1;
        }
        if let Some(known) = self.glued(at, memory) {
            self.push_known((at, at + 1), known, Origin::Glued, memory, into);
            return at + 1;
        }
        if self.numbers_document(at) {
            return self.bare_end(at);
        }
        let last = self.bare_end(at);
        let may_open = class & (class::CUE | class::STOP) != 0 || self.opener(at);
        if self.opens(at) && may_open && !self.is_whole_name(at, last, memory) {
            return at + 1;
        }
        let text = self.text(at, last);
        if let Some(entry) = self.ticker(at, text) {
            self.push_ticker((at, last), entry, memory, into);
        } else if let Some(known) = memory.by_name(text).or_else(|| self.called(at, last, memory)) {
            self.push_known((at, last), known, Origin::Bare, memory, into);
        } else if !self.is_no_name(at, last) {
            let person = self.full_name(at, last) || self.of_country(at, into);
            let kind = if person { EntityKind::Person } else { EntityKind::Name };
            self.push(at, &Found { name: at, last, kind, entry: None, origin: Origin::Bare }, memory, into);
        }
        last
    }

    /// Whether a name begins with the word at `first`, though sentences do as well: the page has named it so, or a family name stands
    /// there (Lý Gia Thành).
    fn is_whole_name(&self, first: usize, last: usize, memory: &EntityMemory) -> bool {
        let known = || memory.by_name(self.text(first, last)).is_some();
        last > first + 1 && (known() || self.full_name(first, last))
    }

    /// Adds one that the page has named before.
    fn push_known(
        &self,
        (first, last): (usize, usize),
        known: usize,
        origin: Origin,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) {
        memory.touch(known);
        let Known { kind, entry, .. } = memory.known[known];
        into.push(self.mention(first, last, kind, entry, known, origin));
    }

    /// Adds the company whose stock code stands there.
    fn push_ticker(
        &self,
        (first, last): (usize, usize),
        entry: u32,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) {
        let kind = self.tables.entries[entry as usize].kind;
        let name = Named::bare(self.text(first, last), Some(entry), kind);
        let known = memory.known_entry(entry).unwrap_or_else(|| memory.note(&name));
        into.push(self.mention(first, last, kind, Some(entry), known, Origin::Bare));
    }

    /// Whether what stands in capitals and was not named before is none: a single word of the language, a heading, a unit.
    fn is_no_name(&self, first: usize, last: usize) -> bool {
        let word = last == first + 1 && !self.tables.foreign_word(self.text(first, last));
        word || self.shouted(first, last) || self.counted(first, last)
    }

    /// Whether a word is written to the number before it (12MP, 780G).
    fn written_to_number(&self, at: usize) -> bool {
        let [number, word, ..] = self.sentence.tokens.get(at.wrapping_sub(1)..).unwrap_or_default() else {
            return false;
        };
        let kinds = (number.kind, word.kind) == (TokenKind::Number, TokenKind::Word);
        kinds && number.end == word.start
    }

    /// Whether a word belongs to the number of a document (42/2013/QH13).
    fn numbers_document(&self, at: usize) -> bool {
        let [number, mark, word, ..] = self.sentence.tokens.get(at.wrapping_sub(2)..).unwrap_or_default()
        else {
            return false;
        };
        number.kind == TokenKind::Number
            && number.end == mark.start
            && mark.end == word.start
            && mark.text(self.sentence.text) == "/"
    }

    /// Whether a person's name begins at `at`: behind where they come from (tiền đạo người Brazil Neymar).
    fn of_country(&self, at: usize, found: &[EntityMention]) -> bool {
        found.last().is_some_and(|country| {
            let from = country.first.checked_sub(1).map(|i| self.sentence.tokens[i].word);
            let people = from.is_some_and(|word| self.tables.is_people(word));
            country.kind == EntityKind::Country && country.last == at && people
        })
    }

    /// Whether a family name and two given names make up a name.
    fn full_name(&self, first: usize, last: usize) -> bool {
        let tokens = &self.sentence.tokens[first..last];
        let syllable =
            |t: &Token| t.kind == TokenKind::Word && !self.tables.foreign_word(t.text(self.sentence.text));
        (3..=5).contains(&tokens.len())
            && self.tables.classes.of(tokens[0].word) & class::SURNAME != 0
            && tokens.iter().all(syllable)
    }

    /// Whom the last words of a name known from before stand for (Lan for Trần Thị Lan, Lacazette for Alexandre
    /// Lacazette).
    fn called(&self, at: usize, last: usize, memory: &EntityMemory) -> Option<usize> {
        let text = self.text(at, last);
        // Where a sentence begins, any word has a capital: what such a person does must follow (Sáu bán, not Sáu người).
        let common = self.opens(at) && !self.tables.foreign_word(text) && !self.acts_at(last);
        let mut fits = (0..memory.known.len()).filter(|&i| !common && memory.known[i].may_be_called(text));
        fits.next().filter(|_| fits.next().is_none())
    }

    /// Whether what a person does is told from token `at` on.
    fn acts_at(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        tokens.get(at).is_some_and(|t| self.tables.classes.of(t.word) & class::ACTS != 0)
            || at < tokens.len() && self.tables.predicates.longest(tokens, at).is_some()
    }

    /// The company whose stock code `word` is, in a sentence about shares.
    fn ticker(&self, at: usize, word: &str) -> Option<u32> {
        let entry = *self.tables.tickers.get(word)?;
        let shares = |t: &Token| self.tables.classes.of(t.word) & class::SHARES != 0;
        let from = at.saturating_sub(NEARBY);
        self.sentence.tokens[from..].iter().take(2 * NEARBY).any(shares).then_some(entry)
    }

    /// The known entity whose abbreviation the word at `at` begins with, the space behind it lost.
    fn glued(&self, at: usize, memory: &EntityMemory) -> Option<usize> {
        let word = self.text(at, at + 1);
        let small = word.find(char::is_lowercase).filter(|&n| n > 2)?;
        memory.by_name(&word[..small])
    }

    /// Whether words of the language stand in capitals for being a heading.
    fn shouted(&self, first: usize, last: usize) -> bool {
        let word = |t: &Token| {
            let text = t.text(self.sentence.text);
            is_upper(text) && !self.tables.foreign.is(&text.to_lowercase())
        };
        let accented = |t: &Token| t.text(self.sentence.text).nfd().any(is_combining_mark);
        let words = &self.sentence.tokens[first..last];
        words.iter().all(word) && (words.len() > 2 || words.iter().any(accented))
    }

    /// Whether every word at `at` would have a capital.
    pub(crate) fn opens(&self, at: usize) -> bool {
        at == 0
            || self.sentence.tokens[at - 1].kind == TokenKind::Mark
                && !matches!(self.text(at - 1, at), "," | ";" | "(" | "/" | "&")
    }

    fn bare_end(&self, at: usize) -> usize {
        let tokens = &self.sentence.tokens;
        let mut end = at + 1;
        while let Some(token) = tokens.get(end).filter(|_| end < at + LONGEST) {
            let class = self.tables.classes.of(token.word);
            if token.kind == TokenKind::Number && token.capital {
                // A letter written to it belongs to it (780G).
                end += 1 + usize::from(self.written_to_number(end + 1));
            } else if token.kind == TokenKind::Word
                && token.capital
                && (self.completes_person(at, end)
                    || self.ordinal(end)
                    || !self.opener(end) && self.blocked(end, class) == end)
            {
                // The words of a field may go on in small letters (Tú tài Quốc | tế).
                end = self.field_at(end).unwrap_or(end + 1);
            } else if self.goes_on_by_two(at, end) {
                end += 2;
            } else {
                break;
            }
        }
        end.min(tokens.len())
    }

    /// Whether two tokens that are no capitalized words go on at `end` with the name that began at `at`.
    fn goes_on_by_two(&self, at: usize, end: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let tight = || tokens[end - 1].end == tokens[end].start;
        let mark = tokens[end].kind == TokenKind::Mark;
        mark && (self.numbered_name(end) || self.joins(end) && (tight() || self.initial_before(end)))
            || self.numbered_model(at, end)
            || self.hyphenated(at, end)
            || self.lettered(end)
    }

    /// Whether a small letter and a number of the name stand at `at` (Grand i10).
    fn lettered(&self, at: usize) -> bool {
        let [letter, number, ..] = self.sentence.tokens.get(at..).unwrap_or_default() else { return false };
        letter.kind == TokenKind::Word
            && number.kind == TokenKind::Number
            && letter.end - letter.start == 1
            && letter.end == number.start
            && number.capital
    }

    /// Whether an abbreviation is the unit of the number before it, or what it counts (13 MP, 20 CLB).
    fn counted(&self, at: usize, last: usize) -> bool {
        let Some(number) = at.checked_sub(1).map(|i| &self.sentence.tokens[i]) else { return false };
        let value = number.kind == TokenKind::Number && !number.capital && number.end - number.start != YEAR;
        value && last == at + 1 && is_upper(self.text(at, last))
    }

    /// Whether a number and another foreign word go on with the foreign name `at..end` (iPhone 6 Plus).
    fn numbered_model(&self, at: usize, end: usize) -> bool {
        let foreign = |i: usize| {
            let token = self.sentence.tokens.get(i);
            token.is_some_and(|t| {
                t.kind == TokenKind::Word && t.capital && self.tables.foreign.is(t.text(self.sentence.text))
            })
        };
        let short = |t: &Token| t.kind == TokenKind::Number && t.end - t.start <= 2;
        self.sentence.tokens.get(end).is_some_and(short) && foreign(at) && foreign(end + 1)
    }
}

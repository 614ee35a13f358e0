//! Products, which are measured rather than who makes them (Honda RC51, Samsung Galaxy M51).

use super::compile::class;
use super::find::{Finder, Found, LONGEST};
use super::{EntityKind, Origin};
use crate::extract::lexicon::Hit;
use crate::extract::token::{Token, TokenKind};

impl Finder<'_, '_, '_> {
    /// A listed maker together with the foreign words behind it, which name a product or a part of the business.
    pub(super) fn with_product(&self, at: usize, maker: Found) -> Found {
        let business = matches!(maker.kind, EntityKind::Company | EntityKind::Bank);
        if !business || self.office_before(at) {
            return maker;
        }
        let tokens = &self.sentence.tokens;
        let mut last = maker.last;
        while let Some(token) = tokens.get(last).filter(|_| last < at + LONGEST) {
            let joined = token.kind == TokenKind::Mark && last > maker.last && self.goes_on(last);
            match (self.names_product(token), joined) {
                (true, _) => last += 1,
                (_, true) => last += 2,
                _ => break,
            }
        }
        if last == maker.last {
            return maker;
        }
        Found { last, entry: None, kind: EntityKind::Company, origin: Origin::Bare, ..maker }
    }

    /// Whether a word may be of a product's name: foreign, a letter, or a letter with digits.
    fn names_product(&self, token: &Token) -> bool {
        let text = token.text(self.sentence.text);
        let name = self.foreign(text) || text.len() == 1 || text.ends_with(|c: char| c.is_ascii_digit());
        let other = class::NAME | class::HEAD | class::OPENER | class::NOT_NAME | class::SURNAME;
        token.kind == TokenKind::Word
            && token.capital
            && name
            && self.tables.classes.of(token.word) & other == 0
    }

    /// Whether a hyphen without spaces goes on with the name before it (WR-V).
    fn goes_on(&self, at: usize) -> bool {
        let tight = self.sentence.tokens[at - 1].end == self.sentence.tokens[at].start;
        self.numbered_name(at) || tight && self.joins(at)
    }

    /// Whether the office of a person ends before token `at`: their name follows the business (CEO Apple Tim Cook).
    fn office_before(&self, at: usize) -> bool {
        let office = |hit: &Hit<u32>| {
            let head = self.tables.head_spellings[hit.value as usize].value;
            hit.last == at && self.tables.heads[head as usize].kind == EntityKind::Person
        };
        let begins =
            |&first: &usize| self.tables.classes.of(self.sentence.tokens[first].word) & class::HEAD != 0;
        let mut starts = (at.saturating_sub(3)..at).filter(begins);
        starts
            .any(|first| self.tables.head_words.longest_where(&self.sentence.tokens, first, office).is_some())
    }
}

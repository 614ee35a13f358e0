//! Products, which are measured rather than who makes them (Honda RC51, Samsung Galaxy M51).

use super::{Finder, Found, LONGEST};
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::{EntityKind, Origin};
use crate::extract::words::token::{Token, TokenKind};

/// Words of the office behind which a business is named before the person (CEO Apple Tim Cook), at most.
const MAKER_OFFICE_WORDS: usize = 3;

impl Finder<'_, '_, '_> {
    /// A listed maker together with the foreign words behind it, which name a product or a part of the business.
    pub(super) fn with_product(&self, at: usize, maker: Found) -> Found {
        let business = matches!(maker.kind, EntityKind::Company | EntityKind::Bank);
        if !business || self.tables.trade_before(&self.sentence.tokens, at, MAKER_OFFICE_WORDS).is_some() {
            return maker;
        }
        let tokens = &self.sentence.tokens;
        let mut last = maker.last;
        while let Some(token) = tokens.get(last).filter(|_| last < at + LONGEST) {
            let joined = token.kind == TokenKind::Mark && last > maker.last && self.goes_on(last);
            let number = token.kind == TokenKind::Number && token.capital;
            if number || self.names_product(token) {
                last += 1;
            } else if joined {
                last += 2;
            } else {
                break;
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
        let name =
            self.tables.foreign_word(text) || text.len() == 1 || text.ends_with(|c: char| c.is_ascii_digit());
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
}

//! A measured value as a sentence states it, and the scene it stands in.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use super::entity::mention::EntityMention;
use super::number::expression::Sign;
use super::sentence::Sentence;
use super::time::mention::TimeMention;
use crate::fact::{Direction, Kind, Qualifier, Status};

/// One measured value in a sentence, before it is dated and named.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention<'t> {
    /// The number expression (`7,6 nghìn`, `82,61%`, `48,8 tỉ đồng`): byte range in the sentence.
    pub quote: Range<usize>,
    /// The quote with its qualifier, verb of change, unit and "per" words: byte range in the sentence.
    pub phrase: Range<usize>,
    /// What sort of value it is.
    pub kind: Kind,
    /// The value, or the lower end of a range.
    pub value: Decimal,
    /// The upper end of a range.
    pub value_max: Option<Decimal>,
    /// The denominator of a rank or share.
    pub denominator: Option<Decimal>,
    /// `%`, currency code, counted noun phrase or physical unit.
    pub unit: Option<Cow<'t, str>>,
    /// What it is per.
    pub per: Option<Cow<'t, str>>,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// Whether it rose or fell.
    pub direction: Option<Direction>,
    /// Whether it is the amount of change.
    pub is_change: bool,
    /// Whether it is so, aimed at or expected.
    pub status: Status,
    /// The rule that read it.
    pub rule: u32,
}

impl Mention<'_> {
    /// The value 1 of a kind, with nothing said about it: what examples of rules and tests start from.
    pub(super) fn bare(quote: Range<usize>, kind: Kind) -> Self {
        Self {
            phrase: quote.clone(),
            quote,
            kind,
            value: Decimal::ONE,
            value_max: None,
            denominator: None,
            unit: None,
            per: None,
            qualifier: None,
            direction: None,
            is_change: false,
            status: Status::Actual,
            rule: 0,
        }
    }

    /// Makes the value negative. A fall by a negative amount is a fall all the same, and a
    /// negative growth no rise but a level.
    pub(super) fn negate(&mut self, sign: Sign) {
        if self.is_change && self.direction == Some(Direction::Decrease) {
            return;
        }
        (self.is_change, self.direction) = (false, self.direction.filter(|_| !self.is_change));
        (self.value, self.value_max) = match self.value_max {
            Some(max) if sign.word => (-max, Some(-self.value)),
            max => (-self.value, max),
        };
        self.quote.start = sign.start;
        self.phrase.start = self.phrase.start.min(sign.start);
    }
}

/// A sentence with all that was found in it so far.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'s, 't> {
    /// The sentence.
    pub sentence: &'s Sentence<'t>,
    /// Its measured values, in order.
    pub mentions: &'s [Mention<'t>],
    /// Its time expressions, in order, without overlap.
    pub times: &'s [TimeMention],
    /// Its entities, in order, without overlap.
    pub entities: &'s [EntityMention],
}

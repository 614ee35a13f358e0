//! What is known of a figure and of words that may name what it measures.

use std::ops::Range;

use super::feature::{self, Attribute, COMMA, ENTITY, MARK, NAME, NUMBER, TIME};
use super::{Attributes, Source, Weigher};
use crate::extract::metric::choose::Choice;
use crate::extract::metric::clause::TaggedSentence;
use crate::extract::metric::taken::{State, Taken};
use crate::extract::weigh::{self, Described, distance};
use crate::extract::words::token::TokenKind;

impl Weigher {
    /// What all candidates for figure `index` have in common.
    pub(super) fn figure(
        &self,
        state: &State<'_, '_>,
        choices: &[Choice],
        index: usize,
    ) -> Described<Attribute> {
        let (tagged, mention) = (state.tagged, &state.tagged.mentions[index]);
        let Range { start, end } = tagged.figures[index];
        let mut attributes = Attributes::NONE;
        attributes.set(Attribute::Kind, mention.kind as usize);
        attributes.set(Attribute::Change, feature::change(mention));
        attributes.set(Attribute::Choice, feature::choice(&choices[index]));
        attributes.word(Attribute::OfValue, self.spelled(tagged, end - 1));
        attributes.word(Attribute::BeforeValue, self.word(tagged, start.checked_sub(1)));
        attributes.word(Attribute::BeforeValue2, self.word(tagged, start.checked_sub(2)));
        attributes.word(Attribute::BehindValue, self.word(tagged, Some(end)));
        attributes.word(Attribute::BehindValue2, self.word(tagged, Some(end + 1)));
        Described::by(&self.weights, attributes)
    }

    /// What is known of words for figure `index`; `chosen`: the lists alone come to them.
    pub(super) fn attributes(
        &self,
        state: &State<'_, '_>,
        index: usize,
        source: Source,
        taken: &Taken,
        chosen: bool,
    ) -> Attributes {
        let mut attributes = Attributes::NONE;
        attributes.set(Attribute::Source, source as usize);
        attributes.flag(Attribute::Chosen, chosen);
        let fits = || state.memory.is_of_sort(&state.tagged.mentions[index]);
        attributes.flag(Attribute::Fits, source == Source::Earlier && fits());
        if let Taken::Own(span) | Taken::Unit(span) = taken {
            self.describe(state.tagged, &state.tagged.figures[index], span, &mut attributes);
        }
        attributes
    }

    /// What is known of tokens of the sentence of a figure.
    fn describe(
        &self,
        tagged: &TaggedSentence<'_, '_>,
        figure: &Range<usize>,
        span: &Range<usize>,
        attributes: &mut Attributes,
    ) {
        let Range { start, end } = *span;
        let between = if start >= figure.end { figure.end..start } else { end..figure.start };
        let begins =
            |i: &usize| tagged.tags[*i].figure && (*i == between.start || !tagged.tags[*i - 1].figure);
        attributes.set(Attribute::Distance, distance(between.len()));
        attributes.set(Attribute::Values, between.clone().filter(begins).count());
        attributes.set(Attribute::Words, distance(span.len()));
        attributes.word(Attribute::WordBefore, self.word(tagged, start.checked_sub(1)));
        attributes.word(Attribute::FirstWord, self.word(tagged, Some(start)));
        if span.len() > 1 {
            attributes.word(Attribute::SecondWord, self.word(tagged, Some(start + 1)));
        }
        attributes.word(Attribute::LastWord, self.word(tagged, Some(end - 1)));
        attributes.word(Attribute::WordBehind, self.word(tagged, Some(end)));
        attributes.set(Attribute::ClassBefore, tagged.class_at(start.checked_sub(1)));
        attributes.set(Attribute::FirstClass, tagged.class_at(Some(start)));
        attributes.set(Attribute::LastClass, tagged.class_at(Some(end - 1)));
        attributes.set(Attribute::ClassBehind, tagged.class_at(Some(end)));
    }

    /// The word at a token as attributes of words have it.
    fn word(&self, tagged: &TaggedSentence<'_, '_>, at: Option<usize>) -> u16 {
        match at.filter(|&at| at < tagged.len()) {
            None => weigh::EDGE,
            Some(at) if tagged.tags[at].figure => weigh::NUMBER,
            Some(at) => self.spelled(tagged, at),
        }
    }

    fn spelled(&self, tagged: &TaggedSentence<'_, '_>, at: usize) -> u16 {
        let token = &tagged.sentence.tokens[at];
        if token.kind == TokenKind::Number { weigh::NUMBER } else { self.values.of(token.word) }
    }
}

impl TaggedSentence<'_, '_> {
    /// What the word at a token does.
    fn class_at(&self, at: Option<usize>) -> usize {
        let Some((at, tag)) = at.and_then(|at| Some((at, self.tags.get(at)?))) else {
            return feature::BEYOND;
        };
        match tag.mark {
            _ if tag.figure => NUMBER,
            b',' => COMMA,
            0 if tag.time => TIME,
            0 if tag.entity => ENTITY,
            0 if tag.class.is_none() && self.sentence.tokens[at].capital => NAME,
            0 => feature::class(tag.class),
            _ => MARK,
        }
    }
}

//! What is known of a figure and of words that may name what it measures.

use std::ops::Range;

use super::feature::{self, COMMA, ENTITY, Feature, MARK, NAME, NUMBER, TIME};
use super::{Features, Source, Weigher};
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
    ) -> Described<Feature> {
        let (tagged, mention) = (state.tagged, &state.tagged.mentions[index]);
        let Range { start, end } = tagged.figures[index];
        let mut features = Features::NONE;
        features.set(Feature::Kind, mention.kind as usize);
        features.set(Feature::Change, feature::change(mention));
        features.set(Feature::Choice, feature::choice(&choices[index]));
        features.word(Feature::OfValue, self.spelled(tagged, end - 1));
        features.word(Feature::BeforeValue, self.word(tagged, start.checked_sub(1)));
        features.word(Feature::BeforeValue2, self.word(tagged, start.checked_sub(2)));
        features.word(Feature::BehindValue, self.word(tagged, Some(end)));
        features.word(Feature::BehindValue2, self.word(tagged, Some(end + 1)));
        Described::by(&self.weights, features)
    }

    /// What is known of words for figure `index`; `chosen`: the lists alone come to them.
    pub(super) fn features(
        &self,
        state: &State<'_, '_>,
        index: usize,
        source: Source,
        taken: &Taken,
        chosen: bool,
    ) -> Features {
        let mut features = Features::NONE;
        features.set(Feature::Source, source as usize);
        features.flag(Feature::Chosen, chosen);
        let fits = || state.memory.is_of_sort(&state.tagged.mentions[index]);
        features.flag(Feature::Fits, source == Source::Earlier && fits());
        if let Taken::Own(span) | Taken::Unit(span) = taken {
            self.describe(state.tagged, &state.tagged.figures[index], span, &mut features);
        }
        features
    }

    /// What is known of tokens of the sentence of a figure.
    fn describe(
        &self,
        tagged: &TaggedSentence<'_, '_>,
        figure: &Range<usize>,
        span: &Range<usize>,
        features: &mut Features,
    ) {
        let Range { start, end } = *span;
        let between = if start >= figure.end { figure.end..start } else { end..figure.start };
        let begins =
            |i: &usize| tagged.tags[*i].figure && (*i == between.start || !tagged.tags[*i - 1].figure);
        features.set(Feature::Distance, distance(between.len()));
        features.set(Feature::Values, between.clone().filter(begins).count());
        features.set(Feature::Words, distance(span.len()));
        features.word(Feature::WordBefore, self.word(tagged, start.checked_sub(1)));
        features.word(Feature::FirstWord, self.word(tagged, Some(start)));
        if span.len() > 1 {
            features.word(Feature::SecondWord, self.word(tagged, Some(start + 1)));
        }
        features.word(Feature::LastWord, self.word(tagged, Some(end - 1)));
        features.word(Feature::WordBehind, self.word(tagged, Some(end)));
        features.set(Feature::ClassBefore, tagged.class_at(start.checked_sub(1)));
        features.set(Feature::FirstClass, tagged.class_at(Some(start)));
        features.set(Feature::LastClass, tagged.class_at(Some(end - 1)));
        features.set(Feature::ClassBehind, tagged.class_at(Some(end)));
    }

    /// The word at a token as features of words have it.
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

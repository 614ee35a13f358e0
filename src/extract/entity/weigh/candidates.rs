//! The candidates for one value, with what is known of each as it is seen from there.

use std::iter::successors;
use std::ops::Range;

use super::feature::{AGE, Feature, Given, LAND, OWN, Side};
use super::sentence_candidates::{Described, Nouns, SentenceCandidates};
use super::{Features, Scored, Source, Weighed};
use crate::extract::entity::Role;
use crate::extract::entity::context::{Choice, Context};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::role::layout::Spot;
use crate::extract::mention::Mention;
use crate::extract::weigh::{EDGE, best};
use crate::fact::Kind;

/// How many names or nouns before a value are weighed.
const BEFORE: usize = 16;

/// How many names or nouns behind a value are weighed.
const BEHIND: usize = 6;

/// What is known of a candidate only as it is seen from a value.
const PLACE: [Feature; 11] = [
    Feature::Side,
    Feature::Clause,
    Feature::Distance,
    Feature::Names,
    Feature::Values,
    Feature::Apart,
    Feature::Brackets,
    Feature::Counted,
    Feature::Parallel,
    Feature::Measured,
    Feature::SameWord,
];

/// Who may govern a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) choice: Choice,
    pub(super) scored: Scored,
}

/// A value as candidates see it.
pub(super) struct Seen {
    /// Which of the sentence's values it is.
    pub(super) index: usize,
    /// Its tokens.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) spot: Spot,
    /// What all candidates know.
    pub(super) described: Described,
}

impl<'t> Context<'t, '_, 't> {
    /// Whom value `index` of the sentence is given to.
    pub(crate) fn best(
        &self,
        index: usize,
        before: Choice,
        sentence: &SentenceCandidates,
        candidates: &mut Vec<Candidate>,
    ) -> Choice {
        self.candidates(index, before, sentence, candidates);
        let nobody = |candidate: &Candidate| matches!(candidate.choice, Choice::Nobody);
        let best = best(candidates, |candidate| (candidate.scored.score, nobody(candidate)));
        best.map_or(Choice::Nobody, |best| best.choice)
    }

    /// A candidate for `value`, for who watches.
    pub(crate) fn weighed(
        &self,
        candidate: &Candidate,
        value: &Mention<'_>,
        memory: &EntityMemory,
    ) -> Weighed {
        let label = self.label(candidate.choice, value, memory);
        let Scored { source, features, score } = candidate.scored;
        let nobody = source == Source::Nobody;
        Weighed {
            text: label.map(|label| label.text.into_owned()).unwrap_or_default(),
            source: Source::NAMES[source as usize],
            score,
            is_none: nobody,
            is_default: nobody,
            features,
        }
    }

    fn candidates(
        &self,
        index: usize,
        before: Choice,
        sentence: &SentenceCandidates,
        into: &mut Vec<Candidate>,
    ) {
        into.clear();
        let seen = self.seen(index, before, sentence);
        let weights = &self.rules.files.weights;
        let mut add = |source, choice, described: Described| {
            debug_assert_eq!(described.sums, weights.sums(&described.features));
            let score = weights.score(source == Source::Nobody, &described);
            into.push(Candidate { choice, scored: Scored { source, features: described.features, score } });
        };
        self.names(&seen, sentence, &mut add);
        for (k, known) in &sentence.known {
            add(Source::Known, Choice::Known(*k), seen.described.with(known));
        }
        self.nouns(&seen, &sentence.nouns, &mut add);
        add(Source::Nobody, Choice::Nobody, seen.described.with(&sentence.nobody));
    }

    fn seen(&self, index: usize, earlier: Choice, sentence: &SentenceCandidates) -> Seen {
        let (scene, mention) = (self.scene, &self.scene.mentions[index]);
        let Range { start: first, end: last } = scene.sentence.tokens_in(&mention.quote);
        let spot = self.layout.at(first);
        let mut features = Features::NONE;
        let before = scene.entities.partition_point(|e| e.last <= first);
        let own = |k: usize| self.layout.at(scene.entities[k].last - 1) == spot;
        let subject = (0..before).rev().take_while(|&k| own(k)).any(|k| self.roles[k] == Role::Subject);
        features.set(Feature::Sort, self.sort(mention));
        features.flag(Feature::OwnSubject, subject);
        features.set(Feature::SentenceValues, scene.mentions.len() - 1);
        features.set(Feature::Before, given(earlier) as usize);
        let before = [Feature::BeforeValue, Feature::BeforeValue2, Feature::BeforeValue3];
        for (feature, away) in before.into_iter().zip(1..) {
            features.word(feature, self.word_before(first, away));
        }
        features.word(Feature::OfValue, self.word(last - 1));
        features.word(Feature::BehindValue, self.word(last));
        features.word(Feature::BehindValue2, self.word(last + 1));
        features.flag(Feature::Speaker, sentence.speaker.is_some_and(|speaker| speaker < first));
        let described = Described::by(&self.rules.files.weights, features);
        Seen { index, first, last, spot, described }
    }

    /// The value of [`Feature::Sort`].
    fn sort(&self, mention: &Mention<'_>) -> usize {
        let tables = &self.rules.tables;
        let unit = mention.unit.as_deref().unwrap_or_default();
        let is = |units: &[String]| units.iter().any(|own| own == unit);
        match mention.kind {
            Kind::Quantity if tables.is_age(unit) => AGE,
            Kind::Quantity if is(&tables.own_units) => OWN,
            Kind::Quantity if is(&tables.place_units) => LAND,
            kind => kind as usize,
        }
    }

    /// Adds the names around a value; a list once, as the one of them that is nearest.
    fn names(
        &self,
        seen: &Seen,
        sentence: &SentenceCandidates,
        add: &mut impl FnMut(Source, Choice, Described),
    ) {
        let entities = self.scene.entities;
        let before = entities.partition_point(|e| e.last <= seen.first);
        let nearer = |&k: &usize| self.lists[k].0.checked_sub(1);
        let farther = |&k: &usize| Some(self.lists[k].1 + 1).filter(|&k| k < entities.len());
        let left = successors(before.checked_sub(1), nearer).take(BEFORE);
        // A list around the value is one of those before it.
        let around = before.checked_sub(1).map_or(before, |k| before.max(self.lists[k].1 + 1));
        let right = successors(Some(around).filter(|&k| k < entities.len()), farther).take(BEHIND);
        for k in left.chain(right) {
            let entity = &entities[k];
            if k < before && self.counts(seen.index, entity) {
                continue;
            }
            let mut features = Features::NONE;
            self.place(seen, (entity.first, entity.last), &mut features);
            let bracket = seen.spot.bracket != 0 && seen.spot.bracket as usize == entity.last + 1;
            if bracket && k < before {
                features.set(Feature::Side, Side::Bracket as usize);
            }
            features.flag(Feature::Parallel, self.parallel(seen, k));
            add(Source::Named, self.here(k), self.described(seen, &sentence.names[k], features));
        }
    }

    fn nouns(&self, seen: &Seen, nouns: &[Nouns], add: &mut impl FnMut(Source, Choice, Described)) {
        // Those that no rule lists may overlap others, so that their ends are not in order.
        let before = nouns.iter().rev().filter(|n| n.last <= seen.first).take(BEFORE);
        let behind = nouns.iter().filter(|n| n.first >= seen.last).take(BEHIND);
        for phrase in before.chain(behind) {
            let mut features = Features::NONE;
            self.place(seen, (phrase.first, phrase.last), &mut features);
            if self.measured(phrase.last, seen.first) {
                features.flag(Feature::Measured, true);
                features.set(Feature::Clause, 0);
            }
            let nouns = Choice::Common(phrase.named, phrase.whole);
            let described = self.described(seen, &phrase.described, features);
            add(Source::Nouns, phrase.stand_for.map_or(nouns, Choice::Known), described);
        }
    }

    /// What is known of a candidate of the sentence, with where it stands.
    fn described(&self, seen: &Seen, candidate: &Described, mut place: Features) -> Described {
        let word = candidate.features.value(Feature::FirstWord);
        let same = word > usize::from(EDGE) && word == seen.described.features.value(Feature::BehindValue);
        place.flag(Feature::SameWord, same);
        let sums = self.rules.files.weights.sums_of(&place, &PLACE);
        seen.described.with(candidate).with(&Described { features: place, sums })
    }
}

/// The value of [`Feature::Before`].
fn given(choice: Choice) -> Given {
    match choice {
        Choice::Nobody => Given::Nobody,
        Choice::Here(..) | Choice::Within(_) => Given::Named,
        Choice::Known(_) => Given::Known,
        Choice::Common(..) => Given::Nouns,
    }
}

//! The candidates for one value, with what is known of each as it is seen from there.

use std::iter::successors;
use std::ops::Range;

use super::feature::{AGE, Bracketed, Feature, Given, LAND, OWN, Side};
use super::sentence_candidates::{Described, Nouns, SentenceCandidates};
use super::{Features, Scored, Source, Weighed};
use crate::extract::entity::context::{Choice, Context};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::role::layout::Spot;
use crate::extract::entity::{EntityMention, Role};
use crate::extract::mention::Mention;
use crate::extract::weigh::{EDGE, best, distance};
use crate::extract::words::token::TokenKind;
use crate::fact::Kind;

/// How many names or nouns before a value are weighed.
const BEFORE: usize = 16;

/// How many names or nouns behind a value are weighed.
const BEHIND: usize = 6;

/// Within how many words a list of names and values keeps its form.
const LISTED: usize = 8;

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
struct Seen {
    /// Which of the sentence's values it is.
    index: usize,
    /// Its tokens.
    first: usize,
    last: usize,
    spot: Spot,
    /// What all candidates know.
    described: Described,
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

    /// A candidate for who watches.
    pub(crate) fn weighed(&self, candidate: &Candidate, memory: &EntityMemory) -> Weighed {
        let label = self.label(candidate.choice, memory);
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
            let score = weights.score(source == Source::Nobody, &described.sums);
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
            Kind::Quantity if is(&tables.person_units) => AGE,
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

    /// Whether value `index` counts what bears a name in a clause before, and so is of somebody else (giá Bitcoin tăng, anh
    /// có | 20 Bitcoin).
    fn counts(&self, index: usize, name: &EntityMention) -> bool {
        let (mention, sentence) = (&self.scene.mentions[index], self.scene.sentence);
        let same =
            mention.kind == Kind::Count && mention.unit.as_deref() == Some(&sentence.text[name.span.clone()]);
        let clause =
            || sentence.tokens[name.last..].iter().take_while(|token| token.start < mention.quote.start);
        same && clause().any(|token| token.kind == TokenKind::Mark)
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

    /// Whether a word for a size, weight or price, and perhaps a comma, is all that stands in `from..to`, but for other
    /// sizes with their values (một hố sâu 3 m, rộng 2 m).
    fn measured(&self, from: usize, to: usize) -> bool {
        let (sentence, mut at) = (self.scene.sentence, from);
        while at < to {
            let comma = sentence.tokens[at].text(sentence.text) == ",";
            let measure = self.rules.tables.measures.longest(&sentence.tokens, at + usize::from(comma));
            let Some(behind) = measure.map(|hit| hit.last) else { return false };
            if behind == to {
                return true;
            }
            let value = self.scene.mentions.iter().find(|m| sentence.token_at(m.quote.start) == behind);
            let Some(value) = value else { return false };
            at = sentence.tokens_in(&value.quote).end;
        }
        false
    }

    /// Where the tokens of a candidate stand, seen from a value.
    fn place(&self, seen: &Seen, (first, last): (usize, usize), features: &mut Features) {
        let (entities, mentions, tokens) =
            (self.scene.entities, self.scene.mentions, &self.scene.sentence.tokens);
        let spot = self.layout.at(last - 1);
        let (side, from, to) = if last <= seen.first {
            (Side::Before, last, seen.first)
        } else if first >= seen.last {
            (Side::Behind, seen.last, first)
        } else {
            (Side::Inside, first, first)
        };
        let starts = |at: usize| tokens.get(at).map_or(usize::MAX, |t| t.start);
        let names = entities
            .partition_point(|e| e.last <= to)
            .saturating_sub(entities.partition_point(|e| e.first < from));
        let start = |at: usize| mentions.partition_point(|m| m.quote.start < starts(at));
        features.set(Feature::Values, start(to).saturating_sub(start(from)));
        let counted = mentions[..mentions.partition_point(|m| m.quote.start < starts(first))].last();
        let counted = counted.is_some_and(|m| self.scene.sentence.tokens_in(&m.quote).end == first);
        features.set(Feature::Side, side as usize);
        features.set(Feature::Clause, seen.spot.clause.abs_diff(spot.clause) as usize);
        features.set(Feature::Distance, distance(to - from));
        features.set(Feature::Names, names);
        features.flag(Feature::Counted, counted);
        features.flag(Feature::Apart, seen.spot.part != spot.part);
        features.set(Feature::Brackets, bracketed(seen.spot.bracket, spot.bracket) as usize);
    }

    /// Whether the value before or behind has a name of the type of name `k` where this value has it, in the same clause:
    /// at the same distance before it, or behind it give or take a word.
    fn parallel(&self, seen: &Seen, k: usize) -> bool {
        let (scene, entity) = (self.scene, &self.scene.entities[k]);
        let gap = |entity: &EntityMention, first: usize, last: usize| {
            if entity.last <= first {
                (true, first - entity.last)
            } else {
                (false, entity.first.saturating_sub(last))
            }
        };
        let own = gap(entity, seen.first, seen.last);
        // In another clause it is the neighbour's own (12 ca ở Huế, | 9 ca ở Vinh).
        if self.layout.at(entity.last - 1).clause != seen.spot.clause {
            return false;
        }
        let alike = |other: (bool, usize)| other.0 == own.0 && other.1.abs_diff(own.1) <= usize::from(!own.0);
        let neighbours = [seen.index.checked_sub(1), Some(seen.index + 1)];
        own.1 < LISTED
            && neighbours.into_iter().flatten().filter_map(|i| scene.mentions.get(i)).any(|mention| {
                let Range { start: first, end: last } = scene.sentence.tokens_in(&mention.quote);
                let before = scene.entities.partition_point(|e| e.last <= first);
                let other = if own.0 { before.checked_sub(1) } else { Some(before) };
                other
                    .filter(|&j| j != k)
                    .and_then(|j| scene.entities.get(j))
                    .is_some_and(|other| other.kind == entity.kind && alike(gap(other, first, last)))
            })
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

/// The value of [`Feature::Brackets`] for a value and a candidate in such brackets.
fn bracketed(value: u32, candidate: u32) -> Bracketed {
    match (value, candidate) {
        _ if value == candidate => Bracketed::Same,
        (0, _) => Bracketed::Candidate,
        (_, 0) => Bracketed::Value,
        _ => Bracketed::Both,
    }
}

//! What is known of candidates whatever value of their sentence they are weighed for.

use std::ops::Range;

use super::feature::{Feature, TOPIC_AGES, UNLISTED};
use super::phrase::Phrases;
use super::{Features, Source};
use crate::extract::entity::context::Context;
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::memory::known::{Known, WeighedWords};
use crate::extract::entity::{EntityKind, EntityMention, Origin, Role};
use crate::extract::weigh;
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::Token;

/// How many of the last names of earlier sentences are weighed whatever they are.
const RECENT: usize = 4;

/// The features that [`WeighedWords::words`] are.
const NAME_WORDS: [Feature; 3] = [Feature::FirstWord, Feature::SecondWord, Feature::LastWord];

pub(super) type Described = weigh::Described<Feature>;

/// Common nouns of a sentence, as tokens; those that no rule lists may overlap others.
pub(super) struct Nouns {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Where what they name begins: behind a word for a measure (sản lượng | mắc ca).
    pub(super) named: usize,
    /// Where the words for them end: behind a name that says which are meant (nhà tù | Iwakuni).
    pub(super) whole: usize,
    /// The entity of earlier sentences whose name begins with them, which they stand for.
    pub(super) stand_for: Option<usize>,
    /// Whether they are no more than a pronoun, or the head word of a name.
    short: bool,
    pub(super) described: Described,
}

/// The candidates of a sentence.
pub(crate) struct SentenceCandidates {
    /// By the number of the name.
    pub(super) names: Vec<Described>,
    /// Entities of earlier sentences, the last one first.
    pub(super) known: Vec<(usize, Described)>,
    /// In order.
    pub(super) nouns: Vec<Nouns>,
    pub(super) nobody: Described,
    /// The first token of words for people who speak or act.
    pub(super) speaker: Option<usize>,
}

impl SentenceCandidates {
    pub(crate) fn of(context: &Context<'_, '_, '_>, memory: &EntityMemory) -> Self {
        let page = Page { main: memory.main(|_| true), context, memory };
        let (mut known, nouns) = (page.known(), page.nouns());
        // What nouns of the sentence stand for is seen better there.
        let shown = |k: usize| nouns.iter().any(|nouns| nouns.stand_for == Some(k) && !nouns.short);
        known.retain(|(k, _)| !shown(*k));
        let names = (0..context.scene.entities.len()).map(|k| page.name(k)).collect();
        let nobody = page.described(Source::Nobody, Features::NONE);
        Self { names, known, nouns, nobody, speaker: context.reader().first_person() }
    }
}

/// What a sentence and the page before it know.
pub(super) struct Page<'a, 'r, 's, 't> {
    pub(super) context: &'a Context<'r, 's, 't>,
    pub(super) memory: &'a EntityMemory,
    /// Whom the page is about.
    main: Option<usize>,
}

impl Page<'_, '_, '_, '_> {
    fn described(&self, source: Source, mut features: Features) -> Described {
        features.set(Feature::Source, source as usize);
        Described::by(&self.context.rules.files.weights, features)
    }

    fn name(&self, k: usize) -> Described {
        let (entity, reader) = (&self.context.scene.entities[k], self.context.reader());
        let mut features = Features::NONE;
        self.entity(entity.known, &mut features);
        let ((a, b), entities) = (self.context.lists[k], self.context.scene.entities);
        let (first, last) = (entities[a].first, entities[b].last);
        features.set(Feature::Type, entity.kind as usize);
        features.set(Feature::Role, self.context.roles[k] as usize);
        features.flag(Feature::First, k == 0);
        features.flag(Feature::Verb, reader.governs_verb(entity));
        features.flag(Feature::Foreign, reader.foreign(entity));
        features.set(Feature::Words, last - first - 1);
        features.set(Feature::Origin, origin(entity.origin));
        self.set_words(first, last, &mut features);
        self.described(Source::Named, features)
    }

    /// The words of tokens `first..last`, and those around them.
    fn set_words(&self, first: usize, last: usize, features: &mut Features) {
        let context = self.context;
        features.word(Feature::WordBefore, context.word_before(first, 1));
        features.word(Feature::WordBefore2, context.word_before(first, 2));
        for (feature, word) in NAME_WORDS.into_iter().zip(context.weighed_words(first, last).words) {
            features.word(feature, word);
        }
        features.word(Feature::WordBehind, context.word(last));
        features.word(Feature::WordBehind2, context.word(last + 1));
    }

    /// What the page has said of an entity so far.
    fn entity(&self, k: usize, features: &mut Features) {
        let (known, memory) = (&self.memory.known[k], self.memory);
        features.set(Feature::Type, known.kind as usize);
        features.set(Feature::Count, (known.count as usize).saturating_sub(1));
        if let Some((age, led)) = memory.topic_of(k) {
            let age = (age as usize).clamp(1, TOPIC_AGES);
            features.set(Feature::Topic, if led { age + TOPIC_AGES } else { age });
        }
        features.set(Feature::Main, self.main.map_or(0, |main| 1 + usize::from(main == k)));
        features.flag(Feature::Headline, memory.headline.contains(&k));
        features.flag(Feature::Listed, known.entry.is_some());
    }

    /// Names of earlier sentences that are not in this one: the last ones, the last one of every type, and those that
    /// the page is about.
    fn known(&self) -> Vec<(usize, Described)> {
        let (memory, entities) = (self.memory, self.context.scene.entities);
        let earlier = |k: &usize| entities.iter().all(|e| e.known != *k);
        let mut order: Vec<usize> = (0..memory.known.len()).filter(earlier).collect();
        order.sort_unstable_by_key(|&k| std::cmp::Reverse(memory.known[k].last));
        let mut types = 0_u32;
        let mut known = Vec::new();
        for (recent, &k) in order.iter().enumerate() {
            let bit = 1 << memory.known[k].kind as u32;
            let last_of_type = types & bit == 0;
            types |= bit;
            let about = memory.topic_of(k).is_some() || memory.headline.contains(&k) || self.main == Some(k);
            let led = memory.led.is_some_and(|(led, at)| led == k && at + 1 >= memory.sentence);
            if recent >= RECENT && !last_of_type && !about && !led {
                continue;
            }
            let mut features = self.earlier(k);
            features.set(Feature::Recent, recent);
            features.flag(Feature::LastOfType, last_of_type);
            known.push((k, self.described(Source::Known, features)));
        }
        known
    }

    fn earlier(&self, k: usize) -> Features {
        let (known, memory) = (&self.memory.known[k], self.memory);
        let mut features = Features::NONE;
        self.entity(k, &mut features);
        let since = |other: &&Known| other.seen > known.seen && other.seen < memory.sentence;
        let led = memory.led.is_some_and(|(led, at)| led == k && at + 1 >= memory.sentence);
        features.flag(Feature::Carries, self.context.carries(known));
        features.flag(Feature::Led, led);
        features.set(Feature::Ago, (memory.sentence - known.seen) as usize);
        features.set(Feature::LastRole, known.role as usize);
        features.flag(Feature::LastEarly, known.early);
        let WeighedWords { words, length } = known.words;
        for (feature, word) in NAME_WORDS.into_iter().zip(words) {
            features.word(feature, word);
        }
        features.set(Feature::Words, length.saturating_sub(1));
        features.set(Feature::Newer, memory.known.iter().filter(since).count());
        features
    }

    /// The common nouns of the sentence that stand in no name, each with the words that say which are meant.
    fn nouns(&self) -> Vec<Nouns> {
        let (tables, scene) = (&self.context.rules.tables, self.context.scene);
        let tokens = &scene.sentence.tokens;
        let phrases = Phrases::of(tables, scene.sentence, scene.times);
        let mut entities = scene.entities.iter().peekable();
        let mut nouns = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            while entities.next_if(|entity| entity.last <= at).is_some() {}
            let named = entities.peek().filter(|entity| entity.first <= at).map(|entity| entity.last);
            let compound = phrases.compound(at);
            let hit = phrases.common(at).filter(|hit| compound.is_none_or(|last| last < hit.last));
            at = match (named, hit) {
                (Some(last), _) => last,
                (None, Some(hit)) if !phrases.begins_name(&hit) => {
                    let last = phrases.end(&hit);
                    // What goes on as a name would be cut anywhere.
                    let name =
                        entities.peek().filter(|entity| entity.first < last).map(|entity| entity.first);
                    let last = name.unwrap_or(last).max(hit.last);
                    nouns.extend(self.noun(&phrases, hit, last));
                    last
                }
                _ => {
                    let unlisted = named.is_none() && hit.is_none();
                    let before = entities.peek().map_or(tokens.len(), |entity| entity.first);
                    let last = unlisted.then(|| phrases.unlisted(at, before)).flatten();
                    nouns.extend(last.and_then(|last| self.unlisted(&phrases, (at, last))));
                    // Unless nouns begin within it (trở thành công nhân).
                    compound.filter(|&last| !phrases.noun_across(at, last)).unwrap_or(at + 1)
                }
            };
        }
        nouns
    }

    /// Listed nouns with what is known of them; none where they cannot be what a value is of.
    fn noun(&self, phrases: &Phrases<'_>, head: Hit<u32>, last: usize) -> Option<Nouns> {
        let common = &self.context.rules.tables.commons[head.value as usize];
        // A classifier without the thing says nothing.
        let says = common.alone || last > head.last;
        let nouns =
            says.then(|| self.phrase_noun(phrases, (head.first, last), common.thing as usize)).flatten();
        nouns.map(|nouns| Nouns { stand_for: self.antecedent(&head, last), ..nouns })
    }

    /// Nouns that no rule lists, a pronoun, or the head word of a name.
    fn unlisted(&self, phrases: &Phrases<'_>, (first, last): (usize, usize)) -> Option<Nouns> {
        let nouns = self.phrase_noun(phrases, (first, last), UNLISTED)?;
        let stand_for = self.pronoun(first, last).or_else(|| self.body(first, last));
        Some(Nouns { stand_for, short: stand_for.is_some(), ..nouns })
    }

    /// The nouns of tokens `first..last`, which name such a thing; none where they cannot be what a value is of.
    fn phrase_noun(
        &self,
        phrases: &Phrases<'_>,
        (first, last): (usize, usize),
        thing: usize,
    ) -> Option<Nouns> {
        let (reader, tokens) = (self.context.reader(), &self.context.scene.sentence.tokens);
        let span = tokens[first].start..tokens[last - 1].end;
        let (kind, entry, known, origin) = (EntityKind::Group, None, 0, Origin::Bare);
        let phrase = EntityMention { span, first, last, kind, entry, known, origin };
        let role = reader.of_one(&phrase);
        if matches!(role, Role::Source | Role::Says | Role::Against) {
            return None; // who tells something, or what is told of others
        }
        let mut features = Features::NONE;
        features.set(Feature::Role, role as usize);
        features.flag(Feature::Leads, reader.leads(&phrase));
        features.flag(Feature::Capital, tokens[first].capital);
        features.flag(Feature::Inner, first > 0 && phrases.is_noun(first - 1));
        features.set(Feature::Thing, thing);
        features.set(Feature::Words, last - first - 1);
        self.set_words(first, last, &mut features);
        let described = self.described(Source::Nouns, features);
        let (named, whole) =
            (phrases.named(first, last), phrases.with_name(last, self.context.scene.entities));
        let numbered = thing != UNLISTED && whole == last;
        let whole = if numbered { phrases.with_number(last, |token| self.counts(token)) } else { whole };
        Some(Nouns { first, last, named, whole, stand_for: None, short: false, described })
    }

    /// Whether a number is a value or belongs to a time.
    fn counts(&self, number: &Token) -> bool {
        let scene = self.context.scene;
        let within = |span: &Range<usize>| span.contains(&number.start);
        scene.mentions.iter().any(|m| within(&m.quote)) || scene.times.iter().any(|t| within(&t.span))
    }
}

fn origin(origin: Origin) -> usize {
    match origin {
        Origin::Listed => 0,
        Origin::Group(_) => 1,
        Origin::Head(_) => 2,
        Origin::Anaphor(_) => 3,
        Origin::Bare => 4,
        Origin::Glued => 5,
    }
}

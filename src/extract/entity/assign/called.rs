//! The common nouns that stand before names, and later for what was named.

use super::Context;
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::rules::common::{StandsFor, Thing};
use crate::extract::entity::{EntityKind, EntityMention};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};

/// How many words such nouns may have.
const NOUN_WORDS: usize = 4;

impl Context<'_, '_, '_> {
    /// Remembers what sort of person or thing the nouns before a name, or at its beginning, say that it is.
    pub(super) fn remember_noun(&self, entity: &EntityMention, memory: &mut EntityMemory) {
        let tokens = &self.scene.sentence.tokens;
        let before = |first: usize| self.noun_at(first).filter(|hit| hit.last == entity.first);
        let behind = self.noun_at(entity.first).filter(|hit| hit.last < entity.last);
        let near = entity.first.saturating_sub(NOUN_WORDS)..entity.first;
        let Some(noun) = behind.or_else(|| near.clone().find_map(before)) else { return };
        let known = &mut memory.known[entity.known];
        let common = &self.rules.tables.commons[noun.value as usize];
        known.is_thing |=
            matches!(common.thing, Thing::Work | Thing::Machine | Thing::Building | Thing::Goods);
        match common.stands_for {
            Some(StandsFor::Trade | StandsFor::Person | StandsFor::Main) => known.trade = Some(noun.value),
            Some(StandsFor::Named | StandsFor::Product) if self.may_be_product(entity) => {
                known.called = tokens[noun.first..noun.last].iter().map(|token| token.word).collect();
            }
            _ => {}
        }
    }

    fn noun_at(&self, first: usize) -> Option<Hit<u32>> {
        self.rules.tables.common.longest(&self.scene.sentence.tokens, first)
    }

    /// Whether a name may be a product's or vessel's: one with a foreign word or a number.
    fn may_be_product(&self, entity: &EntityMention) -> bool {
        let foreign = |t: &Token| {
            t.kind == TokenKind::Number || self.rules.tables.foreign_word(t.text(self.scene.sentence.text))
        };
        let kind = matches!(entity.kind, EntityKind::Name | EntityKind::Project | EntityKind::Company);
        kind && entity.entry.is_none()
            && self.scene.sentence.tokens[entity.first..entity.last].iter().any(foreign)
    }
}

//! Events without a name, for which the place stands where they happened.

use super::{Choice, Context};
use crate::extract::entity::rules::common::StandsFor;
use crate::extract::entity::{EntityKind, Role};
use crate::fact::Kind;

impl Context<'_, '_, '_> {
    /// Gives what an event came to, to the place of its sentence where it happened.
    pub(super) fn give_to_places(&self, choices: &mut [Choice]) {
        for (choice, mention) in choices.iter_mut().zip(self.scene.mentions) {
            if let Choice::Common(first, _) = *choice
                && mention.kind == Kind::Count
                && self.happens(first)
                && let Some(place) = self.place_of(first, mention.quote.start)
            {
                *choice = self.here(place);
            }
        }
    }

    /// Whether nouns for such an event begin at token `first`.
    fn happens(&self, first: usize) -> bool {
        let tables = &self.rules.tables;
        let noun = tables.common.longest(&self.scene.sentence.tokens, first);
        noun.is_some_and(|hit| tables.commons[hit.value as usize].stands_for == Some(StandsFor::Place))
    }

    /// The place named in the part of the sentence with token `at`, as where something happened: the one next to it before the
    /// value at byte `value`, for behind it may be where somebody is from or was brought to.
    fn place_of(&self, at: usize, value: usize) -> Option<usize> {
        let entities = self.scene.entities;
        let place = |&k: &usize| {
            let kind = entities[k].kind;
            let part = self.layout.at(entities[k].first).part == self.layout.at(at).part;
            let place = kind.is_place() || matches!(kind, EntityKind::Project | EntityKind::Name);
            part && place && self.roles[k] == Role::Place
        };
        (0..entities.len())
            .filter(place)
            .min_by_key(|&k| (entities[k].span.start > value, entities[k].first.abs_diff(at)))
    }
}

//! Ages, which people alone have.

use super::assign::{Assigner, Choice};
use super::memory::EntityMemory;
use super::{EntityKind, Role};
use crate::extract::mention::Mention;
use crate::extract::token::TokenKind;
use crate::fact::Kind;

/// How many words and marks may stand between a person and their age.
const APPOSED: usize = 2;

impl Assigner<'_, '_, '_> {
    /// Whether a value is of a unit that people alone have.
    pub(super) fn aged(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        mention.kind == Kind::Quantity && self.rules.tables.person_units.iter().any(|own| own == unit)
    }

    /// Whose age stands at token `at`: of the person right before it, whatever they do in the sentence (chị Lan, 24
    /// tuổi), of the one whom their trade stands for (tiền vệ 32 tuổi), or of whom common nouns name there.
    pub(super) fn of_age(&self, mention: &Mention<'_>, at: usize, memory: &EntityMemory) -> Option<Choice> {
        if !self.aged(mention) {
            return None;
        }
        let (entities, tokens) = (self.scene.entities, &self.scene.sentence.tokens);
        let k = entities.partition_point(|e| e.last <= at).checked_sub(1);
        let apposed = k.filter(|&k| {
            let between = &tokens[entities[k].last..at];
            matches!(entities[k].kind, EntityKind::Person | EntityKind::Name)
                && between.len() <= APPOSED
                && between.first().is_some_and(|t| t.kind == TokenKind::Mark)
        });
        if let Some(k) = apposed {
            return Some(Choice::Here(k, k));
        }
        let nouns = self.nouns_before(at).filter(|nouns| !self.named_within(nouns));
        let called = self.called_by_trade(at, nouns.as_ref().map_or(at, |nouns| nouns.start), memory);
        called.map(Choice::Known).or_else(|| nouns.map(|nouns| Choice::Common(nouns.start, nouns.end)))
    }

    /// The person whom the word for their trade right before token `at` stands for, which is not a part of the common
    /// nouns that begin at token `nouns`.
    fn called_by_trade(&self, at: usize, nouns: usize, memory: &EntityMemory) -> Option<usize> {
        let (tables, sentence) = (&self.rules.tables, self.scene.sentence);
        let hit = tables.trade_before(&sentence.tokens, at, APPOSED).filter(|hit| hit.first <= nouns)?;
        let word = sentence.words(hit.first, hit.last);
        let new = tables.introduced.contains(&word.to_lowercase());
        (!new).then(|| memory.person_called(word, &tables.address)).flatten()
    }

    /// Whether a value can be of what was chosen: ages are of people, and some units of nobody named earlier.
    pub(super) fn suits(&self, mention: &Mention<'_>, choice: Choice, memory: &EntityMemory) -> bool {
        let aged = self.aged(mention);
        match choice {
            Choice::Here(k, _) if aged => {
                let kind = self.scene.entities[k].kind;
                match kind {
                    EntityKind::Person | EntityKind::Group => self.roles[k] != Role::Place,
                    EntityKind::Name => !matches!(self.roles[k], Role::Place | Role::Owner | Role::Partner),
                    _ => false,
                }
            }
            Choice::Here(k, _) if self.own(mention) && self.scene.entities[k].kind.is_place() => {
                self.roles[k] == Role::Subject
            }
            Choice::Known(k) if aged => memory.known[k].kind == EntityKind::Person,
            Choice::Known(_) => !self.own(mention),
            Choice::Within(_) => !aged,
            Choice::Here(..) | Choice::Common(..) | Choice::Thing(..) | Choice::Nobody => true,
        }
    }
}

//! Nouns right before a name that have its value, since the name only says which of them is meant (gia đình | Bình).

use super::EntityMention;
use super::context::Context;
use crate::extract::mention::Mention;
use crate::extract::words::token::TokenKind;

impl Context<'_, '_, '_> {
    /// Where the nouns begin that have `value` rather than the name behind them.
    pub(super) fn holder_of(&self, name: &EntityMention, value: &Mention<'_>) -> Option<usize> {
        let (tables, tokens) = (&self.rules.tables, &self.scene.sentence.tokens);
        let holds = |&first: &usize| {
            let hit = tables.holder_words.longest(tokens, first).filter(|hit| hit.last == name.first);
            hit.is_some_and(|hit| tables.holders[hit.value as usize].takes(name.kind, name.entry.is_some()))
        };
        let first = (name.first.saturating_sub(tables.holder_words.most_words())..name.first).find(holds)?;
        let age = value.unit.as_deref().is_some_and(|unit| tables.is_age(unit));
        (!age && self.stands_by_itself(first)).then_some(first)
    }

    /// Whether nouns at token `first` end no other words, are no part of another name, and are not counted.
    fn stands_by_itself(&self, first: usize) -> bool {
        let (tables, tokens) = (&self.rules.tables, &self.scene.sentence.tokens);
        let Some(before) = first.checked_sub(1).map(|i| &tokens[i]) else { return true };
        let counted = before.kind == TokenKind::Number;
        let named = before.kind == TokenKind::Word && before.capital && tokens[first].capital
            || self.scene.entities.iter().any(|e| e.first < first && e.last > first);
        let office = tables.office_before(tokens, first);
        let inside = tables.compound_over(tokens, first, first + 1) || tables.noun_over(tokens, first);
        !counted && !named && !office && !inside
    }
}

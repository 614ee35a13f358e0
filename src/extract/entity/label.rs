//! The words and the id of whom a value is given to.

use std::borrow::Cow;

use super::context::{Choice, Context};
use super::{EntityMention, Origin};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::mention::Mention;
use crate::extract::words::token::TokenKind;
use crate::fact::Label;

/// How many words such nouns may have.
const HOLDER_WORDS: usize = 6;

impl<'r, 's, 't: 's> Context<'r, 's, 't> {
    /// The words and the id of whom `value` is given to.
    pub(super) fn label(
        &self,
        choice: Choice,
        value: &Mention<'_>,
        memory: &EntityMemory,
    ) -> Option<Label<'t>>
    where
        'r: 't,
    {
        match choice {
            Choice::Here(a, b) if a < b => {
                let entities = self.scene.entities;
                Some(Label {
                    id: None,
                    text: Cow::Borrowed(
                        &self.scene.sentence.text[entities[a].span.start..entities[b].span.end],
                    ),
                })
            }
            Choice::Here(k, _) => {
                let entity = &self.scene.entities[k];
                match entity.origin {
                    Origin::Anaphor(_) | Origin::Glued => Some(self.known(entity.known, memory)),
                    _ => Some(self.named(entity, value)),
                }
            }
            Choice::Within(k) => self.places[k].as_ref().map(|place| Label {
                id: self.id(place.entry),
                text: Cow::Borrowed(self.scene.sentence.words(place.name, place.last)),
            }),
            Choice::Known(k) => Some(self.known(k, memory)),
            Choice::Common(first, last) => {
                Some(Label { id: None, text: Cow::Borrowed(self.scene.sentence.words(first, last)) })
            }
            Choice::Nobody => None,
        }
    }

    /// A name of the sentence, or the nouns that it belongs to: with these, it is no longer the one that an id stands for.
    fn named(&self, entity: &EntityMention, value: &Mention<'_>) -> Label<'t>
    where
        'r: 't,
    {
        let sentence = self.scene.sentence;
        match self.holder_before(entity.first).filter(|_| !self.is_age(value)) {
            Some(first) => Label { id: None, text: Cow::Borrowed(sentence.words(first, entity.last)) },
            None => {
                Label { id: self.id(entity.entry), text: Cow::Borrowed(&sentence.text[entity.span.clone()]) }
            }
        }
    }

    /// Where nouns begin that have the value of the name behind them, at token `name` (gia đình | Bình); none where they are counted.
    fn holder_before(&self, name: usize) -> Option<usize> {
        let (holders, tokens) = (&self.rules.tables.holders, &self.scene.sentence.tokens);
        let holds = |&first: &usize| holders.longest(tokens, first).is_some_and(|hit| hit.last == name);
        let first = (name.saturating_sub(HOLDER_WORDS)..name).find(holds)?;
        let Some(before) = first.checked_sub(1) else { return Some(first) };
        let compound =
            self.rules.tables.compounds.longest(tokens, before).is_some_and(|hit| hit.last > first);
        (tokens[before].kind != TokenKind::Number && !compound).then_some(first)
    }

    /// Whether a value is somebody's age, never that of more than one person.
    fn is_age(&self, value: &Mention<'_>) -> bool {
        let units = &self.rules.tables.person_units;
        value.unit.as_deref().is_some_and(|unit| units.iter().any(|own| own == unit))
    }

    fn known(&self, k: usize, memory: &EntityMemory) -> Label<'t>
    where
        'r: 't,
    {
        let known = &memory.known[k];
        Label { id: self.id(known.entry), text: Cow::Owned(known.text.to_string()) }
    }

    fn id(&self, entry: Option<u32>) -> Option<Cow<'t, str>>
    where
        'r: 't,
    {
        let tables = &self.rules.tables;
        entry.and_then(|e| tables.entries[e as usize].id.as_deref()).map(Cow::Borrowed)
    }
}

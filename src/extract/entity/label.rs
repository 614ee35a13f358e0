//! The words and the id of whom a value is given to.

use std::borrow::Cow;

use super::context::{Choice, Context};
use super::{EntityMention, Origin};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::mention::Mention;
use crate::fact::Label;

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
        match self.holder_of(entity, value) {
            Some(first) => Label { id: None, text: Cow::Borrowed(sentence.words(first, entity.last)) },
            None => {
                Label { id: self.id(entity.entry), text: Cow::Borrowed(&sentence.text[entity.span.clone()]) }
            }
        }
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

//! Whom one value is given to, of all that may govern it.

use std::cell::OnceCell;

use super::assign::{Assigner, Choice};
use super::memory::EntityMemory;
use crate::extract::mention::Mention;

impl Choice {
    /// Whether it is a name, of this sentence or an earlier one.
    pub(super) fn names(self) -> bool {
        matches!(self, Self::Here(..) | Self::Within(_) | Self::Known(_))
    }
}

/// Whom one value is given to.
pub(super) struct Chosen {
    pub(super) choice: Choice,
    /// What the value says that its sentence is about.
    pub(super) topic: Choice,
    /// Whether later values of the sentence may be of the same.
    pub(super) lasts: bool,
}

impl Assigner<'_, '_, '_> {
    /// Whom a value is of: a thing right before its size or price, a name of its sentence, what its clause is about by
    /// common nouns, or an entity of earlier sentences.
    pub(super) fn chosen(
        &self,
        mention: &Mention<'_>,
        previous: Choice,
        memory: &EntityMemory,
        people: &OnceCell<Option<usize>>,
    ) -> Chosen {
        let carried = || self.carried(mention, memory, people).map_or(Choice::Nobody, Choice::Known);
        let previous = if self.parts(mention, previous) { Choice::Nobody } else { previous };
        if let Some(thing) = self.thing_beside(mention, previous) {
            return Chosen { choice: Choice::Thing(thing.start, thing.end), topic: carried(), lasts: true };
        }
        let choice = self.choose(mention, previous, memory);
        let choice = if self.suits(mention, choice, memory) { choice } else { Choice::Nobody };
        if matches!(choice, Choice::Here(..) | Choice::Within(_)) {
            return Chosen { choice, topic: choice, lasts: true };
        }
        // Which things are counted says nothing of the next values.
        if let Some(counted) = self.modifier(mention) {
            let choice = self.here(counted);
            return Chosen { choice, topic: choice, lasts: false };
        }
        let topic = if let Choice::Known(_) = choice { choice } else { carried() };
        let common = self.common_noun(mention).filter(|nouns| !self.stands_for(nouns, topic, memory));
        let earlier = if choice == Choice::Nobody { topic } else { choice };
        let choice = common.map_or(earlier, |nouns| Choice::Common(nouns.start, nouns.end));
        Chosen { choice, topic, lasts: true }
    }

    /// Whether a semicolon stands between a value and the common nouns that the one before it is of.
    fn parts(&self, mention: &Mention<'_>, previous: Choice) -> bool {
        let at = self.scene.sentence.token_at(mention.quote.start);
        match previous {
            Choice::Common(first, _) | Choice::Thing(first, _) => {
                self.layout.at(first).part != self.layout.at(at).part
            }
            _ => false,
        }
    }
}

//! Giving each measured value the name or nouns that govern it.

mod called;
mod events;
mod in_turn;
mod topic;

use self::topic::LEADING_WORDS;
use super::context::{Choice, Context};
use super::memory::EntityMemory;
use super::weigh::{SentenceCandidates, Weighed};
use super::{EntityRules, Origin};
use crate::extract::mention::Scene;
use crate::extract::words::quotation::quoting;
use crate::fact::Label;

/// Gives every value of a scene to whom it is of, and remembers what later sentences are about; one entry a value. The
/// candidates of each go to `watched`.
pub(super) fn assign<'t>(
    rules: &'t EntityRules,
    scene: &Scene<'_, 't>,
    memory: &mut EntityMemory,
    watched: Option<&mut Vec<Vec<Weighed>>>,
) -> Vec<Option<Label<'t>>> {
    if scene.mentions.is_empty() && scene.entities.is_empty() {
        return Vec::new();
    }
    let context = Context::new(rules, scene, memory);
    let choices = context.choices(memory, watched);
    let values = choices.iter().zip(scene.mentions);
    let labels = values.map(|(choice, value)| context.label(*choice, value, memory)).collect();
    context.remember(&choices, memory);
    labels
}

impl Context<'_, '_, '_> {
    /// Whom each value is given to.
    fn choices(&self, memory: &EntityMemory, mut watched: Option<&mut Vec<Vec<Weighed>>>) -> Vec<Choice> {
        let mut choices = Vec::with_capacity(self.scene.mentions.len());
        if self.scene.mentions.is_empty() {
            return choices;
        }
        let sentence = SentenceCandidates::of(self, memory);
        let mut candidates = Vec::new();
        for index in 0..self.scene.mentions.len() {
            let before = choices.last().copied().unwrap_or(Choice::Nobody);
            choices.push(self.best(index, before, &sentence, &mut candidates));
            if let Some(watched) = &mut watched {
                let value = &self.scene.mentions[index];
                let weighed = candidates.iter().map(|candidate| self.weighed(candidate, value, memory));
                watched.push(weighed.collect());
            }
        }
        self.give_in_turn(&mut choices);
        self.give_alike(&mut choices);
        self.give_to_headings(&mut choices);
        self.give_to_places(&mut choices);
        choices
    }

    /// What later sentences may look back at.
    fn remember(&self, choices: &[Choice], memory: &mut EntityMemory) {
        for (entity, role) in self.scene.entities.iter().zip(&self.roles) {
            memory.played(entity.known, *role, entity.first <= LEADING_WORDS);
            if !matches!(entity.origin, Origin::Anaphor(_)) {
                memory.known[entity.known].words = self.weighed_words(entity.first, entity.last);
                self.remember_noun(entity, memory);
            }
        }
        self.remember_speaker(memory);
        if let Some(led) = self.leading_name() {
            memory.led = Some((led, memory.sentence));
        }
        self.set_topic(choices, memory);
        if memory.sentence == 1 {
            memory.headline = self.headline();
        }
    }

    /// Remembers who spoke, and whether a quotation goes on.
    fn remember_speaker(&self, memory: &mut EntityMemory) {
        let sentence = self.scene.sentence;
        let quotes = sentence.text.contains(['"', '“', '”']) || sentence.text.ends_with(':');
        let speaker = self.only_speaker(|entity| self.layout.at(entity.first).quoted == 0);
        if quotes && !(memory.quoting && speaker.is_none()) {
            memory.spoke = None;
        }
        if let Some(speaker) = speaker {
            memory.spoke = Some((speaker, memory.sentence));
        }
        memory.quoting = quoting(sentence.text, &sentence.tokens, memory.quoting);
    }
}

//! Giving each measured value the name or nouns that govern it.

mod called;
mod in_turn;
mod events;
mod speaker;
mod topic;

use self::topic::LEADING_WORDS;
use super::{EntityKind, EntityMention, EntityRules, Origin, Role};
use crate::extract::entity::find::{Finder, Found};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::role::Roles;
use crate::extract::entity::role::layout::Layout;
use crate::extract::entity::role::lists::lists;
use crate::extract::entity::role::adjust::roles;
use crate::extract::entity::weigh::Stage;
use crate::extract::mention::Scene;
use crate::fact::Label;

/// How many words a title may have.
const TITLE: usize = 12;

/// Who governs a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// Names `.0..=.1` of the sentence.
    Here(usize, usize),
    /// The place within name `.0`, a local body that says something of it.
    Within(usize),
    /// An entity of earlier sentences.
    Known(usize),
    /// The common nouns of tokens `.0..` to `.1`.
    Common(usize, usize),
    Nobody,
}

/// A scene with all that governs its values.
pub(super) struct Assigner<'r, 's, 't> {
    pub(super) rules: &'r EntityRules,
    pub(super) scene: &'s Scene<'s, 't>,
    pub(super) roles: Vec<Role>,
    /// For each name: the first and last of the list that it stands in.
    pub(super) lists: Vec<(usize, usize)>,
    /// For each local body that only says something: the place that it is of.
    pub(super) places: Vec<Option<Found>>,
    pub(super) layout: Layout,
}

/// Gives every value of a scene to whom it is of, and remembers what later sentences are about; one entry a value.
pub(super) fn assign<'t>(
    rules: &'t EntityRules,
    scene: &Scene<'_, 't>,
    memory: &mut EntityMemory,
) -> Vec<Option<Label<'t>>> {
    if scene.mentions.is_empty() && scene.entities.is_empty() {
        return Vec::new();
    }
    let assigner = Assigner::new(rules, scene, memory);
    let choices = assigner.choices(memory);
    let labels = choices.iter().map(|choice| assigner.label(*choice, memory)).collect();
    assigner.remember(&choices, memory);
    labels
}

impl<'r, 's, 't: 's> Assigner<'r, 's, 't> {
    fn new(knowledge: &'r EntityRules, scene: &'s Scene<'s, 't>, memory: &EntityMemory) -> Self {
        let roles = roles(knowledge, scene, memory);
        if scene.mentions.is_empty() {
            // Only what later sentences are about is asked for, which brackets and quotations alone decide.
            let marked = scene.sentence.text.contains(['(', '"', '“']);
            let layout = if marked { Layout::of(scene.sentence) } else { Layout::default() };
            let (lists, places) = Default::default();
            return Self { rules: knowledge, scene, roles, lists, places, layout }.without_titles();
        }
        let context = Roles { tables: &knowledge.tables, sentence: scene.sentence };
        let lists = lists(&context.continuations(scene.entities), &roles);
        let finder = Finder { tables: &knowledge.tables, sentence: scene.sentence };
        let place = |(entity, role): (&EntityMention, &Role)| {
            let body = matches!(entity.kind, EntityKind::Agency | EntityKind::Organisation);
            let says = matches!(role, Role::Says | Role::Source) && body && entity.entry.is_none();
            says.then(|| finder.place_in(entity.first, entity.last, memory)).flatten()
        };
        let places = scene.entities.iter().zip(&roles).map(place).collect();
        let layout = Layout::of(scene.sentence);
        Self { rules: knowledge, scene, roles, lists, places, layout }.without_titles()
    }

    /// Names that are parts of titles govern nothing.
    fn without_titles(mut self) -> Self {
        for k in 0..self.scene.entities.len() {
            if self.titled(k) {
                self.roles[k] = Role::Scope;
            }
        }
        self
    }

    /// Whom each value is given to.
    fn choices(&self, memory: &mut EntityMemory) -> Vec<Choice> {
        let mut choices = Vec::with_capacity(self.scene.mentions.len());
        if self.scene.mentions.is_empty() {
            return choices;
        }
        let stage = Stage::of(self, memory);
        let mut candidates = Vec::new();
        for index in 0..self.scene.mentions.len() {
            let before = choices.last().copied().unwrap_or(Choice::Nobody);
            choices.push(self.best(index, before, &stage, &mut candidates));
            if memory.watched.is_on() {
                let weighed = candidates.iter().map(|candidate| self.weighed(candidate, memory)).collect();
                memory.watched.add(weighed);
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

    /// Whether name `k` is a part of a title between quotation marks that holds no value.
    fn titled(&self, k: usize) -> bool {
        let (entity, scene) = (&self.scene.entities[k], self.scene);
        let Some(open) = self.layout.at(entity.first).quoted.checked_sub(1) else { return false };
        let inside = |i: usize| self.layout.at(i).quoted == open + 1;
        let from = open as usize + 1;
        let end = (entity.last..scene.sentence.tokens.len().min(from + TITLE + 1)).find(|&i| !inside(i));
        end.is_some_and(|end| {
            let span = scene.sentence.tokens[open as usize].end..scene.sentence.tokens[end].start;
            end - from > entity.last - entity.first
                && scene
                    .mentions
                    .get(scene.mentions.partition_point(|m| m.quote.start < span.start))
                    .is_none_or(|m| m.quote.start >= span.end)
        })
    }

    /// Name `k` with the list that it stands in, or the place within it.
    pub(super) fn here(&self, k: usize) -> Choice {
        if self.places[k].is_some() {
            return Choice::Within(k);
        }
        Choice::Here(self.lists[k].0, self.lists[k].1)
    }
}

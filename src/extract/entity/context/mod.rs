//! A scene with all that governs its values: the parts of its names, the lists that they stand in, its clauses and quotations.

mod speaker;

use super::{EntityKind, EntityMention, EntityRules, Role};
use crate::extract::entity::find::{Finder, Found};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::memory::known::Known;
use crate::extract::entity::role::RoleReader;
use crate::extract::entity::role::adjust::roles;
use crate::extract::entity::role::layout::Layout;
use crate::extract::entity::role::lists::lists;
use crate::extract::mention::Scene;

/// How many words a title between quotation marks may have.
const QUOTED_TITLE: usize = 12;

/// Who governs a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
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
pub(super) struct Context<'r, 's, 't> {
    pub(super) rules: &'r EntityRules,
    pub(super) scene: &'s Scene<'s, 't>,
    pub(super) roles: Vec<Role>,
    /// For each name: the first and last of the list that it stands in.
    pub(super) lists: Vec<(usize, usize)>,
    /// For each local body that only says something: the place that it is of.
    pub(super) places: Vec<Option<Found>>,
    pub(super) layout: Layout,
}

impl<'r, 's, 't: 's> Context<'r, 's, 't> {
    pub(super) fn new(rules: &'r EntityRules, scene: &'s Scene<'s, 't>, memory: &EntityMemory) -> Self {
        let played = roles(&rules.tables, scene, memory);
        if scene.mentions.is_empty() {
            // Only what later sentences are about is asked for, which brackets and quotations alone decide.
            let marked = scene.sentence.text.contains(['(', '"', '“']);
            let layout = if marked { Layout::of(scene.sentence) } else { Layout::default() };
            let (lists, places) = Default::default();
            return Self { rules, scene, roles: played, lists, places, layout }.without_titles();
        }
        let reader = RoleReader { tables: &rules.tables, sentence: scene.sentence };
        let lists = lists(&reader.continuations(scene.entities), &played);
        let finder = Finder { tables: &rules.tables, sentence: scene.sentence };
        let place = |(entity, role): (&EntityMention, &Role)| {
            let body = matches!(entity.kind, EntityKind::Agency | EntityKind::Organisation);
            let says = matches!(role, Role::Says | Role::Source) && body && entity.entry.is_none();
            says.then(|| finder.place_in(entity.first, entity.last, memory)).flatten()
        };
        let places = scene.entities.iter().zip(&played).map(place).collect();
        let layout = Layout::of(scene.sentence);
        Self { rules, scene, roles: played, lists, places, layout }.without_titles()
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

    /// Whether name `k` is a part of a title between quotation marks that holds no value.
    fn titled(&self, k: usize) -> bool {
        let (entity, scene) = (&self.scene.entities[k], self.scene);
        let Some(open) = self.layout.at(entity.first).quoted.checked_sub(1) else { return false };
        let inside = |i: usize| self.layout.at(i).quoted == open + 1;
        let from = open as usize + 1;
        let end =
            (entity.last..scene.sentence.tokens.len().min(from + QUOTED_TITLE + 1)).find(|&i| !inside(i));
        end.is_some_and(|end| {
            let span = scene.sentence.tokens[open as usize].end..scene.sentence.tokens[end].start;
            end - from > entity.last - entity.first
                && scene
                    .mentions
                    .get(scene.mentions.partition_point(|m| m.quote.start < span.start))
                    .is_none_or(|m| m.quote.start >= span.end)
        })
    }
}

impl Context<'_, '_, '_> {
    /// What reads the parts that names of the sentence play.
    pub(super) fn reader(&self) -> RoleReader<'_, '_, '_> {
        RoleReader { tables: &self.rules.tables, sentence: self.scene.sentence }
    }

    /// Name `k` with the list that it stands in, or the place within it.
    pub(super) fn here(&self, k: usize) -> Choice {
        if self.places[k].is_some() {
            return Choice::Within(k);
        }
        Choice::Here(self.lists[k].0, self.lists[k].1)
    }

    /// Whether later sentences are about such an entity without naming it.
    pub(super) fn carries(&self, known: &Known) -> bool {
        let kind = !matches!(known.kind, EntityKind::Person | EntityKind::Name | EntityKind::Media);
        kind && known.entry.is_none_or(|e| self.rules.tables.entries[e as usize].carries)
    }
}

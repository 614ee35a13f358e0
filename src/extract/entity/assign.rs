//! Giving each measured value the name that governs it.

use std::cell::OnceCell;

use super::chosen::Chosen;
use super::find::{Finder, Found};
use super::layout::Layout;
use super::lists::{last_value, lists};
use super::memory::EntityMemory;
use super::parts::{counts, roles};
use super::role::Roles;
use super::{EntityKind, EntityMention, EntityRules, Role};
use crate::extract::mention::{Mention, Scene};
use crate::fact::{Kind, Label};

/// What a name costs for each clause that stands between it and the value.
const CLAUSE: u32 = 2;

/// What a name costs that belongs to an earlier value.
const SPENT: u32 = 6;

/// Names that cost more than this govern nothing.
const TOO_MUCH: u32 = 20;

/// How many names before a value are weighed.
const NAMES: usize = 32;

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
    /// The same, of a thing whose size or price stands right behind it.
    Thing(usize, usize),
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

pub(super) fn assign<'t>(
    rules: &'t EntityRules,
    scene: &Scene<'_, 't>,
    memory: &mut EntityMemory,
) -> Vec<Option<Label<'t>>> {
    if scene.mentions.is_empty() && scene.entities.is_empty() {
        return Vec::new();
    }
    let assigner = Assigner::new(rules, scene, memory);
    let mut previous = Choice::Nobody;
    let people = OnceCell::new();
    let mut choices = Vec::with_capacity(scene.mentions.len());
    let mut topics = Vec::with_capacity(scene.mentions.len());
    for mention in scene.mentions {
        let Chosen { choice, topic, lasts } = assigner.chosen(mention, previous, memory, &people);
        if lasts && !assigner.in_brackets(mention) {
            previous = choice;
        }
        topics.push(topic);
        choices.push(choice);
    }
    let labels = choices.iter().map(|choice| assigner.label(*choice, memory)).collect();
    if let Some(led) = assigner.leading_name() {
        memory.led = Some((led, memory.sentence));
    }
    assigner.set_topic(&topics, memory);
    if memory.sentence == 1 {
        memory.dateline = assigner.dateline();
        memory.headline = assigner.headline();
    }
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
        let lists = lists(scene.entities, |a, b| context.joined(a, b), &roles);
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

    pub(super) fn choose(&self, mention: &Mention<'_>, previous: Choice, memory: &EntityMemory) -> Choice {
        let at = self.scene.sentence.token_at(mention.quote.start);
        if let Some(person) = self.of_age(mention, at, memory) {
            return person;
        }
        let before = self.best_before(at);
        let behind = self.behind(mention, at);
        match (before, behind) {
            (Some((k, cost)), Some(b)) if self.behind_wins(mention, k, cost, b) => self.here(b),
            (Some((k, _)), _) => self.here(k),
            (None, behind) => match behind {
                Some(b) if !previous.names() || self.roles[b] != Role::Owner => self.here(b),
                None if !previous.names() => self.subject_behind(at).map_or(previous, |k| self.here(k)),
                _ => previous,
            },
        }
    }

    /// Whether a person stands before a value: it is theirs rather than the topic's.
    pub(super) fn person_before(&self, mention: &Mention<'_>) -> bool {
        let before = |e: &&EntityMention| e.span.end <= mention.quote.start;
        let mut names = self.scene.entities.iter().take_while(before).zip(&self.roles);
        names.any(|(e, role)| e.kind == EntityKind::Person && *role != Role::Says && *role != Role::Source)
    }

    /// Whether a person without a name speaks or acts before a value; `first` remembers where, once asked for.
    pub(super) fn people_before(&self, mention: &Mention<'_>, first: &OnceCell<Option<usize>>) -> bool {
        let context = Roles { tables: &self.rules.tables, sentence: self.scene.sentence };
        let at = self.scene.sentence.token_at(mention.quote.start);
        first.get_or_init(|| context.first_person()).is_some_and(|person| person < at)
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

    /// Whether a value has a unit of what belongs to somebody or something in its own sentence.
    pub(super) fn own(&self, mention: &Mention<'_>) -> bool {
        let unit = mention.unit.as_deref().unwrap_or_default();
        mention.kind == Kind::Quantity && self.rules.tables.own_units.iter().any(|own| own == unit)
    }

    fn in_brackets(&self, mention: &Mention<'_>) -> bool {
        let at = self.scene.sentence.token_at(mention.quote.start);
        self.layout.at(at).bracket != 0
    }

    pub(super) fn here(&self, k: usize) -> Choice {
        if self.places[k].is_some() {
            return Choice::Within(k);
        }
        Choice::Here(self.lists[k].0, self.lists[k].1)
    }

    /// The cheapest name before token `at`, the nearer of equal ones.
    fn best_before(&self, at: usize) -> Option<(usize, u32)> {
        let entities = self.scene.entities;
        let nearest = entities.partition_point(|e| e.last <= at);
        let costs = (0..nearest).rev().take(NAMES).filter_map(|k| self.cost(k, at).map(|cost| (k, cost)));
        costs.min_by_key(|&(_, cost)| cost).filter(|&(_, cost)| cost <= TOO_MUCH)
    }

    /// What it costs to let name `k` govern the value at token `at`; none where it cannot.
    fn cost(&self, k: usize, at: usize) -> Option<u32> {
        let entity = &self.scene.entities[k];
        let layout = &self.layout;
        let (own, other) = (layout.at(at), layout.at(entity.last - 1));
        if own.bracket != 0 && own.bracket as usize == entity.last + 1 && !self.counted(entity) {
            return Some(0);
        }
        if other.bracket != 0 && other.bracket != own.bracket || other.part != own.part {
            return None;
        }
        let clauses = own.clause.saturating_sub(other.clause);
        let spent = if self.behind_other(k) { SPENT } else { 0 };
        let role = if entity.last == at && self.roles[k] == Role::Object { 1 } else { self.role_cost(k)? };
        Some(clauses.saturating_mul(CLAUSE) + role + kind_cost(entity.kind) + spent)
    }

    /// Whether a name is a part of a number expression, or stands right behind it (85 triệu đô la Singapore).
    fn counted(&self, entity: &EntityMention) -> bool {
        last_value(self.scene.mentions, entity).is_some_and(|m| counts(m, entity, self.scene.sentence))
    }

    /// Whether name `k` belongs to a value that stands before it in its clause (60% tổng thu của cả nước, tăng 5%).
    fn behind_other(&self, k: usize) -> bool {
        let entity = &self.scene.entities[k];
        let ends = |m: &Mention<'_>| self.scene.sentence.token_at(m.quote.end.saturating_sub(1));
        self.roles[k] != Role::Subject
            && last_value(self.scene.mentions, entity)
                .is_some_and(|m| self.layout.at(ends(m)) == self.layout.at(entity.first))
    }

    fn role_cost(&self, k: usize) -> Option<u32> {
        let kind = self.scene.entities[k].kind;
        if self.places[k].is_some() {
            return Some(9);
        }
        if kind == EntityKind::Media && self.roles[k] != Role::Owner {
            return None;
        }
        Some(match self.roles[k] {
            Role::Subject | Role::Owner => 1,
            Role::Place => 3,
            Role::Object if kind == EntityKind::Person => return None,
            Role::Object => 4,
            Role::Partner => 5,
            Role::Says | Role::Source if kind.reports_itself() => 7,
            Role::Agent => 8,
            Role::Against | Role::Source | Role::Says | Role::Venue | Role::Is | Role::On | Role::Scope => {
                return None;
            }
        })
    }
}

fn kind_cost(kind: EntityKind) -> u32 {
    match kind {
        EntityKind::Media => 9,
        EntityKind::Agency | EntityKind::Organisation | EntityKind::Name | EntityKind::Person => 1,
        _ => 0,
    }
}

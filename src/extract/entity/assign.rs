//! Giving each measured value the name that governs it.

use std::borrow::Cow;

use super::memory::{EntityMemory, Known};
use super::role::{Layout, Roles};
use super::{EntityKind, EntityMention, EntityRules, Origin, Role};
use crate::extract::mention::{Mention, Scene};
use crate::extract::sentence::Sentence;
use crate::extract::token::TokenKind;
use crate::fact::{Kind, Label};

/// What a name costs for each clause that stands between it and the value.
const CLAUSE: u32 = 2;

/// What a name costs that belongs to an earlier value.
const SPENT: u32 = 6;

/// Names that cost more than this govern nothing.
const TOO_MUCH: u32 = 20;

/// How many names before a value are weighed.
const NAMES: usize = 32;

/// How many words behind a value its place may stand.
const BEHIND: usize = 9;

/// Who governs a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Names `.0..=.1` of the sentence.
    Here(usize, usize),
    /// An entity of earlier sentences.
    Known(usize),
    Nobody,
}

/// A scene with all that governs its values.
struct Assigner<'r, 's, 't> {
    rules: &'r EntityRules,
    scene: &'s Scene<'s, 't>,
    roles: Vec<Role>,
    /// For each name: the first and last of the list that it stands in.
    lists: Vec<(usize, usize)>,
    layout: Layout,
}

pub(super) fn assign<'t>(
    rules: &'t EntityRules,
    scene: &Scene<'_, 't>,
    memory: &mut EntityMemory,
) -> Vec<Option<Label<'t>>> {
    let assigner = Assigner::new(rules, scene);
    let carried = [memory.topic(false), memory.topic(true)];
    let mut previous = Choice::Nobody;
    let mut choices = Vec::with_capacity(scene.mentions.len());
    for mention in scene.mentions {
        let choice = match assigner.choose(mention, previous) {
            Choice::Nobody => {
                let counted = matches!(mention.kind, Kind::Count | Kind::Quantity | Kind::Rate);
                carried[usize::from(counted)].map_or(Choice::Nobody, Choice::Known)
            }
            found => found,
        };
        if !assigner.in_brackets(mention) {
            previous = choice;
        }
        choices.push(choice);
    }
    assigner.set_topic(&choices, memory);
    choices.into_iter().map(|choice| assigner.label(choice, memory)).collect()
}

impl<'r, 's, 't: 's> Assigner<'r, 's, 't> {
    fn new(knowledge: &'r EntityRules, scene: &'s Scene<'s, 't>) -> Self {
        let context = Roles { tables: &knowledge.tables, sentence: scene.sentence };
        let mut roles = context.of_all(scene.entities);
        for (role, entity) in roles.iter_mut().zip(scene.entities) {
            if entity.kind == EntityKind::Person && !context.leads(entity) {
                *role = Role::Scope;
            }
            if entity.kind == EntityKind::Name && !context.leads(entity) {
                *role = if context.foreign(entity) { Role::Partner } else { Role::Scope };
            }
            if last_value(scene.mentions, entity).is_some_and(|m| counts(m, entity, scene.sentence)) {
                *role = Role::Scope;
            }
        }
        let lists = lists(scene.entities, |a, b| context.joined(a, b), &roles);
        Self { rules: knowledge, scene, roles, lists, layout: Layout::of(scene.sentence) }
    }

    fn choose(&self, mention: &Mention<'_>, previous: Choice) -> Choice {
        let at = self.scene.sentence.token_at(mention.quote.start);
        let before = self.best_before(at);
        let behind = self.behind(mention, at);
        match (before, behind) {
            (Some((k, cost)), Some(b)) if self.behind_wins(mention, k, cost, b) => self.here(b),
            (Some((k, _)), _) => self.here(k),
            (None, behind) => match (previous, behind) {
                (_, Some(b)) if previous == Choice::Nobody || self.roles[b] != Role::Owner => self.here(b),
                (previous, _) => previous,
            },
        }
    }

    fn in_brackets(&self, mention: &Mention<'_>) -> bool {
        let at = self.scene.sentence.token_at(mention.quote.start);
        self.layout.at(at).bracket != 0
    }

    fn here(&self, k: usize) -> Choice {
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
        if own.bracket != 0 && own.bracket as usize == entity.last + 1 {
            return Some(0);
        }
        if other.bracket != 0 && other.bracket != own.bracket || other.part != own.part {
            return None;
        }
        let clauses = own.clause.saturating_sub(other.clause);
        let spent = if self.behind_other(k) { SPENT } else { 0 };
        Some(clauses.saturating_mul(CLAUSE) + self.role_cost(k)? + kind_cost(entity.kind) + spent)
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
        Some(match self.roles[k] {
            Role::Subject | Role::Owner => 1,
            Role::Place => 3,
            Role::Partner => 5,
            Role::Says | Role::Source if kind.reports_itself() => 7,
            Role::Agent => 8,
            Role::Against | Role::Source | Role::Says | Role::Venue | Role::Scope => return None,
        })
    }

    /// The name right behind a value that says whose or where it is (300 ca ở Hà Nội, 90% các tỉnh).
    fn behind(&self, mention: &Mention<'_>, at: usize) -> Option<usize> {
        let entities = self.scene.entities;
        let end = self.scene.sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        let k = entities.partition_point(|e| e.first < end.max(at));
        let entity = entities.get(k)?;
        if self.counted_by(mention, k) {
            return Some(k);
        }
        let between = self.scene.sentence.tokens.get(end..entity.first)?;
        let broken = between.iter().any(|t| {
            t.kind == TokenKind::Number
                || matches!(t.text(self.scene.sentence.text), "," | ";" | ":" | "(" | ")" | ".")
        });
        let said = matches!(self.roles[k], Role::Owner | Role::Place);
        (said && !broken && between.len() <= BEHIND).then_some(k)
    }

    /// Whether a percentage is of the group right behind it (90% các tỉnh).
    fn counted_by(&self, mention: &Mention<'_>, k: usize) -> bool {
        let entity = &self.scene.entities[k];
        let next = self.scene.sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        entity.first == next && entity.kind == EntityKind::Group && mention.kind == Kind::Percentage
    }

    /// Whether the place behind a count is nearer to the point than the name before it.
    fn behind_wins(&self, mention: &Mention<'_>, before: usize, cost: u32, behind: usize) -> bool {
        let (a, b) = (&self.scene.entities[before], &self.scene.entities[behind]);
        if self.counted_by(mention, behind) {
            return true;
        }
        let own = a.kind.reports_itself() || matches!(a.kind, EntityKind::Agency | EntityKind::Group);
        let counted =
            matches!(mention.kind, Kind::Count | Kind::Percentage) && self.roles[behind] == Role::Place;
        counted && b.kind.is_place() && (cost > 4 || !own)
    }

    /// What later sentences that name nobody are about.
    fn set_topic(&self, choices: &[Choice], memory: &mut EntityMemory) {
        let mut named: Vec<usize> = choices
            .iter()
            .filter_map(|c| match *c {
                Choice::Here(a, b) if a == b => Some(self.scene.entities[a].known),
                Choice::Known(k) => Some(k),
                Choice::Here(..) | Choice::Nobody => None,
            })
            .collect();
        named.sort_unstable();
        named.dedup();
        let topic = match (&named[..], choices) {
            ([only], _) => Some(*only),
            ([], []) => self.first_subject(memory),
            _ => None,
        };
        if let Some(topic) = topic.filter(|&k| self.carries(&memory.known[k])) {
            memory.set_topic(topic);
        }
    }

    /// Whether later sentences are about such an entity without naming it.
    fn carries(&self, known: &Known) -> bool {
        let kind = !matches!(known.kind, EntityKind::Person | EntityKind::Name | EntityKind::Media);
        kind && known.entry.is_none_or(|e| self.rules.tables.entries[e as usize].carries)
    }

    /// The first subject or owner that later sentences may be about.
    fn first_subject(&self, memory: &EntityMemory) -> Option<usize> {
        let subject = |k: usize| matches!(self.roles[k], Role::Subject | Role::Owner);
        let known = (0..self.roles.len()).filter(|&k| subject(k)).map(|k| self.scene.entities[k].known);
        known.into_iter().find(|&k| self.carries(&memory.known[k]))
    }

    fn label(&self, choice: Choice, memory: &EntityMemory) -> Option<Label<'t>>
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
                    _ => Some(Label {
                        id: self.id(entity.entry),
                        text: Cow::Borrowed(&self.scene.sentence.text[entity.span.clone()]),
                    }),
                }
            }
            Choice::Known(k) => Some(self.known(k, memory)),
            Choice::Nobody => None,
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

/// The last value that begins before the end of a name.
fn last_value<'m, 't>(mentions: &'m [Mention<'t>], entity: &EntityMention) -> Option<&'m Mention<'t>> {
    mentions.partition_point(|m| m.quote.start < entity.span.end).checked_sub(1).map(|i| &mentions[i])
}

/// Whether a name stands in a number expression, or right behind it as what it counts or ranks over.
fn counts(mention: &Mention<'_>, entity: &EntityMention, sentence: &Sentence<'_>) -> bool {
    let inside = mention.quote.start < entity.span.end && entity.span.start < mention.quote.end;
    inside || sentence.token_at(mention.quote.end.saturating_sub(1)) + 1 == entity.first
}

fn kind_cost(kind: EntityKind) -> u32 {
    match kind {
        EntityKind::Person => 4,
        EntityKind::Media => 9,
        EntityKind::Agency | EntityKind::Organisation | EntityKind::Name => 1,
        _ => 0,
    }
}

/// For each name the list of joined names that it stands in.
fn lists(
    entities: &[EntityMention],
    joined: impl Fn(&EntityMention, &EntityMention) -> bool,
    roles: &[Role],
) -> Vec<(usize, usize)> {
    let mut lists: Vec<(usize, usize)> = Vec::with_capacity(entities.len());
    for k in 0..entities.len() {
        let linked = k > 0 && roles[k] != Role::Source && joined(&entities[k - 1], &entities[k]);
        let first = if linked { lists[k - 1].0 } else { k };
        lists.push((first, k));
    }
    for k in (1..lists.len()).rev() {
        if lists[k].0 < k {
            lists[k - 1].1 = lists[k].1;
        }
    }
    lists
}

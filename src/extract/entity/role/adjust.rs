//! The part of every name of a scene: by the words around it, and by what the page and the values say of it.

use super::RoleReader;
use super::lists::{in_counted_list, last_value};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::rules::tables::Tables;
use crate::extract::entity::{EntityKind, EntityMention, Origin, Role};
use crate::extract::mention::{Mention, Scene};
use crate::extract::sentence::Sentence;

/// The role of every name of a scene.
pub(crate) fn roles(tables: &Tables, scene: &Scene<'_, '_>, memory: &EntityMemory) -> Vec<Role> {
    let reader = RoleReader { tables, sentence: scene.sentence };
    let mut roles = reader.of_all(scene.entities);
    let (mut before, mut subject) = (Role::Scope, None);
    for (k, (role, entity)) in roles.iter_mut().zip(scene.entities).enumerate() {
        let entry = entity.entry.map(|e| &tables.entries[e as usize]);
        let listed = k > 0 && scene.entities[k - 1].last + 1 == entity.first;
        let counted = || in_counted_list(scene, entity);
        let common = entry.is_some_and(|e| e.leads) && (listed || !reader.opens(entity) || counted());
        let vague = entry.is_some_and(|e| e.rule.is_none() && !e.carries);
        let person = entity.kind == EntityKind::Person;
        if common || vague && !reader.leads(entity) {
            *role = Role::Scope;
        }
        if person && *role == Role::Subject && !reader.leads(entity) {
            // Whom a subject makes do something is its object (mời ông A lên sân khấu).
            let pivot = subject.is_some_and(|s: usize| reader.nearby(scene.entities[s].last, entity.first));
            *role = if reader.governs_verb(entity) && !pivot { Role::Subject } else { Role::Object };
        }
        if entity.kind == EntityKind::Name && !matches!(entity.origin, Origin::Anaphor(_)) {
            *role = of_name(&reader, entity, *role, memory.known[entity.known].count > 1);
        }
        if k > 0 && *role == Role::Owner && reader.owns_name(&scene.entities[k - 1], before, entity) {
            *role = Role::Scope;
        }
        if last_value(scene.mentions, entity).is_some_and(|m| counts(m, entity, scene.sentence)) {
            *role = Role::Scope;
        }
        before = *role;
        subject = if *role == Role::Subject { Some(k) } else { subject };
    }
    roles
}

/// The role of a name that no rule knows: one governs that the page names `again`, or that looks like a name and acts.
fn of_name(reader: &RoleReader<'_, '_, '_>, name: &EntityMention, role: Role, again: bool) -> Role {
    let known = again && (name.last - name.first > 1 || reader.foreign(name));
    let proper = || {
        let long = name.last - name.first > 1;
        (long || reader.foreign(name) || reader.names_person(name)) && reader.acts(name)
    };
    match role {
        Role::Subject if reader.leads(name) && (known || proper()) => Role::Subject,
        Role::Subject if known && reader.governs_verb(name) => Role::Subject,
        Role::Subject if known => Role::Partner,
        // An abbreviation in passing is mostly a term.
        Role::Object if known && name.last - name.first > 1 => Role::Object,
        Role::Subject | Role::Partner | Role::Object => Role::Scope,
        role => role,
    }
}

/// Whether a name stands in a number expression, or right behind it as what it counts or ranks over.
pub(crate) fn counts(mention: &Mention<'_>, entity: &EntityMention, sentence: &Sentence<'_>) -> bool {
    let inside = mention.quote.start < entity.span.end && entity.span.start < mention.quote.end;
    inside || sentence.tokens_in(&mention.quote).end == entity.first
}

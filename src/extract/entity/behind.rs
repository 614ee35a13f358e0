//! Names behind a value that govern it.

use super::assign::Assigner;
use super::role::Roles;
use super::{EntityKind, EntityMention, Role};
use crate::extract::mention::Mention;
use crate::extract::token::TokenKind;
use crate::fact::Kind;

/// How many words of a counted noun may stand before the name that tells which.
const MODIFIER: usize = 3;

/// How many words may stand between a value and the owner that follows it.
const OWNER_BEHIND: usize = 5;

/// How many words behind a value its place may stand.
const BEHIND: usize = 9;

impl Assigner<'_, '_, '_> {
    /// The name right behind a value that says whose or where it is (300 ca ở Hà Nội, 90% các tỉnh).
    pub(super) fn behind(&self, mention: &Mention<'_>, at: usize) -> Option<usize> {
        let entities = self.scene.entities;
        let end = self.scene.sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        let mut k = entities.partition_point(|e| e.first < end.max(at));
        if entities.get(k).is_some_and(|e| e.first == end && self.common(e)) && !self.counted_by(mention, k) {
            k += 1;
        }
        let entity = entities.get(k)?;
        let context = Roles { tables: &self.rules.tables, sentence: self.scene.sentence };
        if mention.kind == Kind::Rank && context.joins(end) && entity.first == end + 1 {
            return Some(k);
        }
        if self.counted_by(mention, k) {
            return Some(self.place_of(k).unwrap_or(k));
        }
        let between = self.scene.sentence.tokens.get(end..entity.first)?;
        let broken = between.iter().any(|t| {
            t.kind == TokenKind::Number
                || matches!(t.text(self.scene.sentence.text), "," | ";" | ":" | "(" | ")" | ".")
        });
        let said = matches!(self.roles[k], Role::Owner | Role::Place);
        let said = said && !(self.own(mention) && entity.kind.is_place());
        (said && !broken && between.len() <= BEHIND).then_some(k)
    }

    /// The subject whose clause follows the phrase that a value stands in (Với 5 tỷ USD, Lào dẫn đầu), or the clause without
    /// a name that the sentence begins with.
    pub(super) fn subject_behind(&self, at: usize) -> Option<usize> {
        let (sentence, entities) = (self.scene.sentence, self.scene.entities);
        let own = self.layout.at(at);
        let opens = self.layout.start(at);
        let k = entities.partition_point(|e| e.first <= at);
        let entity = entities.get(k).filter(|_| self.roles[k] == Role::Subject)?;
        let other = self.layout.at(entity.first);
        let next = other.clause == own.clause + 1 && other.part == own.part && other.bracket == own.bracket;
        let context = Roles { tables: &self.rules.tables, sentence };
        (next && (context.fronted(opens) || opens == at || opens == 0) && context.opens(entity)).then_some(k)
    }

    /// The name that tells which things a count counts, where nobody is named before (3 cầu thủ Juventus).
    pub(super) fn modifier(&self, mention: &Mention<'_>) -> Option<usize> {
        let (sentence, entities) = (self.scene.sentence, self.scene.entities);
        let end = sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        let k = entities.partition_point(|e| e.first < end);
        let entity = entities.get(k).filter(|e| mention.kind == Kind::Count && e.first > end)?;
        let context = Roles { tables: &self.rules.tables, sentence };
        let kind = !matches!(entity.kind, EntityKind::Person | EntityKind::Group | EntityKind::Name);
        let kind = kind && entity.entry.is_none_or(|e| self.rules.tables.entries[e as usize].carries);
        let role = matches!(self.roles[k], Role::Subject | Role::Object | Role::Scope);
        let counted = || mention.phrase.end >= entity.span.start || context.nouns(end, entity.first);
        (kind && role && entity.first <= end + MODIFIER && counted()).then_some(k)
    }

    /// The place right behind a group, which is measured rather than they (83% hộ gia đình ở Lào).
    fn place_of(&self, group: usize) -> Option<usize> {
        let next = self.scene.entities.get(group + 1)?;
        let near = next.first <= self.scene.entities[group].last + 2;
        let said = matches!(self.roles[group + 1], Role::Owner | Role::Place) && next.kind.is_place();
        (near && said).then_some(group + 1)
    }

    /// Whether a name is of a group that common nouns name.
    fn common(&self, entity: &EntityMention) -> bool {
        entity.entry.is_some_and(|e| self.rules.tables.entries[e as usize].leads)
    }

    /// Whether a percentage is of the group right behind it (90% các tỉnh).
    fn counted_by(&self, mention: &Mention<'_>, k: usize) -> bool {
        let entity = &self.scene.entities[k];
        let next = self.scene.sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        entity.first == next && entity.kind == EntityKind::Group && mention.kind == Kind::Percentage
    }

    /// Whether a value belongs to the owner right behind it: a count (9 cảng của Chile), or a level in a list of
    /// them (thuế của Lào là 5%, so với 8% của Peru và 9% của Chile).
    fn owned_by(&self, mention: &Mention<'_>, before: usize, behind: usize) -> bool {
        let sentence = self.scene.sentence;
        let end = sentence.token_at(mention.quote.end.saturating_sub(1)) + 1;
        let near = self.scene.entities[behind].first.saturating_sub(end) <= OWNER_BEHIND;
        let from = self.scene.entities[before].span.end;
        let other =
            self.scene.mentions.iter().any(|m| m.quote.start >= from && m.quote.end <= mention.quote.start);
        let own = match mention.kind {
            Kind::Count => true,
            Kind::Percentage | Kind::Money | Kind::Quantity => other && !mention.is_change,
            _ => false,
        };
        near && own && self.roles[behind] == Role::Owner && !self.common(&self.scene.entities[behind])
    }

    /// Whether the place behind a count is nearer to the point than the name before it.
    pub(super) fn behind_wins(&self, mention: &Mention<'_>, before: usize, cost: u32, behind: usize) -> bool {
        let (a, b) = (&self.scene.entities[before], &self.scene.entities[behind]);
        if self.counted_by(mention, behind)
            || self.owned_by(mention, before, behind)
            || mention.kind == Kind::Rank && self.roles[behind] == Role::Subject
        {
            return true;
        }
        let body = matches!(a.kind, EntityKind::Agency | EntityKind::Group) && !self.common(a);
        let own = a.kind.reports_itself() || body;
        let counted =
            matches!(mention.kind, Kind::Count | Kind::Percentage) && self.roles[behind] == Role::Place;
        counted && b.kind.is_place() && (cost > 4 || !own)
    }
}

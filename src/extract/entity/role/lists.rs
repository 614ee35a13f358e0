//! Lists: names that are joined, and things that one number counts.

use super::{NOUN_BEFORE_NAME, RoleReader};
use crate::extract::entity::{EntityKind, EntityMention, Role};
use crate::extract::mention::{Mention, Scene};
use crate::extract::words::token::TokenKind;
use crate::fact::Kind;

/// Within how many words of its number a list of counted things goes on.
const LISTED: usize = 5;

/// The last value that begins before the end of a name.
pub(super) fn last_value<'m, 't>(
    mentions: &'m [Mention<'t>],
    entity: &EntityMention,
) -> Option<&'m Mention<'t>> {
    mentions.partition_point(|m| m.quote.start < entity.span.end).checked_sub(1).map(|i| &mentions[i])
}

/// Whether common words go on with the list of things that a count begins (410 tập đoàn, doanh nghiệp).
pub(super) fn in_counted_list(scene: &Scene<'_, '_>, entity: &EntityMention) -> bool {
    let count = last_value(scene.mentions, entity).filter(|m| m.kind == Kind::Count);
    let comma = entity.first > 0 && scene.sentence.words(entity.first - 1, entity.first) == ",";
    let between = |m: &Mention<'_>| entity.first.saturating_sub(scene.sentence.tokens_in(&m.quote).end);
    comma && count.is_some_and(|m| (2..LISTED).contains(&between(m)))
}

impl RoleReader<'_, '_, '_> {
    /// For each name whether it goes on with the list of the name before it.
    pub(crate) fn continuations(&self, entities: &[EntityMention]) -> Vec<bool> {
        let mut ended = false;
        let mut joins = |k: usize| {
            let between =
                self.sentence.tokens.get(entities[k - 1].last..entities[k].first).unwrap_or_default();
            // A và B, C: the word joined the last two, and the comma begins a clause.
            let joined = !(ended && between.len() == 1 && between[0].kind == TokenKind::Mark)
                && self.joined(&entities[k - 1], &entities[k]);
            ended = joined && between.iter().any(|token| self.is_and(token));
            joined
        };
        (0..entities.len()).map(|k| k > 0 && joins(k)).collect()
    }

    /// Whether only a comma or `và` stands between two names of a sort.
    fn joined(&self, a: &EntityMention, b: &EntityMention) -> bool {
        let between = self.sentence.tokens.get(a.last..b.first).unwrap_or_default();
        if let [to] = between
            && self.tables.is_to(to.word)
        {
            let from = a.first > 0 && self.tables.is_from(self.sentence.tokens[a.first - 1].word);
            return from && a.kind.is_place() && b.kind.is_place();
        }
        // So với Lào, Campuchia có 30 ca: the comma ends the phrase that the sentence begins with.
        let fronted =
            || a.first <= NOUN_BEFORE_NAME && self.cue_before(a.first).is_some() && self.governs_verb(b);
        if between.len() == 1 && !self.is_and(&between[0]) && fronted() {
            return false;
        }
        let alike = a.kind == b.kind || (a.kind.reports_itself() && b.kind.reports_itself());
        match between {
            [mark] if !matches!(a.kind, EntityKind::Person | EntityKind::Name) || self.is_and(mark) => {
                alike && (matches!(mark.text(self.sentence.text), "," | "/" | "-") || self.is_and(mark))
            }
            [mark, and] => alike && mark.text(self.sentence.text) == "," && self.is_and(and),
            _ => false,
        }
    }
}

/// For each name the list of joined names that it stands in; `joined` says which belong to the name before them.
pub(crate) fn lists(joined: &[bool], roles: &[Role]) -> Vec<(usize, usize)> {
    let mut lists: Vec<(usize, usize)> = Vec::with_capacity(joined.len());
    for k in 0..joined.len() {
        let linked = joined[k] && roles[k] != Role::Source;
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

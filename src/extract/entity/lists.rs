//! Lists: names that are joined, and things that one number counts.

use super::{EntityMention, Role};
use crate::extract::mention::{Mention, Scene};
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
    let behind = |m: &Mention<'_>| {
        entity.first - scene.sentence.token_at(m.quote.end.saturating_sub(1)).min(entity.first)
    };
    comma && count.is_some_and(|m| (3..=LISTED).contains(&behind(m)))
}

/// For each name the list of joined names that it stands in; `joined` says which belong to the name before them.
pub(super) fn lists(joined: &[bool], roles: &[Role]) -> Vec<(usize, usize)> {
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

//! Where a candidate stands, seen from a value.

use std::ops::Range;

use super::Features;
use super::candidates::Seen;
use super::feature::{Bracketed, Feature, Side};
use crate::extract::entity::EntityMention;
use crate::extract::entity::context::Context;
use crate::extract::weigh::distance;
use crate::extract::words::token::TokenKind;
use crate::fact::Kind;

/// Within how many words a list of names and values keeps its form.
const LISTED: usize = 8;

impl Context<'_, '_, '_> {
    /// Whether value `index` counts what bears a name in a clause before, and so is of somebody else (giá Bitcoin tăng, anh
    /// có | 20 Bitcoin).
    pub(super) fn counts(&self, index: usize, name: &EntityMention) -> bool {
        let (mention, sentence) = (&self.scene.mentions[index], self.scene.sentence);
        let same =
            mention.kind == Kind::Count && mention.unit.as_deref() == Some(&sentence.text[name.span.clone()]);
        let clause =
            || sentence.tokens[name.last..].iter().take_while(|token| token.start < mention.quote.start);
        same && clause().any(|token| token.kind == TokenKind::Mark)
    }

    /// Whether a word for a size, weight or price, and perhaps a comma, is all that stands in `from..to`, but for other
    /// sizes with their values (một hố sâu 3 m, rộng 2 m).
    pub(super) fn measured(&self, from: usize, to: usize) -> bool {
        let (sentence, mut at) = (self.scene.sentence, from);
        while at < to {
            let comma = sentence.tokens[at].text(sentence.text) == ",";
            let measure = self.rules.tables.measures.longest(&sentence.tokens, at + usize::from(comma));
            let Some(behind) = measure.map(|hit| hit.last) else { return false };
            if behind == to {
                return true;
            }
            let value = self.scene.mentions.iter().find(|m| sentence.token_at(m.quote.start) == behind);
            let Some(value) = value else { return false };
            at = sentence.tokens_in(&value.quote).end;
        }
        false
    }

    /// Where the tokens of a candidate stand, seen from a value.
    pub(super) fn place(&self, seen: &Seen, (first, last): (usize, usize), features: &mut Features) {
        let (entities, mentions, tokens) =
            (self.scene.entities, self.scene.mentions, &self.scene.sentence.tokens);
        let spot = self.layout.at(last - 1);
        let (side, from, to) = if last <= seen.first {
            (Side::Before, last, seen.first)
        } else if first >= seen.last {
            (Side::Behind, seen.last, first)
        } else {
            (Side::Inside, first, first)
        };
        let starts = |at: usize| tokens.get(at).map_or(usize::MAX, |t| t.start);
        let names = entities
            .partition_point(|e| e.last <= to)
            .saturating_sub(entities.partition_point(|e| e.first < from));
        let start = |at: usize| mentions.partition_point(|m| m.quote.start < starts(at));
        features.set(Feature::Values, start(to).saturating_sub(start(from)));
        let counted = mentions[..mentions.partition_point(|m| m.quote.start < starts(first))].last();
        let counted = counted.is_some_and(|m| self.scene.sentence.tokens_in(&m.quote).end == first);
        features.set(Feature::Side, side as usize);
        features.set(Feature::Clause, seen.spot.clause.abs_diff(spot.clause) as usize);
        features.set(Feature::Distance, distance(to - from));
        features.set(Feature::Names, names);
        features.flag(Feature::Counted, counted);
        features.flag(Feature::Apart, seen.spot.part != spot.part);
        features.set(Feature::Brackets, bracketed(seen.spot.bracket, spot.bracket) as usize);
    }

    /// Whether the value before or behind has a name of the type of name `k` where this value has it, in the same clause:
    /// at the same distance before it, or behind it give or take a word.
    pub(super) fn parallel(&self, seen: &Seen, k: usize) -> bool {
        let (scene, entity) = (self.scene, &self.scene.entities[k]);
        let gap = |entity: &EntityMention, first: usize, last: usize| {
            if entity.last <= first {
                (true, first - entity.last)
            } else {
                (false, entity.first.saturating_sub(last))
            }
        };
        let own = gap(entity, seen.first, seen.last);
        // In another clause it is the neighbour's own (12 ca ở Huế, | 9 ca ở Vinh).
        if self.layout.at(entity.last - 1).clause != seen.spot.clause {
            return false;
        }
        let alike = |other: (bool, usize)| other.0 == own.0 && other.1.abs_diff(own.1) <= usize::from(!own.0);
        let neighbours = [seen.index.checked_sub(1), Some(seen.index + 1)];
        own.1 < LISTED
            && neighbours.into_iter().flatten().filter_map(|i| scene.mentions.get(i)).any(|mention| {
                let Range { start: first, end: last } = scene.sentence.tokens_in(&mention.quote);
                let before = scene.entities.partition_point(|e| e.last <= first);
                let other = if own.0 { before.checked_sub(1) } else { Some(before) };
                other
                    .filter(|&j| j != k)
                    .and_then(|j| scene.entities.get(j))
                    .is_some_and(|other| other.kind == entity.kind && alike(gap(other, first, last)))
            })
    }
}

/// The value of [`Feature::Brackets`] for a value and a candidate in such brackets.
fn bracketed(value: u32, candidate: u32) -> Bracketed {
    match (value, candidate) {
        _ if value == candidate => Bracketed::Same,
        (0, _) => Bracketed::Candidate,
        (_, 0) => Bracketed::Value,
        _ => Bracketed::Both,
    }
}

//! Head nouns with the names behind them, and what these stand for.

use super::{Finder, Found};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::rules::tables::Head;
use crate::extract::entity::{EntityKind, Origin};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::TokenKind;

/// Words that a name in quotation marks may have.
const QUOTED: usize = 6;

impl Finder<'_, '_, '_> {
    /// The head noun at `at` with its name.
    pub(crate) fn headed_at(&self, at: usize, memory: &EntityMemory) -> Option<Found> {
        let tokens = &self.sentence.tokens;
        let spelled = |hit: &Hit<u32>| {
            self.tables.head_capitals[hit.value as usize]
                .fits(self.sentence.text, &tokens[hit.first..hit.last])
        };
        let hit = self.tables.head_words.longest_where(tokens, at, spelled)?;
        if self.ends_compound(at, hit.last) || self.only_initial(hit.last) {
            return None;
        }
        let rule = self.tables.head_capitals[hit.value as usize].value;
        let head = &self.tables.heads[rule as usize];
        if let Some(last) = self.closed_behind(hit.last) {
            let (entry, kind) = self.named_by(hit.last + 1, last - 1, head, memory);
            return Some(Found { name: hit.last, last, kind, entry, origin: Origin::Head(rule) });
        }
        let next = tokens.get(hit.last).is_some_and(|t| t.kind == TokenKind::Number || t.capital)
            || matches!(head.kind, EntityKind::Company | EntityKind::Bank | EntityKind::Place)
                && self.field_at(hit.last).is_some();
        if !next && !tokens[at].capital && head.kind != EntityKind::Project {
            return None;
        }
        let last = self.name_end(hit.last, head)?;
        let (entry, kind) = self.named_by(hit.last, last, head, memory);
        Some(Found { name: hit.last, last, kind, entry, origin: Origin::Head(rule) })
    }

    /// The end of a name in quotation marks that begins at `open` (khách sạn “Hoa Sen”).
    fn closed_behind(&self, open: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let close = match tokens.get(open)?.text(self.sentence.text) {
            "“" => "”",
            "\"" => "\"",
            _ => return None,
        };
        let words = tokens.get(open + 1..(open + 2 + QUOTED).min(tokens.len()))?;
        let length = words.iter().position(|token| token.text(self.sentence.text) == close)?;
        let name = words.first()?.capital && words[..length].iter().all(|t| t.kind != TokenKind::Mark);
        name.then_some(open + 1 + length + 1)
    }

    /// Whether the words `first..last` only end another (họp trực tuyến 12 huyện).
    fn ends_compound(&self, first: usize, last: usize) -> bool {
        let before =
            first.checked_sub(1).and_then(|i| self.tables.compounds.longest(&self.sentence.tokens, i));
        before.is_some_and(|hit| hit.last == last)
    }

    /// What the words behind a head noun stand for where the head adds nothing.
    fn named_by(
        &self,
        first: usize,
        last: usize,
        head: &Head,
        memory: &EntityMemory,
    ) -> (Option<u32>, EntityKind) {
        if !head.same {
            return (None, head.kind);
        }
        let listed = self.listed_at(first).filter(|f| f.last == last).and_then(|f| f.entry);
        let known = || memory.by_name(self.text(first, last)).and_then(|i| memory.known[i].entry);
        let business = matches!(head.kind, EntityKind::Bank | EntityKind::Company);
        let alike = |&entry: &u32| !(business && self.tables.entries[entry as usize].kind.is_place());
        match listed.or_else(known).filter(alike) {
            Some(entry) => (Some(entry), self.tables.entries[entry as usize].kind),
            None => (None, head.kind),
        }
    }
}

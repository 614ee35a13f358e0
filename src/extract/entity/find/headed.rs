//! Head nouns with the names behind them, and what these stand for.

use std::ops::Range;

use super::{Finder, Found};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::rules::file::Run;
use crate::extract::entity::rules::tables::Head;
use crate::extract::entity::{EntityKind, Origin};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::quotation::quoted;
use crate::extract::words::token::{Token, TokenKind};

/// Words that the name of a vessel may have before its number.
const LONGEST_VESSEL: usize = 3;

/// Words that a name in quotation marks may have.
const LONGEST_QUOTED: usize = 6;

impl Finder<'_, '_, '_> {
    /// The head noun at `at` with its name.
    pub(super) fn headed_at(&self, at: usize, memory: &EntityMemory) -> Option<Found> {
        let tokens = &self.sentence.tokens;
        let spelled = |hit: &Hit<u32>| {
            self.tables.head_capitals[hit.value as usize]
                .fits(self.sentence.text, &tokens[hit.first..hit.last])
        };
        let hit = self.tables.head_words.longest_where(tokens, at, spelled)?;
        if self.tables.compound_over(tokens, at, hit.last) || self.only_initial(hit.last) {
            return None;
        }
        let rule = self.tables.head_capitals[hit.value as usize].value;
        let head = &self.tables.heads[rule as usize];
        if let Some(name) = self.quoted_name(hit.last) {
            let (entry, kind) = self.named_by(name.start, name.end, head, memory);
            return Some(Found {
                name: hit.last,
                last: name.end + 1,
                kind,
                entry,
                origin: Origin::Head(rule),
            });
        }
        let unlisted =
            |last| Found { name: hit.last, last, kind: head.kind, entry: None, origin: Origin::Head(rule) };
        if head.run == Run::Quoted {
            return self.numbered_vessel(hit.last).map(unlisted);
        }
        if head.run == Run::Country {
            let place = self.place_behind(hit.last).filter(|(place, _)| place.kind == EntityKind::Country);
            return place.map(|(_, last)| unlisted(last));
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

    /// Where the name of a vessel, or of one of several works, ends that begins at `from` and ends in its number (tàu Hải Linh 02): behind it
    /// stands nothing that the number could count.
    fn numbered_vessel(&self, from: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let capital = |t: &&Token| t.kind == TokenKind::Word && t.capital;
        let words = tokens[from..].iter().take_while(capital).count();
        let at = from + words;
        let number = tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let digits = number.text(self.sentence.text).bytes().all(|b| b.is_ascii_digit());
        let counts = self.tables.may_be_counted(self.sentence.text, tokens, at + 1);
        let country = self.listed_at(from).is_some_and(|f| f.kind == EntityKind::Country);
        ((1..=LONGEST_VESSEL).contains(&words) && digits && !counts && !country).then_some(at + 1)
    }

    /// The tokens of a name whose first quotation mark stands at `open` (khách sạn “Hoa Sen”).
    fn quoted_name(&self, open: usize) -> Option<Range<usize>> {
        let tokens = &self.sentence.tokens;
        let name = quoted(self.sentence.text, tokens, open, LONGEST_QUOTED)?;
        let words = &tokens[name.clone()];
        (words[0].capital && words.iter().all(|t| t.kind != TokenKind::Mark)).then_some(name)
    }

    /// Whether a name was found in quotation marks.
    pub(super) fn is_quoted(&self, found: &Found) -> bool {
        self.quoted_name(found.name).is_some()
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

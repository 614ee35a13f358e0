//! Finding the entities of a sentence: by gazetteer, by head noun, by anaphor, and as bare names.

mod bare;
mod branch;
mod headed;
mod joints;
mod listed;
mod name_end;
mod officer;
mod product;

use super::{EntityKind, EntityMention, Origin};
use crate::extract::entity::memory::EntityMemory;
use crate::extract::entity::memory::known::{Known, Named};
use crate::extract::entity::mention::Sex;
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::rules::tables::Tables;
use crate::extract::sentence::Sentence;
use crate::extract::words::lexicon::Hit;
use crate::extract::words::quotation::quoting;
use crate::extract::words::token::TokenKind;

/// Words that a name may have at most.
pub(crate) const LONGEST: usize = 16;

/// A name found, before the memory knows of it.
pub(crate) struct Found {
    /// Where the name itself begins, behind its head noun.
    pub(crate) name: usize,
    pub(crate) last: usize,
    pub(crate) kind: EntityKind,
    pub(crate) entry: Option<u32>,
    pub(crate) origin: Origin,
}

/// One pass over a sentence.
pub(crate) struct Finder<'r, 's, 't> {
    pub(crate) tables: &'r Tables,
    pub(crate) sentence: &'s Sentence<'t>,
}

impl Finder<'_, '_, '_> {
    /// Finds all entities of the sentence, in order.
    pub(crate) fn run(&self, memory: &mut EntityMemory, into: &mut Vec<EntityMention>) {
        let tokens = &self.sentence.tokens;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let class = self.tables.classes.of(token.word);
            if token.kind != TokenKind::Word || (class & class::BEGINS == 0 && !token.capital) {
                at += 1;
                continue;
            }
            let blocked = self.blocked(at, class);
            let found = self.unblocked_name(at, class, blocked, memory).filter(|f| f.last >= blocked);
            let common = found.as_ref().is_some_and(|f| self.common(f));
            if let Some(last) = common.then(|| self.anaphor_at(at, class, memory, into)).flatten() {
                at = last;
            } else if let Some(found) = found {
                let last = found.last;
                self.push(at, &found, memory, into);
                at = last;
            } else if let Some(last) = self.anaphor_at(at, class, memory, into) {
                at = last.max(blocked);
            } else if blocked > at {
                at = blocked;
            } else {
                at = self.bare_name(at, class, memory, into);
            }
        }
    }

    /// Whether the words of a group are common ones, which may also stand for an entity named before.
    fn common(&self, found: &Found) -> bool {
        found.entry.is_some_and(|entry| self.tables.entries[entry as usize].leads)
    }

    /// Where the phrase that is no name and begins at `at` ends, or `at`.
    pub(super) fn blocked(&self, at: usize, class: u32) -> usize {
        let phrase =
            (class & class::NOT_NAME != 0).then(|| self.tables.not_names.longest(&self.sentence.tokens, at));
        phrase.flatten().filter(|hit| !self.cuts_name(hit)).map_or(at, |hit| hit.last)
    }

    /// Whether a phrase ends within a name of the gazetteer that begins in it (người Nhật | Bản).
    fn cuts_name(&self, phrase: &Hit<()>) -> bool {
        let next = self.sentence.tokens.get(phrase.last).is_some_and(|token| token.capital);
        let beyond = |at: usize| self.listed_at(at).is_some_and(|found| found.last > phrase.last);
        next && (phrase.first + 1..phrase.last).any(beyond)
    }

    /// Whether a word or phrase that begins a sentence stands at token `at`, its first word alone with a capital.
    pub(crate) fn opener(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let small = |hit: &Hit<()>| tokens[hit.first + 1..hit.last].iter().all(|token| !token.capital);
        self.tables.classes.of(tokens[at].word) & class::OPENER != 0
            && self.tables.openers.longest_where(tokens, at, small).is_some()
    }

    /// The words of the tokens `first..last`.
    pub(crate) fn text(&self, first: usize, last: usize) -> &str {
        self.sentence.words(first, last)
    }

    /// Takes note of what was found.
    pub(crate) fn push(
        &self,
        first: usize,
        found: &Found,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) {
        if self.defines(first, found, memory, into) {
            return;
        }
        let name = self.text(found.name, found.last);
        let body = matches!(found.kind, EntityKind::Agency | EntityKind::Organisation);
        if body && found.entry.is_none() {
            self.note_place(first, found.last, memory);
        }
        let known = memory.note(&Named {
            text: if found.entry.is_some() { name } else { self.text(first, found.last) },
            name,
            entry: found.entry,
            kind: found.kind,
            full: self.begins_full_name(found.name),
            sex: self.sex(first, found),
        });
        into.push(self.mention(first, found.last, found.kind, found.entry, known, found.origin));
    }

    /// Whether a family name or foreign word stands at `at`.
    fn begins_full_name(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        self.tables.classes.of(token.word) & class::SURNAME != 0
            || self.tables.foreign_word(token.text(self.sentence.text))
    }

    /// Of a person: as the title or, behind the family name, a part of the name tells.
    fn sex(&self, first: usize, found: &Found) -> Option<Sex> {
        if found.kind != EntityKind::Person {
            return None;
        }
        let tokens = &self.sentence.tokens;
        let middle = tokens.get(found.name + 1..found.last - 1).unwrap_or_default();
        tokens[first..found.name].iter().chain(middle).find_map(|token| self.tables.sex(token.word))
    }

    /// The tokens `first..last` as an entity that the memory knows as `known`.
    pub(crate) fn mention(
        &self,
        first: usize,
        last: usize,
        kind: EntityKind,
        entry: Option<u32>,
        known: usize,
        origin: Origin,
    ) -> EntityMention {
        let tokens = &self.sentence.tokens;
        let span = tokens[first].start..tokens[last - 1].end;
        EntityMention { span, first, last, kind, entry, known, origin }
    }

    /// A short name in brackets right behind a name is a definition, not another entity.
    fn defines(
        &self,
        first: usize,
        found: &Found,
        memory: &mut EntityMemory,
        into: &mut [EntityMention],
    ) -> bool {
        let opens = first > 0 && self.text(first - 1, first) == "(";
        let Some(owner) = into.last_mut().filter(|owner| opens && owner.last + 1 == first) else {
            return false;
        };
        let closes = |i: usize| {
            self.sentence
                .tokens
                .get(i)
                .is_some_and(|t| matches!(t.text(self.sentence.text), ")" | "-" | ":" | ","))
        };
        let within = owner.kind == EntityKind::Place && found.kind != EntityKind::Place;
        if !closes(found.last) || owner.kind.is_place() != found.kind.is_place() || within {
            return false;
        }
        if let (None, Some(entry)) = (owner.entry, found.entry) {
            owner.entry = found.entry;
            let text = self.text(owner.first, owner.last);
            owner.known = memory.note(&Named::bare(text, Some(entry), owner.kind));
        }
        let same = owner.entry.is_none() || found.entry.is_none() || owner.entry == found.entry;
        if same {
            memory.define(self.text(first, found.last), owner.known);
        }
        same
    }

    /// The longer of a gazetteer name and a head noun with its name.
    fn name_at(&self, at: usize, class: u32, memory: &EntityMemory) -> Option<Found> {
        self.unblocked_name(at, class, self.blocked(at, class), memory)
    }

    /// The same where the phrase that is no name ends at `blocked`.
    fn unblocked_name(&self, at: usize, class: u32, blocked: usize, memory: &EntityMemory) -> Option<Found> {
        let capital = self.sentence.tokens[at].capital;
        let named = class & class::NAME != 0 && (capital || class & class::SMALL != 0);
        let listed =
            if named { self.listed_at(at).map(|f| self.with_branch(self.with_product(at, f))) } else { None };
        let headed = if class & class::HEAD != 0 { self.headed_at(at, memory) } else { None };
        // Offices name nobody alone, but whoever stands behind them.
        let office = |f: &Found| f.kind == EntityKind::Person && f.name >= blocked;
        let headed = headed.filter(|f| blocked <= at + 1 || office(f) || self.is_quoted(f));
        match (listed, headed) {
            (Some(a), Some(b)) => Some(if self.names_more(&a, &b) { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// Whether a capitalized word or number stands in what `headed` has more than `listed`: small letters behind a
    /// listed name are the verb (Bộ Xây dựng thanh lý).
    fn names_more(&self, listed: &Found, headed: &Found) -> bool {
        let more = self.sentence.tokens.get(listed.last..headed.last).unwrap_or_default();
        more.iter().any(|t| t.capital || t.kind == TokenKind::Number)
    }

    /// Takes note of the place in the name of a local body (UBND quận 5).
    fn note_place(&self, first: usize, last: usize, memory: &mut EntityMemory) {
        if let Some(place) = self.place_in(first, last, memory) {
            let text = self.text(place.name, place.last);
            memory.note(&Named::bare(text, place.entry, place.kind));
        }
    }

    /// The last place named within `first..last`, as in the name of a local body (Sở Y tế Hà Nội).
    pub(super) fn place_in(&self, first: usize, last: usize, memory: &EntityMemory) -> Option<Found> {
        let found = |at: usize| {
            let class = self.tables.classes.of(self.sentence.tokens[at].word);
            let named = class & (class::NAME | class::HEAD) != 0;
            let found = if named { self.name_at(at, class, memory) } else { None }?;
            (found.last <= last && found.kind.is_place() && found.kind != EntityKind::Region).then_some(found)
        };
        (first + 1..last).find_map(|at| found(at).map(|f| Found { name: at, ..f }))
    }

    /// Whether a clause begins at `at`, and none that somebody says to another.
    fn begins_clause(&self, at: usize) -> bool {
        let previous = at.checked_sub(1).map(|i| &self.sentence.tokens[i]);
        previous.is_none_or(|t| {
            t.kind == TokenKind::Mark
                && !matches!(t.text(self.sentence.text), "\"" | "“" | "‘" | "'" | "(" | "/" | "-")
        })
    }

    /// Whether token `at` stands within quotation marks.
    fn quoted(&self, at: usize) -> bool {
        quoting(self.sentence.text, &self.sentence.tokens[..at], false)
    }

    fn anaphor_at(
        &self,
        at: usize,
        class: u32,
        memory: &mut EntityMemory,
        into: &mut Vec<EntityMention>,
    ) -> Option<usize> {
        if class & class::ANAPHOR == 0 {
            return None;
        }
        let tokens = &self.sentence.tokens;
        let allowed = |hit: &Hit<u32>| self.tables.anaphors[hit.value as usize].allowed(tokens, hit);
        let hit = self.tables.anaphor_words.longest_where(tokens, at, allowed)?;
        let rule = &self.tables.anaphors[hit.value as usize];
        let last = match rule.of {
            None => hit.last,
            Some(kind) => self.listed_at(hit.last).filter(|name| name.kind == kind)?.last,
        };
        let known = match (rule.opens, rule.bare) {
            (true, _) if !self.begins_clause(at) && (self.quoted(at) || !rule.stands_after(tokens, &hit)) => {
                None
            }
            (true, _) => memory.person_called(self.text(at, hit.last), self.tables),
            (_, true) => memory.subject_of(&rule.to),
            _ => memory.last_of(&rule.to).or_else(|| memory.last_of(&rule.else_to)),
        }?;
        memory.touch(known);
        let Known { kind, entry, .. } = memory.known[known];
        into.push(self.mention(at, last, kind, entry, known, Origin::Anaphor(hit.value)));
        Some(last)
    }
}

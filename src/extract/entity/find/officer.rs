//! Names of persons and of other businesses behind the name of a body.

use super::Finder;
use crate::extract::entity::EntityKind;
use crate::extract::entity::rules::capitals::is_upper;
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::rules::file::Run;
use crate::extract::entity::rules::tables::Head;
use crate::extract::words::lexicon::Hit;

/// How many words an office, or the head noun of a body, may have.
const OFFICE_WORDS: usize = 4;

/// How many words the name of a province may have.
const PROVINCE_WORDS: usize = 4;

/// How many syllables the name of a person may have.
const LONGEST_NAME: usize = 4;

impl Finder<'_, '_, '_> {
    /// Whether a person's name, not the unit's, stands behind the head noun of a unit, whose office stands before that (Chủ tịch UBND
    /// thành phố | Nguyễn Văn Nam).
    pub(super) fn person_behind_unit(&self, at: usize, head: &Head) -> bool {
        let tokens = &self.sentence.tokens;
        let class = |i: usize| self.tables.classes.of(tokens[i].word);
        let unit = head.run == Run::Org || matches!(head.kind, EntityKind::Province | EntityKind::Region);
        let place = |from: usize| {
            self.listed_at(from).is_some_and(|f| f.last == at && matches!(f.kind, EntityKind::Province))
        };
        let behind = |at: usize| {
            !tokens[at - 1].capital && class(at - 1) & class::HEAD != 0
                || tokens[at - 1].capital && (at.saturating_sub(PROVINCE_WORDS)..at).any(place)
                || self.is_province_head(at - 1)
        };
        unit && class(at) & class::SURNAME != 0
            && behind(at)
            && tokens.get(at + 1..at + 3).is_some_and(|next| next.iter().all(|t| t.capital))
            && self.listed_at(at).is_none()
    }

    /// Whether the head noun of a province or city in one word stands at `at` (TP).
    fn is_province_head(&self, at: usize) -> bool {
        let province = |hit: &Hit<u32>| {
            let head = self.tables.head_capitals[hit.value as usize].value;
            hit.last == at + 1 && self.tables.heads[head as usize].kind == EntityKind::Province
        };
        self.tables.head_words.longest_where(&self.sentence.tokens, at, province).is_some()
    }

    /// Whether the name of who has an office in a body begins at `at`, behind the body's own name from `from` on (Bí thư Thành ủy Hội
    /// An | Lê Văn Sáu). A body's name may end like a person's, so both must be whole: of two words or an
    /// abbreviation before, and no place behind.
    pub(super) fn officer_at(&self, from: usize, at: usize, head: &Head) -> bool {
        let tokens = &self.sentence.tokens;
        if head.run != Run::Org || at <= from || self.tables.classes.of(tokens[at].word) & class::SURNAME == 0
        {
            return false;
        }
        let capitals = tokens[at..].iter().take(LONGEST_NAME + 1).take_while(|token| token.capital).count();
        // Businesses are called by two syllables themselves.
        let shortest = if head.kind == EntityKind::Agency { 2 } else { 3 };
        let body = tokens[from..at].iter().rev().take_while(|token| token.capital).count() >= 2;
        let place = (at - 1..at + capitals).any(|i| self.listed_at(i).is_some_and(|f| f.last > at));
        (shortest..=LONGEST_NAME).contains(&capitals)
            && (body || is_upper(tokens[at - 1].text(self.sentence.text)) || self.within_field(at))
            && !place
            && self.office_before(from)
    }

    /// Whether the head noun that ends before token `from` stands right behind an office.
    fn office_before(&self, from: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let ends = |first: &usize| {
            self.tables.head_words.longest(tokens, *first).is_some_and(|hit| hit.last == from)
        };
        let head = (from.saturating_sub(OFFICE_WORDS)..from).find(ends);
        head.is_some_and(|first| self.tables.trade_before(tokens, first, OFFICE_WORDS).is_some())
    }

    /// Whether the head noun of another business stands at `at`.
    pub(super) fn begins_business(&self, at: usize) -> bool {
        let business = |hit: &Hit<u32>| {
            let capitals = &self.tables.head_capitals[hit.value as usize];
            let kind = self.tables.heads[capitals.value as usize].kind;
            matches!(kind, EntityKind::Company | EntityKind::Bank)
                && hit.last > hit.first + 1
                && capitals.fits(self.sentence.text, &self.sentence.tokens[hit.first..hit.last])
        };
        self.tables.head_words.longest_where(&self.sentence.tokens, at, business).is_some()
    }
}

//! Names of the gazetteer: which of them stand at a place, and not as a part of a longer name.

use super::{Finder, Found};
use crate::extract::entity::rules::capitals::{Capitals, is_upper};
use crate::extract::entity::rules::classes::class;
use crate::extract::entity::{EntityKind, Origin};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::{Token, TokenKind};

impl Finder<'_, '_, '_> {
    /// The gazetteer name that begins at `at`.
    pub(super) fn listed_at(&self, at: usize) -> Option<Found> {
        let tokens = &self.sentence.tokens;
        let fits = |hit: &Hit<u32>| self.listed_fits(hit);
        let hit = self.tables.names.longest_where(tokens, at, fits)?;
        let entry = self.tables.name_capitals[hit.value as usize].value;
        let of = &self.tables.entries[entry as usize];
        let origin = of.rule.map_or(Origin::Listed, Origin::Group);
        Some(Found { name: at, last: hit.last, kind: of.kind, entry: Some(entry), origin })
    }

    fn listed_fits(&self, hit: &Hit<u32>) -> bool {
        let tokens = &self.sentence.tokens[hit.first..hit.last];
        let capitals: &Capitals = &self.tables.name_capitals[hit.value as usize];
        let kind = self.tables.entries[capitals.value as usize].kind;
        if !capitals.fits(self.sentence.text, tokens) {
            return false;
        }
        if self.tables.entries[capitals.value as usize].ambiguous
            && capitals.words == 1
            && self.opens(hit.first)
        {
            return false;
        }
        if capitals.words == 1 && kind.is_place() && !capitals.shouted() && self.in_heading(hit.first) {
            return false;
        }
        let short = capitals.words == 1 && !is_upper(tokens[0].text(self.sentence.text));
        !((kind.is_place() || short)
            && kind != EntityKind::Group
            && self.within_longer(hit.first, hit.last, kind))
    }

    /// Whether a word of one syllable and a word beside it stand in capitals, so that it may be any word (ÁO DÀI).
    fn in_heading(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let upper = |i: usize| tokens.get(i).is_some_and(|t| is_upper(t.text(self.sentence.text)));
        upper(at) && (at > 0 && upper(at - 1) || upper(at + 1))
    }

    /// Whether a capitalized word right before or behind makes `first..last` a part of a longer name.
    fn within_longer(&self, first: usize, last: usize, kind: EntityKind) -> bool {
        let (text, tokens) = (self.sentence.text, &self.sentence.tokens);
        let shouting = is_upper(tokens[first].text(text));
        let part =
            |t: &Token| t.kind == TokenKind::Word && t.capital && (!shouting || !is_upper(t.text(text)));
        let next = tokens
            .get(last)
            .filter(|t| {
                !self.tables.foreign_word(t.text(text)) || (first + 1 < last && kind != EntityKind::Country)
            })
            .is_some_and(|t| part(t) && self.tables.classes.of(t.word) & (class::NAME | class::HEAD) == 0)
            && !(first + 1 < last && self.person_at(last));
        let capital = |i: usize| tokens[i].kind == TokenKind::Word && tokens[i].capital;
        let opener = |i: usize| {
            let class = self.tables.classes.of(tokens[i].word);
            let given = kind == EntityKind::Country && last == first + 1 && class & class::GIVEN != 0;
            if i == 0 {
                return !given;
            }
            (class & (class::CUE | class::HEAD | class::STOP) != 0) && !capital(i - 1)
        };
        let previous = first > 0 && part(&tokens[first - 1]) && !opener(first - 1);
        next || previous
    }

    /// Whether a family name and a given name stand at `at`, as behind an office (Chủ tịch Hà Nội Nguyễn Văn A).
    fn person_at(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        self.tables.classes.of(tokens[at].word) & class::SURNAME != 0
            && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
    }
}

//! Places right behind the names of businesses and bodies, which say which branch, or which country's, is meant.

use super::{Finder, Found};
use crate::extract::entity::rules::tables::Entry;
use crate::extract::entity::{EntityKind, Origin};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::TokenKind;

impl Finder<'_, '_, '_> {
    /// A listed business or body together with the place right behind it. A country's business stays what it is, and a body that of its
    /// own country: Quốc hội Iran is another one. With a province, a business is a branch.
    pub(super) fn with_branch(&self, found: Found) -> Found {
        let business = matches!(found.kind, EntityKind::Company | EntityKind::Bank);
        if !business && !matches!(found.kind, EntityKind::Agency | EntityKind::Organisation) {
            return found;
        }
        let Some((place, last)) = self.place_behind(found.last) else { return found };
        let home = self.tables.home.is_none() || place.id == self.tables.home;
        match place.kind {
            EntityKind::Country if business || home => Found { last, ..found },
            EntityKind::Country => Found { last, entry: None, origin: Origin::Bare, ..found },
            EntityKind::Province if business => Found { last, entry: None, origin: Origin::Bare, ..found },
            _ => found,
        }
    }

    /// The listed place that begins at `at`, though a name stands before it, and where it ends.
    pub(super) fn place_behind(&self, at: usize) -> Option<(&Entry, usize)> {
        let tokens = &self.sentence.tokens;
        let of = |hit: &Hit<u32>| &self.tables.name_capitals[hit.value as usize];
        let fits = |hit: &Hit<u32>| of(hit).fits(self.sentence.text, &tokens[hit.first..hit.last]);
        let hit = self.tables.names.longest_where(tokens, at, fits)?;
        let capital = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.capital);
        // It belongs to another name (Hà Nội Milk), or to a route (Vietjet | Hà Nội - Đà Nẵng).
        let longer = capital(hit.last) && !self.begins_full_name(hit.last);
        let route =
            tokens.get(hit.last).is_some_and(|t| t.text(self.sentence.text) == "-") && capital(hit.last + 1);
        (!longer && !route).then(|| (&self.tables.entries[of(&hit).value as usize], hit.last))
    }
}

//! Places right behind the names of businesses and bodies, which say which branch, or which country's, is meant.

use super::{Finder, Found};
use crate::extract::entity::rules::tables::Entry;
use crate::extract::entity::{EntityKind, Origin};
use crate::extract::words::lexicon::Hit;
use crate::extract::words::token::TokenKind;

impl Finder<'_, '_, '_> {
    /// A listed business or body together with the place right behind it. Only a country's leaves it what it is, and that of a
    /// body only its own: Quốc hội Iran is another one.
    pub(super) fn with_branch(&self, found: Found) -> Found {
        let business = matches!(found.kind, EntityKind::Company | EntityKind::Bank);
        if !business && !matches!(found.kind, EntityKind::Agency | EntityKind::Organisation) {
            return found;
        }
        let Some((place, last)) = self.place_behind(found.last) else { return found };
        let same = business || place.id.as_deref() == Some(self.tables.home.as_str());
        match place.kind {
            EntityKind::Country if same => Found { last, ..found },
            EntityKind::Country => Found { last, entry: None, origin: Origin::Bare, ..found },
            EntityKind::Province if business => Found { last, entry: None, origin: Origin::Bare, ..found },
            _ => found,
        }
    }

    /// The listed place that begins at `at`, though a name stands before it, and where it ends.
    fn place_behind(&self, at: usize) -> Option<(&Entry, usize)> {
        let tokens = &self.sentence.tokens;
        let of = |hit: &Hit<u32>| &self.tables.name_capitals[hit.value as usize];
        let fits = |hit: &Hit<u32>| of(hit).fits(self.sentence.text, &tokens[hit.first..hit.last]);
        let hit = self.tables.names.longest_where(tokens, at, fits)?;
        // One more capital makes it a part of another name (Hà Nội Milk).
        let longer = tokens.get(hit.last).is_some_and(|t| t.kind == TokenKind::Word && t.capital);
        (!longer).then(|| (&self.tables.entries[of(&hit).value as usize], hit.last))
    }
}

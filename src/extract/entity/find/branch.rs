//! Places right behind the names of businesses and bodies, which say which branch, or which country's, is meant.

use super::{Finder, Found};
use crate::extract::entity::{EntityKind, Origin};

impl Finder<'_, '_, '_> {
    /// A listed business or body together with the place right behind it. Only a country's leaves it what it is, and that of a
    /// body only its own: Quốc hội Iran is another one.
    pub(super) fn with_branch(&self, found: Found) -> Found {
        let business = matches!(found.kind, EntityKind::Company | EntityKind::Bank);
        if !business && !matches!(found.kind, EntityKind::Agency | EntityKind::Organisation) {
            return found;
        }
        let Some(place) = self.listed_at(found.last) else { return found };
        let same = business || self.is_home(&place);
        match place.kind {
            EntityKind::Country if same => Found { last: place.last, ..found },
            EntityKind::Country => Found { last: place.last, entry: None, origin: Origin::Bare, ..found },
            EntityKind::Province if business => {
                Found { last: place.last, entry: None, origin: Origin::Bare, ..found }
            }
            _ => found,
        }
    }

    /// Whether a place is the country whose bodies are listed.
    fn is_home(&self, place: &Found) -> bool {
        let id = place.entry.and_then(|entry| self.tables.entries[entry as usize].id.as_deref());
        id == Some(self.tables.home.as_str())
    }
}

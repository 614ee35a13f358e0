//! Identifiers. Databases keep them in indexes, which hold no texts of any length: so they are bounded, and all that reads
//! them tells so alike.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::{Fact, Label};

/// Most bytes of an identifier of a fact, metric or entity. An index of PostgreSQL takes 2,704, and a character that it
/// cannot hold becomes four.
pub const MAX_ID_BYTES: usize = 512;

/// Says what is wrong with an identifier of so many bytes in `field`, if anything is.
pub(crate) fn bounded(field: &str, bytes: usize) -> Result<(), String> {
    if bytes <= MAX_ID_BYTES {
        return Ok(());
    }
    let advice =
        field.strip_suffix(".id").map_or(String::new(), |of| format!("; free words belong in {of}.text"));
    Err(format!("{field} has {bytes} bytes, but at most {MAX_ID_BYTES} are allowed{advice}"))
}

impl Fact<'_> {
    /// Says what is wrong with its identifiers, where it comes from elsewhere than JSON.
    pub(crate) fn check_ids(&self) -> Result<(), String> {
        let id = |label: Option<&Label<'_>>| label.and_then(|label| label.id.as_deref()).map_or(0, str::len);
        bounded("id", self.id.len())?;
        bounded("metric.id", id(self.metric.as_ref()))?;
        bounded("entity.id", id(self.entity.as_ref()))
    }
}

/// The identifier of a fact.
pub(super) fn of_fact<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Cow<'a, str>, D::Error> {
    let id = super::text::needed(from)?;
    bounded("id", id.len()).map_err(D::Error::custom)?;
    Ok(id)
}

/// A metric with a bounded identifier.
pub(super) fn of_metric<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Option<Label<'a>>, D::Error> {
    label("metric.id", from)
}

/// An entity with a bounded identifier.
pub(super) fn of_entity<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Option<Label<'a>>, D::Error> {
    label("entity.id", from)
}

fn label<'de: 'a, 'a, D: Deserializer<'de>>(field: &str, from: D) -> Result<Option<Label<'a>>, D::Error> {
    let label = Option::<Label<'a>>::deserialize(from)?;
    let id = label.as_ref().and_then(|label| label.id.as_deref());
    bounded(field, id.map_or(0, str::len)).map_err(D::Error::custom)?;
    Ok(label)
}

/// An identifier that a rule gives.
pub(crate) fn of_rule<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let id = String::deserialize(from)?;
    bounded("the identifier", id.len()).map_err(D::Error::custom)?;
    Ok(id)
}

/// The same where a rule may have none.
pub(crate) fn of_rule_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    of_rule(from).map(Some)
}

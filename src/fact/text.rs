//! Texts that are borrowed from the line that is read, where no escape stands in them.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

/// `serde` borrows a `Cow` only where it stands alone in its field.
#[derive(Deserialize)]
struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

/// A text.
pub(super) fn needed<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Cow<'a, str>, D::Error> {
    Borrowed::<'a>::deserialize(from).map(|text| text.0)
}

/// A text that may be absent.
pub(super) fn option<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'a, str>>, D::Error> {
    Option::<Borrowed<'a>>::deserialize(from).map(|text| text.map(|text| text.0))
}

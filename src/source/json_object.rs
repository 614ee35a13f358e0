//! The fields of a JSON object that a page is made of.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::fields::{Fields, Role};

/// A value with its place in the order of preference.
type Ranked<'a> = Option<(usize, Cow<'a, str>)>;

/// The fields of interest of an object, each with its place in the order of preference.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) text: Ranked<'a>,
    pub(super) uri: Ranked<'a>,
    pub(super) title: Ranked<'a>,
    pub(super) date: Ranked<'a>,
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) crawled: bool,
}

impl<'a> Found<'a> {
    pub(super) fn parse(bytes: &'a [u8], fields: &Fields) -> Result<Self, serde_json::Error> {
        // Validated as a whole, strings need not be one by one. What is not valid is named by the slower way.
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Self::read(serde_json::Deserializer::from_str(text), fields),
            Err(_) => Self::read(serde_json::Deserializer::from_slice(bytes), fields),
        }
    }

    fn read<R: serde_json::de::Read<'a>>(
        mut from: serde_json::Deserializer<R>,
        fields: &Fields,
    ) -> Result<Self, serde_json::Error> {
        let found = from.deserialize_map(ObjectVisitor(fields))?;
        from.end()?;
        Ok(found)
    }

    fn put(&mut self, role: Role, rank: usize, value: Cow<'a, str>) {
        let slot = match role {
            Role::Text => &mut self.text,
            Role::Uri => &mut self.uri,
            Role::Title => &mut self.title,
            Role::Date => &mut self.date,
            Role::Id => {
                self.id.get_or_insert(value);
                return;
            }
            Role::Crawled => {
                self.crawled = true;
                return;
            }
        };
        if !value.is_empty() && slot.as_ref().is_none_or(|(old, _)| rank < *old) {
            *slot = Some((rank, value));
        }
    }
}

struct ObjectVisitor<'f>(&'f Fields);

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<'de>, A::Error> {
        let mut found = Found::default();
        while let Some(key) = map.next_key_seed(TextSeed { numbers: false })? {
            match key.as_deref().and_then(|key| self.0.role(key)) {
                Some((role, rank)) => {
                    // A number may name a page, or its day, but is none.
                    let seed = TextSeed { numbers: role != Role::Text };
                    if let Some(value) = map.next_value_seed(seed)? {
                        found.put(role, rank, value);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

/// A string, borrowed where it has no escapes; whole numbers as their digits, where they are asked for; `None` for everything
/// else.
struct TextSeed {
    numbers: bool,
}

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextSeed {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(self.numbers.then(|| Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(self.numbers.then(|| Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

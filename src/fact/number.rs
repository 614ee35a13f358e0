//! Decimals as JSON numbers, digit by digit, never through binary floating point.

use rust_decimal::Decimal;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

pub(super) fn serialize<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    let digits = value.normalize().to_string();
    RawValue::from_string(digits).map_err(S::Error::custom)?.serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    parse(<&RawValue>::deserialize(from)?)
}

fn parse<E: serde::de::Error>(raw: &RawValue) -> Result<Decimal, E> {
    raw.get().trim_matches('"').parse().map_err(|e| E::custom(format!("not a decimal: {e}")))
}

/// The same for a value that may be absent.
pub(super) mod option {
    use super::{Decimal, Deserialize, Deserializer, RawValue, Serializer, parse};

    #[expect(clippy::ref_option, reason = "serde's signature")]
    pub(crate) fn serialize<S: Serializer>(value: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => super::serialize(value, to),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
        Option::<&RawValue>::deserialize(from)?.map(parse::<D::Error>).transpose()
    }
}

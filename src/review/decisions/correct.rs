//! A fact with the corrections of a decision, and the hash that tells whether it is still the fact decided on.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_128;

use super::{Decision, Fields};
use crate::fact::{Fact, Source};

/// Keys that say what a fact is and where it stands: no correction may touch them.
const FIXED: [&str; 3] = ["id", "source", "rule"];

/// The rule that a corrected record names.
const REVIEW: &str = "review";

/// What cannot be corrected so.
#[derive(Debug, Error)]
pub enum Correction {
    /// The key is not one that may be corrected.
    #[error("`{0}` cannot be corrected")]
    Fixed(String),
    /// The result would be no fact.
    #[error("this would be no fact: {0}")]
    NoFact(#[from] serde_json::Error),
}

/// The hash of what a fact says: every field but `rule`, and of `source` only quote and sentence. 32 hexadecimal digits of
/// 128-bit XXH3 over its JSON.
pub fn content_hash(fact: &Fact<'_>) -> String {
    let none = || Cow::Borrowed("");
    let said = Fact {
        id: Cow::Borrowed(&fact.id),
        rule: none(),
        source: Source {
            path: none(),
            record: None,
            uri: None,
            title: None,
            published: None,
            sha256: none(),
            bytes: 0..0,
            line: 0,
            column: 0,
            quote: Cow::Borrowed(&fact.source.quote),
            sentence: Cow::Borrowed(&fact.source.sentence),
        },
        ..fact.clone()
    };
    // A fact has only keys and values that JSON can hold.
    format!("{:032x}", xxh3_128(&serde_json::to_vec(&said).unwrap_or_default()))
}

impl Decision {
    /// Whether the fact says something else now than when this was decided.
    pub(crate) fn is_stale(&self, fact: &Fact<'_>) -> bool {
        self.of != content_hash(fact)
    }
}

/// The fact with other values in `fields`, marked as read by the rule `review`. Numbers stay exact.
///
/// # Errors
/// Where a field may not be corrected, is none of a record, or has a value it cannot have.
pub fn correct(fact: &Fact<'_>, fields: &Fields) -> Result<Fact<'static>, Correction> {
    if let Some(key) = fields.keys().find(|key| FIXED.contains(&key.as_str())) {
        return Err(Correction::Fixed(key.clone()));
    }
    let text = serde_json::to_string(fact)?;
    let mut record: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(&text)?;
    for (key, value) in fields {
        match value.get() {
            "null" => record.remove(key.as_str()),
            _ => record.insert(Cow::Borrowed(key), value),
        };
    }
    let text = serde_json::to_string(&record)?;
    let mut fact = serde_json::from_str::<Fact<'_>>(&text)?.into_owned();
    fact.rule = Cow::Borrowed(REVIEW);
    Ok(fact)
}

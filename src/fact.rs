//! The record: one measured value, what was measured, of whom, when, and where exactly it stands in the source.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use id::MAX_ID_BYTES;

mod byte_range;
pub(crate) mod id;
pub(crate) mod mark;
mod names;
mod number;
mod owned;
pub(crate) mod statement;
mod text;

/// One fact, with its keys in the order of the record. What the source does not state is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact<'a> {
    /// Stable name: 32 hexadecimal digits, a hash over the document's identity, the sentence and the quote. What other
    /// programs put here has at most 512 bytes.
    #[serde(borrow, deserialize_with = "id::of_fact")]
    #[schemars(length(max = 512))]
    pub id: Cow<'a, str>,
    /// What sort of value it is.
    pub kind: Kind,
    /// Exact decimal, with the magnitude applied (48,8 tỉ → 48800000000).
    #[serde(with = "number")]
    #[schemars(with = "f64")]
    pub value: Decimal,
    /// Upper end of a range whose lower end is `value`.
    #[serde(with = "number::option", skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<f64>")]
    pub value_max: Option<Decimal>,
    /// Denominator of a rank or share: 193 in 86/193.
    #[serde(with = "number::option", skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<f64>")]
    pub denominator: Option<Decimal>,
    /// `%`, an ISO 4217 currency code, the counted noun phrase, or the physical unit as written.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Cow<'a, str>>,
    /// What the value is per: `năm`, `1.000 dân`.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub per: Option<Cow<'a, str>>,
    /// How exact the value is said to be; absent: exact.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub qualifier: Option<Qualifier>,
    /// Whether the value rose or fell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub direction: Option<Direction>,
    /// True when the value is the amount of change, not the level reached.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub is_change: bool,
    /// Whether it is so, is aimed at, or is expected.
    pub status: Status,
    /// What the value is dated to.
    #[serde(borrow, skip_serializing_if = "Option::is_none", default)]
    pub time: Option<Time<'a>>,
    /// What a change or multiple is measured against.
    #[serde(borrow, skip_serializing_if = "Option::is_none", default)]
    pub base: Option<Base<'a>>,
    /// What is measured.
    #[serde(borrow, deserialize_with = "id::of_metric", skip_serializing_if = "Option::is_none", default)]
    pub metric: Option<Label<'a>>,
    /// Whom or where it is measured of.
    #[serde(borrow, deserialize_with = "id::of_entity", skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<Label<'a>>,
    /// `savings` and other themes that rules define.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub theme: Option<Cow<'a, str>>,
    /// Where it stands.
    #[serde(borrow)]
    pub source: Source<'a>,
    /// Name of the rule that read it.
    #[serde(borrow)]
    pub rule: Cow<'a, str>,
    /// The first page of the run with nearly the same article, where duplicates were to be marked.
    #[serde(borrow, skip_serializing_if = "Option::is_none", default)]
    pub duplicates_of: Option<PageName<'a>>,
}

/// A page of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageName<'a> {
    /// The file.
    #[serde(borrow)]
    pub path: Cow<'a, str>,
    /// The record within a container.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub record: Option<Cow<'a, str>>,
}

/// The sort of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Parts of a hundred.
    Percentage,
    /// A difference between percentages.
    PercentagePoint,
    /// A number of counted things.
    Count,
    /// An amount of money; the unit is an ISO 4217 code.
    Money,
    /// A place in a ranking.
    Rank,
    /// A part of a whole: 61 of 63.
    Share,
    /// So many per so many.
    Rate,
    /// So many times as much.
    Multiple,
    /// A score without unit.
    Index,
    /// A physical quantity or a length of time.
    Quantity,
}

/// How exact a value is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// More or less.
    About,
    /// A little less.
    Nearly,
    /// More than.
    Over,
    /// Less than.
    Under,
    /// Not less than.
    AtLeast,
    /// Not more than.
    AtMost,
}

/// Whether a value rose or fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It rose.
    Increase,
    /// It fell.
    Decrease,
}

/// Whether a value is so, is aimed at, or is expected.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is or was so.
    #[default]
    Actual,
    /// It is aimed at.
    Target,
    /// It is estimated or expected.
    Estimate,
}

/// When the value holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time<'a> {
    /// First day, ISO 8601; absent where the interval has no stated beginning.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day, ISO 8601; absent where the interval has no stated end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// How the value relates to the interval.
    pub role: TimeRole,
    /// The words that state it; absent where it is the document's date.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub text: Option<Cow<'a, str>>,
    /// Where the date came from.
    pub source: TimeSource,
}

/// How a value relates to its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeRole {
    /// Over the interval.
    During,
    /// As it stood at its end.
    AsOf,
    /// Until then at the latest.
    By,
    /// From then on.
    Since,
}

/// Where a date came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeSource {
    /// The sentence itself.
    Sentence,
    /// An earlier sentence.
    Context,
    /// The date of the page.
    Document,
}

/// What a change or multiple is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Base<'a> {
    /// The words of the source.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// First day, where the words can be resolved to dates.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
}

/// Words of the source, with the canonical name they stand for where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Label<'a> {
    /// Canonical identifier from the rules, of at most 512 bytes.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    #[schemars(length(max = 512))]
    pub id: Option<Cow<'a, str>>,
    /// The words.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

impl Label<'_> {
    /// Whether this is what `wanted` says: the identifier, or the words without regard to case.
    pub fn is(&self, wanted: &str) -> bool {
        self.id.as_deref() == Some(wanted) || self.text.to_lowercase() == wanted.to_lowercase()
    }
}

/// The words, with the identifier behind them in brackets.
impl std::fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.id {
            Some(id) => write!(f, "{} ({id})", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// Where a fact stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source<'a> {
    /// The file.
    #[serde(borrow)]
    pub path: Cow<'a, str>,
    /// The record within a container.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub record: Option<Cow<'a, str>>,
    /// The address of the page.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub uri: Option<Cow<'a, str>>,
    /// Its headline.
    #[serde(borrow, deserialize_with = "text::option", skip_serializing_if = "Option::is_none", default)]
    pub title: Option<Cow<'a, str>>,
    /// Its day of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<String>")]
    pub published: Option<Date>,
    /// SHA-256 of the raw page, in hexadecimal.
    #[serde(borrow)]
    pub sha256: Cow<'a, str>,
    /// Half-open byte range of the quote in the raw page.
    #[schemars(with = "[u64; 2]")]
    #[serde(with = "byte_range")]
    pub bytes: Range<usize>,
    /// Line in the raw page, from 1.
    pub line: usize,
    /// Column in characters of the raw page's line, from 1.
    pub column: usize,
    /// The number expression as normalized text.
    #[serde(borrow)]
    pub quote: Cow<'a, str>,
    /// The sentence around it, as normalized text.
    #[serde(borrow)]
    pub sentence: Cow<'a, str>,
}

impl Source<'_> {
    /// Names the page, to count pages.
    pub(crate) fn page_hash(&self) -> u64 {
        let record = self.record.as_deref().unwrap_or_default();
        xxhash_rust::xxh3::xxh3_64(format!("{}\0{record}", self.path).as_bytes())
    }
}

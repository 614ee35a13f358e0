//! The development of a metric over time, with all its sources.
//!
//! Facts of one metric fall into series by entity, kind, unit and what the value is per. Within a series, facts of the
//! same period and status that say the same within rounding ([`precision`]) become one [`Observation`] with all
//! their citations ([`merge`]); those that do not agree stay apart and, where they are of the same entity by name, are
//! marked as contradicting each other. Targets and estimates are never merged with actual values. Amounts of change are
//! left out: they are no levels. Figures without a date stand beside the observations, unless they are precise enough to
//! corroborate one ([`corroborate`]).

pub mod chart;
mod corroborate;
mod merge;
pub mod metrics;
pub mod near;
mod pages;
mod period;
mod precision;
pub mod sdmx;
pub mod table;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::fact::{Fact, Kind, Qualifier, Status};

pub use merge::Builder;
pub use period::Period;

/// Which facts to follow.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Canonical identifier of the metric, or words that its text begins with or equals, compared without case.
    pub metric: String,
    /// Canonical identifier of the entity, or its text.
    pub entity: Option<String>,
    /// Only periods that end on this day or later.
    pub from: Option<Date>,
    /// Only periods that end on this day or earlier.
    pub to: Option<Date>,
}

impl Selection {
    /// Whether days were asked for.
    pub(crate) fn is_bounded(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Whether a period that ends on that day was asked for.
    fn has(&self, end: Date) -> bool {
        self.from.is_none_or(|from| end >= from) && self.to.is_none_or(|to| end <= to)
    }
}

/// How far an observation can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Others contradict it, or it is dated only by the page it stands in.
    Low,
    /// One page says so.
    Medium,
    /// Two or more independent pages (different address and content) state it, none contradicts it, and it is either of a
    /// named entity or has at least three stated digits.
    High,
}

impl Confidence {
    /// As it is written everywhere.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Where a figure stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Citation {
    /// The fact.
    pub fact: String,
    /// Its value, which may be rounded otherwise than the observation's.
    #[serde(serialize_with = "digits")]
    pub value: Decimal,
    /// The file.
    pub path: String,
    /// The record within a container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The address of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Half-open byte range of the quote in the page as stored.
    pub bytes: [usize; 2],
    /// The number expression.
    pub quote: String,
    /// Its sentence.
    pub sentence: String,
    /// Whether the page leaves out when or of whom, so that only the figure says that it belongs here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_figure: bool,
}

/// A value, and what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Amount {
    /// The value, or the lower end of a range.
    #[serde(serialize_with = "digits")]
    pub value: Decimal,
    /// Upper end of a range.
    #[serde(serialize_with = "maybe_digits", skip_serializing_if = "Option::is_none")]
    pub value_max: Option<Decimal>,
    /// What a rank or share is of: 193 in 86/193.
    #[serde(serialize_with = "maybe_digits", skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Decimal>,
    /// How exact the value is said to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
}

/// One figure for one period, with all who say so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Observation {
    /// What it is dated to.
    #[serde(flatten)]
    pub period: Period,
    /// Actual, target or estimate.
    pub status: Status,
    /// The most precise of the values that agree.
    #[serde(flatten)]
    pub amount: Amount,
    /// Whether another observation of the same period and status says otherwise.
    pub contradicted: bool,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Those who say so, the earliest published first.
    pub citations: Vec<Citation>,
}

/// What tells one series of a metric from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Key {
    /// Canonical identifier of the metric, or its words.
    pub metric: String,
    /// Canonical identifier of the entity, or its words; absent where none is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// What sort of value.
    pub kind: Kind,
    /// `%`, an ISO 4217 currency code, what is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What the value is per.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
}

/// The observations of one metric of one entity, in the order of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Which it is.
    #[serde(flatten)]
    pub key: Key,
    /// The figures.
    pub observations: Vec<Observation>,
    /// Figures of which nothing says when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undated: Vec<Undated>,
}

/// A figure without a date, with all who say so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Undated {
    /// Actual, target or estimate.
    pub status: Status,
    /// The most precise of the values that agree.
    #[serde(flatten)]
    pub amount: Amount,
    /// Those who say so.
    pub citations: Vec<Citation>,
}

/// How a metric developed, and what is not in the series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Development {
    /// The series.
    pub series: Vec<Series>,
    /// Facts of the metric, whatever entity and days were asked for.
    pub facts: usize,
    /// Facts that are left out because they are amounts of change.
    pub changes: usize,
    /// Facts without a date, left out because days were asked for.
    pub left_out: usize,
}

impl Development {
    /// Facts without a date in the series.
    pub fn undated(&self) -> usize {
        self.series.iter().flat_map(|series| &series.undated).map(|undated| undated.citations.len()).sum()
    }

    /// Whether there is no dated figure.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.observations.is_empty())
    }
}

impl Citation {
    fn of(fact: &Fact<'_>) -> Self {
        let source = &fact.source;
        let owned = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
        Self {
            fact: fact.id.to_string(),
            value: fact.value,
            path: source.path.to_string(),
            record: owned(&source.record),
            uri: owned(&source.uri),
            title: owned(&source.title),
            published: source.published,
            bytes: [source.bytes.start, source.bytes.end],
            quote: source.quote.to_string(),
            sentence: source.sentence.to_string(),
            by_figure: false,
        }
    }

    /// The address where there is one, else file and record.
    pub fn place(&self) -> String {
        match (&self.uri, &self.record) {
            (Some(uri), _) => uri.clone(),
            (None, Some(record)) => format!("{}#{record}", self.path),
            (None, None) => self.path.clone(),
        }
    }
}

impl Key {
    /// For a heading: the entity, the unit and what it is per.
    pub fn label(&self) -> String {
        let entity = self.entity.as_ref().map_or(String::new(), |entity| format!("{entity}, "));
        entity + &self.measure()
    }

    /// The unit, or else the kind, and what it is per.
    pub fn measure(&self) -> String {
        let unit = self.unit.clone().unwrap_or_else(|| self.kind.as_str().to_owned());
        let per = self.per.as_ref().map_or(String::new(), |per| format!("/{per}"));
        unit + &per
    }
}

fn digits<S: serde::Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    use serde::ser::Error as _;
    let raw = serde_json::value::RawValue::from_string(value.normalize().to_string());
    raw.map_err(S::Error::custom)?.serialize(to)
}

#[expect(clippy::ref_option, reason = "serde's signature")]
fn maybe_digits<S: serde::Serializer>(value: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => digits(value, to),
        None => to.serialize_none(),
    }
}

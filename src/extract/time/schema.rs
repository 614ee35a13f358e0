//! The form of `rules/time/`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::rules::{Named, named};

/// A file of the folder; each has some of the parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeFile {
    #[serde(default)]
    pub(super) words: Vec<Words>,
    #[serde(default)]
    pub(super) pattern: Vec<SubPattern>,
    #[serde(default)]
    pub(super) rule: Vec<Rule>,
    #[serde(default)]
    pub(super) frame: Vec<Frame>,
    #[serde(default)]
    pub(super) join: Vec<Join>,
    #[serde(default)]
    pub(super) compare: Vec<Compare>,
    #[serde(default)]
    pub(super) cues: Vec<Cues>,
    #[serde(default)]
    pub(super) list: Vec<Cues>,
    #[serde(default)]
    pub(super) tet: Option<Tet>,
    #[serde(default)]
    pub(super) edition: Option<Edition>,
}

/// Words that state a value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) values: BTreeMap<String, Value>,
}

/// A value of a field: a number, or the name of a unit, part, feast or season.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    Number(i16),
    Name(String),
}

/// A named part of patterns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubPattern {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) pattern: Spanned<String>,
}

/// A time expression.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) pattern: Spanned<String>,
    pub(super) reads: Spanned<String>,
    #[serde(default)]
    pub(super) set: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) framed: bool,
    #[serde(default)]
    pub(super) weak: bool,
    #[serde(default)]
    pub(super) opens: bool,
    #[serde(default)]
    pub(super) not_after: Vec<Spanned<String>>,
    /// One of these must stand before it.
    #[serde(default)]
    pub(super) only_after: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) not_before: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) before: Option<Spanned<String>>,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// A text and what its first expression resolves to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: String,
    #[serde(default)]
    pub(super) today: Option<Date>,
    pub(super) gives: String,
}

/// Words before an expression that say how the figure relates to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) pattern: Spanned<String>,
    pub(super) role: Role,
    #[serde(default)]
    pub(super) not_after: Vec<Spanned<String>>,
}

/// What a frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    During,
    AsOf,
    By,
    /// Until the day before it, unless it is a day.
    Before,
    Since,
    /// The time is what a figure is measured against.
    Base,
    /// From its end on.
    After,
    /// The time belongs to the name of something.
    Name,
}

/// Words between two expressions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Join {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) pattern: Spanned<String>,
    pub(super) how: How,
}

/// How two expressions make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum How {
    /// From the first to the second.
    Range,
    /// From the first to the time of writing, which the second states.
    Until,
    /// From the first day to the second, the one right after it.
    NextDay,
}

/// Words that introduce what a figure is measured against.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Compare {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) pattern: Spanned<String>,
    /// The words themselves are the base, and only of a percentage directly before them.
    #[serde(default)]
    pub(super) plan: bool,
    /// Only where a time follows at once.
    #[serde(default)]
    pub(super) time_first: bool,
    /// Not where a figure follows at once: that is the difference, not the base.
    #[serde(default)]
    pub(super) apart: bool,
}

/// A list of words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    pub(super) name: Spanned<String>,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
}

/// First days of lunar years.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tet {
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) first: Vec<Date>,
    pub(super) days: i32,
}

/// What makes four digits behind a word the year of an edition, and what keeps them from being one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edition {
    #[serde(rename = "comment")]
    _comment: String,
    /// A word in the name before them.
    pub(crate) of: Spanned<String>,
    /// What its words are not.
    pub(crate) not_of: Spanned<String>,
    pub(crate) not_after: Vec<String>,
    pub(crate) not_before: Spanned<String>,
    pub(crate) examples: Vec<EditionExample>,
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

/// A text and the year in a name of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditionExample {
    pub(crate) text: String,
    pub(crate) gives: i16,
}

named!(Words, SubPattern, Rule, Frame, Join, Compare);

impl Named for Cues {
    fn name(&self) -> &str {
        self.name.get_ref()
    }
}

//! The form of the files in `rules/entities/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::common::{CommonRule, CommonWords};
use super::example::Example;
use super::holder::HolderRule;
use super::name_words::NameWords;
use crate::extract::entity::{CueRole, EntityKind};
use crate::extract::weigh::WeightFile;
use crate::rules::named;

/// One file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Type of its entries that name none.
    #[serde(rename = "type")]
    pub(super) kind: Option<EntityKind>,
    #[serde(default)]
    pub(super) entity: BTreeMap<String, Spanned<EntryRule>>,
    #[serde(default)]
    pub(super) head: Vec<HeadRule>,
    #[serde(default)]
    pub(super) group: Vec<GroupRule>,
    #[serde(default)]
    pub(super) anaphor: Vec<AnaphorRule>,
    #[serde(default)]
    pub(super) cue: Vec<CueRule>,
    #[serde(default)]
    pub(super) common: Vec<CommonRule>,
    pub(super) common_words: Option<CommonWords>,
    #[serde(default)]
    pub(super) holder: Vec<HolderRule>,
    #[serde(default)]
    pub(super) lesson: Vec<LessonRule>,
    pub(super) names: Option<NameWords>,
    pub(super) weights: Option<WeightFile>,
}

/// An entity of a gazetteer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryRule {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) also: Vec<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<EntityKind>,
    /// Whether its name of one syllable is also a common word, which a sentence may begin with.
    #[serde(default)]
    pub(crate) ambiguous: bool,
    /// Whether no page is about it for being named.
    #[serde(default)]
    pub(crate) general: bool,
    /// Code on a stock exchange.
    pub(crate) ticker: Option<String>,
    /// First day on which the name stood for the present unit.
    #[serde(rename = "since")]
    pub(crate) _since: Option<jiff::civil::Date>,
    /// Last day of the unit.
    #[serde(rename = "until")]
    pub(crate) _until: Option<jiff::civil::Date>,
    /// Id of the unit that it went into.
    pub(crate) successor: Option<String>,
    /// Ids of the units that went into it.
    #[serde(default)]
    pub(crate) absorbed: Vec<String>,
}

/// What may follow a head noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Run {
    Place,
    Org,
    Person,
    /// The name of a country of the gazetteers.
    Country,
    /// Only what stands in quotation marks, which may follow all others, too.
    Quoted,
}

/// A head noun with a name behind it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) words: Vec<String>,
    #[serde(rename = "type")]
    pub(crate) kind: EntityKind,
    pub(crate) run: Run,
    /// How many words in small letters the name may have in a row.
    #[serde(default)]
    pub(crate) bridge: usize,
    /// Whether the name may be a number.
    #[serde(default)]
    pub(crate) numbers: bool,
    /// Whether the head counts only where its capitals stand.
    #[serde(default)]
    pub(crate) case: bool,
    /// Whether head and name mean what the name alone does.
    #[serde(default)]
    pub(crate) same: bool,
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

/// Common words that name a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) words: Vec<String>,
    #[serde(deserialize_with = "crate::fact::id::of_rule_if_any", default)]
    pub(crate) id: Option<String>,
    /// Whether the words are so common that they name a group only where they begin a clause.
    #[serde(default)]
    pub(crate) leads: bool,
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

/// Sentences that the weights must get right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LessonRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

/// Words that stand for an entity named before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnaphorRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) words: Vec<String>,
    /// Types of the antecedent.
    pub(crate) to: Vec<EntityKind>,
    /// Its types where the page has named none of these.
    #[serde(default)]
    pub(crate) else_to: Vec<EntityKind>,
    /// Whether the words are also common nouns.
    #[serde(default)]
    pub(crate) bare: bool,
    /// Whether the words stand for a person, and only where they begin a clause or stand behind one of `after`.
    #[serde(default)]
    pub(crate) opens: bool,
    /// Where given: only with the name of one such behind them, which belongs to them.
    #[serde(default)]
    pub(crate) of: Option<EntityKind>,
    /// Where given: the words stand behind one of these alone, unless the rule `opens`.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    #[serde(default)]
    pub(crate) not_after: Vec<String>,
    #[serde(default)]
    pub(crate) not_before: Vec<String>,
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

/// Words that say what part a name plays.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(crate) role: CueRole,
    /// Whether it holds to the end of its clause, not only for the name right behind it.
    #[serde(default)]
    pub(crate) far: bool,
    pub(crate) words: Vec<String>,
    pub(crate) examples: Vec<Example>,
}

named!(HeadRule, GroupRule, LessonRule, AnaphorRule, CueRule);

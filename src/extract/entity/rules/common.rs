//! The rules of common nouns, as they stand in files.

use serde::Deserialize;

use super::example::Example;
use crate::rules::{named, named_values};

/// Nouns that stand for whom or what a value is of where nobody is named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommonRule {
    pub(crate) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    /// What they name.
    pub(crate) thing: Thing,
    pub(crate) words: Vec<String>,
    /// Whether a noun says enough without a word behind it.
    #[serde(default)]
    pub(crate) alone: bool,
    /// Whether no word behind it belongs to it.
    #[serde(default)]
    pub(crate) whole: bool,
    /// What named before they may stand for.
    #[serde(default)]
    pub(crate) stands_for: Option<StandsFor>,
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) leave: Vec<String>,
}

/// What common nouns may stand for, where the words around them let them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StandsFor {
    /// Who says the quotation that they stand in.
    Speaker,
    /// With an age, a country or `this` behind: a person of that trade.
    Trade,
    /// With the same behind: a person of any trade that stands for somebody so.
    Person,
    /// With an age or `this` behind: the only person that the page has named, or whom it names far more often than others.
    Main,
    /// What was named behind them.
    Named,
    /// The same, or the product that the page is about.
    Product,
    /// The place of their sentence where they happened.
    Place,
}

named_values! {
    /// What common nouns name.
    pub(crate) enum Thing {
        /// One or some people.
        Person = "person",
        /// A sort of people.
        People = "people",
        /// Who makes or sells something.
        Business = "business",
        /// Another body that does something.
        Body = "body",
        /// A vehicle, weapon or device.
        Machine = "machine",
        /// A building, road or piece of land.
        Building = "building",
        /// A plant, an animal, a shape of land or sky.
        Nature = "nature",
        /// A film, book, prize or study.
        Work = "work",
        /// A contest, accident or crime.
        Event = "event",
        /// Goods, food, medicine.
        Goods = "goods",
        /// A contract, fund or share.
        Deal = "deal",
        /// One of what the next word names.
        One = "one",
    }
}

/// Words around common nouns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommonWords {
    /// Words between a thing and its size, weight or price.
    pub(crate) measures: Vec<String>,
    /// Words for a measure, behind which what it is of begins.
    #[serde(default)]
    pub(crate) dimensions: Vec<String>,
    /// Words in which a noun is none of its own.
    pub(crate) compounds: Vec<String>,
    /// Words with which a predicate begins.
    pub(crate) predicates: Vec<String>,
    /// Words that end a noun, though they are no verbs.
    #[serde(default)]
    pub(crate) ends: Vec<String>,
    /// Words that end a noun where a figure follows.
    #[serde(default)]
    pub(crate) leads: Vec<String>,
    /// Verbs with which no noun that no rule lists begins, but behind which one may.
    #[serde(default)]
    pub(crate) actions: Vec<String>,
    /// Words that no noun ends with.
    #[serde(default)]
    pub(crate) open: Vec<String>,
    /// Words for whose something is, with which its noun ends.
    #[serde(default)]
    pub(crate) owners: Vec<String>,
    /// Words that belong to the noun before them, though they may begin like a verb.
    #[serde(default)]
    pub(crate) modifiers: Vec<String>,
    /// Words before nouns that mean no one that was named before.
    #[serde(default)]
    pub(crate) indefinite: Vec<String>,
    /// Words before nouns that mean the one that was named before, where nothing else says so.
    #[serde(default)]
    pub(crate) definite: Vec<String>,
    /// Words behind nouns, or behind an age, that mean no one that was named before.
    #[serde(default)]
    pub(crate) others: Vec<String>,
    /// Words behind an age or country that say which other one is meant.
    #[serde(default)]
    pub(crate) elsewhere: Vec<String>,
    /// Words behind nouns for a thing that say which one is meant.
    #[serde(default)]
    pub(crate) which: Vec<String>,
    /// Words behind nouns that mean the one that was named last.
    #[serde(default)]
    pub(crate) this: Vec<String>,
    /// Words between somebody's age and name.
    #[serde(default)]
    pub(crate) named: Vec<String>,
    /// Words near behind nouns for a thing that say that it is the first of all, whichever that is.
    #[serde(default)]
    pub(crate) most: Vec<String>,
    /// Words between what is owned and who owns it.
    #[serde(default)]
    pub(crate) of: Vec<String>,
    /// Words in the names of what products are made of, for which words for a product do not stand.
    #[serde(default)]
    pub(crate) parts: Vec<String>,
}

named!(CommonRule);

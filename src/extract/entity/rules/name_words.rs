//! The lists of words by which names are told.

use serde::Deserialize;

use super::foreign::Foreign;

/// Words at which names end, or which are none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameWords {
    pub(crate) stop: Vec<String>,
    /// Verbs that may follow their subject; names do not end at them.
    #[serde(default)]
    pub(crate) verbs: Vec<String>,
    /// Words beside which stock codes are names.
    pub(crate) shares: Vec<String>,
    pub(crate) not_names: Vec<String>,
    /// Words that tell what a person does, right behind a name of one syllable that begins a sentence.
    #[serde(default)]
    pub(crate) acts: Vec<String>,
    /// Titles, and parts of names, of men.
    #[serde(default)]
    pub(crate) men: Vec<String>,
    /// Titles, and parts of names, of women.
    #[serde(default)]
    pub(crate) women: Vec<String>,
    /// Family names.
    pub(crate) surnames: Vec<String>,
    /// Syllables before the last of given names.
    #[serde(default)]
    pub(crate) given: Vec<String>,
    /// Parts of names that end in small letters.
    pub(crate) fields: Vec<String>,
    /// Those of them that say of what behind them.
    #[serde(default)]
    pub(crate) open_fields: Vec<String>,
    /// Words that begin a sentence: a name ends before them where the full stop was lost.
    #[serde(default)]
    pub(crate) openers: Vec<String>,
    /// Units of what belongs to a person or event of its own sentence, never to the topic of earlier ones.
    #[serde(default)]
    pub(crate) own_units: Vec<String>,
    /// Units of what people alone have.
    #[serde(default)]
    pub(crate) person_units: Vec<String>,
    /// Units in which a place may be measured that is not named beside the value.
    #[serde(default)]
    pub(crate) place_units: Vec<String>,
    /// The sentence in which every name is tried, which stands for `{name}`.
    #[serde(default)]
    pub(crate) tried_in: String,
    /// Words before the colon of a credit (Ảnh: …).
    #[serde(default)]
    pub(crate) credits: Vec<String>,
    /// The id of the country whose bodies are listed: those of another one have other ids, if any.
    #[serde(default)]
    pub(crate) home: Option<String>,
    /// Words right before a noun that make an office of it.
    #[serde(default)]
    pub(crate) offices: Vec<String>,
    /// Words in the names of leagues, firms and programmes, which are nobody's.
    #[serde(default)]
    pub(crate) no_persons: Vec<String>,
    /// Words of the first and second person.
    #[serde(default)]
    pub(crate) speakers: Vec<String>,
    /// Words before a speaker that speak for a body.
    #[serde(default)]
    pub(crate) plural: Vec<String>,
    /// Words that give values out to the names before them in turn.
    #[serde(default)]
    pub(crate) in_turn: Vec<String>,
    /// Words for what the number before them counts, so that it is none of a name.
    #[serde(default)]
    pub(crate) counted: Vec<String>,
    /// Words for how long or how often, which the number before them counts.
    #[serde(default)]
    pub(crate) lasting: Vec<String>,
    /// Words before the country that somebody is from.
    #[serde(default)]
    pub(crate) people: Vec<String>,
    /// Words of address, which stand for a person where no name follows.
    #[serde(default)]
    pub(crate) address: Vec<String>,
    /// Words that join the last two names of a list.
    pub(crate) and: Vec<String>,
    /// Words before the first and the last of the places that something reaches over (từ A đến B).
    #[serde(default)]
    pub(crate) from: Vec<String>,
    #[serde(default)]
    pub(crate) to: Vec<String>,
    pub(crate) foreign: Foreign,
}

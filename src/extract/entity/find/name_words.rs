//! The lists of words by which names are told.

use serde::{Deserialize, Deserializer};

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

/// What tells a foreign word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Foreign {
    /// Letters that only foreign words have.
    #[serde(deserialize_with = "letters")]
    letters: Letters,
    /// The vowels; a Vietnamese syllable has them together.
    #[serde(deserialize_with = "letters")]
    vowels: Letters,
    /// What a Vietnamese syllable may end in behind its vowels.
    codas: Vec<String>,
}

impl Foreign {
    /// Whether `word` is no Vietnamese syllable.
    pub(crate) fn is(&self, word: &str) -> bool {
        if word.chars().any(|c| self.letters.has(c)) {
            return true;
        }
        let vowel = |c: char| self.vowels.has(c);
        let onset = word.find(vowel).unwrap_or(word.len());
        let tail = word[onset..].trim_start_matches(vowel);
        !self.codas.iter().any(|coda| is_lower_of(coda, tail))
    }
}

/// Whether `lower` is `text` in small letters.
fn is_lower_of(lower: &str, text: &str) -> bool {
    if text.is_ascii() {
        return lower.len() == text.len() && lower.bytes().eq(text.bytes().map(|b| b.to_ascii_lowercase()));
    }
    lower.chars().eq(text.chars().flat_map(char::to_lowercase))
}

/// A set of letters, one bit each.
#[derive(Debug, Clone, Default)]
struct Letters(Vec<u64>);

impl Letters {
    fn add(&mut self, letter: char) {
        let place = letter as usize / 64;
        self.0.resize(self.0.len().max(place + 1), 0);
        self.0[place] |= 1 << (letter as usize % 64);
    }

    fn has(&self, letter: char) -> bool {
        self.0.get(letter as usize / 64).is_some_and(|bits| bits >> (letter as usize % 64) & 1 == 1)
    }
}

/// The letters of a text, small and capital.
fn letters<'de, D: Deserializer<'de>>(from: D) -> Result<Letters, D::Error> {
    let mut letters = Letters::default();
    let cases = |c: char| c.to_lowercase().chain(c.to_uppercase());
    String::deserialize(from)?.chars().flat_map(cases).for_each(|c| letters.add(c));
    Ok(letters)
}

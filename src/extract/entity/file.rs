//! The form of the files in `rules/entities/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{EntityKind, Role};
use crate::rules::{Loaded, Named, RuleError, RuleSources, merge_named};

/// One file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Type of its entries that name none.
    #[serde(rename = "type")]
    kind: Option<EntityKind>,
    #[serde(default)]
    entity: BTreeMap<String, Spanned<EntryRule>>,
    #[serde(default)]
    head: Vec<HeadRule>,
    #[serde(default)]
    group: Vec<GroupRule>,
    #[serde(default)]
    anaphor: Vec<AnaphorRule>,
    #[serde(default)]
    cue: Vec<CueRule>,
    #[serde(default)]
    common: Vec<CommonRule>,
    common_words: Option<CommonWords>,
    names: Option<NameWords>,
}

/// An entity of a gazetteer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryRule {
    pub(super) name: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<EntityKind>,
    /// Whether its name of one syllable is also a common word, which a sentence may begin with.
    #[serde(default)]
    pub(super) ambiguous: bool,
    /// Whether no page is about it for being named.
    #[serde(default)]
    pub(super) general: bool,
    /// Code on a stock exchange.
    pub(super) ticker: Option<String>,
    /// First day on which the name stood for the present unit.
    #[serde(rename = "since")]
    pub(super) _since: Option<jiff::civil::Date>,
    /// Last day of the unit.
    #[serde(rename = "until")]
    pub(super) _until: Option<jiff::civil::Date>,
    /// Id of the unit that it went into.
    pub(super) successor: Option<String>,
    /// Ids of the units that went into it.
    #[serde(default)]
    pub(super) absorbed: Vec<String>,
}

/// What may follow a head noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Run {
    Place,
    Org,
    Person,
}

/// A head noun with a name behind it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadRule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
    #[serde(rename = "type")]
    pub(super) kind: EntityKind,
    pub(super) run: Run,
    /// How many words in small letters the name may have in a row.
    #[serde(default)]
    pub(super) bridge: usize,
    /// Whether the name may be a number.
    #[serde(default)]
    pub(super) numbers: bool,
    /// Whether the head counts only where its capitals stand.
    #[serde(default)]
    pub(super) case: bool,
    /// Whether head and name mean what the name alone does.
    #[serde(default)]
    pub(super) same: bool,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// Common words that name a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupRule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
    pub(super) id: Option<String>,
    /// Whether the words are so common that they name a group only where they begin a clause.
    #[serde(default)]
    pub(super) leads: bool,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// Nouns that stand for whom or what a value is of where nobody is named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonRule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
    /// Whether a noun says enough without a word behind it.
    #[serde(default)]
    pub(super) alone: bool,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// Words around common nouns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonWords {
    /// Words before the noun at the beginning of its clause.
    pub(super) openers: Vec<String>,
    /// Words between a noun and its length or weight.
    pub(super) dimensions: Vec<String>,
    /// Words between a thing and its price.
    pub(super) prices: Vec<String>,
}

/// Words that stand for an entity named before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnaphorRule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) words: Vec<String>,
    /// Types of the antecedent.
    pub(super) to: Vec<EntityKind>,
    /// Whether the words are also common nouns.
    #[serde(default)]
    pub(super) bare: bool,
    /// Whether the words stand for a person, and only where they begin a clause.
    #[serde(default)]
    pub(super) opens: bool,
    /// Where given: the words stand behind one of these alone.
    #[serde(default)]
    pub(super) after: Vec<String>,
    #[serde(default)]
    pub(super) not_after: Vec<String>,
    #[serde(default)]
    pub(super) not_before: Vec<String>,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// Words that say what part a name plays.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueRule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) role: Role,
    /// Whether it holds to the end of its clause, not only for the name right behind it.
    #[serde(default)]
    pub(super) far: bool,
    pub(super) words: Vec<String>,
    pub(super) examples: Vec<Example>,
}

/// A text, and the entity it must give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) entity: String,
    pub(super) id: Option<String>,
}

/// Words at which names end, or which are none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    pub(super) stop: Vec<String>,
    /// Words beside which stock codes are names.
    pub(super) shares: Vec<String>,
    pub(super) not_names: Vec<String>,
    /// Family names.
    pub(super) surnames: Vec<String>,
    /// Syllables before the last of given names.
    #[serde(default)]
    pub(super) given: Vec<String>,
    /// Parts of names that end in small letters.
    pub(super) fields: Vec<String>,
    /// Words that begin a sentence: a name ends before them where the full stop was lost.
    #[serde(default)]
    pub(super) openers: Vec<String>,
    /// Units of what belongs to a person or event of its own sentence, never to the topic of earlier ones.
    #[serde(default)]
    pub(super) own_units: Vec<String>,
    /// Units of what people alone have.
    #[serde(default)]
    pub(super) person_units: Vec<String>,
    /// Units in which a place may be measured that is not named beside the value.
    #[serde(default)]
    pub(super) place_units: Vec<String>,
    /// Words before an age that stand for nobody named before.
    #[serde(default)]
    pub(super) introduced: Vec<String>,
    /// The sentence in which every name is tried, which stands for `{name}`.
    #[serde(default)]
    pub(super) tried_in: String,
    /// Words before the colon of a credit (Ảnh: …).
    #[serde(default)]
    pub(super) credits: Vec<String>,
    /// Words of the first and second person.
    #[serde(default)]
    pub(super) speakers: Vec<String>,
    /// Words before a speaker that speak for a body.
    #[serde(default)]
    pub(super) plural: Vec<String>,
    /// Words before the country that somebody is from.
    #[serde(default)]
    pub(super) people: Vec<String>,
    /// Words of address, which stand for a person where no name follows.
    #[serde(default)]
    pub(super) address: Vec<String>,
    /// Words that join the last two names of a list.
    pub(super) and: Vec<String>,
    /// Words before the first and the last of the places that something reaches over (từ A đến B).
    #[serde(default)]
    pub(super) from: Vec<String>,
    #[serde(default)]
    pub(super) to: Vec<String>,
    pub(super) foreign: Foreign,
}

/// What tells a foreign word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foreign {
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
    pub(super) fn is(&self, word: &str) -> bool {
        if word.chars().any(|c| self.letters.has(c)) {
            return true;
        }
        let vowel = |c: &char| self.vowels.has(*c);
        let tail = word.chars().skip_while(|c| !vowel(c)).skip_while(vowel);
        let mut tail = tail.flat_map(char::to_lowercase);
        // No coda has more than two letters.
        let tail = [tail.next(), tail.next(), tail.next()];
        let is_tail = |coda: &String| {
            let mut chars = coda.chars();
            tail == [chars.next(), chars.next(), chars.next()]
        };
        !self.codas.iter().any(is_tail)
    }
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

macro_rules! named {
    ($($rule:ty),*) => { $(impl Named for $rule {
        fn name(&self) -> &str {
            &self.name
        }
    })* };
}
named!(HeadRule, GroupRule, CommonRule, AnaphorRule, CueRule);

/// All files joined.
#[derive(Debug, Clone, Default)]
pub(super) struct EntityFiles {
    /// By id: the type and the entry.
    pub(super) entries: BTreeMap<String, (EntityKind, EntryRule)>,
    pub(super) heads: Vec<HeadRule>,
    pub(super) groups: Vec<GroupRule>,
    pub(super) commons: Vec<CommonRule>,
    pub(super) common_words: CommonWords,
    pub(super) anaphors: Vec<AnaphorRule>,
    pub(super) cues: Vec<CueRule>,
    pub(super) names: NameWords,
}

impl EntityFiles {
    pub(super) fn load(sources: &RuleSources) -> Result<Self, RuleError> {
        let files: Vec<Loaded<File>> = sources.parse("entities")?;
        let mut joined = Self::default();
        for file in &files {
            joined.add_entries(file)?;
            if let Some(names) = &file.value.names {
                joined.names = names.clone();
            }
            if let Some(words) = &file.value.common_words {
                joined.common_words = words.clone();
            }
        }
        joined.heads = merge_named(files.iter().flat_map(|f| f.value.head.clone()));
        joined.groups = merge_named(files.iter().flat_map(|f| f.value.group.clone()));
        joined.commons = merge_named(files.iter().flat_map(|f| f.value.common.clone()));
        joined.anaphors = merge_named(files.iter().flat_map(|f| f.value.anaphor.clone()));
        joined.cues = merge_named(files.iter().flat_map(|f| f.value.cue.clone()));
        joined.check_links(&files)?;
        Ok(joined)
    }

    fn add_entries(&mut self, file: &Loaded<File>) -> Result<(), RuleError> {
        for (id, entry) in &file.value.entity {
            let Some(kind) = entry.get_ref().kind.or(file.value.kind) else {
                return Err(file.error(entry.span(), format!("{id} has no type, and the file names none")));
            };
            self.entries.insert(id.clone(), (kind, entry.get_ref().clone()));
        }
        Ok(())
    }

    /// Successors and absorbed units must be entries.
    fn check_links(&self, files: &[Loaded<File>]) -> Result<(), RuleError> {
        for file in files {
            for entry in file.value.entity.values() {
                let links = entry.get_ref().successor.iter().chain(&entry.get_ref().absorbed);
                if let Some(lost) = links.into_iter().find(|id| !self.entries.contains_key(*id)) {
                    return Err(file.error(entry.span(), format!("{lost} is not the id of an entity")));
                }
            }
        }
        Ok(())
    }
}

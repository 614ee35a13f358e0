//! The form of the files in `rules/entities/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::name_words::NameWords;
use super::rank::Attribute;
use super::{EntityKind, Role};
use crate::extract::rank::{WeightFile, Weights, WordClasses};
use crate::fact::Kind;
use crate::rules::{Loaded, RuleError, RuleSources, merge_named, named};

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
    #[serde(default)]
    lesson: Vec<LessonRule>,
    names: Option<NameWords>,
    weights: Option<WeightFile>,
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
    #[serde(deserialize_with = "crate::fact::id::of_rule_if_any", default)]
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
    /// What they name.
    pub(super) thing: Thing,
    pub(super) words: Vec<String>,
    /// Whether a noun says enough without a word behind it.
    #[serde(default)]
    pub(super) alone: bool,
    /// Whether no word behind it belongs to it.
    #[serde(default)]
    pub(super) whole: bool,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// What common nouns name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Thing {
    /// One or some people.
    Person,
    /// A sort of people.
    People,
    /// Who makes or sells something.
    Business,
    /// Another body that does something.
    Body,
    /// A vehicle, weapon or device.
    Machine,
    /// A building, road or piece of land.
    Building,
    /// A plant, an animal, a shape of land or sky.
    Nature,
    /// A film, book, prize or study.
    Work,
    /// A contest, accident or crime.
    Event,
    /// Goods, food, medicine.
    Goods,
    /// A contract, fund or share.
    Deal,
    /// One of what the next word names.
    One,
}

/// Sentences that the weights must get right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonRule {
    pub(super) name: String,
    #[serde(rename = "comment")]
    _comment: String,
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    pub(super) leave: Vec<String>,
}

/// Words around common nouns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonWords {
    /// Words between a thing and its size, weight or price.
    pub(super) measures: Vec<String>,
    /// Words for a measure, behind which what it is of begins.
    #[serde(default)]
    pub(super) dimensions: Vec<String>,
    /// Words in which a noun is none of its own.
    pub(super) compounds: Vec<String>,
    /// Words with which a predicate begins.
    pub(super) predicates: Vec<String>,
    /// Words that end a noun, though they are no verbs.
    #[serde(default)]
    pub(super) ends: Vec<String>,
    /// Words that end a noun where a figure follows.
    #[serde(default)]
    pub(super) leads: Vec<String>,
    /// Words that no noun ends with.
    #[serde(default)]
    pub(super) open: Vec<String>,
    /// Words for whose something is, with which its noun ends.
    #[serde(default)]
    pub(super) owners: Vec<String>,
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
    /// Whether the words stand for a person, and only where they begin a clause or stand behind one of `after`.
    #[serde(default)]
    pub(super) opens: bool,
    /// Where given: the words stand behind one of these alone, unless the rule `opens`.
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
    /// What kind its values are of; counts where it does not say.
    pub(super) kind: Option<Kind>,
    /// The value that is asked for; the last one where it does not say.
    pub(super) number: Option<String>,
}

named!(HeadRule, GroupRule, CommonRule, LessonRule, AnaphorRule, CueRule);

/// All files joined.
#[derive(Debug, Default)]
pub(super) struct EntityFiles {
    /// By id: the type and the entry.
    pub(super) entries: BTreeMap<String, (EntityKind, EntryRule)>,
    pub(super) heads: Vec<HeadRule>,
    pub(super) groups: Vec<GroupRule>,
    pub(super) commons: Vec<CommonRule>,
    pub(super) common_words: CommonWords,
    pub(super) lessons: Vec<LessonRule>,
    pub(super) anaphors: Vec<AnaphorRule>,
    pub(super) cues: Vec<CueRule>,
    pub(super) names: NameWords,
    pub(super) weights: Weights<Attribute>,
}

impl EntityFiles {
    pub(super) fn load(sources: &RuleSources, classes: &WordClasses) -> Result<Self, RuleError> {
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
        let weights = files.iter().filter_map(|file| Some((file, file.value.weights.as_ref()?)));
        joined.weights = Weights::compile(weights, classes)
            .map_err(|(file, (span, message))| file.error(span, message))?;
        joined.heads = merge_named(files.iter().flat_map(|f| f.value.head.clone()));
        joined.groups = merge_named(files.iter().flat_map(|f| f.value.group.clone()));
        joined.commons = merge_named(files.iter().flat_map(|f| f.value.common.clone()));
        joined.lessons = merge_named(files.iter().flat_map(|f| f.value.lesson.clone()));
        joined.anaphors = merge_named(files.iter().flat_map(|f| f.value.anaphor.clone()));
        joined.cues = merge_named(files.iter().flat_map(|f| f.value.cue.clone()));
        joined.check_links(&files)?;
        Ok(joined)
    }

    fn add_entries(&mut self, file: &Loaded<File>) -> Result<(), RuleError> {
        for (id, entry) in &file.value.entity {
            crate::fact::id::bounded("the identifier", id.len())
                .map_err(|message| file.error(entry.span(), message))?;
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

//! Places, organisations, persons and things: found by gazetteer and by pattern, and given to the facts that are measured
//! of them.
//!
//! A sentence goes through these steps, in this order:
//!
//! 1. [`find`]: its names, read from left to right with phrase tries over word numbers (gazetteer names, head nouns,
//!    anaphors), are noted in the [`EntityMemory`] of the page;
//! 2. [`role`]: every name gets a [`Role`] by the cue words around it;
//! 3. [`weigh`]: of a value's candidates (names and common nouns of its sentence, names of earlier sentences, nobody), the
//!    network of `rules/entities/weights.toml` says which is likeliest;
//! 4. [`assign`]: every value is given to its likeliest candidate, those of a list in turn where words say so, and what
//!    later sentences are about is remembered;
//! 5. [`label`]: the words and the id of whom a value is given to.
//!
//! [`EntityRules::find`] takes the first step, [`EntityRules::assign`] the others. A folder asks only those before it:
//! [`rules`] (what the files say), [`memory`] (what the page has named so far), [`find`], [`role`], [`assign`]. Of later ones,
//! [`rules`] and [`memory`] only know the types of what they hold; [`weigh`] and [`label`] answer questions on the
//! [`assign::Assigner`] that [`assign`] asks.

mod assign;
mod examples;
mod find;
mod label;
mod memory;
mod role;
mod rules;
#[cfg(test)]
mod tests;
mod weigh;

use std::ops::Range;

use serde::Deserialize;

use self::find::Finder;
pub use self::memory::EntityMemory;
use self::rules::files::EntityFiles;
use self::rules::tables::Tables;
pub use self::weigh::{Attribute, Weighed};
use super::mention::Scene;
use super::sentence::Sentence;
use super::weigh::{Weights, WordClasses};
use super::words::token::Vocabulary;
use crate::fact::Label;
use crate::rules::{RuleError, RuleSources};

/// The type of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// Province or centrally run city of Việt Nam.
    Province,
    /// Any other place: district, commune, port, zone.
    Place,
    /// Country or territory.
    Country,
    /// Part of the world or of a country; bloc of states.
    Region,
    /// Ministry, authority or other body of a state.
    Agency,
    /// Bank.
    Bank,
    /// Any other business.
    Company,
    /// Club or team of sport.
    Club,
    /// Association, school, hospital, international body.
    Organisation,
    /// News agency, newspaper, broadcaster.
    Media,
    /// Index of a stock exchange.
    Index,
    /// Person.
    Person,
    /// Road, railway, bridge and other works.
    Project,
    /// All of a sort, named by common words.
    Group,
    /// Name of something that no rule knows.
    Name,
}

impl EntityKind {
    fn is_place(self) -> bool {
        matches!(self, Self::Province | Self::Place | Self::Country | Self::Region)
    }

    /// Whether figures of its own business are what it reports about.
    fn reports_itself(self) -> bool {
        matches!(self, Self::Bank | Self::Company | Self::Club)
    }
}

/// The part that a name plays in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Subject of a clause.
    Subject,
    /// Neither at the head of its clause nor before a verb, and without a cue.
    Object,
    /// Whom the metric belongs to (của X).
    Owner,
    /// Where it is measured (tại X).
    Place,
    /// Of a cue alone: who a sentence says that its subject is (dẫn đầu là X), which is a subject.
    Is,
    /// Of a cue alone: what it is measured on (trên X), which is a place, or only a medium and so a venue.
    On,
    /// The other side of a trade or journey (sang X).
    Partner,
    /// What a value is set against (so với X).
    Against,
    /// Who gives the information (theo X).
    Source,
    /// Who speaks (X cho biết).
    Says,
    /// Who carries something out (do X).
    Agent,
    /// Where something was said or held.
    Venue,
    /// What is counted or ranked over: right behind a number.
    Scope,
}

impl Role {
    /// The role of a name behind a cue of this one.
    fn of_name(self) -> Self {
        match self {
            Self::On => Self::Place,
            Self::Is => Self::Subject,
            role => role,
        }
    }
}

/// What found an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Listed,
    Group(u32),
    Head(u32),
    Anaphor(u32),
    Bare,
    /// An abbreviation with the next word stuck to it.
    Glued,
}

/// An entity in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityMention {
    /// Byte range in the sentence.
    pub span: Range<usize>,
    /// Index of its first token.
    pub first: usize,
    /// Index behind its last token.
    pub last: usize,
    /// Its type; an anaphor has that of what it stands for.
    pub kind: EntityKind,
    /// Its entry in the gazetteers.
    entry: Option<u32>,
    /// Its place in the memory of the page.
    known: usize,
    origin: Origin,
}

impl EntityMention {
    /// Whether its words only point to a name (tỉnh này).
    fn stands_for_another(&self) -> bool {
        matches!(self.origin, Origin::Anaphor(_))
    }
}

/// Compiled `rules/entities/`.
#[derive(Debug)]
pub struct EntityRules {
    files: EntityFiles,
    tables: Tables,
}

impl EntityRules {
    /// Compiles the gazetteers and patterns; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(
        sources: &RuleSources,
        classes: &WordClasses,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, RuleError> {
        let files = EntityFiles::load(sources, classes)?;
        let tables = Tables::compile(&files, classes, vocabulary);
        Ok(Self { files, tables })
    }

    /// Finds the entities of a sentence, in order, in the place of what `into` held.
    ///
    /// Sentences of a page are to be given in order, its title first, to the same `memory`.
    pub fn find(&self, sentence: &Sentence<'_>, memory: &mut EntityMemory, into: &mut Vec<EntityMention>) {
        into.clear();
        memory.begin_sentence();
        Finder { tables: &self.tables, sentence }.run(memory, into);
    }

    /// What candidates are weighed by.
    pub fn weights(&self) -> &Weights<Attribute> {
        &self.files.weights
    }

    /// Gives every mention of a scene its entity; one entry a mention. Also called, without mentions, for sentences
    /// that only set the scene for later ones.
    pub fn assign<'t>(&'t self, scene: &Scene<'_, 't>, memory: &mut EntityMemory) -> Vec<Option<Label<'t>>> {
        assign::assign(self, scene, memory)
    }
}

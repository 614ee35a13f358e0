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
//! [`rules`] (what the files say), [`memory`] (what the page has named so far), [`find`], [`role`], [`context`] (a scene with all
//! that governs its values), [`label`], [`weigh`], [`assign`]. Of later ones, [`rules`] only know the features by which
//! [`weigh`] scores.

mod assign;
mod context;
mod examples;
mod find;
mod holder;
mod label;
mod memory;
pub(super) mod mention;
mod role;
mod rules;
#[cfg(test)]
mod tests;
mod weigh;

use self::find::Finder;
pub use self::memory::EntityMemory;
use self::mention::{CueRole, Origin};
pub use self::mention::{EntityKind, EntityMention, Role};
use self::rules::files::EntityFiles;
use self::rules::tables::Tables;
pub use self::weigh::{Feature, Weighed};
use super::mention::Scene;
use super::sentence::Sentence;
use super::weigh::{Weights, WordClasses};
use super::words::vocabulary::Vocabulary;
use crate::fact::Label;
use crate::rules::{RuleError, RuleSources};

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
    pub fn weights(&self) -> &Weights<Feature> {
        &self.files.weights
    }

    /// Gives every mention of a scene its entity; one entry a mention. Also called, without mentions, for sentences
    /// that only set the scene for later ones. The candidates of each mention are added to `watched`.
    pub fn assign<'t>(
        &'t self,
        scene: &Scene<'_, 't>,
        memory: &mut EntityMemory,
        watched: Option<&mut Vec<Vec<Weighed>>>,
    ) -> Vec<Option<Label<'t>>> {
        assign::assign(self, scene, memory, watched)
    }
}

//! Places and organisations: found by gazetteer and by pattern, and given to the facts that are measured of them.

use std::ops::Range;

use super::mention::Scene;
use super::sentence::Sentence;
use super::token::Vocabulary;
use crate::fact::Label;
use crate::rules::{RuleError, RuleSources};

/// An entity in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityMention {
    /// Byte range in the sentence.
    pub span: Range<usize>,
}

/// What earlier sentences of a page leave behind for resolving entities.
#[derive(Debug, Clone, Default)]
pub struct EntityMemory {}

/// Compiled `rules/entities/`.
#[derive(Debug)]
pub struct EntityRules {}

impl EntityRules {
    /// Compiles the gazetteers and patterns; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(_sources: &RuleSources, _vocabulary: &mut Vocabulary) -> Result<Self, RuleError> {
        Ok(Self {})
    }

    /// Finds the entities of a sentence, in order, in the place of what `into` held.
    pub fn find(&self, _sentence: &Sentence<'_>, _memory: &mut EntityMemory, into: &mut Vec<EntityMention>) {
        into.clear();
    }

    /// Gives every mention of a scene its entity; one entry a mention.
    pub fn assign<'t>(&self, scene: &Scene<'_, 't>, _memory: &mut EntityMemory) -> Vec<Option<Label<'t>>> {
        vec![None; scene.mentions.len()]
    }
}

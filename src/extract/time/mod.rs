//! Vietnamese time expressions: found, resolved to first and last day, and given to the facts they govern.

use std::ops::Range;

use jiff::civil::Date;

use super::mention::Scene;
use crate::fact::{Base, Time};
use crate::rules::{RuleError, RuleSources};

/// A time expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    /// Byte range in the sentence. Numbers in it are no facts.
    pub span: Range<usize>,
}

/// What earlier sentences of a page leave behind for resolving dates.
#[derive(Debug, Clone, Default)]
pub struct TimeMemory {
    /// The day of publication.
    pub published: Option<Date>,
}

/// The time of one fact, and what its change is measured against.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dating<'t> {
    /// When it holds.
    pub time: Option<Time<'t>>,
    /// What it is measured against.
    pub base: Option<Base<'t>>,
}

/// Compiled `rules/time.toml`.
#[derive(Debug)]
pub struct TimeRules {}

impl TimeRules {
    /// Compiles the rules of time expressions.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(_sources: &RuleSources) -> Result<Self, RuleError> {
        Ok(Self {})
    }

    /// Finds the time expressions of a sentence, in order, in the place of what `into` held.
    pub fn find(&self, _text: &str, into: &mut Vec<TimeMention>) {
        into.clear();
    }

    /// Dates every mention of a scene; one entry a mention. Also called, without mentions, for sentences that only
    /// set the scene for later ones.
    pub fn date<'t>(&self, scene: &Scene<'_, 't>, _memory: &mut TimeMemory) -> Vec<Dating<'t>> {
        vec![Dating::default(); scene.mentions.len()]
    }
}

//! What is measured: the words of the source, the canonical metric they stand for, and its theme.

use super::mention::Scene;
use super::token::Vocabulary;
use crate::fact::Label;
use crate::rules::{RuleError, RuleSources};

/// What earlier sentences of a page leave behind for naming metrics.
#[derive(Debug, Clone, Default)]
pub struct MetricMemory {}

/// What one fact measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Naming<'t> {
    /// The metric.
    pub metric: Option<Label<'t>>,
    /// `savings` and other themes.
    pub theme: Option<&'static str>,
}

/// Compiled `rules/metrics/` and `rules/metric-text.toml`.
#[derive(Debug)]
pub struct MetricRules {}

impl MetricRules {
    /// Compiles the metrics; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(_sources: &RuleSources, _vocabulary: &mut Vocabulary) -> Result<Self, RuleError> {
        Ok(Self {})
    }

    /// Names what every mention of a scene measures; one entry a mention.
    pub fn name<'t>(&self, scene: &Scene<'_, 't>, _memory: &mut MetricMemory) -> Vec<Naming<'t>> {
        vec![Naming::default(); scene.mentions.len()]
    }
}

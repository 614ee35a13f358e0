//! What is measured: the words of the source, the canonical metric they stand for, and its theme.
//!
//! The words are found on the clause ([`clause`]): the subject before a figure ([`subject`]), the counted noun phrase
//! behind it ([`counted`]), or what an earlier figure measures ([`choose`]).

mod choose;
mod clause;
mod counted;
mod subject;
mod theme;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use self::choose::Choice;
use self::clause::Clauses;
use self::words::{Class, TextRules};
use super::lexicon::Lexicon;
use super::mention::Scene;
use super::token::Vocabulary;
use crate::fact::Label;
use crate::rules::{RuleError, RuleSources};

/// What earlier sentences of a page leave behind for naming metrics.
#[derive(Debug, Clone, Default)]
pub struct MetricMemory {
    /// Words of the last metric named.
    text: String,
}

/// What one fact measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Naming<'t> {
    /// The metric.
    pub metric: Option<Label<'t>>,
    /// `savings` and other themes.
    pub theme: Option<&'t str>,
}

/// Compiled `rules/metrics/` and `rules/metric-text.toml`.
#[derive(Debug)]
pub struct MetricRules {
    words: Lexicon<Class>,
    text: TextRules,
}

impl MetricRules {
    /// Compiles the metrics; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(sources: &RuleSources, vocabulary: &mut Vocabulary) -> Result<Self, RuleError> {
        let text = words::load(sources)?;
        let words = words::lexicon(&text.lists, vocabulary);
        Ok(Self { words, text })
    }

    /// Names what every mention of a scene measures; one entry a mention.
    pub fn name<'t>(&'t self, scene: &Scene<'_, 't>, memory: &mut MetricMemory) -> Vec<Naming<'t>> {
        if scene.mentions.is_empty() {
            return Vec::new();
        }
        let clauses = Clauses::new(scene, &self.words);
        let choices: Vec<Choice> = (0..scene.mentions.len()).map(|i| clauses.choose(i)).collect();
        let mut names: Vec<Naming<'t>> = Vec::with_capacity(choices.len());
        for (i, choice) in choices.iter().enumerate() {
            let text = match choice {
                Choice::Own(noun) => Some(Cow::Borrowed(words_of(scene, noun))),
                Choice::Carried(weak) => carried(&names, &choices[i + 1..], memory, scene)
                    .or_else(|| weak.as_ref().map(|w| Cow::Borrowed(words_of(scene, w)))),
            };
            let metric = text.filter(|t| !t.is_empty()).map(|text| Label { id: None, text });
            names.push(Naming { metric, theme: None });
        }
        memory.keep(&names);
        names
    }
}

impl MetricMemory {
    fn keep(&mut self, names: &[Naming<'_>]) {
        if let Some(metric) = names.iter().rev().find_map(|n| n.metric.as_ref()) {
            self.text.clear();
            self.text.push_str(&metric.text);
        }
    }
}

fn words_of<'t>(scene: &Scene<'_, 't>, noun: &Range<usize>) -> &'t str {
    scene.sentence.words(noun.start, noun.end)
}

/// The metric of the figure before in the sentence, else of the next, else of an earlier sentence.
fn carried<'t>(
    names: &[Naming<'t>],
    later: &[Choice],
    memory: &MetricMemory,
    scene: &Scene<'_, 't>,
) -> Option<Cow<'t, str>> {
    if let Some(last) = names.last() {
        return last.metric.as_ref().map(|m| m.text.clone());
    }
    if !memory.text.is_empty() {
        return Some(Cow::Owned(memory.text.clone()));
    }
    later.iter().find_map(|c| match c {
        Choice::Own(noun) => Some(Cow::Borrowed(words_of(scene, noun))),
        Choice::Carried(_) => None,
    })
}

//! What is measured: the words of the source, the canonical metric they stand for, and its theme.
//!
//! First every figure of a sentence gets the words that the lists of `rules/metric-text/` choose for it; then they
//! are named one by one, as later ones may take up the words of earlier ones:
//!
//! 1. [`choose`]: which words of the sentence name what a figure measures, or that those of an earlier figure do: a
//!    [`Choice`]. It asks the clause before the figure ([`clause::subject`]) and the noun phrase behind it ([`counted`]).
//! 2. [`taken`]: where these words come from, given what was named before ([`memory`]): a [`taken::Taken`].
//! 3. [`weigh`]: whether other words are likelier, as the network of `rules/metric-weights.toml` weighs them: the
//!    [`taken::Taken`] that stands.
//! 4. [`told_apart`]: these words with what tells them from others of the kind.
//! 5. [`name`]: the text of these words, which is kept for the figures to come.
//! 6. [`canonical`]: the metric of `rules/metrics/` whose pattern fits them, and the theme ([`canonical::theme`]).
//!
//! Nearly all questions on a sentence are methods of [`TaggedSentence`]: its tokens with the part that each plays. They
//! stand in the folder that they belong to, and a folder asks only those before it: [`clause`] (how words hang together),
//! [`counted`] (what stands behind a figure), [`choose`] (what each sort of figure measures), [`canonical`] (which metric words
//! stand for), [`weigh`] (which words could).

mod canonical;
mod choose;
mod clause;
mod counted;
mod examples;
mod file;
mod heading;
mod markup;
mod memory;
mod name;
mod taken;
#[cfg(test)]
mod tests;
mod told_apart;
mod weigh;

use std::ops::Range;

use rustc_hash::FxHashSet;

use self::canonical::Canonical;
use self::canonical::abbreviations::Abbreviations;
use self::canonical::theme::Themes;
use self::choose::Choice;
use self::clause::{Class, TaggedSentence};
use self::file::TextRules;
pub use self::memory::MetricMemory;
use self::name::Namer;
use self::weigh::Weigher;
pub use self::weigh::{Feature, Weighed};
use crate::extract::mention::{Mention, Scene};
use crate::extract::sentence::Sentence;
use crate::extract::weigh::{Weights, WordClasses};
use crate::extract::words::lexicon::Lexicon;
use crate::extract::words::vocabulary::{Vocabulary, WordId};
use crate::fact::Label;
use crate::rules::{RuleError, RuleSources};

/// What one fact measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Naming<'t> {
    /// The metric.
    pub metric: Option<Label<'t>>,
    /// `savings` and other themes.
    pub theme: Option<&'t str>,
}

/// Compiled `rules/metrics/` and `rules/metric-text/`.
#[derive(Debug)]
pub struct MetricRules {
    words: Lexicon<Class>,
    text: TextRules,
    abbreviations: Abbreviations,
    themes: Themes,
    canonical: Canonical,
    /// Words that say nothing of their own even inside a longer measure word (tổng, mức, số).
    loose: FxHashSet<WordId>,
    weigher: Weigher,
}

impl MetricRules {
    /// Compiles the metrics; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(
        sources: &RuleSources,
        classes: &WordClasses,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, RuleError> {
        let text = TextRules::load(sources)?;
        let words = text.lexicon(vocabulary);
        let abbreviations = Abbreviations::compile(&text.abbreviations, vocabulary);
        let themes = Themes::compile(&text.themes, vocabulary);
        let canonical = Canonical::compile(sources, &text.abbreviations, vocabulary)?;
        let loose = text.loose_words(vocabulary);
        let weigher = Weigher::compile(sources, classes, vocabulary)?;
        Ok(Self { words, text, abbreviations, themes, canonical, loose, weigher })
    }

    /// What candidates are weighed by.
    pub fn weights(&self) -> &Weights<Feature> {
        &self.weigher.weights
    }

    /// Names what every mention of a scene measures; one entry a mention. The candidates of each are added to `watched`.
    pub fn name<'t>(
        &'t self,
        scene: &Scene<'_, 't>,
        memory: &mut MetricMemory,
        watched: Option<&mut Vec<Vec<Weighed>>>,
    ) -> Vec<Naming<'t>> {
        let times = scene.times.iter().map(|t| t.span.clone());
        let entities = scene.entities.iter().map(|e| e.span.clone());
        self.name_in(scene.sentence, scene.mentions, times, entities, memory, watched)
    }

    /// The same where times and entities are known by their byte ranges only.
    pub(crate) fn name_in<'t>(
        &'t self,
        sentence: &Sentence<'t>,
        mentions: &[Mention<'t>],
        times: impl Iterator<Item = Range<usize>>,
        entities: impl Iterator<Item = Range<usize>>,
        memory: &mut MetricMemory,
        watched: Option<&mut Vec<Vec<Weighed>>>,
    ) -> Vec<Naming<'t>> {
        self::canonical::abbreviations::learn(sentence, &mut memory.defined);
        memory.age();
        if mentions.is_empty() {
            self.learn_heading(sentence, times, entities, memory);
            return Vec::new();
        }
        if sentence.tokens.is_empty() {
            return mentions.iter().map(|_| Naming::default()).collect();
        }
        let tagged = TaggedSentence::new(sentence, mentions, times, entities, &self.words);
        let mut choices: Vec<Choice> = (0..mentions.len()).map(|i| tagged.choose(i)).collect();
        tagged.choose_in_turn(&mut choices);
        Namer::new(self, &tagged, &choices, memory).run(watched)
    }
}

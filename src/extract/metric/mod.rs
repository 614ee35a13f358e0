//! What is measured: the words of the source, the canonical metric they stand for, and its theme.
//!
//! The words are found on the clause ([`clause`]): the subject before a figure ([`subject`]), the counted noun phrase
//! behind it ([`counted`]), or what an earlier figure measures ([`choose`]).

mod abbreviations;
mod again;
mod amounts;
mod canonical;
mod choose;
mod clause;
mod compared;
mod counted;
mod done_for;
mod ends;
mod examples;
mod group;
mod joined;
mod label;
mod lasting;
mod look_up;
mod markup;
mod measure;
mod memory;
mod parts;
mod pattern;
mod phrase;
mod piece;
mod recalled;
mod respective;
mod said;
mod scored;
mod sentenced;
mod sort;
mod subject;
mod sums;
mod taken;
#[cfg(test)]
mod tests;
mod theme;
mod times;
mod topic;
mod unit;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;

use self::abbreviations::Abbreviations;
use self::canonical::Canonical;
use self::choose::Choice;
use self::clause::Clauses;
use self::memory::Last;
pub use self::memory::MetricMemory;
use self::taken::{State, Taken};
use self::theme::Themes;
use self::words::{Class, TextRules};
use super::lexicon::Lexicon;
use super::mention::{Mention, Scene};
use super::sentence::Sentence;
use super::token::{Vocabulary, WordId};
use crate::fact::{Kind, Label};
use crate::rules::{RuleError, RuleSources};

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
    abbreviations: Abbreviations,
    themes: Themes,
    canonical: Canonical,
    /// Words that say nothing of their own even inside a longer measure word (tổng, mức, số).
    loose: FxHashSet<WordId>,
}

impl MetricRules {
    /// Compiles the metrics; their words go into `vocabulary`.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(sources: &RuleSources, vocabulary: &mut Vocabulary) -> Result<Self, RuleError> {
        let text = words::load(sources)?;
        let words = words::lexicon(&text.lists, vocabulary);
        let abbreviations = Abbreviations::compile(&text.abbreviations, vocabulary);
        let themes = Themes::compile(&text.themes, vocabulary);
        let canonical = Canonical::compile(sources, &text.abbreviations, vocabulary)?;
        let loose = words::single_words(&text.lists, vocabulary);
        Ok(Self { words, text, abbreviations, themes, canonical, loose })
    }

    /// Names what every mention of a scene measures; one entry a mention.
    pub fn name<'t>(&'t self, scene: &Scene<'_, 't>, memory: &mut MetricMemory) -> Vec<Naming<'t>> {
        let times = scene.times.iter().map(|t| t.span.clone());
        let entities = scene.entities.iter().map(|e| e.span.clone());
        self.name_in(scene.sentence, scene.mentions, times, entities, memory)
    }

    /// The same where times and entities are known by their byte ranges only.
    pub fn name_in<'t>(
        &'t self,
        sentence: &Sentence<'t>,
        mentions: &[Mention<'t>],
        times: impl Iterator<Item = Range<usize>>,
        entities: impl Iterator<Item = Range<usize>>,
        memory: &mut MetricMemory,
    ) -> Vec<Naming<'t>> {
        abbreviations::learn(sentence, &mut memory.defined);
        memory.age();
        if mentions.is_empty() {
            return Vec::new();
        }
        if sentence.tokens.is_empty() {
            return mentions.iter().map(|_| Naming::default()).collect();
        }
        let clauses = Clauses::new(sentence, mentions, times, entities, &self.words);
        let mut choices: Vec<Choice> = (0..mentions.len()).map(|i| clauses.choose(i)).collect();
        clauses.choose_in_turn(&mut choices);
        let mut last = Last { headed: memory.headed, scored: memory.scored, ..Last::default() };
        let names = (0..choices.len()).map(|i| {
            let taken = State { clauses: &clauses, last: &last, memory }.taken(&choices, i);
            let text = self.take(&clauses, i, &taken, &mut last, memory);
            let unit = matches!(taken, Taken::Unit(_)) && text != last.measured;
            let named = text.is_some() && !unit;
            let id = named.then(|| self.canonical.find(&memory.words, &mentions[i])).flatten();
            let id = id.or_else(|| {
                let noun = choices[i].own().filter(|_| named)?;
                (topic::recall(&clauses, i, noun, memory) || topic::append(&clauses, noun, memory))
                    .then(|| self.canonical.find(&memory.nearer, &mentions[i]))?
            });
            let metric = text.map(|text| Label { id: id.map(Cow::Borrowed), text });
            Naming { metric, theme: self.themes.find(&self.text.themes, &clauses, i) }
        });
        let names = names.collect();
        memory.measured = last.measured.is_some() || last.any.is_none() && memory.measured;
        if last.any.is_some() {
            (memory.headed, memory.scored) = (last.headed, last.scored);
        }
        memory.keep(last.measured.or(last.any), &mentions[mentions.len() - 1]);
        names
    }

    /// Takes the words for figure `index`; afterwards `memory.words` are those words as patterns see them.
    fn take<'t>(
        &self,
        clauses: &Clauses<'_, 't>,
        index: usize,
        taken: &Taken,
        last: &mut Last<'t>,
        memory: &mut MetricMemory,
    ) -> Option<Cow<'t, str>> {
        if let Taken::Own(noun) = taken {
            return self.words_of(clauses, index, noun, last, memory);
        }
        let text = State { clauses, last, memory }.words(taken, index);
        match taken {
            Taken::Share => {
                last.any.clone_from(&text);
                memory.recall_share();
            }
            Taken::Last => self.look_nearer(clauses, index, memory),
            Taken::Earlier { level, any } => {
                if *level {
                    last.measured.clone_from(&text);
                }
                if *any {
                    last.any.clone_from(&text);
                    (last.headed, last.scored) = (last.headed || *level, last.scored || *level);
                }
            }
            Taken::Sum => {
                memory.recall_sum();
                last.any.clone_from(&text);
                last.measured.clone_from(&text);
            }
            Taken::Own(_) | Taken::Unit(_) | Taken::Measured | Taken::Place | Taken::Nothing => {}
        }
        text
    }

    /// The words of a noun that figure `index` measures, which later figures may take up.
    fn words_of<'t>(
        &self,
        clauses: &Clauses<'_, 't>,
        index: usize,
        noun: &Range<usize>,
        last: &mut Last<'t>,
        memory: &mut MetricMemory,
    ) -> Option<Cow<'t, str>> {
        let mention = &clauses.mentions[index];
        let before = noun.start < clauses.figures[index].start;
        let place = before && clauses.is_place(noun);
        if place && mention.kind != Kind::Rank {
            return memory.fits(mention).then(|| Cow::Owned(memory.text.clone()));
        }
        let counted = matches!(mention.kind, Kind::Count | Kind::Share | Kind::Rate);
        self.look_up(clauses, noun, counted, memory);
        let text = Cow::Borrowed(clauses.sentence.words(noun.start, noun.end));
        // A place in a ranking is no measure of the figures behind it.
        if place || mention.kind == Kind::Rank && before && clauses.is_compared(noun) {
            last.place = Some(text);
            return last.place.clone();
        }
        if before && !clauses.is_name(noun) {
            last.measured = Some(text.clone());
            if matches!(mention.kind, Kind::Percentage | Kind::Multiple) {
                last.share = Some(text.clone());
                memory.share.clear();
                memory.share.extend_from_slice(&memory.words);
            }
        }
        if before && mention.kind == Kind::Money && clauses.is_measure(noun) {
            memory.keep_sum(&text, mention);
        }
        last.headed = clauses.is_measure(noun);
        last.scored = clauses.tags[noun.start].is(&[Class::Scored]);
        last.counted = counted && !before;
        last.any = Some(text.clone());
        Some(text)
    }
}

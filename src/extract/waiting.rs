//! A sentence as far as it was read.

use super::block::Paragraph;
use super::entity::{self, EntityMention};
use super::mention::{Mention, Scene};
use super::metric::{self, Naming};
use super::reading::Analysis;
use super::result::Place;
use super::sentence::Sentence;
use super::time::{Dating, TimeMention, TimeRules};
use super::words::token::Token;
use super::words::vocabulary::Vocabulary;
use crate::fact::Label;

/// What is used again from sentence to sentence; empty in between.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    tokens: Vec<Token>,
    times: Vec<TimeMention>,
    entities: Vec<EntityMention>,
}

/// A sentence that waits to be read further; what was not yet looked for is empty.
#[derive(Debug)]
pub(super) struct Waiting<'t> {
    /// The index of its paragraph, and its first byte there.
    paragraph: usize,
    start: usize,
    pub(super) opens_paragraph: bool,
    pub(super) may_hold_number: bool,
    pub(super) sentence: Sentence<'t>,
    tokenized: bool,
    timed: bool,
    pub(super) times: Vec<TimeMention>,
    pub(super) entities: Vec<EntityMention>,
    /// What became of its numbers, where it may hold some.
    pub(super) analysis: Option<Analysis<'t>>,
    pub(super) measured: Measured<'t>,
}

/// What the values of a sentence measure; one entry a value.
#[derive(Debug, Default)]
pub(super) struct Measured<'t> {
    pub(super) dates: Vec<Dating<'t>>,
    pub(super) entities: Vec<Option<Label<'t>>>,
    pub(super) metrics: Vec<Naming<'t>>,
    pub(super) entity_candidates: Vec<Vec<entity::Weighed>>,
    pub(super) metric_candidates: Vec<Vec<metric::Weighed>>,
}

impl<'t> Waiting<'t> {
    /// A sentence that nothing is known of yet.
    pub(super) fn new(text: &'t str, (paragraph, start): (usize, usize), buffers: Buffers) -> Self {
        let Buffers { tokens, times, entities } = buffers;
        Self {
            paragraph,
            start,
            opens_paragraph: false,
            may_hold_number: false,
            sentence: Sentence { text, tokens },
            tokenized: false,
            timed: false,
            times,
            entities,
            analysis: None,
            measured: Measured::default(),
        }
    }

    /// Its buffers, emptied for another sentence.
    pub(super) fn into_buffers(self) -> Buffers {
        let (mut tokens, mut times, mut entities) = (self.sentence.tokens, self.times, self.entities);
        tokens.clear();
        times.clear();
        entities.clear();
        Buffers { tokens, times, entities }
    }

    /// Takes it apart into words, once.
    pub(super) fn tokenize(&mut self, vocabulary: &Vocabulary) {
        if !std::mem::replace(&mut self.tokenized, true) {
            vocabulary.tokenize(self.sentence.text, &mut self.sentence.tokens);
        }
    }

    /// Finds its time expressions, once.
    pub(super) fn find_times(&mut self, rules: &TimeRules) {
        if !std::mem::replace(&mut self.timed, true) {
            rules.find(self.sentence.text, &mut self.times);
        }
    }

    /// Where it stands.
    pub(super) fn place(&self, paragraphs: &'t [Paragraph<'t>]) -> Place<'t> {
        let (block, text) = &paragraphs[self.paragraph];
        Place { block, text, start: self.start }
    }

    /// Its values.
    pub(super) fn mentions(&self) -> &[Mention<'t>] {
        self.analysis.as_ref().map_or(&[], |analysis| &analysis.mentions)
    }

    /// Its values with its times and names.
    pub(super) fn scene(&self) -> Scene<'_, 't> {
        Scene {
            sentence: &self.sentence,
            mentions: self.mentions(),
            times: &self.times,
            entities: &self.entities,
        }
    }
}

//! An article, sentence by sentence.

use jiff::civil::Date;

use super::block::BlockText;
use super::candidates::Candidates;
use super::entity::{EntityMemory, EntityMention, EntityRules};
use super::mention::{Mention, Scene};
use super::metric::{MetricMemory, MetricRules, Naming};
use super::number::{Convention, Evidence};
use super::numbers::{Account, Analysis, NumberRules, Scratch as NumberScratch};
use super::sentence::Sentence;
use super::split::Splitter;
use super::time::{Dating, TimeMemory, TimeMention, TimeRules};
use super::token::{Token, Vocabulary};
use crate::fact::Label;
use crate::page::{Block, Page};
use crate::rules::{RuleError, RuleSources};

/// All compiled rules of extraction.
#[derive(Debug)]
pub struct ExtractRules {
    /// The words that rules know.
    pub vocabulary: Vocabulary,
    /// Where sentences end.
    pub splitter: Splitter,
    /// What numbers are.
    pub numbers: NumberRules,
    /// Time expressions.
    pub times: TimeRules,
    /// Places and organisations.
    pub entities: EntityRules,
    /// What is measured.
    pub metrics: MetricRules,
    candidates: Candidates,
}

/// Buffers that are used again from sentence to sentence; one a thread.
#[derive(Debug)]
pub struct Scratch {
    numbers: NumberScratch,
    candidates: Vec<usize>,
    tokens: Vec<Token>,
    times: Vec<TimeMention>,
    entities: Vec<EntityMention>,
}

/// Where a sentence stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'s> {
    /// Its block.
    pub block: &'s Block,
    /// The block's text and the way back to the page.
    pub text: &'s BlockText<'s>,
    /// Where the sentence begins in the block's text.
    pub start: usize,
}

/// One sentence, read.
#[derive(Debug, Clone, Copy)]
pub struct SentenceReading<'s, 't> {
    /// Where it stands.
    pub place: Place<'s>,
    /// Its words.
    pub sentence: &'s Sentence<'t>,
    /// Its values.
    pub mentions: &'s [Mention<'t>],
    /// When they hold; one entry a value.
    pub dates: &'s [Dating<'t>],
    /// Whom or where they are measured of; one entry a value.
    pub entities: &'s [Option<Label<'t>>],
    /// What they measure; one entry a value.
    pub metrics: &'s [Naming<'t>],
    /// What became of every number.
    pub accounts: &'s [Account],
}

/// Receives the sentences of an article.
pub type SentenceSink<'k> = dyn FnMut(&SentenceReading<'_, '_>) + 'k;

/// What earlier sentences leave behind.
#[derive(Debug, Default)]
struct Memory {
    time: TimeMemory,
    entity: EntityMemory,
    metric: MetricMemory,
    convention: Option<Convention>,
}

impl ExtractRules {
    /// Compiles all rules of extraction.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        let mut vocabulary = Vocabulary::default();
        let (times, words) = rayon::join(
            || TimeRules::compile(sources),
            || {
                let numbers = NumberRules::compile(sources, &mut vocabulary)?;
                let entities = EntityRules::compile(sources, &mut vocabulary)?;
                Ok((numbers, entities, MetricRules::compile(sources, &mut vocabulary)?))
            },
        );
        let (numbers, entities, metrics) = words?;
        Ok(Self {
            candidates: Candidates::new(numbers.numerals.triggers()),
            numbers,
            splitter: Splitter::compile(sources)?,
            times: times?,
            entities,
            metrics,
            vocabulary,
        })
    }

    /// Buffers for [`Self::read`].
    pub fn scratch(&self) -> Scratch {
        Scratch {
            numbers: self.numbers.scratch(),
            candidates: Vec::new(),
            tokens: Vec::new(),
            times: Vec::new(),
            entities: Vec::new(),
        }
    }

    /// Reads an article that was published on a day, and gives each of its sentences with a number to `sink`.
    pub fn read(
        &self,
        text: &str,
        page: &Page,
        published: Option<Date>,
        scratch: &mut Scratch,
        sink: &mut SentenceSink<'_>,
    ) {
        let mut evidence = Evidence::default();
        let mut candidates = std::mem::take(&mut scratch.candidates);
        self.candidates.find(text, &mut candidates, &mut evidence);
        let mut memory = Memory { convention: evidence.convention(), ..Memory::default() };
        memory.time.published = published;
        self.numbers.begin(&mut scratch.numbers);
        let mut ahead = candidates.as_slice();
        let mut reader = ArticleReader { rules: self, memory, scratch, sink };
        for block in page.blocks.iter().filter(|b| b.keep) {
            ahead = &ahead[ahead.partition_point(|c| *c < block.span.start)..];
            if ahead.is_empty() {
                break;
            }
            let inside = ahead.partition_point(|c| *c < block.span.end);
            reader.read_block(block, &BlockText::new(text, block.span.clone(), &page.cuts), &ahead[..inside]);
        }
        scratch.candidates = candidates;
    }
}

/// Reads one article.
struct ArticleReader<'r, 'k> {
    rules: &'r ExtractRules,
    memory: Memory,
    scratch: &'r mut Scratch,
    sink: &'r mut SentenceSink<'k>,
}

impl ArticleReader<'_, '_> {
    fn read_block(&mut self, block: &Block, text: &BlockText<'_>, candidates: &[usize]) {
        let rules = self.rules;
        let mut ahead = candidates;
        self.memory.time.new_paragraph();
        for span in rules.splitter.split(&text.text) {
            let numbers = match text.in_page(span.clone()) {
                Some(range) => {
                    ahead = &ahead[ahead.partition_point(|c| *c < range.start)..];
                    ahead.first().is_some_and(|c| *c < range.end)
                }
                None => !candidates.is_empty(),
            };
            let tokens = std::mem::take(&mut self.scratch.tokens);
            let sentence = Sentence::with_tokens(&text.text[span.clone()], &rules.vocabulary, tokens);
            self.read_sentence(Place { block, text, start: span.start }, &sentence, numbers);
            self.scratch.tokens = sentence.tokens;
        }
    }

    fn read_sentence(&mut self, place: Place<'_>, sentence: &Sentence<'_>, numbers: bool) {
        let (rules, scratch, memory) = (self.rules, &mut *self.scratch, &mut self.memory);
        rules.times.find(sentence.text, &mut scratch.times);
        rules.entities.find(sentence, &mut memory.entity, &mut scratch.entities);
        let analysis = if numbers {
            rules.numbers.read(sentence, &scratch.times, memory.convention, &mut scratch.numbers)
        } else {
            rules.numbers.pass(sentence, &mut scratch.numbers);
            Analysis::default()
        };
        let scene = Scene {
            sentence,
            mentions: &analysis.mentions,
            times: &scratch.times,
            entities: &scratch.entities,
        };
        let dates = rules.times.date(&scene, &mut memory.time);
        let entities = rules.entities.assign(&scene, &mut memory.entity);
        let metrics = rules.metrics.name(&scene, &mut memory.metric);
        if numbers {
            (self.sink)(&SentenceReading {
                place,
                sentence,
                mentions: &analysis.mentions,
                dates: &dates,
                entities: &entities,
                metrics: &metrics,
                accounts: &analysis.accounts,
            });
        }
    }
}

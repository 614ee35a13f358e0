//! All compiled rules of extraction, which read an article.

use jiff::civil::Date;

use super::block::{BlockText, Paragraph};
use super::entity::EntityRules;
use super::metric::MetricRules;
use super::number::candidates::Candidates;
use super::number::decimal::SeparatorCounts;
use super::reader::{ArticleReader, Memory};
use super::reading::{NumberRules, NumberScratch};
use super::result::SentenceSink;
use super::split::Splitter;
use super::time::{TimeMemory, TimeReading, TimeRules};
use super::waiting::Buffers;
use super::weigh::WordClasses;
use super::words::vocabulary::Vocabulary;
use crate::page::{Block, Page};
use crate::rules::{ExampleOutcome, RuleError, RuleSources};

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
    pub(super) numbers: NumberScratch,
    pub(super) buffers: Vec<Buffers>,
    /// Whether the candidates of every value are to be told.
    pub(super) watched: bool,
    candidates: Vec<usize>,
}

impl Scratch {
    /// Has [`ExtractRules::read`] tell the candidates of every value, or not.
    pub(crate) fn watch(&mut self, watched: bool) {
        self.watched = watched;
    }
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
                let classes = WordClasses::compile(sources)?;
                let entities = EntityRules::compile(sources, &classes, &mut vocabulary)?;
                Ok((numbers, entities, MetricRules::compile(sources, &classes, &mut vocabulary)?))
            },
        );
        let (numbers, entities, metrics) = words?;
        let candidates = Candidates::new(numbers.numerals.triggers());
        Ok(Self {
            candidates: candidates.map_err(|error| sources.error("numbers.toml", error.to_string()))?,
            numbers,
            splitter: Splitter::compile(sources)?,
            times: times?,
            entities,
            metrics,
            vocabulary,
        })
    }

    /// Runs the examples of the rules about numbers, times, entities and metrics.
    pub fn test(&self) -> Vec<ExampleOutcome> {
        let mut outcomes = self.numbers.test(&self.times, &self.vocabulary);
        outcomes.extend(self.times.test());
        outcomes.extend(self.entities.test(&self.vocabulary));
        outcomes.extend(self.metrics.test(&self.vocabulary));
        outcomes
    }

    /// Buffers for [`Self::read`].
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch {
            numbers: self.numbers.scratch(),
            buffers: Vec::new(),
            watched: false,
            candidates: Vec::new(),
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
        let mut counts = SeparatorCounts::default();
        let mut candidates = std::mem::take(&mut scratch.candidates);
        self.candidates.find(text, &mut candidates, &mut counts);
        let (time, convention) = (TimeMemory::new(published), counts.convention());
        let memory = Memory { time, convention, ..Memory::default() };
        scratch.numbers.begin_article();
        let last = candidates.last().copied();
        let may_hold_number = |block: &Block| last.is_some_and(|last| block.span.start <= last);
        let paragraphs = paragraphs(text, page, may_hold_number);
        ArticleReader::new(self, &paragraphs, memory, scratch, sink).read(&candidates);
        scratch.candidates = candidates;
    }

    /// Reads the time expressions of an article alone, in order, and gives each to `sink` with the block that it stands in.
    ///
    /// # Errors
    /// The first of the sink, which ends the reading.
    pub fn read_times<E>(
        &self,
        text: &str,
        page: &Page,
        published: Option<Date>,
        mut sink: impl FnMut(&Block, &TimeReading<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut memory = TimeMemory::new(published);
        let paragraphs = paragraphs(text, page, |_| true);
        for (_, paragraph) in &paragraphs {
            let sentences = self.splitter.split(&paragraph.text);
            sentences.for_each(|span| self.times.look_ahead(&paragraph.text[span], &mut memory));
        }
        for (block, paragraph) in &paragraphs {
            memory.new_paragraph();
            for span in self.splitter.split(&paragraph.text) {
                for found in self.times.read(&paragraph.text[span], &mut memory) {
                    sink(block, &found)?;
                }
            }
        }
        Ok(())
    }
}

/// The blocks of the article that may hold what is asked for, with the text that is read of each.
fn paragraphs<'t>(text: &'t str, page: &'t Page, may_hold: impl Fn(&Block) -> bool) -> Vec<Paragraph<'t>> {
    let kept = page.blocks.iter().filter(|block| block.keep && may_hold(block));
    kept.map(|block| (block, BlockText::new(text, block.span.clone(), &page.cuts))).collect()
}

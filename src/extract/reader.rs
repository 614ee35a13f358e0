//! Reading one article: sentences with values in full, the others only once a later value may look back at them.

use std::ops::Range;

use super::block::BlockText;
use super::document::{ExtractRules, Place, Scratch, SentenceReading, SentenceSink};
use super::entity::{EntityMemory, Weighed};
use super::mention::{Mention, Scene};
use super::metric::{MetricMemory, Naming};
use super::number::Convention;
use super::sentence::Sentence;
use super::time::{Dating, TimeMemory, TimeMention};
use super::token::Token;
use crate::fact::Label;
use crate::page::Block;

/// Sentences that wait at most; it bounds what is held of a page.
const MOST_WAITING: usize = 256;

/// A block and what is read of it.
pub(super) type Paragraph<'t> = (&'t Block, BlockText<'t>);

/// What earlier sentences leave behind.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) time: TimeMemory,
    pub(super) entity: EntityMemory,
    pub(super) metric: MetricMemory,
    pub(super) convention: Option<Convention>,
}

/// Sentences without a value, which nobody may ever look back at.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Those that wait, and behind them buffers to be used again.
    list: Vec<Prepared>,
    len: usize,
}

/// What the values of a sentence measure; one entry a value.
#[derive(Default)]
struct Measured<'t> {
    dates: Vec<Dating<'t>>,
    entities: Vec<Option<Label<'t>>>,
    metrics: Vec<Naming<'t>>,
    candidates: Vec<Vec<Weighed>>,
}

/// A sentence as far as it was read.
#[derive(Debug, Default)]
struct Prepared {
    paragraph: usize,
    /// Its bytes in the paragraph.
    span: Range<usize>,
    opens_paragraph: bool,
    /// Whether what follows is filled.
    parsed: bool,
    tokens: Vec<Token>,
    times: Vec<TimeMention>,
}

/// Reads one article.
pub(super) struct ArticleReader<'r, 'k, 't> {
    pub(super) rules: &'t ExtractRules,
    pub(super) paragraphs: &'t [Paragraph<'t>],
    pub(super) memory: Memory,
    pub(super) scratch: &'r mut Scratch,
    pub(super) sink: &'r mut SentenceSink<'k>,
}

impl<'t> ArticleReader<'_, '_, 't> {
    /// Reads all paragraphs; numbers may begin at these offsets of the page, which ascend.
    pub(super) fn read(mut self, candidates: &[usize]) {
        self.scratch.waiting.len = 0;
        let mut ahead = candidates;
        for (index, (block, _)) in self.paragraphs.iter().enumerate() {
            ahead = &ahead[ahead.partition_point(|c| *c < block.span.start)..];
            let inside = ahead.partition_point(|c| *c < block.span.end);
            self.read_paragraph(index, &ahead[..inside]);
        }
    }

    fn read_paragraph(&mut self, paragraph: usize, candidates: &[usize]) {
        let (_, text) = &self.paragraphs[paragraph];
        let mut ahead = candidates;
        let mut opens_paragraph = true;
        for span in self.rules.splitter.split(&text.text) {
            let numbers = match text.in_page(span.clone()) {
                Some(range) => {
                    ahead = &ahead[ahead.partition_point(|c| *c < range.start)..];
                    ahead.first().is_some_and(|c| *c < range.end)
                }
                None => !candidates.is_empty(),
            };
            if self.scratch.waiting.len == MOST_WAITING {
                self.read_waiting();
            }
            self.scratch.waiting.add(paragraph, span, opens_paragraph);
            opens_paragraph = false;
            if numbers {
                self.read_numbers();
            } else {
                self.pass_over();
            }
        }
    }

    /// Reads the numbers of the last sentence that waits, and all of it where they are values.
    fn read_numbers(&mut self) {
        let last = self.scratch.waiting.len - 1;
        let (prepared, mut sentence) = self.take(last);
        let (convention, scratch) = (self.memory.convention, &mut self.scratch.numbers);
        let analysis = self.rules.numbers.read(&sentence, &prepared.times, convention, scratch);
        self.rules.numbers.mark_names(&mut sentence, &analysis.accounts);
        let mut measured = Measured::default();
        if !analysis.mentions.is_empty() {
            self.scratch.waiting.len = last;
            self.read_waiting();
            measured = self.measure(&prepared, &sentence, &analysis.mentions);
        }
        let (block, text) = &self.paragraphs[prepared.paragraph];
        (self.sink)(&SentenceReading {
            place: Place { block, text, start: prepared.span.start },
            sentence: &sentence,
            mentions: &analysis.mentions,
            dates: &measured.dates,
            entities: &measured.entities,
            metrics: &measured.metrics,
            accounts: &analysis.accounts,
            candidates: &measured.candidates,
        });
        self.put_back(last, prepared, sentence);
    }

    /// Takes note of what the last sentence that waits, which has no number, says of numbers to come.
    fn pass_over(&mut self) {
        let last = self.scratch.waiting.len - 1;
        let Prepared { paragraph, span, .. } = &self.scratch.waiting.list[last];
        if self
            .rules
            .numbers
            .may_pass(&self.paragraphs[*paragraph].1.text[span.clone()], &self.scratch.numbers)
        {
            return;
        }
        let (prepared, sentence) = self.take(last);
        self.rules.numbers.pass(&sentence, &mut self.scratch.numbers);
        self.put_back(last, prepared, sentence);
    }

    /// Takes note of what the waiting sentences leave behind.
    fn read_waiting(&mut self) {
        for index in 0..std::mem::take(&mut self.scratch.waiting.len) {
            let (prepared, sentence) = self.take(index);
            self.measure(&prepared, &sentence, &[]);
            self.put_back(index, prepared, sentence);
        }
    }

    /// The sentence at `index` of those that wait, with its words and times.
    fn take(&mut self, index: usize) -> (Prepared, Sentence<'t>) {
        let mut prepared = std::mem::take(&mut self.scratch.waiting.list[index]);
        let text = &self.paragraphs[prepared.paragraph].1.text[prepared.span.clone()];
        let mut sentence = Sentence { text, tokens: std::mem::take(&mut prepared.tokens) };
        if !prepared.parsed {
            self.rules.vocabulary.tokenize(text, &mut sentence.tokens);
            self.rules.times.find(text, &mut prepared.times);
            prepared.parsed = true;
        }
        (prepared, sentence)
    }

    fn put_back(&mut self, index: usize, prepared: Prepared, sentence: Sentence<'t>) {
        self.scratch.waiting.list[index] = Prepared { tokens: sentence.tokens, ..prepared };
    }

    /// What the values of a sentence measure, when and of whom. Sentences are to be given in order, those without values
    /// too: they set the scene for later ones.
    fn measure(
        &mut self,
        prepared: &Prepared,
        sentence: &Sentence<'t>,
        mentions: &[Mention<'t>],
    ) -> Measured<'t> {
        let (rules, memory) = (self.rules, &mut self.memory);
        if prepared.opens_paragraph {
            memory.time.new_paragraph();
        }
        rules.entities.find(sentence, &mut memory.entity, &mut self.scratch.entities);
        let scene = Scene { sentence, mentions, times: &prepared.times, entities: &self.scratch.entities };
        memory.entity.watch(self.scratch.watched);
        Measured {
            dates: rules.times.date(&scene, &mut memory.time),
            entities: rules.entities.assign(&scene, &mut memory.entity),
            metrics: rules.metrics.name(&scene, &mut memory.metric),
            candidates: memory.entity.watched(),
        }
    }
}

impl Waiting {
    fn add(&mut self, paragraph: usize, span: Range<usize>, opens_paragraph: bool) {
        if self.len == self.list.len() {
            self.list.push(Prepared::default());
        }
        let place = &mut self.list[self.len];
        *place = Prepared {
            paragraph,
            span,
            opens_paragraph,
            parsed: false,
            tokens: std::mem::take(&mut place.tokens),
            times: std::mem::take(&mut place.times),
        };
        self.len += 1;
    }
}

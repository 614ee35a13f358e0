//! Reading one article: sentences with values in full, the others only once a later value may look back at them.
//!
//! Whatever is done for a sentence is done for all sentences of a stretch before anything else is: each step has large
//! tables of its own, which stay in the processor's cache meanwhile.

use super::block::Paragraph;
use super::entity::EntityMemory;
use super::metric::MetricMemory;
use super::number::decimal::Convention;
use super::result::{SentenceReading, SentenceSink};
use super::rules::{ExtractRules, Scratch};
use super::time::TimeMemory;
use super::waiting::Waiting;

/// Sentences that wait at most; it bounds what is held of a page.
const MOST_WAITING: usize = 256;
/// Sentences of most pages.
const USUAL: usize = 48;

/// What earlier sentences leave behind.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) time: TimeMemory,
    pub(super) entity: EntityMemory,
    pub(super) metric: MetricMemory,
    pub(super) convention: Option<Convention>,
}

/// Reads one article.
pub(super) struct ArticleReader<'r, 'k, 't> {
    rules: &'t ExtractRules,
    paragraphs: &'t [Paragraph<'t>],
    memory: Memory,
    scratch: &'r mut Scratch,
    sink: &'r mut SentenceSink<'k>,
    /// Sentences that no value has looked back at; of the first `analyzed` it is known that they have none.
    waiting: Vec<Waiting<'t>>,
    analyzed: usize,
}

impl<'r, 'k, 't> ArticleReader<'r, 'k, 't> {
    pub(super) fn new(
        rules: &'t ExtractRules,
        paragraphs: &'t [Paragraph<'t>],
        memory: Memory,
        scratch: &'r mut Scratch,
        sink: &'r mut SentenceSink<'k>,
    ) -> Self {
        let waiting = Vec::with_capacity(USUAL);
        Self { rules, paragraphs, memory, scratch, sink, waiting, analyzed: 0 }
    }

    /// Reads all paragraphs; numbers may begin at these offsets of the page, which ascend.
    pub(super) fn read(mut self, candidates: &[usize]) {
        let mut ahead = candidates;
        for (index, (block, _)) in self.paragraphs.iter().enumerate() {
            ahead = &ahead[ahead.partition_point(|c| *c < block.span.start)..];
            let inside = ahead.partition_point(|c| *c < block.span.end);
            self.add_paragraph(index, &ahead[..inside]);
        }
        self.read_stretch();
        self.forget(self.waiting.len());
    }

    fn add_paragraph(&mut self, paragraph: usize, candidates: &[usize]) {
        let (_, text) = &self.paragraphs[paragraph];
        let mut ahead = candidates;
        let mut opens_paragraph = true;
        for span in self.rules.splitter.split(&text.text) {
            let may_hold_number = match text.in_page(span.clone()) {
                Some(range) => {
                    ahead = &ahead[ahead.partition_point(|c| *c < range.start)..];
                    ahead.first().is_some_and(|c| *c < range.end)
                }
                None => !candidates.is_empty(),
            };
            if self.waiting.len() == MOST_WAITING {
                self.make_room();
            }
            let buffers = self.scratch.buffers.pop().unwrap_or_default();
            let mut sentence = Waiting::new(&text.text[span.clone()], (paragraph, span.start), buffers);
            (sentence.opens_paragraph, sentence.may_hold_number) = (opens_paragraph, may_hold_number);
            self.waiting.push(sentence);
            opens_paragraph = false;
        }
    }

    /// Reads what waits, so that not all of it does any longer.
    fn make_room(&mut self) {
        self.read_stretch();
        if self.waiting.len() == MOST_WAITING {
            self.measure(MOST_WAITING);
            self.forget(MOST_WAITING);
        }
    }

    /// Reads the numbers of the sentences that were added, and all that waits up to the last one with a value.
    fn read_stretch(&mut self) {
        self.read_numbers();
        let last = self.waiting.iter().rposition(|sentence| !sentence.mentions().is_empty());
        let count = last.map_or(0, |last| last + 1);
        self.measure(count);
        self.tell();
        self.forget(count);
    }

    /// Reads the numbers of the sentences that were added.
    fn read_numbers(&mut self) {
        let (rules, numbers) = (self.rules, &mut self.scratch.numbers);
        let added = &mut self.waiting[self.analyzed..];
        let candidates = |sentence: &&mut Waiting<'t>| sentence.may_hold_number;
        added.iter_mut().filter(candidates).for_each(|s| s.tokenize(&rules.vocabulary));
        added.iter_mut().filter(candidates).for_each(|s| s.find_times(&rules.times));
        for waiting in added {
            let text = waiting.sentence.text;
            if waiting.may_hold_number {
                let (sentence, convention) = (&mut waiting.sentence, self.memory.convention);
                let analysis = rules.numbers.read(sentence, &waiting.times, convention, numbers);
                rules.numbers.mark_names(sentence, &analysis.accounts);
                waiting.analysis = Some(analysis);
            } else if !numbers.has_nothing_to_note(text) {
                waiting.tokenize(&rules.vocabulary);
                rules.numbers.note(&waiting.sentence, numbers);
            }
        }
        self.recall_names();
        for waiting in &self.waiting[self.analyzed..] {
            rules.times.learn_ahead(waiting.sentence.text, &waiting.times, &mut self.memory.time);
        }
        self.analyzed = self.waiting.len();
    }

    /// Takes back the counts of sentences that were added whose numbers others of them show to be parts of names.
    fn recall_names(&mut self) {
        let (numbers, mut names) = (&self.rules.numbers, Vec::new());
        let added = &mut self.waiting[self.analyzed..];
        for waiting in &*added {
            if let Some(analysis) = &waiting.analysis {
                numbers.learn_names(&waiting.sentence, analysis, &mut names);
            }
        }
        for waiting in added.iter_mut().filter(|_| !names.is_empty()) {
            let Some(analysis) = &mut waiting.analysis else { continue };
            analysis.recall_names(&waiting.sentence, &names);
            numbers.mark_names(&mut waiting.sentence, &analysis.accounts);
        }
    }

    /// What the values of the first `count` sentences that wait measure, when and of whom. The others of them set the
    /// scene for later ones.
    fn measure(&mut self, count: usize) {
        let (rules, memory, watched) = (self.rules, &mut self.memory, self.scratch.watched);
        let waiting = &mut self.waiting[..count];
        for sentence in &mut *waiting {
            sentence.tokenize(&rules.vocabulary);
        }
        for sentence in &mut *waiting {
            sentence.find_times(&rules.times);
        }
        for sentence in &mut *waiting {
            if sentence.opens_paragraph {
                memory.entity.new_paragraph();
            }
            rules.entities.find(&sentence.sentence, &mut memory.entity, &mut sentence.entities);
            let mut candidates = Vec::new();
            let watch = watched.then_some(&mut candidates);
            let labels = rules.entities.assign(&sentence.scene(), &mut memory.entity, watch);
            (sentence.measured.entities, sentence.measured.entity_candidates) = (labels, candidates);
        }
        for sentence in &mut *waiting {
            if sentence.opens_paragraph {
                memory.time.new_paragraph();
            }
            sentence.measured.dates = rules.times.date(&sentence.scene(), &mut memory.time);
        }
        for sentence in waiting {
            let mut candidates = Vec::new();
            let watch = watched.then_some(&mut candidates);
            let names = rules.metrics.name(&sentence.scene(), &mut memory.metric, watch);
            (sentence.measured.metrics, sentence.measured.metric_candidates) = (names, candidates);
        }
    }

    /// Gives each sentence whose numbers were read to the sink, once.
    fn tell(&mut self) {
        for waiting in &mut self.waiting {
            let Some(analysis) = waiting.analysis.take() else { continue };
            let measured = &waiting.measured;
            (self.sink)(&SentenceReading {
                place: waiting.place(self.paragraphs),
                sentence: &waiting.sentence,
                mentions: &analysis.mentions,
                dates: &measured.dates,
                entities: &measured.entities,
                metrics: &measured.metrics,
                accounts: &analysis.accounts,
                times: &waiting.times,
                convention: self.memory.convention,
                entity_candidates: &measured.entity_candidates,
                metric_candidates: &measured.metric_candidates,
            });
        }
    }

    /// The first `count` sentences wait no longer.
    fn forget(&mut self, count: usize) {
        let read = self.waiting.drain(..count).map(Waiting::into_buffers);
        self.scratch.buffers.extend(read);
        self.analyzed = self.waiting.len();
    }
}

//! All rules compiled, ready to read pages.

use std::borrow::Cow;

use regex_automata::util::pool::Pool;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::Xxh3;

use crate::extract::result::{SentenceReading, SentenceSink};
use crate::extract::rules::{ExtractRules, Scratch};
use crate::fact::{Fact, Source};
use crate::page::{Article, PageRules};
use crate::rules::{RuleError, RuleSources};
use crate::source::RawPage;

type ScratchPool = Pool<Option<Scratch>, fn() -> Option<Scratch>>;

/// Reads pages into facts. Make one and share it between threads: it does not change while reading.
#[derive(Debug)]
pub struct Extractor {
    page: PageRules,
    extract: ExtractRules,
    scratch: ScratchPool,
}

/// What reading one page came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageReport {
    /// Facts given to the sink.
    pub facts: usize,
    /// Invalid byte sequences replaced in decoding.
    pub replaced: usize,
}

impl Extractor {
    /// Compiles all rules, on as many threads as the pool has that this is called in.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn new(sources: &RuleSources) -> Result<Self, RuleError> {
        sources.check_names()?;
        let (page, extract) = rayon::join(|| PageRules::compile(sources), || ExtractRules::compile(sources));
        Ok(Self { page: page?, extract: extract?, scratch: Pool::new(|| None) })
    }

    /// The rules that find the article of a page.
    pub fn page_rules(&self) -> &PageRules {
        &self.page
    }

    /// The rules that read an article.
    pub fn extract_rules(&self) -> &ExtractRules {
        &self.extract
    }

    /// Reads one page and gives its facts to `sink`, in the order of the text.
    pub fn extract(&self, raw: &RawPage<'_>, sink: &mut dyn FnMut(Fact<'_>)) -> PageReport {
        self.extract_article(raw, &self.page.read_raw(raw), sink)
    }

    /// The same, where the article of the page was found already.
    pub fn extract_article(
        &self,
        raw: &RawPage<'_>,
        article: &Article<'_>,
        sink: &mut dyn FnMut(Fact<'_>),
    ) -> PageReport {
        let mut writer = FactWriter::new(self, raw, article);
        let mut facts = 0;
        self.read(article, &mut |reading| {
            for index in 0..reading.mentions.len() {
                if let Some(fact) = writer.fact(reading, index) {
                    facts += 1;
                    sink(fact);
                }
            }
        });
        PageReport { facts, replaced: article.replaced }
    }

    /// Gives each sentence of an article that has a number to `sink`, read.
    pub fn read(&self, article: &Article<'_>, sink: &mut SentenceSink<'_>) {
        self.read_watching(article, false, sink);
    }

    /// As [`Self::read`], with the candidates for whom each value is of and for what it measures where these are `watched`.
    pub fn read_watching(&self, article: &Article<'_>, watched: bool, sink: &mut SentenceSink<'_>) {
        let mut scratch = self.scratch.get();
        let scratch = scratch.get_or_insert_with(|| self.extract.scratch());
        scratch.watch(watched);
        self.extract.read(article.text.as_str(), &article.page, article.published, scratch, sink);
    }
}

/// Makes records of what was read in one page.
struct FactWriter<'p> {
    extractor: &'p Extractor,
    raw: &'p RawPage<'p>,
    article: &'p Article<'p>,
    sha256: Option<String>,
    /// How often the same quote stood in the same sentence so far.
    seen: FxHashMap<u128, u32>,
    position: Position,
}

impl<'p> FactWriter<'p> {
    fn new(extractor: &'p Extractor, raw: &'p RawPage<'p>, article: &'p Article<'p>) -> Self {
        Self {
            extractor,
            raw,
            article,
            sha256: None,
            seen: FxHashMap::default(),
            position: Position::default(),
        }
    }

    /// The record of one value; none where spam was cut out of the middle of its quote.
    fn fact<'f>(&'f mut self, reading: &SentenceReading<'f, 'f>, index: usize) -> Option<Fact<'f>> {
        let mention = &reading.mentions[index];
        let in_block = reading.place.start + mention.quote.start..reading.place.start + mention.quote.end;
        let in_page = reading.place.text.in_page(in_block)?;
        let quote = &reading.sentence.text[mention.quote.clone()];
        let id = self.id(reading.sentence.text, quote);
        let bytes = self.article.text.raw(in_page);
        let (line, column) = self.position.of(&self.raw.bytes, bytes.start);
        if self.sha256.is_none() {
            self.sha256 = Some(hex(&Sha256::digest(&self.raw.bytes)));
        }
        let (dating, naming) = (&reading.dates[index], &reading.metrics[index]);
        let rules = &self.extractor.extract.numbers.readings.rules;
        Some(Fact {
            id: Cow::Owned(id),
            kind: mention.kind,
            value: mention.value,
            value_max: mention.value_max,
            denominator: mention.denominator,
            unit: mention.unit.clone(),
            per: mention.per.clone(),
            qualifier: mention.qualifier,
            direction: mention.direction,
            is_change: mention.is_change,
            status: mention.status,
            time: dating.time.clone(),
            base: dating.base.clone(),
            metric: naming.metric.clone(),
            entity: reading.entities[index].clone(),
            theme: naming.theme.map(Cow::Borrowed),
            source: Source {
                path: Cow::Borrowed(&self.raw.path),
                record: self.raw.record.as_deref().map(Cow::Borrowed),
                uri: self.article.uri.as_deref().map(Cow::Borrowed),
                title: self.article.title.as_deref().map(Cow::Borrowed),
                published: self.article.published,
                sha256: Cow::Borrowed(self.sha256.as_deref().unwrap_or_default()),
                bytes,
                line,
                column,
                quote: Cow::Borrowed(quote),
                sentence: Cow::Borrowed(reading.sentence.text),
            },
            rule: Cow::Borrowed(&rules[mention.rule as usize].name),
            duplicates_of: None,
        })
    }

    fn id(&mut self, sentence: &str, quote: &str) -> String {
        let document = match &self.article.uri {
            Some(uri) => (&**uri, None),
            None => (&*self.raw.path, Some(self.raw.record.as_deref().unwrap_or_default())),
        };
        statement_id(document, sentence, quote, &mut self.seen)
    }
}

/// 128-bit XXH3 of the document's identity (its address alone, else its path and record), the sentence, the quote and
/// its place among equal ones, which `seen` counts. Not cryptographic: it names statements, it does not vouch for them.
pub(crate) fn statement_id(
    (document, record): (&str, Option<&str>),
    sentence: &str,
    quote: &str,
    seen: &mut FxHashMap<u128, u32>,
) -> String {
    let mut hash = Xxh3::new();
    hash.update(document.as_bytes());
    for part in record.into_iter().chain([sentence, quote]) {
        hash.update(b"\0");
        hash.update(part.as_bytes());
    }
    let place = seen.entry(hash.digest128()).or_default();
    hash.update(&place.to_le_bytes());
    *place += 1;
    hex(&hash.digest128().to_be_bytes())
}

/// Line and column of the last citation, counted on from one to the next.
#[derive(Debug, Default)]
struct Position {
    offset: usize,
    lines: usize,
    line_start: usize,
    characters: usize,
}

impl Position {
    /// Line and column of a byte of the raw page, both from 1; the column in characters, taking the page for UTF-8.
    fn of(&mut self, raw: &[u8], offset: usize) -> (usize, usize) {
        if offset < self.offset {
            *self = Self::default();
        }
        let passed = &raw[self.offset.min(raw.len())..offset.min(raw.len())];
        if let Some(last) = memchr::memrchr(b'\n', passed) {
            self.lines += memchr::memchr_iter(b'\n', passed).count();
            self.line_start = self.offset + last + 1;
            self.characters = characters(&raw[self.line_start..offset]);
        } else {
            self.characters += characters(passed);
        }
        self.offset = offset;
        (self.lines + 1, self.characters + 1)
    }
}

/// How many characters begin in some UTF-8.
fn characters(utf8: &[u8]) -> usize {
    utf8.iter().filter(|byte| byte.cast_signed() >= -0x40).count()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.push(digit(byte >> 4));
        digits.push(digit(*byte));
    }
    digits
}

//! All rules compiled, ready to read pages.

mod position;
mod writer;

use regex_automata::util::pool::Pool;

use self::writer::FactWriter;
use crate::extract::result::SentenceSink;
use crate::extract::rules::{ExtractRules, Scratch};
use crate::fact::Fact;
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
        let mut writer = FactWriter::new(&self.extract.numbers.readings.rules, raw, article);
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

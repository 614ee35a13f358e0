//! Records of what was read in a page.

use std::borrow::Cow;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::position::Position;
use crate::extract::reading::ReadingRule;
use crate::extract::result::SentenceReading;
use crate::fact::statement::{Document, StatementIds};
use crate::fact::{Fact, Source};
use crate::page::Article;
use crate::source::RawPage;
use crate::text::hexadecimal;

/// Makes records of what was read in one page.
pub(super) struct FactWriter<'p> {
    rules: &'p [ReadingRule],
    raw: &'p RawPage<'p>,
    article: &'p Article<'p>,
    /// Hash of the raw page; computed for its first record.
    sha256: Option<String>,
    ids: StatementIds,
    position: Position,
}

impl<'p> FactWriter<'p> {
    /// For a page and its article, read by these rules.
    pub(super) fn new(rules: &'p [ReadingRule], raw: &'p RawPage<'p>, article: &'p Article<'p>) -> Self {
        Self {
            rules,
            raw,
            article,
            sha256: None,
            ids: StatementIds::default(),
            position: Position::default(),
        }
    }

    /// The record of one value; none where spam was cut out of the middle of its quote.
    pub(super) fn fact<'f>(
        &'f mut self,
        reading: &SentenceReading<'f, 'f>,
        index: usize,
    ) -> Option<Fact<'f>> {
        let mention = &reading.mentions[index];
        let in_block = reading.place.start + mention.quote.start..reading.place.start + mention.quote.end;
        let in_page = reading.place.text.in_page(in_block)?;
        let quote = &reading.sentence.text[mention.quote.clone()];
        let id = self.id(reading.sentence.text, quote);
        let rules = self.rules;
        let source = self.source(in_page, quote, reading.sentence.text);
        let (dating, naming) = (&reading.dates[index], &reading.metrics[index]);
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
            source,
            rule: Cow::Borrowed(&rules[mention.rule as usize].name),
            duplicates_of: None,
        })
    }

    fn id(&mut self, sentence: &str, quote: &str) -> String {
        let (raw, uri) = (self.raw, self.article.uri.as_deref());
        self.ids.next(Document::new(uri, &raw.path, raw.record.as_deref()), sentence, quote)
    }

    /// Where a quote stands that is `in_page` bytes of the article's text.
    fn source<'f>(&'f mut self, in_page: Range<usize>, quote: &'f str, sentence: &'f str) -> Source<'f> {
        let bytes = self.article.text.raw(in_page);
        let (line, column) = self.position.of(&self.raw.bytes, bytes.start);
        let sha256 = self.sha256.get_or_insert_with(|| hexadecimal(&Sha256::digest(&self.raw.bytes)));
        Source {
            path: Cow::Borrowed(&self.raw.path),
            record: self.raw.record.as_deref().map(Cow::Borrowed),
            uri: self.article.uri.as_deref().map(Cow::Borrowed),
            title: self.article.title.as_deref().map(Cow::Borrowed),
            published: self.article.published,
            sha256: Cow::Borrowed(sha256),
            bytes,
            line,
            column,
            quote: Cow::Borrowed(quote),
            sentence: Cow::Borrowed(sentence),
        }
    }
}

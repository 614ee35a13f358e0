//! Whether every citation still holds: reads the bytes that each fact cites again from the archive, decodes and
//! normalizes them, and compares.
//!
//! Citations are grouped by page, so that every page is read and hashed once, whatever the number of its facts.

mod check;
mod missing;
mod report;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::path::PathBuf;

use serde::Serialize;

use super::archive::{self, Placed};
use crate::fact::Fact;
use crate::page::PageRules;
use crate::source::{Fields, RawPage};

pub use missing::Missing;
pub use report::{Finding, Report};

/// Whether a citation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The page is the same and the bytes give the quote; or the page changed, but not there.
    Intact,
    /// The sentence stands elsewhere in the page.
    Moved,
    /// The page is there, but no longer says so.
    Changed,
    /// The page cannot be read.
    Missing,
}

/// Whether a page is the one that the fact was read from, by its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// Byte for byte.
    Same,
    /// Something in it is otherwise, if only elsewhere.
    Changed,
}

/// What is checked of a fact.
#[derive(Debug, Clone)]
struct Citation {
    id: Box<str>,
    path: Box<str>,
    record: Option<Box<str>>,
    sha256: Box<str>,
    bytes: Range<usize>,
    quote: Box<str>,
    sentence: Box<str>,
}

impl Placed for Citation {
    fn path(&self) -> &str {
        &self.path
    }

    fn record(&self) -> Option<&str> {
        self.record.as_deref()
    }
}

impl Citation {
    fn place(&self) -> (&str, Option<&str>, usize, &str) {
        (&self.path, self.record.as_deref(), self.bytes.start, &self.id)
    }
}

/// Collects citations, then checks them all.
#[derive(Debug)]
pub struct Verifier {
    citations: Vec<Citation>,
    archive: Option<PathBuf>,
    fields: Fields,
    rules: PageRules,
}

impl Verifier {
    /// Citations are relative to `archive`, or to the working directory. The rules find the article of an HTML page.
    pub fn new(archive: Option<PathBuf>, rules: PageRules) -> Self {
        Self { citations: Vec::new(), archive, fields: Fields::default(), rules }
    }

    /// The same, where `fields` says where the pages are in records.
    #[must_use]
    pub fn with_fields(mut self, fields: Fields) -> Self {
        self.fields = fields;
        self
    }

    /// Takes the citation of a fact.
    pub fn add(&mut self, fact: &Fact<'_>) {
        let source = &fact.source;
        self.citations.push(Citation {
            id: (*fact.id).into(),
            path: (*source.path).into(),
            record: source.record.as_deref().map(Into::into),
            sha256: (*source.sha256).into(),
            bytes: source.bytes.clone(),
            quote: (*source.quote).into(),
            sentence: (*source.sentence).into(),
        });
    }

    /// Reads all pages again and compares. Findings are in the order of path, record and place in the page.
    pub fn run(mut self) -> Report {
        self.citations.sort_by(|a, b| a.place().cmp(&b.place()));
        let check = |page: &RawPage<'static>, group: &[Citation]| check::page(page, group, &self.rules);
        let pages = archive::visit(&self.citations, self.archive.as_deref(), &self.fields, &check);
        report::sum(pages)
    }
}

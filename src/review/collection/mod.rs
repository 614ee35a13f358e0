//! The facts under review, in memory: by page, with what they were before.

mod index;
mod names;
mod search;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::diff;
use crate::fact::Fact;
use crate::sink::{self, SinkError};
use names::Names;

/// How a fact relates to an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It said the same, or there is no earlier run.
    Same,
    /// It was not there.
    Added,
    /// It said something else.
    Changed,
    /// It is there no longer; the row holds what it was.
    Removed,
}

/// One fact.
#[derive(Debug)]
pub struct Row {
    /// Its id.
    pub id: Box<str>,
    /// Its record as JSON.
    pub json: Box<str>,
    /// The record of the same fact in the earlier run, where that said something else.
    pub old: Option<Box<str>>,
    /// How it relates to the earlier run.
    pub change: Change,
    /// The number of its page.
    pub page: u32,
    kind: u32,
    status: u32,
    rule: u32,
    metric: u32,
    canonical: u32,
    quote: Box<str>,
    /// What a search looks through.
    words: Box<str>,
}

impl Row {
    /// The record.
    ///
    /// # Errors
    /// Never: the JSON was written from a record.
    pub fn fact(&self) -> serde_json::Result<Fact<'static>> {
        serde_json::from_str::<Fact<'_>>(&self.json).map(Fact::into_owned)
    }
}

/// A page that facts stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntry {
    /// The file.
    pub path: Box<str>,
    /// The record within a container.
    pub record: Option<Box<str>>,
    /// Its headline.
    pub title: Option<Box<str>>,
    /// Its address.
    pub uri: Option<Box<str>>,
    /// Its day of publication.
    pub published: Option<jiff::civil::Date>,
    /// The number of its first row.
    pub first: u32,
    /// How many rows it has.
    pub count: u32,
}

/// All facts of a run, in the order of their pages and of the text.
#[derive(Debug, Default)]
pub struct Collection {
    rows: Vec<Row>,
    pages: Vec<PageEntry>,
    by_id: FxHashMap<Box<str>, u32>,
    names: Names,
    /// Facts that were left out, as one with the same id came before them.
    pub doubles: usize,
    /// Whether there is an earlier run to compare with.
    pub compared: bool,
}

impl Collection {
    /// Reads facts from a facts file or a database, and compares them with those of `baseline` as [`diff`] does.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn read(place: &str, baseline: Option<&str>) -> Result<Self, SinkError> {
        let mut builder = Builder::default();
        sink::facts(place, &mut |fact| builder.push(&fact, Change::Same))?;
        if let Some(baseline) = baseline {
            builder.compare(baseline)?;
        }
        Ok(builder.finish())
    }

    /// All facts.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// All pages.
    pub fn pages(&self) -> &[PageEntry] {
        &self.pages
    }

    /// The rows of a page.
    pub(crate) fn rows_of(&self, page: &PageEntry) -> &[Row] {
        let first = page.first as usize;
        &self.rows[first..first + page.count as usize]
    }

    /// The number of the row with this id.
    pub(crate) fn row_of(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }
}

#[derive(Default)]
struct Builder {
    collection: Collection,
    /// Path and record → number of the page in the order of appearance.
    pages: FxHashMap<(Box<str>, Option<Box<str>>), u32>,
    /// Where each row stands in its page.
    places: Vec<usize>,
}

impl Builder {
    /// Says of each row what it was in the earlier run, and adds rows for what is there no longer.
    fn compare(&mut self, baseline: &str) -> Result<(), SinkError> {
        let mut changes = Vec::new();
        let lines = |take: &mut diff::Take<'_>| {
            self.collection.rows.iter().try_for_each(|row| take(format!("{}\n", row.json).as_bytes()))
        };
        let old = diff::of_place(baseline);
        diff::compare(old, Box::new(lines), &diff::Options::default(), &mut |page| {
            changes.extend(page.changes.iter().cloned());
            Ok(())
        })?;
        self.collection.compared = true;
        for change in changes {
            self.note(change);
        }
        Ok(())
    }

    fn note(&mut self, change: diff::Change) {
        match change {
            diff::Change::Removed(fact) => self.push(&fact, Change::Removed),
            diff::Change::Added(fact) => {
                if let Some(row) = self.row(&fact.id) {
                    row.change = Change::Added;
                }
            }
            diff::Change::Both(pair) if pair.has_moved() => {}
            diff::Change::Both(pair) => {
                if let Some(row) = self.row(&pair.new.id) {
                    (row.change, row.old) = (Change::Changed, Some(json(&pair.old)));
                }
            }
        }
    }

    fn row(&mut self, id: &str) -> Option<&mut Row> {
        let number = *self.collection.by_id.get(id)?;
        self.collection.rows.get_mut(number as usize)
    }

    fn push(&mut self, fact: &Fact<'_>, change: Change) {
        if self.collection.by_id.contains_key(&*fact.id) {
            self.collection.doubles += 1;
            return;
        }
        self.collection.by_id.insert((*fact.id).into(), self.collection.rows.len() as u32);
        let page = self.page(fact);
        let names = &mut self.collection.names;
        let metric = fact.metric.as_ref();
        self.collection.rows.push(Row {
            id: (*fact.id).into(),
            json: json(fact),
            old: None,
            change,
            page,
            kind: names.kinds.number(fact.kind.as_str()),
            status: names.statuses.number(fact.status.as_str()),
            rule: names.rules.number(&fact.rule),
            metric: names.metrics.number(metric.map_or("", |metric| &metric.text)),
            canonical: names.canonical.number(metric.and_then(|metric| metric.id.as_deref()).unwrap_or("")),
            quote: (*fact.source.quote).into(),
            words: search::words(fact),
        });
        self.places.push(fact.source.bytes.start);
    }

    fn page(&mut self, fact: &Fact<'_>) -> u32 {
        let source = &fact.source;
        let key = ((*source.path).into(), source.record.as_deref().map(Into::into));
        let pages = &mut self.collection.pages;
        *self.pages.entry(key).or_insert_with_key(|(path, record)| {
            pages.push(PageEntry {
                path: path.clone(),
                record: record.clone(),
                title: source.title.as_deref().map(Into::into),
                uri: source.uri.as_deref().map(Into::into),
                published: source.published,
                first: 0,
                count: 0,
            });
            pages.len() as u32 - 1
        })
    }

    fn finish(mut self) -> Collection {
        let mut this = self.collection;
        let mut rows: Vec<(usize, Row)> = self.places.drain(..).zip(this.rows.drain(..)).collect();
        rows.sort_by_key(|(place, row)| (row.page, *place));
        this.rows = rows.into_iter().map(|(_, row)| row).collect();
        for (number, row) in (0..).zip(&this.rows) {
            let page = &mut this.pages[row.page as usize];
            if page.count == 0 {
                page.first = number;
            }
            page.count += 1;
            this.by_id.insert(row.id.clone(), number);
        }
        this
    }
}

fn json(fact: &Fact<'_>) -> Box<str> {
    // A fact has only keys and values that JSON can hold.
    serde_json::to_string(fact).unwrap_or_default().into()
}

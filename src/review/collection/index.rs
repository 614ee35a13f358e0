//! What the browser needs to list and filter all facts: columns of numbers, with the words they stand for.

use serde::Serialize;

use super::{Change, Collection, Row};

#[derive(Serialize)]
struct Index<'a> {
    compared: bool,
    pages: Vec<Page<'a>>,
    kinds: &'a [Box<str>],
    statuses: &'a [Box<str>],
    rules: &'a [Box<str>],
    metrics: &'a [Box<str>],
    canonical: &'a [Box<str>],
    columns: Columns<'a>,
}

#[derive(Serialize)]
struct Page<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    first: u32,
    count: u32,
}

#[derive(Serialize)]
struct Columns<'a> {
    kind: Vec<u32>,
    status: Vec<u32>,
    rule: Vec<u32>,
    metric: Vec<u32>,
    canonical: Vec<u32>,
    change: Vec<u8>,
    quote: Vec<&'a str>,
}

impl Collection {
    /// The index as JSON. Pages name their rows; a column has one entry a row.
    ///
    /// # Errors
    /// Never: it has only keys and values that JSON can hold.
    pub fn index(&self) -> serde_json::Result<Vec<u8>> {
        let pages = self.pages.iter().map(|page| Page {
            path: &page.path,
            record: page.record.as_deref(),
            title: page.title.as_deref(),
            first: page.first,
            count: page.count,
        });
        serde_json::to_vec(&Index {
            compared: self.compared,
            pages: pages.collect(),
            kinds: &self.names.kinds.words,
            statuses: &self.names.statuses.words,
            rules: &self.names.rules.words,
            metrics: &self.names.metrics.words,
            canonical: &self.names.canonical.words,
            columns: self.columns(),
        })
    }

    fn columns(&self) -> Columns<'_> {
        let column = |of: fn(&Row) -> u32| self.rows.iter().map(of).collect();
        Columns {
            kind: column(|row| row.kind),
            status: column(|row| row.status),
            rule: column(|row| row.rule),
            metric: column(|row| row.metric),
            canonical: column(|row| row.canonical),
            change: self.rows.iter().map(|row| change_code(row.change)).collect(),
            quote: self.rows.iter().map(|row| &*row.quote).collect(),
        }
    }
}

fn change_code(change: Change) -> u8 {
    match change {
        Change::Same => 0,
        Change::Added => 1,
        Change::Changed => 2,
        Change::Removed => 3,
    }
}

//! Columns as text, back to the record.

use std::borrow::Cow;
use std::str::FromStr;

use super::column::COLUMNS;
use crate::fact::{Base, Fact, Label, Source, Time};

/// Cells as text in the order of [`COLUMNS`], back to the record.
pub(crate) struct Cells<I> {
    cells: I,
    /// How many were taken.
    taken: usize,
}

impl<I: Iterator<Item = Option<String>>> Cells<I> {
    pub(crate) fn new(cells: I) -> Self {
        Self { cells, taken: 0 }
    }

    fn next(&mut self) -> Option<String> {
        self.taken += 1;
        self.cells.next().flatten()
    }

    /// What is wrong with the cell that was taken last.
    fn wrong(&self, what: &str) -> String {
        let name =
            self.taken.checked_sub(1).and_then(|place| COLUMNS.get(place)).map_or("", |column| column.name);
        format!("column `{name}` {what}")
    }

    fn text(&mut self) -> Option<Cow<'static, str>> {
        self.next().map(Cow::Owned)
    }

    fn needed(&mut self) -> Result<Cow<'static, str>, String> {
        self.text().ok_or_else(|| self.wrong("is empty"))
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self) -> Result<Option<T>, String> {
        let text = self.next();
        text.map(|text| text.parse().map_err(|e| self.wrong(&format!("has {text:?}: {e}")))).transpose()
    }

    fn must<T: FromStr<Err: std::fmt::Display>>(&mut self) -> Result<T, String> {
        self.parsed()?.ok_or_else(|| self.wrong("is empty"))
    }

    fn label(&mut self) -> Option<Label<'static>> {
        let (id, text) = (self.text(), self.text());
        text.map(|text| Label { id, text })
    }

    fn time(&mut self) -> Result<Option<Time<'static>>, String> {
        let (start, end, role, text) = (self.parsed()?, self.parsed()?, self.parsed()?, self.text());
        let source = self.parsed()?;
        Ok(role.zip(source).map(|(role, source)| Time { start, end, role, text, source }))
    }

    fn base(&mut self) -> Result<Option<Base<'static>>, String> {
        let (text, start, end) = (self.text(), self.parsed()?, self.parsed()?);
        Ok(text.map(|text| Base { text, start, end }))
    }

    fn source(&mut self) -> Result<Source<'static>, String> {
        Ok(Source {
            path: self.needed()?,
            record: self.text(),
            uri: self.text(),
            title: self.text(),
            published: self.parsed()?,
            sha256: self.needed()?,
            bytes: self.must()?..self.must()?,
            line: self.must()?,
            column: self.must()?,
            quote: self.needed()?,
            sentence: self.needed()?,
        })
    }

    /// The record, or what is wrong with the cells. Its fields, and those of its parts, take cell after cell: they stand in the
    /// order of [`COLUMNS`].
    pub(crate) fn fact(mut self) -> Result<Fact<'static>, String> {
        let fact = Fact {
            id: self.needed()?,
            kind: self.must()?,
            value: self.must()?,
            value_max: self.parsed()?,
            denominator: self.parsed()?,
            unit: self.text(),
            per: self.text(),
            qualifier: self.parsed()?,
            direction: self.parsed()?,
            is_change: matches!(&*self.needed()?, "1" | "true" | "t"),
            status: self.must()?,
            time: self.time()?,
            base: self.base()?,
            metric: self.label(),
            entity: self.label(),
            theme: self.text(),
            source: self.source()?,
            rule: self.needed()?,
            duplicates_of: None,
        };
        fact.check_ids()?;
        Ok(fact)
    }
}

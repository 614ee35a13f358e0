//! Lines of a facts file as rows for a table: parsed, hashed, and laid out so that the thread that writes them has
//! little else to do.

use std::io::Write as _;

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::cells::Cells;
use super::column::{self, COLUMNS, Cell, Column, Table};
use super::{Failure, SinkError};
use crate::fact::Fact;
use crate::source::without_place;

/// How many lines one thread takes at a time.
const LINES: usize = 256;

/// Facts as rows of cells, whose texts stand in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    text: String,
    /// As many as there are columns for each row.
    cells: Vec<Kept>,
    keys: Vec<Keys>,
}

/// A cell whose text is in the buffer.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Null,
    Text(usize, usize),
    Decimal(Decimal),
    Day(Date),
    Bool(bool),
    Int(i64),
}

#[derive(Debug)]
struct Keys {
    /// Where the key of the page stands in the buffer.
    document: (usize, usize),
    digest: i64,
}

impl Rows {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    fn with_room_for(lines: &[&[u8]]) -> Self {
        Self {
            text: String::with_capacity(lines.iter().map(|line| line.len()).sum()),
            cells: Vec::with_capacity(lines.len() * COLUMNS.len()),
            keys: Vec::with_capacity(lines.len()),
        }
    }

    /// Each in turn.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.chunks_exact(COLUMNS.len()).zip(&self.keys).map(|(cells, keys)| Row {
            text: &self.text,
            cells,
            keys,
        })
    }

    fn push(&mut self, fact: &Fact<'_>, buffer: &mut Vec<u8>) {
        let (document, digest) = hashes(fact, buffer);
        let document = self.keep(&format!("{document:032x}"));
        self.keys.push(Keys { document, digest });
        for column in COLUMNS {
            let kept = match (column.get)(fact) {
                Cell::Null => Kept::Null,
                Cell::Text(text) => {
                    let (start, end) = self.keep(text);
                    Kept::Text(start, end)
                }
                Cell::Decimal(value) => Kept::Decimal(value),
                Cell::Day(day) => Kept::Day(day),
                Cell::Bool(value) => Kept::Bool(value),
                Cell::Int(value) => Kept::Int(value),
            };
            self.cells.push(kept);
        }
    }

    fn keep(&mut self, text: &str) -> (usize, usize) {
        let start = self.text.len();
        self.text.push_str(text);
        (start, self.text.len())
    }
}

/// One fact with the keys that its rows have.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    text: &'r str,
    cells: &'r [Kept],
    keys: &'r Keys,
}

impl<'r> Row<'r> {
    /// The value of the column at `place` in [`COLUMNS`].
    pub(crate) fn cell(&self, place: usize) -> Cell<'r> {
        match self.cells[place] {
            Kept::Null => Cell::Null,
            Kept::Text(start, end) => Cell::Text(&self.text[start..end]),
            Kept::Decimal(value) => Cell::Decimal(value),
            Kept::Day(day) => Cell::Day(day),
            Kept::Bool(value) => Cell::Bool(value),
            Kept::Int(value) => Cell::Int(value),
        }
    }

    /// The text of that column, where it has one.
    pub(crate) fn text(&self, place: usize) -> Option<&'r str> {
        match self.cell(place) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The identifier of the fact, its first column.
    pub(crate) fn id(&self) -> &'r str {
        self.text(0).unwrap_or_default()
    }

    /// The key of its page in `documents`.
    pub(crate) fn document(&self) -> &'r str {
        let (start, end) = self.keys.document;
        &self.text[start..end]
    }

    /// A hash over all columns.
    pub(crate) fn digest(&self) -> i64 {
        self.keys.digest
    }

    /// The record again.
    pub(crate) fn fact(&self) -> Result<Fact<'static>, String> {
        let texts = (0..COLUMNS.len()).map(|place| self.cell(place).to_text());
        Cells::new(texts.map(|text| text.map(std::borrow::Cow::into_owned))).fact()
    }
}

/// The hash over all columns of a fact, that its row bears.
#[cfg(feature = "parquet")]
pub(crate) fn digest(fact: &Fact<'_>, buffer: &mut Vec<u8>) -> i64 {
    hashes(fact, buffer).1
}

/// The hash over the columns of a fact's page, and the one over all columns.
fn hashes(fact: &Fact<'_>, buffer: &mut Vec<u8>) -> (u128, i64) {
    buffer.clear();
    feed(fact, column::of(Table::Documents), buffer);
    let document = xxh3_128(buffer);
    feed(fact, column::of(Table::Facts), buffer);
    (document, xxh3_64(buffer).cast_signed())
}

/// Appends the cells so that no two records give the same bytes: neither mark occurs in UTF-8.
fn feed(fact: &Fact<'_>, columns: impl Iterator<Item = &'static Column>, buffer: &mut Vec<u8>) {
    for column in columns {
        match (column.get)(fact) {
            Cell::Null => buffer.push(0xFE),
            Cell::Text(text) => buffer.extend_from_slice(text.as_bytes()),
            // Writing to a Vec does not fail.
            Cell::Decimal(value) => write!(buffer, "{value}").unwrap_or_default(),
            other => buffer.extend_from_slice(other.to_text().unwrap_or_default().as_bytes()),
        }
        buffer.push(0xFF);
    }
}

/// Parses lines in parallel, in order.
pub(crate) fn prepare(lines: &[u8], place: &str) -> Result<Vec<Rows>, SinkError> {
    let rows = |lines: &[&[u8]]| {
        let (mut rows, mut buffer) = (Rows::with_room_for(lines), Vec::new());
        for fact in parsed(lines) {
            rows.push(&fact?, &mut buffer);
        }
        Ok(rows)
    };
    let all: Result<_, serde_json::Error> = split(lines).par_chunks(LINES).map(rows).collect();
    all.map_err(|error| not_a_fact(place, &error))
}

/// The facts of those lines, parsed in parallel, in order.
pub(crate) fn all(lines: &[u8], place: &str) -> Result<Vec<Fact<'static>>, SinkError> {
    let facts = split(lines);
    let facts =
        facts.par_chunks(LINES).flat_map_iter(|lines| parsed(lines).map(|fact| fact.map(Fact::into_owned)));
    facts.collect::<Result<_, _>>().map_err(|error| not_a_fact(place, &error))
}

/// The facts of lines, their texts borrowed. Whether all is UTF-8 is asked once for each line, which is several times as
/// fast as once for each text.
fn parsed<'l>(lines: &[&'l [u8]]) -> impl Iterator<Item = serde_json::Result<Fact<'l>>> {
    lines.iter().map(|line| match simdutf8::basic::from_utf8(line) {
        Ok(line) => serde_json::from_str(line),
        // Says where the error is.
        Err(_) => serde_json::from_slice(line),
    })
}

/// The lines that are not empty.
fn split(lines: &[u8]) -> Vec<&[u8]> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', lines).chain(std::iter::once(lines.len()));
    let all = ends.map(|end| &lines[std::mem::replace(&mut start, end + 1)..end]);
    all.filter(|line| !line.trim_ascii().is_empty()).collect()
}

fn not_a_fact(place: &str, error: &serde_json::Error) -> SinkError {
    SinkError::new(Failure::NoFact, place, format!("a line is no fact: {}", why(error)))
}

/// What is wrong with a line, and where in it.
fn why(error: &serde_json::Error) -> String {
    format!("{} (column {})", without_place(error), error.column())
}

/// Why a line is no fact, for people.
pub(crate) fn why_no_fact(line: &[u8], error: &serde_json::Error) -> String {
    if !line.trim_ascii_start().starts_with(b"{") {
        return "facts are objects of JSON, one a line, as `solieu extract` writes them".to_owned();
    }
    let object = serde_json::from_slice::<serde_json::Map<_, _>>(line);
    let object: Option<serde_json::Map<String, serde_json::Value>> = object.ok();
    if object.is_some_and(|object| !object.contains_key("value")) {
        let why = without_place(error);
        let why = why.split(", expected").next().unwrap_or_default();
        return format!("{why}; these are no facts: run `solieu extract` on them first");
    }
    why(error)
}

/// Says of the first of some whole lines that is no fact which it is, counted from 1, and why.
pub(super) fn first_wrong(lines: &[u8]) -> Option<(usize, serde_json::Error)> {
    let wrong = |line: &[u8]| {
        let blank = line.trim_ascii().is_empty();
        if blank { None } else { serde_json::from_slice::<Fact<'_>>(line).err() }
    };
    lines.split(|&b| b == b'\n').enumerate().find_map(|(i, line)| Some((i + 1, wrong(line)?)))
}

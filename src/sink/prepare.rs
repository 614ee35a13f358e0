//! Lines of a facts file, parsed and hashed, ready for a table.

use std::io::Write as _;

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::column::{self, Cell, Column, Table};
use super::{Failure, SinkError};
use crate::fact::Fact;

/// A fact with the keys that its rows have.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) fact: Fact<'static>,
    /// The key of its page in `documents`.
    pub(crate) document: String,
    /// A hash over all columns.
    pub(crate) digest: i64,
}

impl Prepared {
    /// Hashes a fact.
    pub(crate) fn new(fact: Fact<'static>) -> Self {
        let mut buffer = Vec::with_capacity(2048);
        feed(&fact, column::of(Table::Documents), &mut buffer);
        let document = format!("{:032x}", xxh3_128(&buffer));
        feed(&fact, column::of(Table::Facts), &mut buffer);
        let digest = xxh3_64(&buffer).cast_signed();
        Self { fact, document, digest }
    }
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
pub(crate) fn prepare(lines: &[u8], place: &str) -> Result<Vec<Prepared>, SinkError> {
    facts(lines).map(|fact| Ok(Prepared::new(fact.map_err(|e| not_a_fact(place, &e))?))).collect()
}

/// The facts of those lines.
pub(crate) fn all(lines: &[u8], place: &str) -> Result<Vec<Fact<'static>>, SinkError> {
    facts(lines).collect::<Result<_, _>>().map_err(|error| not_a_fact(place, &error))
}

/// The facts of a facts file, parsed in parallel.
fn facts(lines: &[u8]) -> impl IndexedParallelIterator<Item = Result<Fact<'static>, serde_json::Error>> {
    let lines: Vec<&[u8]> =
        lines.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    lines.into_par_iter().with_min_len(64).map(serde_json::from_slice::<Fact<'static>>)
}

fn not_a_fact(place: &str, error: &serde_json::Error) -> SinkError {
    SinkError::new(Failure::Usage, place, format!("a line is no fact: {error}"))
}

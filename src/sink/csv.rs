//! CSV after RFC 4180: one row a fact, all columns of the record, with a heading.

use std::io::Write as _;

use super::column::{COLUMNS, Cell};
use super::prepare;
use super::{Checkpoint, Earlier, JsonLines, Resumable, Sink, SinkError, Summary};
use crate::fact::Fact;

/// Writes facts as CSV in UTF-8 with lines that end in CR LF. An absent value is an empty field, an empty text is `""`.
pub(super) struct Csv {
    place: String,
    to: Box<JsonLines>,
    facts: u64,
}

impl Csv {
    /// As [`JsonLines::open`].
    pub(super) fn open(path: &str, run: Option<&Resumable>) -> Result<(Option<Self>, Earlier), SinkError> {
        let (to, earlier) = JsonLines::open(path.as_ref(), run)?;
        let Some(mut to) = to.map(Box::new) else { return Ok((None, earlier)) };
        if earlier == Earlier::Nothing {
            let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
            to.write(format!("{}\r\n", names.join(",")).as_bytes())?;
        }
        Ok((Some(Self { place: path.to_owned(), to, facts: 0 }), earlier))
    }
}

impl Sink for Csv {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        let mut rows = Vec::with_capacity(lines.len());
        for fact in prepare::all(lines, &self.place)? {
            row(&fact, &mut rows);
            self.facts += 1;
        }
        self.to.write(&rows)
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.to.checkpoint(checkpoint)
    }

    fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
        self.to.finish()?;
        Ok(Summary { added: self.facts, ..Summary::default() })
    }
}

fn row(fact: &Fact<'_>, to: &mut Vec<u8>) {
    for (i, column) in COLUMNS.iter().enumerate() {
        if i > 0 {
            to.push(b',');
        }
        match (column.get)(fact) {
            Cell::Text(text) => field(text, to),
            // Writing to a Vec does not fail.
            Cell::Decimal(value) => write!(to, "{value}").unwrap_or_default(),
            other => to.extend_from_slice(other.to_text().unwrap_or_default().as_bytes()),
        }
    }
    to.extend_from_slice(b"\r\n");
}

fn field(text: &str, to: &mut Vec<u8>) {
    if !text.is_empty() && !text.contains(['"', ',', '\r', '\n', '\0']) {
        return to.extend_from_slice(text.as_bytes());
    }
    to.push(b'"');
    for (i, part) in text.split('"').enumerate() {
        if i > 0 {
            to.extend_from_slice(b"\"\"");
        }
        to.extend_from_slice(part.as_bytes());
    }
    to.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::column::Cells;
    use crate::sink::samples::{hostile, lines};

    /// A reader of CSV that tells an absent field from an empty one.
    fn read(text: &str) -> Vec<Vec<Option<String>>> {
        let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
        while !rest.is_empty() {
            let mut value = String::new();
            let quoted = rest.starts_with('"');
            if quoted {
                rest = &rest[1..];
                loop {
                    let end = rest.find('"').unwrap();
                    value.push_str(&rest[..end]);
                    rest = &rest[end + 1..];
                    let Some(more) = rest.strip_prefix('"') else { break };
                    value.push('"');
                    rest = more;
                }
            } else {
                let end = rest.find([',', '\r']).unwrap();
                value.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            row.push((quoted || !value.is_empty()).then_some(value));
            if let Some(more) = rest.strip_prefix("\r\n") {
                rows.push(std::mem::take(&mut row));
                rest = more;
            } else {
                rest = rest.strip_prefix(',').unwrap();
            }
        }
        rows
    }

    #[test]
    fn facts_come_back_as_they_went_in() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("facts.csv");
        let facts = hostile();
        let mut sink = Box::new(Csv::open(path.to_str().unwrap(), None).unwrap().0.unwrap());
        sink.write(&lines(&facts)).unwrap();
        assert_eq!(sink.finish().unwrap().added, 28);
        let rows = read(&std::fs::read_to_string(&path).unwrap());
        let back: Vec<_> =
            rows.into_iter().skip(1).map(|row| Cells(row.into_iter()).fact().unwrap()).collect();
        assert_eq!(back, facts);
    }
}

//! Facts back from CSV.

use std::io::{self, BufRead, Read};

use crate::sink::cells::Cells;
use crate::sink::column::COLUMNS;
use crate::sink::{Each, Failure, SinkError};
use crate::source::MAX_PAGE_BYTES;

/// How the heading of every file of facts begins.
const BEGINNING: &[u8] = b"id,kind,value,";

/// Whether the bytes begin with such a heading.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).starts_with(BEGINNING)
}

/// Gives the facts of a file to `each`. The columns may stand in any order, and there may be others.
pub(crate) fn facts(place: &str, mut reader: impl BufRead, each: &mut Each<'_>) -> Result<(), SinkError> {
    let failed = |what: String| SinkError::new(Failure::Usage, place, what);
    let mut line = String::new();
    let mut row = Vec::new();
    if !next(&mut reader, &mut line).map_err(|error| failed(error.to_string()))? {
        return Ok(());
    }
    split(line.strip_prefix('\u{FEFF}').unwrap_or(&line), &mut row);
    let places: Vec<Option<usize>> = COLUMNS
        .iter()
        .map(|column| row.iter().position(|name| name.as_deref() == Some(column.name)))
        .collect();
    if places.iter().take(3).any(Option::is_none) {
        return Err(failed("is no CSV file of facts: its first line does not name their columns".to_owned()));
    }
    let mut number = 1;
    while next(&mut reader, &mut line).map_err(|error| failed(error.to_string()))? {
        number += 1;
        split(&line, &mut row);
        let cells = places.iter().map(|place| row.get_mut((*place)?).and_then(Option::take));
        let fact = Cells::new(cells).fact();
        each(fact.map_err(|what| failed(format!("row {number} is no fact: {what}")))?)?;
    }
    Ok(())
}

/// Reads the next row into `line`, without its end; false at the end of the file. A row ends where a line does outside of
/// quotes.
fn next(reader: &mut impl BufRead, line: &mut String) -> io::Result<bool> {
    let mut bytes = std::mem::take(line).into_bytes();
    bytes.clear();
    let mut quotes = 0;
    loop {
        let before = bytes.len();
        let room = MAX_PAGE_BYTES.saturating_sub(before as u64);
        let read = reader.by_ref().take(room).read_until(b'\n', &mut bytes)?;
        quotes += memchr::memchr_iter(b'"', &bytes[before..]).count();
        if room == 0 || (read == 0 && quotes % 2 == 1) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a quote is not closed"));
        }
        if read == 0 || quotes % 2 == 0 {
            break;
        }
    }
    let any = !bytes.is_empty();
    if bytes.ends_with(b"\n") {
        bytes.pop();
    }
    if bytes.ends_with(b"\r") {
        bytes.pop();
    }
    *line = String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "is not in UTF-8"))?;
    Ok(any)
}

/// The fields of a row. An empty field is absent, `""` an empty text.
fn split(mut rest: &str, row: &mut Vec<Option<String>>) {
    row.clear();
    loop {
        let (field, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let (text, after) = unquoted(quoted);
            (Some(text), after)
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            ((end > 0).then(|| rest[..end].to_owned()), &rest[end..])
        };
        row.push(field);
        match after.split_once(',') {
            Some((_, more)) => rest = more,
            None => return,
        }
    }
}

/// The text up to the quote that closes it, and what follows.
fn unquoted(mut rest: &str) -> (String, &str) {
    let mut text = String::new();
    while let Some(end) = rest.find('"') {
        text.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                text.push('"');
                rest = more;
            }
            None => return (text, rest),
        }
    }
    text.push_str(rest);
    (text, "")
}

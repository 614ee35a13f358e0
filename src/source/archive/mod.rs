//! Archives: streams that hold many pages. Each reader gives one piece after another and holds one at a time.

mod csv;
mod json_lines;
mod json_values;
#[cfg(feature = "parquet")]
mod parquet;
mod seekable;
mod tar;
mod warc;
mod zip;

use super::fields::Fields;
use super::sniff::{Kind, names_column};
use super::stream::Stream;
use super::{Item, Problem, Severity};
use std::sync::Arc;

/// One piece of an archive.
pub(super) enum Piece {
    /// A page, or something that becomes one.
    Item(Item),
    /// An entry that may be an archive itself.
    Stream(Stream),
}

/// Reads the pieces of an archive in order.
pub(super) trait Archive: Send {
    /// The next piece; `None` at the end, or where the rest cannot be read (which a problem before it says).
    fn next(&mut self) -> Option<Piece>;
}

/// How many archives may be in one another.
const MAX_DEPTH: u8 = 4;

/// What an opened stream holds.
pub(super) enum Opened {
    Archive(Box<dyn Archive>),
    Item(Item),
    /// Nothing to read here, and no reason to say so.
    Nothing,
}

/// Opens a stream: decompresses it and finds the reader for what it holds.
pub(super) fn open(stream: Stream, fields: &Arc<Fields>) -> Opened {
    let (path, record) = (stream.path.clone(), stream.record.clone());
    match stream.open() {
        Ok((kind, stream)) => reader(kind, stream, fields),
        Err(error) => Opened::Item(Item::Problem(Problem::error(path, error).in_record(record))),
    }
}

fn reader(kind: Kind, stream: Stream, fields: &Arc<Fields>) -> Opened {
    if stream.depth > MAX_DEPTH && !matches!(kind, Kind::Text | Kind::Table(_) | Kind::Html | Kind::Other) {
        return problem(&stream, "an archive within too many archives");
    }
    match kind {
        Kind::JsonLines => Opened::Archive(Box::new(json_lines::JsonLines::new(stream, Arc::clone(fields)))),
        Kind::JsonValues => {
            Opened::Archive(Box::new(json_values::JsonValues::new(stream, Arc::clone(fields))))
        }
        Kind::Warc => Opened::Archive(Box::new(warc::Warc::new(stream))),
        Kind::Tar => Opened::Archive(Box::new(tar::Tar::new(stream))),
        Kind::Zip => zip::open(stream),
        Kind::Csv(delimiter) => csv::open(stream, delimiter, fields),
        Kind::Table(delimiter) => table(stream, delimiter, fields),
        Kind::Text | Kind::Html => page(stream, kind),
        #[cfg(feature = "parquet")]
        Kind::Parquet => parquet::open(stream, fields),
        #[cfg(not(feature = "parquet"))]
        Kind::Parquet => problem(&stream, "Parquet is not read by this build"),
        _ if stream.named => problem(&stream, "holds no pages: neither text nor an archive that is known"),
        _ => Opened::Nothing,
    }
}

fn page(stream: Stream, kind: Kind) -> Opened {
    Opened::Item(stream.into_page(kind).map_or_else(Item::Problem, Item::Page))
}

/// What looks like a table is one where the user names a column of it, else a page, and a note says why.
fn table(mut stream: Stream, delimiter: u8, fields: &Fields) -> Opened {
    // What was looked at stands in memory, and there is something.
    let head = stream.bytes.fill_buf().unwrap_or_default();
    if fields.text.as_ref().is_some_and(|name| names_column(head, delimiter, name)) {
        return csv::open(stream, delimiter, fields);
    }
    let what = "looks like CSV without a known text column: name it with --text-field";
    let note = Problem { severity: Severity::Note, ..stream.problem(what) };
    let page = stream.into_page(Kind::Text).map_or_else(Item::Problem, Item::Page);
    Opened::Archive(Box::new([Item::Problem(note), page].into_iter()))
}

impl Archive for std::array::IntoIter<Item, 2> {
    fn next(&mut self) -> Option<Piece> {
        Iterator::next(self).map(Piece::Item)
    }
}

fn problem(stream: &Stream, what: &str) -> Opened {
    Opened::Item(Item::Problem(stream.problem(what)))
}

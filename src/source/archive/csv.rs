//! Delimiter-separated values with a header (RFC 4180): one page a row.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Archive, Opened, Piece};
use crate::source::fields::{Columns, Fields};
use crate::source::sidecar::parse_date;
use crate::source::sniff::looks_like_html;
use crate::source::stream::{Bytes, Stream, too_large};
use crate::source::{Format, Item, MAX_PAGE_BYTES, RawPage};

struct Csv {
    stream: Stream,
    reader: Reader<Bounded>,
    columns: Columns,
    budget: Arc<AtomicU64>,
    ended: bool,
}

/// Opens a table whose rows hold pages.
pub(super) fn open(mut stream: Stream, delimiter: u8, fields: &Fields) -> Opened {
    let bytes = std::mem::replace(&mut stream.bytes, Box::new(io::empty()));
    let budget = Arc::new(AtomicU64::new(0));
    let bounded = Bounded { inner: bytes, budget: Arc::clone(&budget) };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let columns = reader.byte_headers().map_err(|error| error.to_string()).and_then(|header| {
        Columns::find(&names(header), fields)
            .ok_or_else(|| format!("no column holds a page (looked for {})", fields.text_names()))
    });
    match columns {
        Ok(columns) => Opened::Archive(Box::new(Csv { stream, reader, columns, budget, ended: false })),
        Err(what) => Opened::Item(Item::Problem(stream.problem(what))),
    }
}

/// The names of the columns.
fn names(header: &ByteRecord) -> impl Iterator<Item = &str> + Clone {
    header.iter().map(|name| {
        let name = name.strip_prefix(b"\xef\xbb\xbf").unwrap_or(name);
        std::str::from_utf8(name).unwrap_or_default().trim()
    })
}

impl Csv {
    fn page(&self, row: &ByteRecord) -> Option<RawPage<'static>> {
        let text = |column: Option<usize>| {
            let value = row.get(column?)?.trim_ascii();
            (!value.is_empty()).then(|| String::from_utf8_lossy(value).into_owned())
        };
        let bytes = row.get(self.columns.text)?.to_vec();
        let line = row.position().map_or(0, ::csv::Position::line);
        let name = text(self.columns.id).unwrap_or_else(|| line.to_string());
        Some(RawPage {
            path: self.stream.path.clone().into(),
            record: Some(self.stream.name(&name).into()),
            uri: text(self.columns.uri).map(Into::into),
            title: text(self.columns.title).map(Into::into),
            published: text(self.columns.date).and_then(|date| parse_date(&date).ok()),
            format: if looks_like_html(&bytes) { Format::Html } else { Format::Text },
            encoding: None,
            bytes: bytes.into(),
        })
    }
}

impl Archive for Csv {
    fn next(&mut self) -> Option<Piece> {
        let mut row = ByteRecord::new();
        while !self.ended {
            self.budget.store(0, Ordering::Relaxed);
            match self.reader.read_byte_record(&mut row) {
                Ok(true) => {
                    if let Some(page) = self.page(&row) {
                        return Some(Piece::Item(Item::Page(page)));
                    }
                }
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    let what = format!("the rest cannot be read: {error}");
                    return Some(Piece::Item(Item::Problem(self.stream.problem(what))));
                }
            }
        }
        None
    }
}

/// Ends a stream whose row does not end: an open quote would take the whole file into memory.
struct Bounded {
    inner: Bytes,
    budget: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        if self.budget.fetch_add(n as u64, Ordering::Relaxed) > MAX_PAGE_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a row {}", too_large())));
        }
        Ok(n)
    }
}

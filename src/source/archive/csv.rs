//! Delimiter-separated values with a header (RFC 4180): one page a row.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ::csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Archive, Opened, Piece};
use crate::source::breaks::taken;
use crate::source::fields::{Columns, Fields};
use crate::source::sidecar::parse_date;
use crate::source::stream::{Bytes, Stream, invalid, too_large};
use crate::source::{Format, Item, MAX_PAGE_BYTES, Problem, RawPage};

struct Csv {
    stream: Stream,
    reader: Reader<Bounded>,
    columns: Columns,
    watched: Arc<Watched>,
    ended: bool,
}

/// Opens a table whose rows hold pages.
pub(super) fn open(mut stream: Stream, delimiter: u8, fields: &Fields) -> Opened {
    let bytes = taken(&mut stream.bytes);
    let watched = Arc::new(Watched::default());
    let quotes = Quotes { delimiter, place: Place::Begin };
    let bounded = Bounded { inner: bytes, watched: Arc::clone(&watched), quotes };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let problem = match reader.byte_headers().map(|header| Columns::find(&names(header), fields)) {
        Ok(Some(columns)) => {
            return Opened::Archive(Box::new(Csv { stream, reader, columns, watched, ended: false }));
        }
        Ok(None) => {
            let what = format!("no column holds a page {}", fields.looked_for());
            stream.problem(what).for_want_of_a_field()
        }
        Err(error) => stream.problem(error),
    };
    Opened::Item(Item::Problem(problem))
}

/// The names of the columns.
fn names(header: &ByteRecord) -> impl Iterator<Item = &str> + Clone {
    header.iter().map(|name| {
        let name = name.strip_prefix(b"\xef\xbb\xbf").unwrap_or(name);
        std::str::from_utf8(name).unwrap_or_default().trim()
    })
}

impl Csv {
    /// The page of a row; one that ends before the text has none.
    fn page(&self, row: &ByteRecord) -> Item {
        let text = |column: Option<usize>| {
            let value = row.get(column?)?.trim_ascii();
            (!value.is_empty()).then(|| String::from_utf8_lossy(value).into_owned())
        };
        let line = row.position().map_or(0, ::csv::Position::line);
        let name = self.stream.name(&text(self.columns.id).unwrap_or_else(|| line.to_string()));
        let Some(bytes) = row.get(self.columns.text).map(<[u8]>::to_vec) else {
            return Item::Problem(Problem::without_text(self.stream.path.as_str(), name));
        };
        Item::Page(RawPage {
            path: self.stream.path.clone().into(),
            record: Some(name.into()),
            uri: text(self.columns.uri).map(Into::into),
            title: text(self.columns.title).map(Into::into),
            published: text(self.columns.date).and_then(|date| parse_date(&date).ok()),
            format: Format::of_text(&bytes),
            encoding: None,
            bytes: bytes.into(),
        })
    }

    /// Half a row may state what the whole one does not.
    fn cut_off(&self, row: &ByteRecord) -> Piece {
        let line = row.position().map_or(0, ::csv::Position::line);
        let what = format!(
            "the file ends within a quoted field, it was cut off or a quotation mark is not closed; the row that begins in \
             line {line} is left out"
        );
        Piece::Item(Item::Problem(self.stream.problem(what)))
    }
}

impl Archive for Csv {
    fn next(&mut self) -> Option<Piece> {
        let mut row = ByteRecord::new();
        while !self.ended {
            self.watched.taken.store(0, Ordering::Relaxed);
            match self.reader.read_byte_record(&mut row) {
                Ok(true) if self.watched.cut_off.load(Ordering::Relaxed) => {
                    self.ended = true;
                    return Some(self.cut_off(&row));
                }
                Ok(true) => return Some(Piece::Item(self.page(&row))),
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

/// What is known of the bytes that the reader was given.
#[derive(Default)]
struct Watched {
    /// How many, since the last row.
    taken: AtomicU64,
    /// They ended within quotes, so the row that follows, the last one, is not whole.
    cut_off: AtomicBool,
}

/// Ends a stream whose row does not end: an open quote would take the whole file into memory.
struct Bounded {
    inner: Bytes,
    watched: Arc<Watched>,
    quotes: Quotes,
}

impl Read for Bounded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        self.quotes.pass(&to[..n]);
        if n == 0 && !to.is_empty() && self.quotes.place == Place::Quoted {
            self.watched.cut_off.store(true, Ordering::Relaxed);
        }
        if self.watched.taken.fetch_add(n as u64, Ordering::Relaxed) > MAX_PAGE_BYTES {
            return Err(invalid(format!("a row {}", too_large())));
        }
        Ok(n)
    }
}

/// Follows quotes as the reader does, which does not say that it met the end within them.
struct Quotes {
    delimiter: u8,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the first byte of all, perhaps of a byte order mark.
    Begin,
    /// Where a field may begin with a quote.
    Start,
    /// In a field without quotes, or behind its quotes.
    Plain,
    Quoted,
    /// Behind a quote within quotes: it closes them, or another follows and both stand for one.
    Quote,
}

impl Quotes {
    fn pass(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        if self.place == Place::Begin && !rest.is_empty() {
            rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
            self.place = Place::Start;
        }
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            self.place = match (self.place, byte) {
                (Place::Quoted, b'"') => Place::Quote,
                (Place::Quoted, _) => {
                    // Most of a page is passed over at once.
                    rest = &rest[memchr::memchr(b'"', rest).unwrap_or(rest.len())..];
                    Place::Quoted
                }
                (Place::Start | Place::Quote, b'"') => Place::Quoted,
                (_, b'\r' | b'\n') => Place::Start,
                (_, byte) if byte == self.delimiter => Place::Start,
                _ => Place::Plain,
            };
        }
    }
}

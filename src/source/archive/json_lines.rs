//! JSON Lines: one object a line. A broken line costs only itself.

use std::sync::Arc;

use super::{Archive, Piece};
use crate::source::breaks::{Breaks, lost};
use crate::source::fields::Fields;
use crate::source::json::{JsonFile, JsonRecord};
use crate::source::stream::{Line, Stream, read_line, too_large};
use crate::source::{Item, MAX_PAGE_BYTES};

pub(super) struct JsonLines {
    stream: Stream,
    file: Arc<JsonFile>,
    line: u64,
    offset: u64,
    records: u64,
    breaks: Breaks,
    ended: bool,
}

impl JsonLines {
    pub(super) fn new(stream: Stream, fields: Arc<Fields>) -> Self {
        let file = JsonFile::new(&stream, fields);
        Self { stream, file, line: 0, offset: 0, records: 0, breaks: Breaks::default(), ended: false }
    }

    fn record(&mut self, mut bytes: Vec<u8>, offset: u64) -> Item {
        if self.line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        self.records += 1;
        if self.records == 1 {
            self.file.begin(&bytes);
        }
        Item::Json(JsonRecord {
            file: Arc::clone(&self.file),
            name: self.stream.name(&self.line.to_string()),
            first: self.records == 1,
            offset,
            bytes,
        })
    }

    /// The stream failed within a line. What can be read after that, such as the next member of a gzip file, is read.
    fn failed(&mut self, error: &std::io::Error) -> Item {
        self.ended = self.breaks.again(self.offset);
        let rest = lost(&mut self.stream.bytes, self.ended, "a line is lost");
        self.problem(format!("{rest}: {error}"), self.offset)
    }

    fn problem(&mut self, what: impl std::fmt::Display, offset: u64) -> Item {
        Item::Problem(self.stream.problem(what).at(offset))
    }
}

impl Archive for JsonLines {
    fn next(&mut self) -> Option<Piece> {
        while !self.ended {
            let (mut bytes, start) = (Vec::new(), self.offset);
            self.line += 1;
            let line = read_line(&mut self.stream.bytes, &mut bytes, MAX_PAGE_BYTES, &mut self.offset);
            let item = match line {
                Ok(Line::Whole) if bytes.trim_ascii().is_empty() => continue,
                Ok(Line::Whole) => self.record(bytes, start),
                Ok(Line::TooLong) => self.problem(format!("line {}: {}", self.line, too_large()), start),
                Ok(Line::End) => return None,
                Err(error) => self.failed(&error),
            };
            return Some(Piece::Item(item));
        }
        None
    }
}

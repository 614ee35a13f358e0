//! A JSON array of objects, or objects over several lines, cut into its objects without parsing them.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::{Archive, Piece};
use crate::source::fields::Fields;
use crate::source::json::JsonRecord;
use crate::source::stream::{Stream, too_large};
use crate::source::{Item, MAX_PAGE_BYTES};

pub(super) struct JsonValues {
    stream: Stream,
    path: Arc<str>,
    fields: Arc<Fields>,
    offset: u64,
    records: u64,
    ended: bool,
}

/// Where in an object the scan is.
#[derive(Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Takes one byte; true where it ends the object.
    fn step(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => return false,
        }
        self.depth == 0 && !self.in_string
    }
}

/// What [`JsonValues::cut`] found.
enum Cut {
    Object,
    TooLarge,
    /// The stream ends within an object.
    Broken,
    End,
}

impl JsonValues {
    pub(super) fn new(stream: Stream, fields: Arc<Fields>) -> Self {
        let path = stream.path.as_str().into();
        Self { stream, path, fields, offset: 0, records: 0, ended: false }
    }

    /// Skips what stands between objects: white space, commas, the brackets of the array, and anything broken.
    fn find_object(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.stream.bytes.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let at = memchr::memchr(b'{', buffer);
            let n = at.unwrap_or(buffer.len());
            self.stream.bytes.consume(n);
            self.offset += n as u64;
            if at.is_some() {
                return Ok(true);
            }
        }
    }

    fn cut(&mut self, to: &mut Vec<u8>) -> io::Result<Cut> {
        if !self.find_object()? {
            return Ok(Cut::End);
        }
        let mut scan = Scan::default();
        let mut size = 0;
        loop {
            let buffer = self.stream.bytes.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Cut::Broken);
            }
            let end = buffer.iter().position(|&byte| scan.step(byte));
            let n = end.map_or(buffer.len(), |end| end + 1);
            size += n as u64;
            if size <= MAX_PAGE_BYTES {
                to.extend_from_slice(&buffer[..n]);
            }
            self.stream.bytes.consume(n);
            self.offset += n as u64;
            if end.is_some() {
                return Ok(if size <= MAX_PAGE_BYTES { Cut::Object } else { Cut::TooLarge });
            }
        }
    }

    fn record(&mut self, bytes: Vec<u8>, offset: u64) -> Item {
        Item::Json(JsonRecord {
            path: Arc::clone(&self.path),
            name: self.stream.name(&self.records.to_string()),
            first: self.records == 1,
            wanted: self.stream.named || self.fields.text.is_some(),
            fields: Arc::clone(&self.fields),
            offset,
            bytes,
        })
    }
}

impl Archive for JsonValues {
    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        let mut bytes = Vec::new();
        let cut = self.cut(&mut bytes);
        self.records += 1;
        let start = self.offset.saturating_sub(bytes.len() as u64);
        let problem = |what: String| Item::Problem(self.stream.problem(what).at(start));
        let item = match cut {
            Ok(Cut::Object) => self.record(bytes, start),
            Ok(Cut::TooLarge) => problem(too_large()),
            Ok(Cut::End) => return None,
            Ok(Cut::Broken) => {
                self.ended = true;
                problem("ends within an object".to_owned())
            }
            Err(error) => {
                self.ended = true;
                problem(format!("the rest cannot be read: {error}"))
            }
        };
        Some(Piece::Item(item))
    }
}

//! A JSON array of objects, or objects over several lines, cut into its objects without parsing them.
//!
//! A lost quotation mark makes an object run to the end of the file. The reader then goes back to the first place after
//! its beginning that looks like the beginning of another object.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::{Archive, Piece};
use crate::source::breaks::{Breaks, is_over, lost, unread};
use crate::source::fields::Fields;
use crate::source::json::{JsonFile, JsonRecord};
use crate::source::stream::{Stream, too_large};
use crate::source::{Item, MAX_PAGE_BYTES};

pub(super) struct JsonValues {
    stream: Stream,
    file: Arc<JsonFile>,
    offset: u64,
    records: u64,
    breaks: Breaks,
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
        let file = JsonFile::new(&stream, fields);
        Self { stream, file, offset: 0, records: 0, breaks: Breaks::default(), ended: false }
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
        loop {
            let buffer = self.stream.bytes.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Cut::Broken);
            }
            let end = buffer.iter().position(|&byte| scan.step(byte));
            let closed = end.is_none_or(|end| buffer[end] == b'}');
            let n = end.map_or(buffer.len(), |end| end + 1);
            to.extend_from_slice(&buffer[..n]);
            self.stream.bytes.consume(n);
            self.offset += n as u64;
            if to.len() as u64 > MAX_PAGE_BYTES {
                return Ok(Cut::TooLarge);
            }
            if end.is_some() {
                return Ok(if closed { Cut::Object } else { Cut::Broken });
            }
        }
    }

    fn record(&mut self, bytes: Vec<u8>, offset: u64) -> Item {
        if self.records == 1 {
            self.file.begin(&bytes);
        }
        Item::Json(JsonRecord {
            file: Arc::clone(&self.file),
            name: self.stream.name(&self.records.to_string()),
            first: self.records == 1,
            offset,
            bytes,
        })
    }

    /// Goes back to where another object seems to begin within `bytes`, the object that starts at `start` and does not
    /// end: `what` says why.
    fn recover(&mut self, mut bytes: Vec<u8>, what: &str, start: u64) -> Item {
        let next = next_object(&bytes).map(|at| bytes.split_off(at));
        let next = next.filter(|next| self.breaks.may_reread(next.len(), self.offset));
        let rest = match next {
            Some(next) => {
                self.offset -= next.len() as u64;
                unread(&mut self.stream.bytes, next);
                format!("reading goes on at byte {}", self.offset)
            }
            None if is_over(&mut self.stream.bytes) => "all from here on is lost".to_owned(),
            None => "an object is lost".to_owned(),
        };
        Item::Problem(self.stream.problem(format!("{what}; {rest}")).at(start))
    }

    /// The stream failed; what can be read after that is read.
    fn failed(&mut self, error: &io::Error) -> Item {
        self.ended = self.breaks.again(self.offset);
        let rest = lost(&mut self.stream.bytes, self.ended, "an object is lost");
        Item::Problem(self.stream.problem(format!("{rest}: {error}")).at(self.offset))
    }
}

/// Where, after the first byte, an object of the array seems to begin: `{` and a key after a comma or a line break.
fn next_object(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'{', bytes).skip(1).find(|&at| {
        let before = bytes[..at].trim_ascii_end();
        let own_line = memchr::memchr(b'\n', &bytes[before.len()..at]).is_some();
        let after_object = before.strip_suffix(b",").is_some_and(|b| b.trim_ascii_end().ends_with(b"}"));
        (own_line || after_object) && bytes[at + 1..].trim_ascii_start().starts_with(b"\"")
    })
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
        Some(Piece::Item(match cut {
            Ok(Cut::Object) => self.record(bytes, start),
            Ok(Cut::TooLarge) => self.recover(bytes, &too_large(), start),
            Ok(Cut::End) => return None,
            Ok(Cut::Broken) => self.recover(bytes, "ends within an object", start),
            Err(error) => self.failed(&error),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_begin_after_commas_and_line_breaks() {
        assert_eq!(next_object(br#"{"a":"x},{"b":1}"#), Some(9));
        assert_eq!(next_object(b"{\"a\":\"x}\n  { \"b\":1}"), Some(11));
        assert_eq!(next_object(br#"{"a":{"b":{}}, "c": "{x}"#), None);
    }
}

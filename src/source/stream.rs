//! Streams of bytes with a name, and reading them piecewise within bounds.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;

use super::sniff::{self, Kind};
use super::{MAX_PAGE_BYTES, Problem, RawPage, decompress};

/// A stream that can be sent to another thread.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// A stream, where it is from, and what it holds.
pub(super) struct Stream {
    /// The file as the user named it.
    pub(super) path: String,
    /// The entry of the archive that it is in.
    pub(super) record: Option<String>,
    /// The user named it himself, so that it should hold pages.
    pub(super) named: bool,
    /// How many archives it is in.
    pub(super) depth: u8,
    /// The file that the bytes are, as they are.
    pub(super) seekable: Option<PathBuf>,
    pub(super) bytes: Bytes,
}

impl Stream {
    /// What the user named `path`.
    pub(super) fn named(path: String, bytes: Bytes) -> Self {
        Self { path, record: None, named: true, depth: 0, seekable: None, bytes }
    }

    /// Decompresses as long as it is compressed, and tells what it holds.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn open(mut self) -> io::Result<(Kind, Self)> {
        for _ in 0..=MAX_LAYERS {
            let (kind, bytes) = peek(self.bytes);
            match decompress::open(kind, bytes)? {
                Ok(inner) => (self.bytes, self.seekable) = (inner, None),
                Err(plain) => return Ok((kind, Self { bytes: plain, ..self })),
            }
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "compressed too many times over"))
    }

    /// The whole stream as one page.
    ///
    /// # Errors
    /// Where it cannot be read or is larger than a page may be.
    pub(super) fn into_page(mut self, kind: Kind) -> Result<RawPage<'static>, Problem> {
        let mut bytes = Vec::new();
        let read = (&mut self.bytes).take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.problem(error))?;
        if bytes.len() as u64 > MAX_PAGE_BYTES {
            return Err(self.problem(too_large()));
        }
        let format = if kind == Kind::Html { super::Format::Html } else { super::Format::Text };
        Ok(RawPage {
            path: self.path.into(),
            record: self.record.map(Into::into),
            format,
            bytes: bytes.into(),
            ..RawPage::default()
        })
    }

    /// A problem with this stream.
    pub(super) fn problem(&self, what: impl std::fmt::Display) -> Problem {
        Problem::error(self.path.as_str(), what).in_record(self.record.as_deref())
    }

    /// The stream of the entry `name` of the archive that this stream is.
    pub(super) fn inner(&self, name: &str, bytes: Bytes) -> Self {
        Self {
            path: self.path.clone(),
            record: Some(self.name(name)),
            named: false,
            depth: self.depth + 1,
            seekable: None,
            bytes,
        }
    }

    /// The name of a record within this stream.
    pub(super) fn name(&self, record: &str) -> String {
        match &self.record {
            Some(outer) => format!("{outer}/{record}"),
            None => record.to_owned(),
        }
    }
}

/// The bytes, decompressed as long as they are compressed.
///
/// # Errors
/// Where they cannot be read.
pub(crate) fn decompressed(bytes: Bytes) -> io::Result<Bytes> {
    let stream = Stream { path: String::new(), record: None, named: true, depth: 0, seekable: None, bytes };
    stream.open().map(|(_, stream)| stream.bytes)
}

/// How often a stream may be compressed over.
const MAX_LAYERS: usize = 3;

fn peek(mut bytes: Bytes) -> (Kind, Bytes) {
    let mut head = Vec::with_capacity(sniff::HEAD);
    let read = (&mut bytes).take(sniff::HEAD as u64).read_to_end(&mut head);
    let kind = sniff::sniff(&head);
    if let Err(error) = read {
        // What could be read before a stream breaks is read; the error comes after it, and then what can be read again.
        // Where the break is at the very beginning, only that tells what the stream is.
        let failing = BufReader::new(Failing(Some(error)));
        let (later, bytes) = match kind {
            Kind::Text | Kind::Table(_) | Kind::Other => next_kind(bytes),
            known => (known, bytes),
        };
        let kind = if is_archive(later) { later } else { kind };
        return (kind, Box::new(Cursor::new(head).chain(failing).chain(bytes)));
    }
    if head.len() < sniff::HEAD {
        return (kind, Box::new(Cursor::new(head)));
    }
    (kind, Box::new(Cursor::new(head).chain(bytes)))
}

/// How many breaks at the beginning of a stream are passed over.
const MAX_BREAKS: usize = 16;

/// What a stream that broke goes on with.
fn next_kind(mut bytes: Bytes) -> (Kind, Bytes) {
    let mut before: Bytes = Box::new(io::empty());
    for _ in 0..MAX_BREAKS {
        let mut head = Vec::new();
        let read = (&mut bytes).take(sniff::HEAD as u64).read_to_end(&mut head);
        let kind = sniff::sniff(&head);
        let over = head.is_empty() && read.is_ok();
        let failing = BufReader::new(Failing(read.err()));
        before = Box::new(before.chain(Cursor::new(head)).chain(failing));
        if over || is_archive(kind) {
            return (kind, Box::new(before.chain(bytes)));
        }
    }
    (Kind::Other, Box::new(before.chain(bytes)))
}

fn is_archive(kind: Kind) -> bool {
    matches!(kind, Kind::Warc | Kind::JsonLines | Kind::JsonValues | Kind::Tar)
}

/// Whether nothing follows a failure. If what follows fails, too, it will do so again where it is read.
fn is_over(bytes: &mut Bytes) -> bool {
    match bytes.fill_buf() {
        Ok(rest) => rest.is_empty(),
        Err(error) => {
            let rest = std::mem::replace(bytes, Box::new(io::empty()));
            *bytes = Box::new(BufReader::new(Failing(Some(error))).chain(rest));
            false
        }
    }
}

/// What is said to be lost where a stream failed: `one` record, or all that follows. Where it failed `again` at the same
/// place, it is given up.
pub(super) fn lost(bytes: &mut Bytes, again: bool, one: &'static str) -> &'static str {
    if again {
        "the rest cannot be read"
    } else if is_over(bytes) {
        "all from here on is lost"
    } else {
        one
    }
}

/// Fails once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

pub(super) fn too_large() -> String {
    format!("larger than a page may be ({} MiB)", MAX_PAGE_BYTES >> 20)
}

/// A line read by [`read_line`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, with its end.
    Whole,
    /// A line longer than the bound; the rest of it was skipped.
    TooLong,
    /// The end of the stream.
    End,
}

/// Appends the next line to `to`, at most `bound` bytes of it. `read` grows by the bytes consumed.
///
/// # Errors
/// Where the stream cannot be read.
pub(super) fn read_line(
    from: &mut dyn BufRead,
    to: &mut Vec<u8>,
    bound: u64,
    read: &mut u64,
) -> io::Result<Line> {
    let before = to.len();
    let outcome = from.take(bound).read_until(b'\n', to);
    *read += (to.len() - before) as u64;
    let got = outcome? as u64;
    if got == 0 {
        return Ok(Line::End);
    }
    if got < bound || to.ends_with(b"\n") {
        return Ok(Line::Whole);
    }
    *read += skip_line(from)?;
    Ok(Line::TooLong)
}

fn skip_line(from: &mut dyn BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let end = memchr::memchr(b'\n', buffer);
        let n = end.map_or(buffer.len(), |end| end + 1);
        from.consume(n);
        skipped += n as u64;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}

/// Skips `count` bytes; gives how many were there.
///
/// # Errors
/// Where the stream cannot be read.
pub(super) fn skip(from: &mut dyn BufRead, count: u64) -> io::Result<u64> {
    io::copy(&mut from.take(count), &mut io::sink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_and_skipped() {
        let mut from = Cursor::new(b"abc\nabcdefghij\nxyz".to_vec());
        let mut read = 0;
        let mut next = |bound| {
            let mut to = Vec::new();
            (read_line(&mut from, &mut to, bound, &mut read).unwrap(), to)
        };
        assert_eq!(next(6), (Line::Whole, b"abc\n".to_vec()));
        assert_eq!(next(6), (Line::TooLong, b"abcdef".to_vec()));
        assert_eq!(next(6), (Line::Whole, b"xyz".to_vec()));
        assert_eq!(next(6).0, Line::End);
        assert_eq!(read, 18);
    }
}

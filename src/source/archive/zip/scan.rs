//! Entries by their local headers, where the directory is missing or wrong, as in a file that was cut off.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use memchr::memmem;

use super::content::content;
use super::{Archive, Piece};
use crate::source::Item;
use crate::source::archive::seekable::{BUFFER, Origin};
use crate::source::stream::{Bytes, Stream, invalid};

/// What a local header starts with, and its length without name and extra field (APPNOTE 4.3.7).
const SIGNATURE: &[u8] = b"PK\x03\x04";
const HEADER: usize = 30;
/// Longest name that is believed, in bytes.
const MAX_NAME: usize = 4096;
/// The entry's size stands behind its data.
const SIZE_FOLLOWS: u16 = 8;
const ENCRYPTED: u16 = 1;

pub(super) struct ZipScan {
    stream: Stream,
    origin: Origin,
    /// Where the next header is looked for.
    next: u64,
    size: u64,
    entries: u64,
    /// What is wrong with the directory, until it is told.
    why: Option<String>,
}

/// A local header.
struct Local {
    flags: u16,
    method: u16,
    crc: u32,
    /// Compressed size; 0 where it is not known.
    size: u64,
    name: String,
    data: u64,
}

impl ZipScan {
    /// Reads the entries of `stream`, whose bytes are `origin`, from byte `next` on; `why` says what is wrong with the
    /// directory.
    pub(super) fn new(stream: Stream, origin: Origin, next: u64, why: &impl ToString) -> io::Result<Self> {
        let size = origin.open()?.seek(SeekFrom::End(0))?;
        Ok(Self { stream, origin, next, size, entries: 0, why: Some(why.to_string()) })
    }

    /// The next header; `None` at the end.
    fn find(&mut self) -> io::Result<Option<Local>> {
        let mut from = self.origin.open()?;
        from.seek(SeekFrom::Start(self.next))?;
        let mut from = BufReader::with_capacity(BUFFER, from);
        let mut window = Vec::new();
        loop {
            let buffer = from.fill_buf()?;
            let n = buffer.len();
            window.extend_from_slice(buffer);
            from.consume(n);
            let mut at = 0;
            while let Some(found) = memmem::find(&window[at..], SIGNATURE) {
                at += found;
                if n > 0 && window.len() - at < HEADER + MAX_NAME {
                    break;
                }
                if let Some(local) = parse(&window[at..], self.next + at as u64) {
                    self.next = self.after(&local)?;
                    return Ok(Some(local));
                }
                at += 1;
            }
            if n == 0 {
                return Ok(None);
            }
            let keep = if window[at..].starts_with(SIGNATURE) { at } else { window.len().saturating_sub(3) };
            self.next += keep as u64;
            window.drain(..keep);
        }
    }

    /// Where to look for the header after `local`: behind its data, which may hold what looks like one, if the data ends
    /// where it should.
    fn after(&self, local: &Local) -> io::Result<u64> {
        let end = local.data.saturating_add(local.size);
        if local.size == 0 || end > self.size {
            return Ok(local.data);
        }
        let mut from = self.origin.open()?;
        from.seek(SeekFrom::Start(end))?;
        let mut next = Vec::new();
        from.take(2).read_to_end(&mut next)?;
        Ok(if b"PK".starts_with(&next) { end } else { local.data })
    }

    fn entry(&self, local: &Local) -> io::Result<Bytes> {
        if local.flags & ENCRYPTED != 0 {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "is encrypted"));
        }
        let known = local.flags & SIZE_FOLLOWS == 0;
        if !known && local.method == 0 && local.size == 0 {
            return Err(invalid("its size is not known"));
        }
        let mut from = self.origin.open()?;
        from.seek(SeekFrom::Start(local.data))?;
        let size = if local.size > 0 || known { local.size } else { u64::MAX };
        let stored = Box::new(BufReader::with_capacity(BUFFER, from).take(size));
        content(local.method, stored, known.then_some(local.crc))
    }
}

fn parse(bytes: &[u8], at: u64) -> Option<Local> {
    let header = bytes.get(..HEADER)?;
    let short = |i: usize| u16::from_le_bytes([header[i], header[i + 1]]);
    let long = |i: usize| u32::from(short(i)) | u32::from(short(i + 2)) << 16;
    let (flags, method) = (short(6), short(8));
    let (name, extra) = (usize::from(short(26)), usize::from(short(28)));
    let plausible = short(4) & 0xff <= 63 && method <= 99 && (1..=MAX_NAME).contains(&name);
    let name = bytes.get(HEADER..HEADER + name).filter(|_| plausible)?;
    Some(Local {
        flags,
        method,
        crc: long(14),
        // All ones: the size stands in the extra field; then the data tells.
        size: Some(u64::from(long(18))).filter(|size| *size < u64::from(u32::MAX)).unwrap_or(0),
        name: String::from_utf8_lossy(name).into_owned(),
        data: at + (HEADER + name.len() + extra) as u64,
    })
}

impl Archive for ZipScan {
    fn next(&mut self) -> Option<Piece> {
        let problem = |this: &Self, what: String| Some(Piece::Item(Item::Problem(this.stream.problem(what))));
        if let Some(why) = self.why.take() {
            let what = format!("a ZIP archive with a broken directory ({why}); what is found of it is read");
            return problem(self, what);
        }
        loop {
            let local = match self.find() {
                Ok(local) => local?,
                Err(error) => {
                    self.next = self.size;
                    return problem(self, format!("the rest cannot be read: {error}"));
                }
            };
            self.entries += 1;
            if local.name.ends_with('/') {
                continue;
            }
            return match self.entry(&local) {
                Ok(bytes) => Some(Piece::Stream(self.stream.inner(&local.name, bytes))),
                Err(error) => problem(self, format!("entry {}: {error}", self.entries)),
            };
        }
    }
}

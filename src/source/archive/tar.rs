//! tar archives (POSIX ustar and pax, and GNU long names), read as a stream.
//!
//! Where a header is broken, the reader goes on at the next place that holds a whole one.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Archive, Piece};
use crate::source::Item;
use crate::source::breaks::{Breaks, taken, unread};
use crate::source::stream::{Bytes, Stream, invalid, skip};

const BLOCK: u64 = 512;
/// Where the magic word stands in a header.
const MAGIC_AT: usize = 257;
/// Longest name that an extended header may give, in bytes.
const MAX_NAME: u64 = 16 << 10;

pub(super) struct Tar {
    stream: Stream,
    /// The archive itself, and how much of the current entry is left; the entry's stream reads from it too.
    shared: Arc<Mutex<Shared>>,
    breaks: Breaks,
    /// What comes next may be the middle of something.
    lost: bool,
    ended: bool,
}

struct Shared {
    bytes: Recent,
    /// Bytes of the current entry that are not read yet.
    left: u64,
    /// Bytes that fill up its last block.
    padding: u64,
    /// Blocks that were tried as headers.
    headers: u64,
}

/// What matters of a header.
struct Header {
    name: String,
    size: u64,
    kind: u8,
}

impl Tar {
    pub(super) fn new(mut stream: Stream) -> Self {
        let bytes = taken(&mut stream.bytes);
        let shared = Arc::new(Mutex::new(Shared {
            bytes: Recent { inner: bytes, kept: Vec::new() },
            left: 0,
            padding: 0,
            headers: 0,
        }));
        Self { stream, shared, breaks: Breaks::default(), lost: false, ended: false }
    }

    /// The next regular file.
    fn step(&mut self) -> io::Result<Option<Stream>> {
        let mut long_name = None;
        loop {
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            if self.lost {
                (shared.left, shared.padding) = (0, 0);
                shared.resync()?;
                self.lost = false;
            }
            shared.finish_entry()?;
            let Some(header) = shared.header()? else { return Ok(None) };
            match header.kind {
                b'L' => long_name = Some(shared.text()?),
                b'x' => long_name = pax_path(&shared.text()?).or(long_name),
                b'0' | 0 => {
                    drop(shared);
                    return Ok(Some(self.entry(&long_name.unwrap_or(header.name))));
                }
                _ => long_name = None,
            }
        }
    }

    fn entry(&self, name: &str) -> Stream {
        let bytes = Box::new(BufReader::with_capacity(64 << 10, Entry(Arc::clone(&self.shared))));
        self.stream.inner(name, bytes)
    }
}

impl Shared {
    fn finish_entry(&mut self) -> io::Result<()> {
        let rest = self.left + self.padding;
        if skip(&mut self.bytes, rest)? < rest && self.left > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (self.left, self.padding) = (0, 0);
        Ok(())
    }

    /// Goes to what looks like a header, perhaps within what was taken for the end of an entry.
    fn resync(&mut self) -> io::Result<()> {
        let mut window = std::mem::take(&mut self.bytes.kept);
        loop {
            let before = window.len();
            (&mut self.bytes.inner).take(64 << 10).read_to_end(&mut window)?;
            let ended = window.len() == before;
            let mut found =
                memchr::memmem::find_iter(&window, b"ustar").filter_map(|at| at.checked_sub(MAGIC_AT));
            let header =
                found.find(|&at| window.get(at..at + BLOCK as usize).is_some_and(|b| parse(b).is_some()));
            if header.is_some() || ended {
                window.drain(..header.unwrap_or(window.len()));
                unread(&mut self.bytes.inner, window);
                return Ok(());
            }
            window.drain(..window.len().saturating_sub(BLOCK as usize));
        }
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        self.headers += 1;
        let mut block = Vec::with_capacity(BLOCK as usize);
        (&mut self.bytes).take(BLOCK).read_to_end(&mut block)?;
        if block.iter().all(|&b| b == 0) {
            return Ok(None);
        }
        let header = parse(&block).ok_or_else(|| invalid("a broken header"))?;
        self.bytes.kept.clear();
        self.left = header.size;
        self.padding = header.size.next_multiple_of(BLOCK) - header.size;
        Ok(Some(header))
    }

    fn text(&mut self) -> io::Result<String> {
        let mut text = Vec::new();
        let taken = (&mut self.bytes).take(self.left.min(MAX_NAME)).read_to_end(&mut text)?;
        self.left -= taken as u64;
        Ok(String::from_utf8_lossy(&text).trim_end_matches('\0').to_owned())
    }
}

/// A stream that remembers what was read last.
struct Recent {
    inner: Bytes,
    kept: Vec<u8>,
}

/// Bytes that are remembered.
const KEPT: usize = 64 << 10;

impl Read for Recent {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        self.kept.extend_from_slice(&to[n.saturating_sub(KEPT)..n]);
        self.trim();
        Ok(n)
    }
}

impl BufRead for Recent {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        // It was filled by the call before.
        if let Ok(buffer) = self.inner.fill_buf() {
            self.kept.extend_from_slice(&buffer[n.saturating_sub(KEPT)..n]);
        }
        self.trim();
        self.inner.consume(n);
    }
}

impl Recent {
    fn trim(&mut self) {
        if self.kept.len() > 4 * KEPT {
            self.kept.drain(..self.kept.len() - KEPT);
        }
    }
}

fn parse(block: &[u8]) -> Option<Header> {
    if block.len() < BLOCK as usize || octal(&block[148..156])? != checksum(block) {
        return None;
    }
    let text = |from: usize, to: usize| {
        let field = &block[from..to];
        let end = memchr::memchr(0, field).unwrap_or(field.len());
        String::from_utf8_lossy(&field[..end]).into_owned()
    };
    let (prefix, name) = (text(345, 500), text(0, 100));
    let posix = &block[257..263] == b"ustar\0";
    let name = if posix && !prefix.is_empty() { format!("{prefix}/{name}") } else { name };
    let size = number(&block[124..136]).filter(|size| *size < 1 << 62)?;
    Some(Header { name, size, kind: block[156] })
}

/// The sum of all bytes, with the field of the sum itself taken as blanks.
fn checksum(block: &[u8]) -> u64 {
    let sum: u64 = block.iter().map(|&b| u64::from(b)).sum();
    sum - block[148..156].iter().map(|&b| u64::from(b)).sum::<u64>() + 8 * u64::from(b' ')
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}

/// Octal, or binary where the first bit is set (GNU, for large files).
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 == 0 {
        return octal(field);
    }
    Some(field[4..].iter().fold(0, |sum, &b| sum << 8 | u64::from(b)))
}

/// The `path` of a pax header: lines of `LENGTH KEY=VALUE`.
fn pax_path(text: &str) -> Option<String> {
    text.lines().find_map(|line| line.split_once(' ')?.1.strip_prefix("path=").map(str::to_owned))
}

/// The stream of the current entry.
struct Entry(Arc<Mutex<Shared>>);

impl Read for Entry {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.left == 0 {
            return Ok(0);
        }
        let most = usize::try_from(shared.left).unwrap_or(usize::MAX).min(to.len());
        let buffer = shared.bytes.fill_buf()?;
        if buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let n = most.min(buffer.len());
        to[..n].copy_from_slice(&buffer[..n]);
        shared.bytes.consume(n);
        shared.left -= n as u64;
        Ok(n)
    }
}

impl Archive for Tar {
    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        match self.step() {
            Ok(Some(entry)) => Some(Piece::Stream(entry)),
            Ok(None) => None,
            Err(error) => {
                let headers = self.shared.lock().unwrap_or_else(PoisonError::into_inner).headers;
                (self.ended, self.lost) = (self.breaks.again(headers), true);
                let rest = if self.ended { "the rest of the archive" } else { "a part of the archive" };
                let what = format!("{rest} cannot be read: {error}");
                Some(Piece::Item(Item::Problem(self.stream.problem(what))))
            }
        }
    }
}

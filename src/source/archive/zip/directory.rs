//! ZIP archives. Entries are read by the central directory, or by their own headers where it is missing; their names are
//! names of records only, never of files.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use ::zip::{CompressionMethod, ZipArchive};
use flate2::Crc;

use super::zip_scan::ZipScan;
use super::{Archive, Opened, Piece};
use crate::source::stream::{Bytes, Stream, too_large};
use crate::source::{Item, MAX_PAGE_BYTES, Problem, decompress};

/// Bytes that are read at once.
pub(super) const BUFFER: usize = 64 << 10;

struct Zip {
    /// Where it is from; its bytes are empty.
    stream: Stream,
    origin: Origin,
    archive: Directory,
    next: usize,
    /// Where the entries that were read end.
    end: u64,
    /// Reads the rest where the directory turned out to be wrong.
    scan: Option<ZipScan>,
}

type Directory = ZipArchive<Box<dyn ReadSeek>>;

pub(super) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Where the bytes of the archive can be read again for each entry.
#[derive(Clone)]
pub(super) enum Origin {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

impl Origin {
    pub(super) fn of(stream: &mut Stream) -> io::Result<Self> {
        if let Some(path) = stream.seekable.take() {
            return Ok(Self::File(path));
        }
        let mut bytes = Vec::new();
        (&mut stream.bytes).take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_PAGE_BYTES {
            let what = format!("within a stream it is {}; unpack it first", too_large());
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
        }
        Ok(Self::Memory(bytes.into()))
    }

    pub(super) fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::with_capacity(BUFFER, File::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// Opens a ZIP archive: a file by its name, one that is a stream (such as one within another archive) from memory.
pub(super) fn open(mut stream: Stream) -> Opened {
    match open_archive(&mut stream) {
        Ok((origin, Some(archive))) => {
            Opened::Archive(Box::new(Zip { stream, origin, archive, next: 0, end: 0, scan: None }))
        }
        Ok((origin, None)) => {
            let name = (stream.path.clone(), stream.record.clone());
            match ZipScan::new(stream, origin, 0) {
                Ok(scan) => Opened::Archive(Box::new(scan)),
                Err(error) => Opened::Item(Item::Problem(Problem::error(name.0, error).in_record(name.1))),
            }
        }
        Err(error) => {
            let what = format!("a ZIP archive that cannot be read: {error}");
            Opened::Item(Item::Problem(stream.problem(what)))
        }
    }
}

/// The archive, if it has a directory.
fn open_archive(stream: &mut Stream) -> io::Result<(Origin, Option<Directory>)> {
    let origin = Origin::of(stream)?;
    stream.bytes = Box::new(io::empty());
    let archive = ZipArchive::new(origin.open()?).ok();
    Ok((origin, archive))
}

/// The content of an entry from its stored bytes; an error ends it where its checksum is not `crc`.
pub(super) fn content(method: u16, stored: Bytes, crc: Option<u32>) -> io::Result<Bytes> {
    let content = match method {
        0 => stored,
        8 => decompress::deflate(stored),
        other => {
            let what = format!("is compressed by method {other}");
            return Err(io::Error::new(io::ErrorKind::Unsupported, what));
        }
    };
    let Some(wanted) = crc else { return Ok(content) };
    Ok(Box::new(BufReader::with_capacity(BUFFER, Checked { inner: content, crc: Crc::new(), wanted })))
}

/// Fails at the end where the checksum is wrong.
struct Checked {
    inner: Bytes,
    crc: Crc,
    wanted: u32,
}

impl Read for Checked {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(to)?;
        self.crc.update(&to[..n]);
        if n == 0 && !to.is_empty() && self.crc.sum() != self.wanted {
            self.wanted = self.crc.sum();
            return Err(io::Error::new(io::ErrorKind::InvalidData, "has a wrong checksum"));
        }
        Ok(n)
    }
}

impl Zip {
    /// The entry `index` as a stream; `None` for a folder.
    fn entry(&mut self, index: usize) -> io::Result<Option<(String, Bytes)>> {
        let entry = self.archive.by_index_raw(index)?;
        if entry.is_dir() {
            return Ok(None);
        }
        if entry.encrypted() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "is encrypted"));
        }
        let name = entry.name()?.into_owned();
        let (method, size, crc) = (entry.compression(), entry.compressed_size(), entry.crc32());
        let start = entry.data_start().ok_or(io::ErrorKind::InvalidData)?;
        drop(entry);
        self.end = self.end.max(start + size);
        let mut from = self.origin.open()?;
        from.seek(SeekFrom::Start(start))?;
        let stored: Bytes = Box::new(BufReader::with_capacity(BUFFER, from).take(size));
        let method = match method {
            CompressionMethod::Stored => 0,
            CompressionMethod::Deflated => 8,
            other => {
                return Err(io::Error::new(io::ErrorKind::Unsupported, format!("is compressed by {other}")));
            }
        };
        Ok(Some((name, content(method, stored, Some(crc))?)))
    }
}

impl Archive for Zip {
    fn next(&mut self) -> Option<Piece> {
        if let Some(scan) = &mut self.scan {
            return scan.next();
        }
        while self.next < self.archive.len() {
            let index = self.next;
            self.next += 1;
            match self.entry(index) {
                Ok(Some((name, bytes))) => {
                    return Some(Piece::Stream(self.stream.inner(&name, bytes)));
                }
                Ok(None) => {}
                Err(error) if error.kind() != io::ErrorKind::Unsupported => {
                    let outer = self.stream.inner("", Box::new(io::empty()));
                    let stream =
                        Stream { record: self.stream.record.clone(), depth: self.stream.depth, ..outer };
                    self.scan = ZipScan::new(stream, self.origin.clone(), self.end).ok();
                    self.next = self.archive.len();
                    return self.scan.as_mut().and_then(ZipScan::next);
                }
                Err(error) => {
                    let what = format!("entry {}: {error}", index + 1);
                    return Some(Piece::Item(Item::Problem(self.stream.problem(what))));
                }
            }
        }
        None
    }
}

//! Entries by the central directory.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use ::zip::{CompressionMethod, ZipArchive};

use super::content::content;
use super::scan::ZipScan;
use super::{Archive, Piece};
use crate::source::Item;
use crate::source::archive::seekable::{BUFFER, Origin, ReadSeek};
use crate::source::stream::{Bytes, Stream, invalid};

pub(super) type Directory = ZipArchive<Box<dyn ReadSeek>>;

pub(super) struct Zip {
    /// Where it is from; its bytes are empty.
    stream: Stream,
    origin: Origin,
    directory: Directory,
    next: usize,
    /// Where the entries that were read end.
    end: u64,
    /// Reads the rest where the directory turned out to be wrong.
    scan: Option<ZipScan>,
}

impl Zip {
    pub(super) fn new(stream: Stream, origin: Origin, directory: Directory) -> Self {
        Self { stream, origin, directory, next: 0, end: 0, scan: None }
    }

    /// The entry `index` as a stream; `None` for a folder.
    fn entry(&mut self, index: usize) -> io::Result<Option<(String, Bytes)>> {
        let entry = self.directory.by_index_raw(index)?;
        if entry.is_dir() {
            return Ok(None);
        }
        if entry.encrypted() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "is encrypted"));
        }
        let name = entry.name()?.into_owned();
        let (method, size, crc) = (entry.compression(), entry.compressed_size(), entry.crc32());
        let start = entry.data_start().ok_or_else(|| invalid("an entry that is nowhere"))?;
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

    fn problem(&self, what: String) -> Piece {
        Piece::Item(Item::Problem(self.stream.problem(what)))
    }
}

impl Archive for Zip {
    fn next(&mut self) -> Option<Piece> {
        if let Some(scan) = &mut self.scan {
            return scan.next();
        }
        while self.next < self.directory.len() {
            let index = self.next;
            self.next += 1;
            match self.entry(index) {
                Ok(Some((name, bytes))) => {
                    return Some(Piece::Stream(self.stream.inner(&name, bytes)));
                }
                Ok(None) => {}
                Err(error) if error.kind() != io::ErrorKind::Unsupported => {
                    self.next = self.directory.len();
                    let stream = self.stream.without_bytes();
                    return match ZipScan::new(stream, self.origin.clone(), self.end, &error) {
                        Ok(scan) => self.scan.insert(scan).next(),
                        Err(error) => Some(self.problem(format!("the rest cannot be read: {error}"))),
                    };
                }
                Err(error) => return Some(self.problem(format!("entry {}: {error}", index + 1))),
            }
        }
        None
    }
}

//! ZIP archives. Entries are read by the central directory; their names are names of records only, never of files.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use ::zip::{CompressionMethod, ZipArchive};

use super::{Archive, Opened, Piece};
use crate::source::stream::{Bytes, Stream, too_large};
use crate::source::{Item, MAX_PAGE_BYTES, decompress};

const BUFFER: usize = 64 << 10;

struct Zip {
    /// Where it is from; its bytes are empty.
    stream: Stream,
    origin: Origin,
    archive: ZipArchive<Box<dyn ReadSeek>>,
    next: usize,
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Where the bytes of the archive can be read again for each entry.
#[derive(Clone)]
enum Origin {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

impl Origin {
    fn of(stream: &mut Stream) -> io::Result<Self> {
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

    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::with_capacity(BUFFER, File::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// Opens a ZIP archive: a file by its name, one that is a stream (such as one within another archive) from memory.
pub(super) fn open(mut stream: Stream) -> Opened {
    match open_archive(&mut stream) {
        Ok((origin, archive)) => Opened::Archive(Box::new(Zip { stream, origin, archive, next: 0 })),
        Err(error) => {
            let what = format!("a ZIP archive that cannot be read: {error}");
            Opened::Item(Item::Problem(stream.problem(what)))
        }
    }
}

fn open_archive(stream: &mut Stream) -> io::Result<(Origin, ZipArchive<Box<dyn ReadSeek>>)> {
    let origin = Origin::of(stream)?;
    stream.bytes = Box::new(io::empty());
    let archive = ZipArchive::new(origin.open()?)?;
    Ok((origin, archive))
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
        let (method, size) = (entry.compression(), entry.compressed_size());
        let start = entry.data_start().ok_or(io::ErrorKind::InvalidData)?;
        drop(entry);
        let mut from = self.origin.open()?;
        from.seek(SeekFrom::Start(start))?;
        let stored: Bytes = Box::new(BufReader::with_capacity(BUFFER, from).take(size));
        match method {
            CompressionMethod::Stored => Ok(Some((name, stored))),
            CompressionMethod::Deflated => Ok(Some((name, decompress::deflate(stored)))),
            other => Err(io::Error::new(io::ErrorKind::Unsupported, format!("is compressed by {other}"))),
        }
    }
}

impl Archive for Zip {
    fn next(&mut self) -> Option<Piece> {
        while self.next < self.archive.len() {
            let index = self.next;
            self.next += 1;
            match self.entry(index) {
                Ok(Some((name, bytes))) => {
                    let record = Some(self.stream.name(&name));
                    let (path, depth) = (self.stream.path.clone(), self.stream.depth + 1);
                    let stream = Stream { path, record, named: false, depth, seekable: None, bytes };
                    return Some(Piece::Stream(stream));
                }
                Ok(None) => {}
                Err(error) => {
                    let what = format!("entry {}: {error}", index + 1);
                    return Some(Piece::Item(Item::Problem(self.stream.problem(what))));
                }
            }
        }
        None
    }
}

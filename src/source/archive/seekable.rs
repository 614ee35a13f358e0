//! Archives that are not read from front to back.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use crate::source::MAX_PAGE_BYTES;
use crate::source::stream::{Stream, too_large};

/// Bytes that are read at once.
pub(super) const BUFFER: usize = 64 << 10;

pub(super) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Where the bytes of an archive can be read again and again: a file by its name, else memory.
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

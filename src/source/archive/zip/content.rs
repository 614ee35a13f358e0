//! What an entry holds.

use std::io::{self, BufReader, Read};

use flate2::Crc;

use crate::source::archive::seekable::BUFFER;
use crate::source::decompress;
use crate::source::stream::{Bytes, invalid};

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
            return Err(invalid("has a wrong checksum"));
        }
        Ok(n)
    }
}

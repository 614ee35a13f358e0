//! Where a stream breaks: what is lost, whether reading goes on, and how much may be read again for that.

use std::io::{self, BufReader, Cursor, Read};

use super::Bytes;

/// Bytes that may be read again: so many, and so many for each byte of the stream.
const FREE: u64 = 256 << 20;
const SHARE: u64 = 4;

/// The breaks of a stream so far.
#[derive(Debug, Default)]
pub(super) struct Breaks {
    last: Option<u64>,
    reread: u64,
}

impl Breaks {
    /// Whether the stream, which failed at `place`, did so there the last time, too: then that is its end.
    pub(super) fn again(&mut self, place: u64) -> bool {
        self.last.replace(place) == Some(place)
    }

    /// Whether `count` bytes of a stream of which `read` bytes were read may be read once more.
    pub(super) fn may_reread(&mut self, count: usize, read: u64) -> bool {
        self.reread += count as u64;
        self.reread <= FREE + SHARE * read
    }
}

/// Puts bytes back, to be read again.
pub(super) fn unread(stream: &mut Bytes, bytes: Vec<u8>) {
    let rest = taken(stream);
    *stream = Box::new(Cursor::new(bytes).chain(rest));
}

/// The stream; an empty one takes its place.
pub(super) fn taken(stream: &mut Bytes) -> Bytes {
    std::mem::replace(stream, Box::new(io::empty()))
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

/// Whether nothing follows. If what follows fails, it will do so again where it is read.
pub(super) fn is_over(bytes: &mut Bytes) -> bool {
    match bytes.fill_buf() {
        Ok(rest) => rest.is_empty(),
        Err(error) => {
            let rest = taken(bytes);
            *bytes = Box::new(BufReader::new(Failing(Some(error))).chain(rest));
            false
        }
    }
}

/// Fails once, if at all.
pub(super) struct Failing(pub(super) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

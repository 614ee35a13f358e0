//! The facts of a unit as JSON Lines: in memory, or where there are too many, in a temporary file.
//!
//! A page of 50 MB can hold millions of facts, a thousand bytes each. The results of several units wait for their turn,
//! so what each may hold in memory has to be bounded.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// Bytes that are held in memory.
const HELD: usize = 8 << 20;
/// Bytes of the file that are read at a time.
const PIECE: usize = 1 << 20;

/// Writes to memory. JSON comes in pieces of which most are one byte, for which a copy is too much ado.
pub(super) struct Pieces<'v>(pub(super) &'v mut Vec<u8>);

impl Write for Pieces<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.write_all(piece).map(|()| piece.len())
    }

    #[inline]
    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        match piece {
            [byte] => self.0.push(*byte),
            _ => self.0.extend_from_slice(piece),
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lines, each with its end.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// What follows on what is in the file.
    held: Vec<u8>,
    file: Option<File>,
    filed: u64,
}

impl Lines {
    /// All bytes.
    pub(super) fn len(&self) -> u64 {
        self.filed + self.held.len() as u64
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the next line is to be written. After it, [`Self::settle`].
    pub(super) fn end(&mut self) -> &mut Vec<u8> {
        &mut self.held
    }

    /// Makes room where too much is held. Where no file can be written, everything stays in memory.
    pub(super) fn settle(&mut self) {
        if self.held.len() > HELD && self.spill().is_ok() {
            self.filed += self.held.len() as u64;
            self.held.clear();
        }
    }

    /// Adds the lines that `write` appends.
    pub(super) fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.held);
        self.settle();
    }

    fn spill(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile()?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        file.seek(SeekFrom::Start(self.filed))?;
        file.write_all(&self.held)
    }

    /// Takes back what was written after the first `length` bytes.
    pub(super) fn truncate(&mut self, length: u64) {
        if length >= self.filed {
            self.held.truncate(usize::try_from(length - self.filed).unwrap_or(usize::MAX));
        } else {
            self.held.clear();
            self.filed = length;
        }
    }

    /// Gives the lines of a range to `to`, many at a time. The range begins and ends between lines.
    pub(super) fn pass<E: From<io::Error>>(
        &mut self,
        range: Range<u64>,
        to: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let filed = range.start.min(self.filed)..range.end.min(self.filed);
        if let Some(file) = self.file.as_mut().filter(|_| !filed.is_empty()) {
            file.seek(SeekFrom::Start(filed.start))?;
            pieces(&mut file.take(filed.end - filed.start), to)?;
        }
        let place = |at: u64| usize::try_from(at.saturating_sub(self.filed)).unwrap_or(usize::MAX);
        match self.held.get(place(range.start)..place(range.end)) {
            None | Some([]) => Ok(()),
            Some(held) => to(held),
        }
    }
}

/// Gives the lines of a stream to `to`, many at a time.
fn pieces<E: From<io::Error>>(
    from: &mut impl Read,
    to: &mut impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut held = Vec::new();
    loop {
        let got = from.by_ref().take(PIECE as u64).read_to_end(&mut held)?;
        if got == 0 {
            return if held.is_empty() { Ok(()) } else { to(&held) };
        }
        if let Some(end) = memchr::memrchr(b'\n', &held) {
            to(&held[..=end])?;
            held.drain(..=end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &mut Lines, range: Range<u64>) -> Vec<u8> {
        let mut all = Vec::new();
        let outcome: io::Result<()> = lines.pass(range, &mut |piece| {
            assert!(piece.ends_with(b"\n"));
            all.extend_from_slice(piece);
            Ok(())
        });
        outcome.unwrap();
        all
    }

    #[test]
    fn lines_in_a_file_come_back() {
        let mut lines = Lines::default();
        let (mut all, mut ends) = (Vec::new(), vec![0]);
        for i in 0..400usize {
            let line = format!("{}\n", i.to_string().repeat(i * 60 % 29_989));
            lines.end().extend_from_slice(line.as_bytes());
            lines.settle();
            all.extend_from_slice(line.as_bytes());
            ends.push(all.len());
        }
        assert!(lines.filed > HELD as u64 && lines.len() == all.len() as u64);
        for (from, to) in [(0, 400), (0, 3), (7, 390), (395, 400), (12, 12)] {
            let (from, to) = (ends[from], ends[to]);
            assert!(read(&mut lines, from as u64..to as u64) == all[from..to]);
        }
        let kept = ends[200];
        lines.truncate(kept as u64);
        lines.end().extend_from_slice(b"more\n");
        let whole = 0..lines.len();
        assert!(read(&mut lines, whole) == [&all[..kept], b"more\n"].concat());
    }
}

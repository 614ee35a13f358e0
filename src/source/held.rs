//! A stream that can be read again from a mark, within bounds.

use std::io::{self, BufRead, Read};

use memchr::memmem;

use super::Bytes;

/// Bytes since the mark that are held; where more were read, the mark moves on.
const LIMIT: usize = 1 << 20;
/// Bytes that may be read again without more ado, and for each byte that is new.
const FREE: u64 = 64 << 20;
const SHARE: u64 = 4;
/// What looking at one place costs, as bytes read again.
const LOOK: usize = 4 << 10;

pub(super) struct Held {
    inner: Bytes,
    bytes: Vec<u8>,
    mark: usize,
    at: usize,
    /// Bytes taken from `inner`, and bytes that were or will be read once more.
    taken: u64,
    again: u64,
    ended: bool,
}

impl Held {
    pub(super) fn new(inner: Bytes) -> Self {
        Self { inner, bytes: Vec::new(), mark: 0, at: 0, taken: 0, again: 0, ended: false }
    }

    /// Bytes that were or will be read once more, and how many they may be at most.
    #[cfg(test)]
    pub(super) fn read_again(&self) -> (u64, u64) {
        (self.again, FREE + SHARE * self.taken + (LIMIT + LOOK) as u64)
    }

    /// Sets the mark here.
    pub(super) fn mark(&mut self) {
        self.mark = self.at;
    }

    /// Goes to a place that [`Self::find_after_mark`] gave, and sets the mark there.
    pub(super) fn rewind(&mut self, to: usize) {
        self.again += (self.at.saturating_sub(to) + LOOK) as u64;
        (self.at, self.mark) = (to, to);
    }

    /// Whether nothing follows, or nothing but zeros, which are skipped.
    pub(super) fn is_rest_zero(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                return Ok(true);
            }
            let zeros = buffer.iter().take_while(|&&byte| byte == 0).count();
            let is_all = zeros == buffer.len();
            self.consume(zeros);
            if !is_all {
                self.mark = self.at;
                return Ok(false);
            }
        }
    }

    /// What `look` says of the bytes ahead. It is given more and more of them, at most `most`, until it has an answer;
    /// its second argument says that there will be no more.
    pub(super) fn ahead<T>(
        &mut self,
        most: usize,
        mut look: impl FnMut(&[u8], bool) -> Option<T>,
    ) -> io::Result<T>
    where
        T: Default,
    {
        loop {
            let ahead = &self.bytes[self.at..];
            let all = self.ended || ahead.len() >= most;
            if let Some(answer) = look(ahead, all) {
                return Ok(answer);
            }
            if all {
                return Ok(T::default());
            }
            self.fetch()?;
        }
    }

    /// The next place after the mark where `needle` starts. `None` at the end of the stream, or where too much was read
    /// again already.
    pub(super) fn find_after_mark(&mut self, needle: &[u8]) -> io::Result<Option<usize>> {
        if self.again > FREE + SHARE * self.taken {
            return Ok(None);
        }
        let mut from = self.mark + 1;
        loop {
            if let Some(found) = self.bytes.get(from..).and_then(|rest| memmem::find(rest, needle)) {
                return Ok(Some(from + found));
            }
            if self.ended {
                return Ok(None);
            }
            // The start of the needle may stand at the end.
            let keep = self.bytes.len().saturating_sub(needle.len() - 1).max(from.min(self.bytes.len()));
            (self.at, self.mark) = (self.bytes.len(), keep);
            self.fetch()?;
            from = self.mark;
        }
    }

    /// Takes more from the stream; forgets what stands before the mark, and moves the mark where too much is held.
    fn fetch(&mut self) -> io::Result<()> {
        let drop = if self.at - self.mark > LIMIT { self.at } else { self.mark };
        let buffer = self.inner.fill_buf()?;
        if buffer.is_empty() {
            self.ended = true;
            return Ok(());
        }
        self.bytes.drain(..drop);
        self.at -= drop;
        self.mark = self.mark.saturating_sub(drop);
        self.bytes.extend_from_slice(buffer);
        let count = buffer.len();
        self.taken += count as u64;
        self.inner.consume(count);
        Ok(())
    }
}

impl Read for Held {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.fill_buf()?;
        let n = buffer.read(to)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Held {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() && !self.ended {
            self.fetch()?;
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
    }
}

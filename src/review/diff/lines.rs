//! The lines of both sides, each read and hashed by a thread of its own.

use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use xxhash_rust::xxh3::xxh3_128;

use crate::sink::{self, Failure, SinkError};

/// Takes a block of whole lines.
pub type Take<'t> = dyn FnMut(&[u8]) -> Result<(), SinkError> + 't;

/// Gives the lines of one side in order, in blocks of whole lines.
pub type Producer<'p> = Box<dyn FnOnce(&mut Take<'_>) -> Result<(), SinkError> + Send + 'p>;

/// Blocks that wait between the threads, on each side.
const WAITING: usize = 2;

/// The facts of a facts file (also compressed; `-`: standard input) or any other place, as lines.
pub fn of_place(place: &str) -> Producer<'_> {
    Box::new(move |take| sink::blocks(place, take))
}

/// A line, by the hash of its bytes.
#[derive(Debug, Clone)]
struct Hashed {
    span: Range<u32>,
    hash: u128,
}

/// Lines that were read together.
#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    lines: Vec<Hashed>,
}

impl Block {
    fn new(bytes: Vec<u8>) -> Self {
        let mut lines = Vec::with_capacity(bytes.len() / 512);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &bytes).chain([bytes.len()]) {
            let length = bytes[start..end].trim_ascii_end().len();
            if length > 0 {
                let hash = xxh3_128(&bytes[start..start + length]);
                lines.push(Hashed { span: start as u32..(start + length) as u32, hash });
            }
            start = (end + 1).min(bytes.len());
        }
        Self { bytes, lines }
    }
}

/// The lines of one side, one after another.
pub(super) struct Lines {
    blocks: Receiver<Result<Block, SinkError>>,
    block: Block,
    at: usize,
    /// How many lines were passed.
    pub(super) passed: u64,
}

impl Lines {
    /// Starts a thread that runs `producer`.
    pub(super) fn start<'scope>(scope: &'scope Scope<'scope, '_>, producer: Producer<'scope>) -> Self {
        let (sender, blocks) = sync_channel(WAITING);
        scope.spawn(move || produce(producer, &sender));
        Self { blocks, block: Block::default(), at: 0, passed: 0 }
    }

    /// The hash of the next line; nothing at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u128>, SinkError> {
        while self.at == self.block.lines.len() {
            let Ok(block) = self.blocks.recv() else { return Ok(None) };
            (self.block, self.at) = (block?, 0);
        }
        Ok(Some(self.block.lines[self.at].hash))
    }

    /// The bytes of the next line, which [`Self::peek`] has seen.
    pub(super) fn bytes(&self) -> &[u8] {
        let span = &self.block.lines[self.at].span;
        &self.block.bytes[span.start as usize..span.end as usize]
    }

    /// Passes the next line.
    pub(super) fn pass(&mut self) {
        self.at += 1;
        self.passed += 1;
    }
}

fn produce(producer: Producer<'_>, to: &SyncSender<Result<Block, SinkError>>) {
    let gone = || SinkError::new(Failure::Closed, "", "the other side failed");
    let done = producer(&mut |bytes| {
        // Spans count with 32 bits.
        if u32::try_from(bytes.len()).is_err() {
            return Err(SinkError::new(Failure::Usage, "", "a line is longer than 4 GiB"));
        }
        to.send(Ok(Block::new(bytes.to_vec()))).map_err(|_| gone())
    });
    if let Err(error) = done {
        // Nobody listens where the other side failed first.
        let _ = to.send(Err(error));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_line_ends_do_not_count() {
        let block = Block::new(b"a\r\n\n  \nb".to_vec());
        let lines: Vec<_> = block.lines.iter().map(|l| l.span.clone()).collect();
        assert_eq!(lines, [0..1, 7..8]);
        assert_eq!(block.lines[0].hash, xxh3_128(b"a"));
        assert!(Block::new(Vec::new()).lines.is_empty());
    }
}

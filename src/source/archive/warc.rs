//! WARC 1.0 and 1.1 (ISO 28500), and WET files, which are WARC files of conversion records.
//!
//! A record says how long it is. Where that is wrong, the next record does not start where it should; the reader then
//! looks for a line that starts a record, first within what it took for the block, and goes on from there. Where the
//! stream fails, it looks for such a line in what can be read after that: a gzip file goes on with its next member.

use std::io::{self, Read};
use std::sync::Arc;

use memchr::memmem;

use super::{Archive, Piece};
use crate::source::breaks::{self, Breaks, lost};
use crate::source::stream::{Line, Stream, read_line, too_large};
use crate::source::warc_record::{WarcHeader, WarcRecord};
use crate::source::{Item, MAX_PAGE_BYTES, Problem};

/// Longest header of a record, in bytes.
const MAX_HEADER: u64 = 64 << 10;
/// What stands between two records.
const SEPARATOR: &[u8] = b"\r\n\r\n";

pub(super) struct Warc {
    stream: Stream,
    path: Arc<str>,
    offset: u64,
    breaks: Breaks,
    /// What comes next is the middle of something.
    lost: bool,
    ended: bool,
}

/// What reading one record gave.
enum Step {
    Record(Item),
    /// A record of a sort that holds no page.
    Skipped,
    End,
}

impl Warc {
    pub(super) fn new(stream: Stream) -> Self {
        let path = stream.path.as_str().into();
        Self { stream, path, offset: 0, breaks: Breaks::default(), lost: false, ended: false }
    }

    fn step(&mut self) -> io::Result<Step> {
        if self.lost {
            self.resync()?;
            self.lost = false;
        }
        let start = self.offset;
        let Some(first) = self.first_line()? else { return Ok(Step::End) };
        if !first.starts_with(b"WARC/") {
            let problem = self.problem("no WARC record starts here; looking for the next one", start);
            self.resync()?;
            return Ok(Step::Record(problem));
        }
        let header = self.header()?;
        let Some(length) = header.length else {
            let problem = self.problem("a WARC record without a length", start);
            self.resync()?;
            return Ok(Step::Record(problem));
        };
        if length > MAX_PAGE_BYTES {
            let problem = self.problem(too_large(), start);
            self.resync()?;
            return Ok(if header.holds_page() { Step::Record(problem) } else { Step::Skipped });
        }
        self.block(header, length, start)
    }

    fn block(&mut self, header: WarcHeader, length: u64, start: u64) -> io::Result<Step> {
        let mut block = Vec::new();
        let read = (&mut self.stream.bytes).take(length).read_to_end(&mut block);
        self.offset += block.len() as u64;
        let cut = block.len() as u64 != length;
        let broken = if cut { true } else { !self.separator(&mut block)? };
        if broken && let Some(at) = self.record_within(&mut block) {
            return Ok(self.recover(block, at, start));
        }
        if let Err(error) = read {
            return Ok(self.failed(&error, start));
        }
        if cut {
            self.ended = true;
            return Ok(Step::Record(self.problem("the last record is cut off", start)));
        }
        if broken {
            self.lost = true;
            return Ok(Step::Record(self.problem("a record is longer than it says; it is skipped", start)));
        }
        if !header.holds_page() {
            return Ok(Step::Skipped);
        }
        let name = self.stream.name(header.id.as_deref().unwrap_or("unnamed"));
        let path = Arc::clone(&self.path);
        Ok(Step::Record(Item::Warc(Box::new(WarcRecord { path, name, offset: start, header, block }))))
    }

    /// Where a record starts within what was taken for a block, or across its end: what is needed of the bytes behind it
    /// is then added to the block.
    fn record_within(&mut self, block: &mut Vec<u8>) -> Option<usize> {
        const START: &[u8] = b"\r\n\r\nWARC/1.";
        let end = block.len();
        // Where the stream fails, what it gave before still counts; the failure shows again where reading goes on.
        let _ = (&mut self.stream.bytes).take(START.len() as u64).read_to_end(block);
        self.offset += (block.len() - end) as u64;
        let found = memmem::find(block, START);
        if found.is_none() {
            let behind = block.split_off(end);
            self.unread(behind);
        }
        found
    }

    /// Passes over what separates the block from the next record; false where it is something else.
    fn separator(&mut self, block: &mut Vec<u8>) -> io::Result<bool> {
        let end = block.len();
        let got = (&mut self.stream.bytes).take(SEPARATOR.len() as u64).read_to_end(block)?;
        self.offset += got as u64;
        let tail = block.split_off(end);
        // Some writers end a record with bare line feeds, and the last one with nothing.
        let rest = tail.trim_ascii_start();
        let plausible = rest.is_empty() || b"WARC/".starts_with(rest);
        let rest = if plausible { rest.to_vec() } else { tail };
        self.unread(rest);
        Ok(plausible)
    }

    /// A record starts within what was taken for the block of another: reads on from there.
    fn recover(&mut self, mut block: Vec<u8>, at: usize, start: u64) -> Step {
        let rest = block.split_off(at + SEPARATOR.len());
        if !self.breaks.may_reread(rest.len(), self.offset) {
            self.ended = true;
            return Step::Record(
                self.problem("too many records of a wrong length; the rest is skipped", start),
            );
        }
        self.unread(rest);
        Step::Record(self.problem("a record's length is wrong; it is skipped", start))
    }

    /// The stream failed within the record at `start`: what can be read after that is looked through for the next one.
    fn failed(&mut self, error: &io::Error, start: u64) -> Step {
        self.lost = true;
        self.ended = self.breaks.again(self.offset);
        let rest = lost(&mut self.stream.bytes, self.ended, "a record is lost");
        Step::Record(self.problem(format!("{error}; {rest}"), start))
    }

    /// Puts bytes back, to be read again.
    fn unread(&mut self, bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        self.offset -= bytes.len() as u64;
        breaks::unread(&mut self.stream.bytes, bytes);
    }

    /// The first line that is not blank; `None` at the end.
    fn first_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let mut line = Vec::new();
            if read_line(&mut self.stream.bytes, &mut line, MAX_HEADER, &mut self.offset)? == Line::End {
                return Ok(None);
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn header(&mut self) -> io::Result<WarcHeader> {
        let mut header = WarcHeader::default();
        let (mut line, mut size) = (Vec::new(), 0);
        while size < MAX_HEADER {
            line.clear();
            let read = read_line(&mut self.stream.bytes, &mut line, MAX_HEADER, &mut self.offset)?;
            if read == Line::End || line.trim_ascii().is_empty() {
                break;
            }
            size += line.len() as u64;
            header.take(&line);
        }
        Ok(header)
    }

    /// Skips to the next line that starts a record.
    fn resync(&mut self) -> io::Result<()> {
        loop {
            let mut line = Vec::new();
            if read_line(&mut self.stream.bytes, &mut line, MAX_HEADER, &mut self.offset)? == Line::End {
                return Ok(());
            }
            if line.starts_with(b"WARC/1.") {
                self.unread(line);
                return Ok(());
            }
        }
    }

    fn problem(&self, what: impl std::fmt::Display, offset: u64) -> Item {
        let problem: Problem = self.stream.problem(what);
        Item::Problem(problem.at(offset))
    }
}

impl Archive for Warc {
    fn next(&mut self) -> Option<Piece> {
        while !self.ended {
            match self.step() {
                Ok(Step::Record(item)) => return Some(Piece::Item(item)),
                Ok(Step::Skipped) => {}
                Ok(Step::End) => self.ended = true,
                Err(error) => {
                    let Step::Record(problem) = self.failed(&error, self.offset) else { continue };
                    return Some(Piece::Item(problem));
                }
            }
        }
        None
    }
}

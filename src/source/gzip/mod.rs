//! Members of a gzip file (RFC 1952), read so that a broken one costs only itself.
//!
//! Archives of web pages are files of many members, one a record. Where a member is broken, reading fails once; what is
//! read after that is the next member that can be found. Most records fit into one call, and the bytes of a call that ends
//! in a wrong checksum are withheld, so a damaged record is rarely taken for a good one.

mod header;

use std::io::{self, BufRead, Read};

use self::header::{MAGIC, MAX_HEADER, TRIAL, header_length, is_member};
use super::Bytes;
use super::growth::{self, WATCHED_FROM};
use super::held::Held;
use super::stream::invalid;
use flate2::{Crc, Decompress, FlushDecompress, Status};

/// The content of all members, one after another.
pub(super) struct Members {
    from: Held,
    inflate: Decompress,
    crc: Crc,
    state: State,
    /// Compressed and decompressed bytes of the member, and of all good ones before it.
    taken: u64,
    given: u64,
    all: (u64, u64),
    /// Members begun.
    count: u64,
    /// What went wrong after the bytes that were given last.
    failed: Option<io::Error>,
    /// There is nothing to look for after that.
    over: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first member, and between members.
    Header,
    Body,
    End,
}

impl Members {
    pub(super) fn new(from: Bytes) -> Self {
        Self {
            from: Held::new(from),
            inflate: Decompress::new(false),
            crc: Crc::new(),
            state: State::Header,
            taken: 0,
            given: 0,
            all: (0, 0),
            count: 0,
            failed: None,
            over: false,
        }
    }

    /// Decompresses into `to`, at most up to the end of the member. Gives how much is good, and what ended it.
    fn body(&mut self, to: &mut [u8]) -> (usize, io::Result<()>) {
        let mut filled = 0;
        while filled < to.len() && self.state == State::Body {
            let (got, outcome) = self.inflate(&mut to[filled..]);
            filled += got;
            if let Err(error) = outcome {
                return (filled, Err(error));
            }
        }
        if self.state == State::Header
            && let Err(error) = self.trailer()
        {
            let is_record = self.count > 1 && self.given == filled as u64;
            return (if is_record { 0 } else { filled }, Err(error));
        }
        if self.state == State::Header {
            (self.taken, self.given) = (0, 0);
        }
        (filled, self.check_growth())
    }

    /// One call of the decompressor. At the end of the member the state changes.
    fn inflate(&mut self, to: &mut [u8]) -> (usize, io::Result<()>) {
        let input = match self.from.fill_buf() {
            Ok([]) => return (0, Err(invalid("ends within a gzip member"))),
            Ok(input) => input,
            Err(error) => return (0, Err(error)),
        };
        let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(input, to, FlushDecompress::None);
        let taken = (self.inflate.total_in() - before_in) as usize;
        let got = (self.inflate.total_out() - before_out) as usize;
        self.from.consume(taken);
        self.crc.update(&to[..got]);
        self.taken += taken as u64;
        self.given += got as u64;
        match status {
            Ok(Status::StreamEnd) => self.state = State::Header,
            Ok(_) if taken > 0 || got > 0 => {}
            _ => return (got, Err(invalid("broken gzip data"))),
        }
        (got, Ok(()))
    }

    /// Gives up a member that grows beyond all measure, or the file where all of it does.
    fn check_growth(&mut self) -> io::Result<()> {
        growth::check(self.taken, self.given, WATCHED_FROM)?;
        let (taken, given) = (self.all.0 + self.taken, self.all.1 + self.given);
        let all = growth::check(taken, given, 4 * WATCHED_FROM);
        self.over = all.is_err();
        all
    }

    /// Reads the header of the next member; false at the end of the file.
    fn begin(&mut self) -> io::Result<bool> {
        self.from.mark();
        if self.from.is_rest_zero()? {
            return Ok(false);
        }
        let length = self.from.ahead(MAX_HEADER, |head, all| match header_length(head) {
            Some(0) if !all => None,
            found => Some(found),
        })?;
        let length =
            length.filter(|length| *length > 0).ok_or_else(|| invalid("no gzip member starts here"))?;
        self.from.consume(length);
        self.inflate.reset(false);
        self.crc.reset();
        (self.taken, self.given) = (0, 0);
        self.count += 1;
        Ok(true)
    }

    /// Checks the eight bytes after the data: checksum and length.
    fn trailer(&mut self) -> io::Result<()> {
        let mut tail = [0; 8];
        self.from.read_exact(&mut tail).map_err(|_| invalid("ends within a gzip member"))?;
        // The length is kept in 32 bits.
        let length = self.given as u32;
        self.all = (self.all.0 + self.taken, self.all.1 + self.given);
        if tail == [self.crc.sum().to_le_bytes(), length.to_le_bytes()].concat()[..] {
            Ok(())
        } else {
            Err(invalid("a gzip member has a wrong checksum"))
        }
    }

    /// Goes to the next place where a member starts and can be read.
    fn recover(&mut self) -> io::Result<()> {
        while let Some(at) = self.from.find_after_mark(MAGIC)? {
            self.from.rewind(at);
            let is_member = self.from.ahead(TRIAL * 4, |bytes, all| {
                let enough = all || bytes.len() >= TRIAL * 4;
                enough.then(|| is_member(bytes, all))
            })?;
            if is_member {
                self.state = State::Header;
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Read for Members {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(error) = self.failed.take() {
                self.state = State::End;
                if !self.over {
                    self.recover()?;
                }
                return Err(error);
            }
            match self.state {
                State::End => return Ok(0),
                State::Header => match self.begin() {
                    Ok(true) => self.state = State::Body,
                    Ok(false) => self.state = State::End,
                    Err(error) => self.failed = Some(error),
                },
                State::Body => {
                    let (n, outcome) = self.body(to);
                    self.failed = outcome.err();
                    if n > 0 || to.is_empty() {
                        return Ok(n);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::GzBuilder::new()
            .filename("a")
            .extra(vec![1, 2, 3])
            .write(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn member(i: usize) -> Vec<u8> {
        (0..400).flat_map(|j| format!("{} {} ", i * 7919 + j, j * j * i).into_bytes()).collect()
    }

    /// All that can be read, with the number of failures.
    fn read(bytes: Vec<u8>) -> (Vec<u8>, usize) {
        read_all(&mut Members::new(Box::new(Cursor::new(bytes))))
    }

    fn read_all(members: &mut Members) -> (Vec<u8>, usize) {
        let (mut out, mut failures) = (Vec::new(), 0);
        loop {
            let mut buffer = vec![0; 64 << 10];
            match members.read(&mut buffer) {
                Ok(0) => return (out, failures),
                Ok(n) => out.extend_from_slice(&buffer[..n]),
                Err(_) => failures += 1,
            }
        }
    }

    #[test]
    fn a_broken_member_costs_only_itself() {
        let members: Vec<_> = (0..5).map(|i| gzip(&member(i))).collect();
        let (before, after) = ([member(0), member(1)].concat(), [member(3), member(4)].concat());
        let start = members[0].len() + members[1].len();
        let length = members[2].len();
        let check = |bytes: Vec<u8>, what: &str, at: usize| {
            let (out, failures) = read(bytes);
            assert!(out.starts_with(&before) && out.ends_with(&after), "{what} at {at}");
            // A bit of the header may not matter.
            assert!(failures == 1 || failures == 0 && at < 20, "{what} at {at}: {failures}");
        };
        for at in (0..length).step_by(5) {
            let mut flipped = members.concat();
            flipped[start + at] ^= 0x10;
            check(flipped, "flip", at);
            let mut cut = members.concat();
            cut.drain(start + at..start + length.min(at + 3));
            check(cut, "cut", at);
        }
    }

    #[test]
    fn zeros_after_the_last_member_are_padding() {
        let padded = [gzip(b"mot"), gzip(b""), gzip(b" hai"), vec![0; 700]].concat();
        assert_eq!(read(padded), (b"mot hai".to_vec(), 0));
        let (out, failures) = read([gzip(b"mot"), b"rubbish".to_vec()].concat());
        assert_eq!((out.as_slice(), failures), (&b"mot"[..], 1));
    }

    #[test]
    fn a_bomb_costs_only_itself() {
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let blanks = vec![b' '; 1 << 20];
        for _ in 0..300 {
            bomb.write_all(&blanks).unwrap();
        }
        let all = [gzip(b"mot"), bomb.finish().unwrap(), gzip(b"hai")].concat();
        let mut members = Members::new(Box::new(Cursor::new(all)));
        let mut buffer = vec![0; 64 << 10];
        let (mut failures, mut total, mut last) = (0, 0, Vec::new());
        loop {
            match members.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => (total, last) = (total + n as u64, buffer[..n].to_vec()),
                Err(_) => failures += 1,
            }
        }
        assert_eq!((failures, last.as_slice()), (1, &b"hai"[..]));
        assert!(total < WATCHED_FROM + (1 << 20));
    }

    #[test]
    fn many_false_starts_take_linear_time() {
        let stored = [&b"\x1f\x8b\x08\0\0\0\0\0\0\0\0\xff\xff\0\0"[..], &[b'x'; 20]].concat();
        let mut members = Members::new(Box::new(Cursor::new(stored.repeat(20_000))));
        read_all(&mut members);
        let (again, most) = members.from.read_again();
        assert!(again > most / 2 && again <= most, "{again} of {most}");
    }
}

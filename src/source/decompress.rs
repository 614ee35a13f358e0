//! Compressed streams, with a bound against bombs.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use liblzma::stream::{Action, Status};

use super::gzip::Members;
use super::sniff::Kind;
use super::stream::Counted;
use super::{Bytes, growth};

/// Memory that one xz stream may ask for, in bytes.
const XZ_MEMORY: u64 = 192 << 20;
/// Largest window of a zstd stream, as a power of two (128 MiB).
const ZSTD_WINDOW: u32 = 27;

const BUFFER: usize = 128 << 10;

/// A stream that may have been compressed.
pub(super) enum Opened {
    Decompressed(Bytes),
    /// It is no compression, and stays as it is.
    Plain(Bytes),
}

/// Decompresses a stream, where `kind` is a compression.
///
/// # Errors
/// Where the decompressor cannot be set up.
pub(super) fn open(kind: Kind, from: Bytes) -> io::Result<Opened> {
    if !matches!(kind, Kind::Gzip | Kind::Zstd | Kind::Bzip2 | Kind::Xz) {
        return Ok(Opened::Plain(from));
    }
    if kind == Kind::Gzip {
        let members = BufReader::with_capacity(BUFFER, Members::new(from));
        return Ok(Opened::Decompressed(Box::new(members)));
    }
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: from, taken: Arc::clone(&taken) };
    let decoder: Box<dyn Read + Send> = match kind {
        Kind::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(counted)?;
            decoder.window_log_max(ZSTD_WINDOW)?;
            Box::new(decoder)
        }
        Kind::Bzip2 => Box::new(Small(bzip2::bufread::MultiBzDecoder::new(counted))),
        _ => {
            let stream =
                liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, liblzma::stream::CONCATENATED)?;
            Box::new(Xz { from: Box::new(counted), stream, failed: None, ended: false })
        }
    };
    Ok(Opened::Decompressed(guarded(decoder, taken)))
}

/// The decompressed stream of raw deflate data, as in ZIP.
pub(super) fn deflate(from: Bytes) -> Bytes {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: from, taken: Arc::clone(&taken) };
    guarded(Box::new(flate2::bufread::DeflateDecoder::new(counted)), taken)
}

fn guarded(inner: Box<dyn Read + Send>, taken: Arc<AtomicU64>) -> Bytes {
    Box::new(BufReader::with_capacity(BUFFER, Guard { inner, taken, given: 0, over: false }))
}

/// An xz stream, which gives what stands before a break.
struct Xz {
    from: Bytes,
    stream: liblzma::stream::Stream,
    failed: Option<io::Error>,
    ended: bool,
}

impl Read for Xz {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !to.is_empty() {
            if let Some(error) = self.failed.take() {
                self.ended = true;
                return Err(error);
            }
            let input = self.from.fill_buf()?;
            let action = if input.is_empty() { Action::Finish } else { Action::Run };
            let (taken, given) = (self.stream.total_in(), self.stream.total_out());
            let status = self.stream.process(input, to, action);
            self.from.consume((self.stream.total_in() - taken) as usize);
            let n = (self.stream.total_out() - given) as usize;
            match status {
                Ok(Status::StreamEnd) => self.ended = true,
                Ok(Status::MemNeeded) => self.failed = Some(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) => self.failed = Some(error.into()),
            }
            if n > 0 {
                return Ok(n);
            }
        }
        Ok(0)
    }
}

/// Reads little at a time: what a call gives is lost where it fails.
struct Small<R>(R);

impl<R: Read> Read for Small<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let most = to.len().min(4 << 10);
        self.0.read(&mut to[..most])
    }
}

/// Ends a stream that grows beyond all measure.
struct Guard {
    inner: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
    given: u64,
    over: bool,
}

impl Read for Guard {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.over {
            return Ok(0);
        }
        // Not every decoder may be asked again after it failed.
        let n = self.inner.read(to).inspect_err(|error| {
            self.over = error.kind() != io::ErrorKind::Interrupted;
        })?;
        self.given += n as u64;
        let taken = self.taken.load(Ordering::Relaxed);
        growth::check(taken, self.given, growth::WATCHED_FROM).inspect_err(|_| self.over = true)?;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn read(kind: Kind, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let Opened::Decompressed(mut stream) = open(kind, Box::new(Cursor::new(bytes)))? else { panic!() };
        stream.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn reads_all_members_of_a_gzip_file() {
        let two = [gzip(b"mot "), gzip(b"hai")].concat();
        assert_eq!(read(Kind::Gzip, two).unwrap(), b"mot hai");
    }

    #[test]
    fn reads_zstd_bzip2_and_xz() {
        let data = b"so lieu ".repeat(1000);
        assert_eq!(read(Kind::Zstd, zstd::encode_all(&data[..], 3).unwrap()).unwrap(), data);
        let mut bz = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bz.write_all(&data).unwrap();
        assert_eq!(read(Kind::Bzip2, bz.finish().unwrap()).unwrap(), data);
        let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
        xz.write_all(&data).unwrap();
        assert_eq!(read(Kind::Xz, xz.finish().unwrap()).unwrap(), data);
    }

    #[test]
    fn gives_up_a_bomb() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..300 {
            encoder.write_all(&zeros).unwrap();
        }
        let bomb = encoder.finish().unwrap();
        let opened = open(Kind::Gzip, Box::new(Cursor::new(bomb))).unwrap();
        let Opened::Decompressed(mut stream) = opened else { panic!() };
        let error = io::copy(&mut stream, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("given up"));
    }
}

//! JSON Lines to standard output or a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Sink, SinkError, Summary};

/// Facts shrink to a tenth at once; higher levels gain little and cost speed.
const ZSTD_LEVEL: i32 = 3;

/// Writes facts as JSON Lines.
pub struct JsonLines {
    to: Box<dyn Write + Send>,
    /// For messages.
    place: String,
    /// Temporary and final name of a file that is put in place when all is written.
    rename: Option<(PathBuf, PathBuf)>,
    facts: u64,
}

impl JsonLines {
    /// To any writer, such as standard output, which messages call `place`. It need not buffer: runs of lines come
    /// whole.
    pub fn new(to: impl Write + Send + 'static, place: &str) -> Self {
        Self { to: Box::new(to), place: place.to_owned(), rename: None, facts: 0 }
    }

    /// To the file `path`, compressed where its name ends in `.zst`. It is written under a temporary name beside it and takes its place in [`Sink::finish`], so
    /// that nobody ever sees half a file. Devices and pipes are written directly.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn create(path: &Path) -> Result<Self, SinkError> {
        let place = path.display().to_string();
        Self::create_at(path, &place).map_err(|error| SinkError::io(&place, &error))
    }

    fn create_at(path: &Path, place: &str) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
            return Ok(Self::new(File::options().write(true).open(path)?, place));
        }
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        let partial = partial_name(path);
        let file = File::create(&partial)?;
        let rename = Some((partial, path.to_owned()));
        if path.extension().is_some_and(|extension| extension == "zst") {
            let encoder = zstd::Encoder::new(file, ZSTD_LEVEL)?;
            return Ok(Self { rename, ..Self::new(Compressed(Some(encoder)), place) });
        }
        Ok(Self { rename, ..Self::new(file, place) })
    }

    fn close(&mut self) -> io::Result<()> {
        self.to.flush()?;
        match self.rename.take() {
            Some((from, to)) => fs::rename(from, to),
            None => Ok(()),
        }
    }
}

/// A zstd stream that `flush` ends, since it is flushed only when all is written.
struct Compressed(Option<zstd::Encoder<'static, File>>);

impl Write for Compressed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |encoder| encoder.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.take().map_or(Ok(()), |encoder| encoder.finish().map(drop))
    }
}

/// The name under which `path` is written until it is whole: `path` with `.part` added.
fn partial_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

impl Sink for JsonLines {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.facts += memchr::memchr_iter(b'\n', lines).count() as u64;
        self.to.write_all(lines).map_err(|error| SinkError::io(&self.place, &error))
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.close().map_err(|error| SinkError::io(&self.place, &error))?;
        Ok(Summary { added: self.facts, ..Summary::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_when_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.jsonl");
        let mut sink = Box::new(JsonLines::create(&path).unwrap());
        sink.write(b"{}\n").unwrap();
        assert!(!path.exists());
        sink.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"{}\n");
    }

    #[test]
    fn compressed_facts_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.jsonl.zst");
        let facts = crate::sink::samples::hostile();
        let mut sink = Box::new(JsonLines::create(&path).unwrap());
        sink.write(&crate::sink::samples::lines(&facts)).unwrap();
        sink.finish().unwrap();
        let mut back = Vec::new();
        crate::sink::facts(path.to_str().unwrap(), &mut |fact| back.push(fact)).unwrap();
        assert_eq!(back, facts);
    }
}

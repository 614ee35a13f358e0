//! JSON Lines to standard output or a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::error::refuse_no_file;
use super::journal::{Earlier, Journaled};
use super::{Checkpoint, Left, Resumable, STANDARD, Sink, SinkError, Summary};

/// Writes facts as JSON Lines.
pub struct JsonLines {
    to: Destination,
    /// For messages.
    place: String,
    facts: u64,
}

enum Destination {
    Direct(Box<dyn Write + Send>),
    File(Box<Journaled>),
}

impl JsonLines {
    /// To any writer, such as standard output, which messages call `place`. It need not buffer: runs of lines come
    /// whole.
    pub fn new(to: impl Write + Send + 'static, place: &str) -> Self {
        Self { to: Destination::Direct(Box::new(to)), place: place.to_owned(), facts: 0 }
    }

    /// To the file `path`; `-` is standard output. It is written under a temporary name beside it and takes its place in [`Sink::finish`], so
    /// that nobody ever sees half a file. A name that ends in `.zst`, `.gz`, `.bz2` or `.xz` is compressed so. Devices and pipes are written
    /// directly.
    ///
    /// Where `run` is given, what is written before the run is interrupted stays, and the run goes on if that is asked
    /// for; then says which units it had done. No sink where that run was complete.
    ///
    /// # Errors
    /// Where the file cannot be made, or the interrupted run was another one.
    pub fn open(path: &Path, run: Option<&Resumable>) -> Result<(Option<Self>, Earlier), SinkError> {
        if path == Path::new(STANDARD) {
            let stdout = Self::new(io::stdout(), "standard output");
            return Ok((Some(stdout), Earlier::Nothing));
        }
        let place = path.display().to_string();
        refuse_no_file(path)?;
        Self::at(path, run, &place).map_err(|error| SinkError::io(&place, &error))
    }

    fn at(path: &Path, run: Option<&Resumable>, place: &str) -> io::Result<(Option<Self>, Earlier)> {
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
            let device = File::options().write(true).open(path)?;
            return Ok((Some(Self::new(device, place)), Earlier::Nothing));
        }
        let resumable = run.cloned().unwrap_or_default();
        let (mut file, earlier) = Journaled::open(path, &resumable.run, resumable.resume)?;
        if run.is_none() {
            file.iter_mut().for_each(Journaled::discard_unfinished);
        }
        let sink = file.map(|file| Self {
            to: Destination::File(Box::new(file)),
            place: place.to_owned(),
            facts: 0,
        });
        Ok((sink, earlier))
    }

    fn failed(&self) -> impl Fn(io::Error) -> SinkError + use<> {
        let place = self.place.clone();
        move |error| SinkError::io(&place, &error)
    }
}

impl Sink for JsonLines {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.facts += memchr::memchr_iter(b'\n', lines).count() as u64;
        let written = match &mut self.to {
            Destination::Direct(to) => to.write_all(lines),
            Destination::File(file) => file.write(lines),
        };
        written.map_err(|error| SinkError::io(&self.place, &error))
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        let failed = self.failed();
        match &mut self.to {
            Destination::Direct(_) => Ok(()),
            Destination::File(file) => file.checkpoint(checkpoint).map_err(failed),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        let failed = self.failed();
        match &mut self.to {
            Destination::Direct(to) => to.flush().map_err(failed)?,
            Destination::File(file) => file.finish().map_err(failed)?,
        }
        Ok(Summary { added: self.facts, ..Summary::default() })
    }

    fn abandon(self: Box<Self>) -> Left {
        match self.to {
            Destination::Direct(_) => Left::Passed(self.facts),
            Destination::File(file) => file.kept().map_or(Left::AsBefore, Left::Part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_when_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.jsonl");
        let mut sink = Box::new(JsonLines::open(&path, None).unwrap().0.unwrap());
        sink.write(b"{}\n").unwrap();
        assert!(!path.exists());
        sink.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"{}\n");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn compressed_facts_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let facts = crate::sink::samples::hostile();
        let begins: [(&str, &[u8]); 4] =
            [("zst", b"\x28\xB5\x2F\xFD"), ("gz", b"\x1F\x8B"), ("bz2", b"BZh"), ("xz", b"\xFD7zXZ")];
        for (ending, begins) in begins {
            let path = dir.path().join(format!("out.jsonl.{ending}"));
            let mut sink = Box::new(JsonLines::open(&path, None).unwrap().0.unwrap());
            sink.write(&crate::sink::samples::lines(&facts)).unwrap();
            sink.finish().unwrap();
            assert!(fs::read(&path).unwrap().starts_with(begins), "{ending}");
            let mut back = Vec::new();
            crate::sink::facts(path.to_str().unwrap(), &mut |fact| back.push(fact)).unwrap();
            assert_eq!(back, facts, "{ending}");
        }
    }
}

//! JSON Lines to standard output or a file.

use std::io::Write;
use std::path::Path;

use super::output::Output;
use super::run::{Earlier, Resumable};
use super::{Checkpoint, Left, Sink, SinkError, Summary};

/// Writes facts as JSON Lines.
pub struct JsonLines {
    to: Output,
    facts: u64,
}

impl JsonLines {
    /// To any writer, such as standard output, which messages call `place`. It need not buffer: runs of lines come
    /// whole.
    pub fn new(to: impl Write + Send + 'static, place: &str) -> Self {
        Self { to: Output::direct(to, place), facts: 0 }
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
        let (to, earlier) = Output::open(path, run)?;
        Ok((to.map(|to| Self { to, facts: 0 }), earlier))
    }
}

impl Sink for JsonLines {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.facts += memchr::memchr_iter(b'\n', lines).count() as u64;
        self.to.write(lines)
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.to.checkpoint(checkpoint)
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.to.finish()?;
        Ok(Summary { added: self.facts, ..Summary::default() })
    }

    fn abandon(self: Box<Self>) -> Left {
        self.to.abandon(self.facts)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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

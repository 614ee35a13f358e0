//! Bytes to standard output, a device, or a file that nobody sees before it is whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::error::refuse_no_file;
use super::journal::Journaled;
use super::run::{Earlier, Resumable};
use super::{Checkpoint, Left, STANDARD, SinkError};

/// Where the formats that are files write to.
pub(super) struct Output {
    to: To,
    /// For messages.
    place: String,
}

enum To {
    Direct(Box<dyn Write + Send>),
    File(Box<Journaled>),
}

impl Output {
    /// To any writer, which messages call `place`. It need not buffer.
    pub(super) fn direct(to: impl Write + Send + 'static, place: &str) -> Self {
        Self { to: To::Direct(Box::new(to)), place: place.to_owned() }
    }

    /// To the file, device or pipe `path`; `-` is standard output. No output where the run was complete.
    ///
    /// # Errors
    /// Where the file cannot be made, or the interrupted run was another one.
    pub(super) fn open(path: &Path, run: Option<&Resumable>) -> Result<(Option<Self>, Earlier), SinkError> {
        if path == Path::new(STANDARD) {
            return Ok((Some(Self::direct(io::stdout(), "standard output")), Earlier::Nothing));
        }
        let place = path.display().to_string();
        refuse_no_file(path)?;
        Self::at(path, run, &place).map_err(|error| SinkError::io(&place, &error))
    }

    fn at(path: &Path, run: Option<&Resumable>, place: &str) -> io::Result<(Option<Self>, Earlier)> {
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
            let device = File::options().write(true).open(path)?;
            return Ok((Some(Self::direct(device, place)), Earlier::Nothing));
        }
        let resumable = run.cloned().unwrap_or_default();
        let (mut file, earlier) = Journaled::open(path, &resumable.run, resumable.resume)?;
        if run.is_none() {
            file.iter_mut().for_each(Journaled::discard_unfinished);
        }
        let output = file.map(|file| Self { to: To::File(Box::new(file)), place: place.to_owned() });
        Ok((output, earlier))
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), SinkError> {
        let written = match &mut self.to {
            To::Direct(to) => to.write_all(bytes),
            To::File(file) => file.write(bytes),
        };
        self.told(written)
    }

    pub(super) fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        let kept = match &mut self.to {
            To::Direct(_) => Ok(()),
            To::File(file) => file.checkpoint(checkpoint),
        };
        self.told(kept)
    }

    /// Ends it; a file takes its place.
    pub(super) fn finish(&mut self) -> Result<(), SinkError> {
        let done = match &mut self.to {
            To::Direct(to) => to.flush(),
            To::File(file) => file.finish(),
        };
        self.told(done)
    }

    /// Gives it up; says what stands there now that `facts` were written.
    pub(super) fn abandon(self, facts: u64) -> Left {
        match self.to {
            To::Direct(_) => Left::Passed(facts),
            To::File(file) => file.kept().map_or(Left::AsBefore, Left::Part),
        }
    }

    fn told(&self, done: io::Result<()>) -> Result<(), SinkError> {
        done.map_err(|error| SinkError::io(&self.place, &error))
    }
}

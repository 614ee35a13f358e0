//! A file that is written in parts, with a journal beside it, so that a run that was killed can go on.
//!
//! `FILE` is written as `FILE.part`. Once there are [`PART`] bytes of facts or [`UNITS`] units are done, they make a part
//! (for `FILE.zst` and its kin, where they are held back until then, one frame or member), which is made durable; then a line of `FILE.journal`
//! says how long the file is and how many units that makes. Where parts end depends on the input only. A run that goes
//! on cuts the file back to the last line of the journal and does the following units again, so it ends with the bytes
//! that an undisturbed run writes. Until the first page nothing is touched that an earlier run left. At the end the journal gets a last line that says so, and the file takes its name. The
//! journal stays beside it, so that the same command is known to be done, and another is not taken for it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Checkpoint;
use super::files::{remove, with_ending};
use super::packing::Packing;
use super::run::{Earlier, RunName};
use crate::Tally;

/// Bytes of facts in a part, at least.
const PART: usize = 2 << 20;
/// Units in a part, at most.
const UNITS: u64 = 1024;

#[derive(Serialize, Deserialize)]
struct Entry {
    units: u64,
    bytes: u64,
    summary: Tally,
    /// Nothing follows.
    #[serde(default)]
    complete: bool,
}

/// A file written in parts.
pub(super) struct Journaled {
    path: PathBuf,
    file: File,
    /// Absent until there is something to write.
    journal: Option<File>,
    run: RunName,
    packing: Option<Packing>,
    /// What is not compressed yet.
    held: Vec<u8>,
    written: u64,
    /// Bytes of facts in the part that is not finished.
    part: usize,
    /// Units done in the parts that are written.
    units: u64,
    /// Units done in all, and their counts.
    done: (u64, Tally),
    /// Whether what is not finished is removed: nobody can go on with it.
    discard: bool,
}

impl Journaled {
    /// Starts `path`, or goes on with it where `resume` is set and an earlier run of the same name `run` was
    /// interrupted. `None` where that run was complete.
    ///
    /// # Errors
    /// Also where nothing says that a file that is there is of this run.
    pub(super) fn open(path: &Path, run: &RunName, resume: bool) -> io::Result<(Option<Self>, Earlier)> {
        let anew = || Ok((Some(Self::start(path, run)?), Earlier::Nothing));
        if !resume {
            return anew();
        }
        let Some((name, entry)) = read_journal(path)? else {
            let stray = path.exists() && !with_ending(path, ".part").exists();
            return if stray { Err(cannot_go_on(UNKNOWN)) } else { anew() };
        };
        let complete = entry.as_ref().is_some_and(|entry| entry.complete);
        if let Some(why) = run.differs_from(&name) {
            let which = if complete { "run that wrote it" } else { "interrupted run" };
            return Err(cannot_go_on(&format!("the {which} {why}")));
        }
        let Some(entry) = entry else { return anew() };
        let part = length(&with_ending(path, ".part"));
        if complete && part == Some(entry.bytes) {
            fs::rename(with_ending(path, ".part"), path)?;
        } else if part.is_some_and(|length| length >= entry.bytes) {
            return Self::go_on(path, run, entry);
        }
        match length(path) {
            Some(length) if complete && length == entry.bytes => Ok((None, Earlier::Complete(entry.summary))),
            Some(_) if complete => Err(cannot_go_on(UNKNOWN)),
            _ => anew(),
        }
    }

    fn go_on(path: &Path, run: &RunName, entry: Entry) -> io::Result<(Option<Self>, Earlier)> {
        let mut file = File::options().write(true).open(with_ending(path, ".part"))?;
        file.set_len(entry.bytes)?;
        io::Seek::seek(&mut file, io::SeekFrom::End(0))?;
        let mut this = Self::new(path, file, run);
        this.journal = Some(Self::rewrite(path, run, &entry)?);
        (this.written, this.units) = (entry.bytes, entry.units);
        this.done = (entry.units, entry.summary.clone());
        Ok((Some(this), Earlier::Units(entry.units, entry.summary)))
    }

    fn new(path: &Path, file: File, run: &RunName) -> Self {
        Self {
            path: path.to_owned(),
            file,
            journal: None,
            run: run.clone(),
            packing: Packing::of(path),
            held: Vec::new(),
            written: 0,
            part: 0,
            units: 0,
            done: Default::default(),
            discard: false,
        }
    }

    /// A file that cannot be written shows at once; what is in it goes only in [`Self::begin`].
    fn start(path: &Path, run: &RunName) -> io::Result<Self> {
        let file =
            File::options().write(true).create(true).truncate(false).open(with_ending(path, ".part"))?;
        Ok(Self::new(path, file, run))
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.journal.is_some() {
            return Ok(());
        }
        // The journal goes first, so that it never speaks of another file.
        let mut journal = File::create(with_ending(&self.path, ".journal"))?;
        append(&mut journal, &self.run)?;
        self.journal = Some(journal);
        self.file.set_len(0)
    }

    /// Writes the journal anew: its last line may have been cut off.
    fn rewrite(path: &Path, run: &RunName, entry: &Entry) -> io::Result<File> {
        let fresh = with_ending(path, ".journal.new");
        let mut journal = File::create(&fresh)?;
        append(&mut journal, run)?;
        append(&mut journal, entry)?;
        fs::rename(fresh, with_ending(path, ".journal"))?;
        Ok(journal)
    }

    /// Removes the file when it is dropped before it is finished.
    pub(super) fn discard_unfinished(&mut self) {
        self.discard = true;
    }

    /// The file that what was written stays in, where somebody can go on with it.
    pub(super) fn kept(&self) -> Option<PathBuf> {
        (!self.discard && self.journal.is_some()).then(|| with_ending(&self.path, ".part"))
    }

    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        self.begin()?;
        self.part += lines.len();
        if self.packing.is_none() {
            self.written += lines.len() as u64;
            return self.file.write_all(lines);
        }
        self.held.extend_from_slice(lines);
        // Not all who write tell about units.
        if self.held.len() >= 4 * PART { self.flush() } else { Ok(()) }
    }

    pub(super) fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> io::Result<()> {
        if self.journal.is_none() && !checkpoint.tally.met_a_page() {
            return Ok(());
        }
        self.begin()?;
        if checkpoint.units > self.done.0 {
            self.done = (checkpoint.units, checkpoint.tally.clone());
        }
        let full = self.part >= PART || checkpoint.units >= self.units + UNITS;
        // Units that an earlier run has done are passed over.
        if !full || checkpoint.units <= self.units {
            return Ok(());
        }
        self.flush()?;
        self.file.sync_data()?;
        (self.units, self.part) = (checkpoint.units, 0);
        self.note(false)
    }

    /// Adds what is done to the journal.
    fn note(&mut self, complete: bool) -> io::Result<()> {
        let (units, summary) = self.done.clone();
        let entry = Entry { units, bytes: self.written, summary, complete };
        self.journal.as_mut().map_or(Ok(()), |journal| append(journal, &entry))
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(packing) = self.packing.filter(|_| !self.held.is_empty()) else { return Ok(()) };
        let packed = packing.pack(&self.held)?;
        self.file.write_all(&packed)?;
        self.written += packed.len() as u64;
        self.held.clear();
        Ok(())
    }

    /// Puts the file in its place.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.begin()?;
        self.flush()?;
        self.file.sync_data()?;
        if !self.discard {
            self.note(true)?;
        }
        fs::rename(with_ending(&self.path, ".part"), &self.path)?;
        if std::mem::take(&mut self.discard) { remove(&with_ending(&self.path, ".journal")) } else { Ok(()) }
    }
}

impl Drop for Journaled {
    fn drop(&mut self) {
        let untouched = self.journal.is_none();
        if untouched && self.file.metadata().is_ok_and(|meta| meta.len() == 0) {
            let _ = remove(&with_ending(&self.path, ".part"));
        }
        if self.discard && !untouched {
            // A disk that is full has more need of the room than the user of half a file.
            let _ = remove(&with_ending(&self.path, ".part"));
            let _ = remove(&with_ending(&self.path, ".journal"));
        }
    }
}

/// Which run the journal of `path` is of, and its last whole entry; nothing where there is none.
fn read_journal(path: &Path) -> io::Result<Option<(RunName, Option<Entry>)>> {
    let text = match fs::read_to_string(with_ending(path, ".journal")) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let name: Option<RunName> = lines.next().and_then(|line| serde_json::from_str(line).ok());
    Ok(name.map(|name| (name, lines.rev().find_map(|line| serde_json::from_str(line).ok()))))
}

/// What is said of a file of which no journal tells.
const UNKNOWN: &str = "no run that is complete is known to have written the file that is there";

fn cannot_go_on(why: &str) -> io::Error {
    let what = format!("cannot go on: {why}; without --resume the file is written anew");
    io::Error::new(ErrorKind::InvalidInput, what)
}

fn length(path: &Path) -> Option<u64> {
    path.metadata().ok().map(|meta| meta.len())
}

fn append(journal: &mut File, line: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    journal.write_all(&text)?;
    journal.sync_data()
}

#[cfg(test)]
mod tests;

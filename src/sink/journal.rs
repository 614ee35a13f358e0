//! A file that is written in parts, with a journal beside it, so that a run that was killed can go on.
//!
//! `FILE` is written as `FILE.part`. Once there are [`PART`] bytes of facts or [`UNITS`] units are done, they make a part
//! (for `FILE.zst` and its kin, where they are held back until then, one frame or member), which is made durable; then a line of `FILE.journal`
//! says how long the file is and how many units that makes. Where parts end depends on the input only. A run that goes
//! on cuts the file back to the last line of the journal and does the following units again, so it ends with the bytes
//! that an undisturbed run writes. At the end the file takes its name and the journal is removed.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Checkpoint;
use super::packing::Packing;
use crate::pipeline::Summary;

/// Bytes of facts in a part, at least.
const PART: usize = 2 << 20;
/// Units in a part, at most.
const UNITS: u64 = 1024;

/// What an earlier run left behind.
#[derive(Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing that could be gone on with.
    Nothing,
    /// So many units, and their counts.
    Units(u64, Summary),
    /// The whole file.
    Complete,
}

#[derive(Serialize, Deserialize)]
struct Head {
    /// Version of the program.
    solieu: String,
    /// What was run: the same journal must not serve two different runs.
    run: String,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    units: u64,
    bytes: u64,
    summary: Summary,
}

/// A file written in parts.
pub(super) struct Journaled {
    path: PathBuf,
    file: File,
    journal: File,
    packing: Option<Packing>,
    /// What is not compressed yet.
    held: Vec<u8>,
    written: u64,
    /// Bytes of facts in the part that is not finished.
    part: usize,
    /// Units done in the parts that are written.
    units: u64,
    /// Whether what is not finished is removed: nobody can go on with it.
    discard: bool,
}

impl Journaled {
    /// Starts `path`, or goes on with it where `resume` is set and an earlier run of the same name `run` was
    /// interrupted. `None` where that run was complete.
    pub(super) fn open(path: &Path, run: &str, resume: bool) -> io::Result<(Option<Self>, Earlier)> {
        let head = Head { solieu: env!("CARGO_PKG_VERSION").to_owned(), run: run.to_owned() };
        let part = with_ending(path, ".part");
        if resume && !part.exists() && path.exists() {
            remove(&with_ending(path, ".journal"))?;
            return Ok((None, Earlier::Complete));
        }
        let entry = if resume { last_entry(path, &head)? } else { None };
        let Some(entry) = entry else { return Ok((Some(Self::start(path, &head)?), Earlier::Nothing)) };
        let file = File::options().write(true).open(&part)?;
        if file.metadata()?.len() < entry.bytes {
            return Ok((Some(Self::start(path, &head)?), Earlier::Nothing));
        }
        file.set_len(entry.bytes)?;
        let mut this = Self::new(path, file, Self::rewrite(path, &head, &entry)?);
        io::Seek::seek(&mut this.file, io::SeekFrom::End(0))?;
        (this.written, this.units) = (entry.bytes, entry.units);
        Ok((Some(this), Earlier::Units(entry.units, entry.summary)))
    }

    fn new(path: &Path, file: File, journal: File) -> Self {
        Self {
            path: path.to_owned(),
            file,
            journal,
            packing: Packing::of(path),
            held: Vec::new(),
            written: 0,
            part: 0,
            units: 0,
            discard: false,
        }
    }

    fn start(path: &Path, head: &Head) -> io::Result<Self> {
        // The journal goes first, so that it never speaks of another file.
        let mut journal = File::create(with_ending(path, ".journal"))?;
        append(&mut journal, head)?;
        Ok(Self::new(path, File::create(with_ending(path, ".part"))?, journal))
    }

    /// Writes the journal anew: its last line may have been cut off.
    fn rewrite(path: &Path, head: &Head, entry: &Entry) -> io::Result<File> {
        let fresh = with_ending(path, ".journal.new");
        let mut journal = File::create(&fresh)?;
        append(&mut journal, head)?;
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
        (!self.discard).then(|| with_ending(&self.path, ".part"))
    }

    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
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
        let full = self.part >= PART || checkpoint.units >= self.units + UNITS;
        // Units that an earlier run has done are passed over.
        if !full || checkpoint.units <= self.units {
            return Ok(());
        }
        self.flush()?;
        self.file.sync_data()?;
        (self.units, self.part) = (checkpoint.units, 0);
        let entry = Entry { units: self.units, bytes: self.written, summary: checkpoint.summary.clone() };
        append(&mut self.journal, &entry)
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
        self.flush()?;
        self.file.sync_data()?;
        fs::rename(with_ending(&self.path, ".part"), &self.path)?;
        self.discard = false;
        remove(&with_ending(&self.path, ".journal"))
    }
}

impl Drop for Journaled {
    fn drop(&mut self) {
        if self.discard {
            // A disk that is full has more need of the room than the user of half a file.
            let _ = remove(&with_ending(&self.path, ".part"));
            let _ = remove(&with_ending(&self.path, ".journal"));
        }
    }
}

/// The last whole entry of the journal of `path`, if it is of the same run.
fn last_entry(path: &Path, head: &Head) -> io::Result<Option<Entry>> {
    let text = match fs::read_to_string(with_ending(path, ".journal")) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let found: Option<Head> = lines.next().and_then(|line| serde_json::from_str(line).ok());
    match found {
        Some(found) if found.run == head.run && found.solieu == head.solieu => {
            Ok(lines.rev().find_map(|line| serde_json::from_str(line).ok()))
        }
        Some(_) => Err(io::Error::new(
            ErrorKind::InvalidInput,
            "cannot go on: the interrupted run had other inputs, options or rules",
        )),
        None => Ok(None),
    }
}

fn append(journal: &mut File, line: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    journal.write_all(&text)?;
    journal.sync_data()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes `units` units of 1 MiB and dies, or finishes.
    fn run(path: &Path, resume: bool, until: u64) -> Earlier {
        let (file, earlier) = Journaled::open(path, "r", resume).unwrap();
        let Some(mut file) = file else { return earlier };
        let first = if let Earlier::Units(units, _) = &earlier { *units } else { 0 };
        for unit in first..until.min(20) {
            file.write(format!("{unit}\n").repeat(1 << 18).as_bytes()).unwrap();
            file.checkpoint(&Checkpoint { units: unit + 1, summary: &Summary::default() }).unwrap();
        }
        if until >= 20 {
            file.finish().unwrap();
        }
        earlier
    }

    #[test]
    fn a_resumed_file_has_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.jsonl", "a.jsonl.zst", "a.jsonl.gz"] {
            let (whole, resumed) =
                (dir.path().join(name), dir.path().join("r").with_file_name(format!("r{name}")));
            run(&whole, false, 20);
            run(&resumed, false, 1);
            for until in [7, 13, 14] {
                run(&resumed, true, until);
            }
            let part = with_ending(&resumed, ".part");
            File::options().append(true).open(&part).unwrap().write_all(b"torn").unwrap();
            assert!(matches!(run(&resumed, true, 20), Earlier::Units(8.., _)));
            assert_eq!(fs::read(&whole).unwrap(), fs::read(&resumed).unwrap());
            assert_eq!(run(&resumed, true, 20), Earlier::Complete);
        }
    }

    #[test]
    fn another_run_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.jsonl");
        run(&path, false, 9);
        assert!(Journaled::open(&path, "other", true).is_err());
    }
}

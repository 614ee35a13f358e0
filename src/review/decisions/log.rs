//! Writing decisions: each is on the disk before it is confirmed.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Unit};

use super::{Decision, Decisions};

/// How much of the end of the file is looked at for a line that was cut off.
const TAIL: u64 = 64 << 10;

/// A decisions file to append to. It is made and opened with the first decision: who only looks may be where nothing can be
/// written.
///
/// Several processes may append to one file: each takes a lock for the moment of writing.
#[derive(Debug)]
pub struct DecisionLog {
    path: PathBuf,
    file: Option<File>,
    last: Timestamp,
}

impl DecisionLog {
    /// For the file at `path`, which may not be there yet.
    ///
    /// # Errors
    /// Where its folder is not there.
    pub fn open(path: &Path) -> io::Result<Self> {
        fs::metadata(folder(path))?;
        Ok(Self { path: path.to_owned(), file: None, last: Timestamp::UNIX_EPOCH })
    }

    /// Reads the whole file again.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self) -> io::Result<Decisions> {
        Decisions::read(&self.path)
    }

    /// The length of the file in bytes, 0 where there is none yet: it tells whether others have written.
    ///
    /// # Errors
    /// Where it cannot be told.
    pub(crate) fn len(&self) -> io::Result<u64> {
        // Of the file that has the name now: git replaces files when it merges.
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            found => found.map(|meta| meta.len()),
        }
    }

    /// A moment for a new decision, in microseconds, later than any other that this log gave.
    pub fn now(&mut self) -> Timestamp {
        let now = Timestamp::now().round(Unit::Microsecond).unwrap_or(self.last);
        let next = self.last.checked_add(jiff::SignedDuration::from_micros(1)).unwrap_or(now);
        self.last = now.max(next);
        self.last
    }

    /// Appends a decision. When this returns, it is on the disk. On failure nothing of it stays in the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn append(&mut self, decision: &Decision) -> io::Result<()> {
        // A merge or an editor may have put another file in the place of the one that is open.
        let open = self.file.take().filter(|file| same_file(&self.path, file));
        let file = self.file.insert(open.map_or_else(|| open_to_append(&self.path), Ok)?);
        file.lock()?;
        let result = append(file, decision);
        let unlocked = file.unlock();
        result.and(unlocked)
    }
}

fn open_to_append(path: &Path) -> io::Result<File> {
    let fresh = !path.exists();
    let file = File::options().read(true).append(true).create(true).open(path)?;
    if fresh {
        sync_folder(path)?;
    }
    Ok(file)
}

#[cfg(unix)]
fn same_file(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(named), Ok(open)) = (fs::metadata(path), file.metadata()) else { return false };
    (named.dev(), named.ino()) == (open.dev(), open.ino())
}

#[cfg(not(unix))]
fn same_file(path: &Path, _: &File) -> bool {
    path.exists()
}

fn append(file: &mut File, decision: &Decision) -> io::Result<()> {
    let mut line = mend(file)?;
    line.push_str(&decision.to_line()?);
    line.push('\n');
    let before = file.metadata()?.len();
    let written = file.write_all(line.as_bytes()).and_then(|()| file.sync_data());
    if written.is_err() {
        // Should this fail as well, the next one to append mends it.
        let _ = file.set_len(before);
    }
    written
}

/// Sees to it that the file ends in a whole line: takes off what a crash left of a decision that was never confirmed.
/// A whole decision that lacks only its end of line stays; what is to be written before the next is returned.
fn mend(file: &mut File) -> io::Result<String> {
    let len = file.metadata()?.len();
    let from = len.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    Read::by_ref(file).take(TAIL).read_to_end(&mut tail)?;
    let start = tail.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let torn = &tail[start..];
    if torn.is_empty() {
        return Ok(String::new());
    }
    let whole = serde_json::from_slice::<Decision>(torn).is_ok();
    // A line longer than the tail is left for people to look at.
    if !whole && (start > 0 || from == 0) {
        file.set_len(from + start as u64)?;
        return Ok(String::new());
    }
    Ok("\n".to_owned())
}

/// Makes the name of a new file durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder(path))?.sync_all() } else { Ok(()) }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

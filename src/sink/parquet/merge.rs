//! The end of a load: what was in the folder and what was read now become one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::history::{self, History};
use super::part::{Part, Unfinished, clean};
use super::{FACTS_AT_ONCE, Load, failed, folder, key, read, year};
use crate::fact::Fact;
use crate::sink::YEAR;
use crate::sink::files::remove;
use crate::sink::prepare::digest;
use crate::sink::{Failure, SinkError, Summary};

/// The file that is locked while the folder changes.
const LOCK: &str = ".lock";

/// How often, and after which pause, to ask for the lock again: two minutes in all.
const ATTEMPTS: u32 = 1_200;
const PAUSE: Duration = Duration::from_millis(100);

/// Sees that the folder can be written and removes what killed loads left.
pub(super) fn check(dir: &Path) -> io::Result<()> {
    File::options().create(true).append(true).open(dir.join(LOCK))?;
    folders(dir)?.values().try_for_each(|folder| clean(folder))
}

/// The folders of years.
fn folders(dir: &Path) -> io::Result<BTreeMap<i16, PathBuf>> {
    let mut folders = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let year = name.to_str().and_then(|name| name.strip_prefix(YEAR));
        if let Some(year) = year.and_then(|year| year.parse().ok()) {
            folders.insert(year, entry.path());
        }
    }
    Ok(folders)
}

/// Waits until no other load changes the folder.
fn lock(dir: &Path, place: &str) -> Result<File, SinkError> {
    let io = |error: io::Error| SinkError::io(place, &error);
    let file = File::options().create(true).append(true).open(dir.join(LOCK)).map_err(io)?;
    for _ in 0..ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
    }
    Err(SinkError::new(Failure::Busy, place, "another load kept it locked for too long"))
}

/// Removes a folder in which nothing but the lock is; one with more stays.
pub(super) fn leave(dir: &Path) {
    let mut entries = fs::read_dir(dir).into_iter().flatten().flatten();
    if entries.all(|entry| entry.file_name() == LOCK) {
        // Should another load begin right now, it says that it cannot write.
        let _ = fs::remove_file(dir.join(LOCK)).and_then(|()| fs::remove_dir(dir));
    }
}

/// Merges the load into its folder. All new files are made whole before the first takes its place.
pub(super) fn into_folder(mut load: Load, mut parts: BTreeMap<i16, Part>) -> Result<Summary, SinkError> {
    let (dir, place) = (load.dir.clone(), load.place.clone());
    let io = |error: io::Error| SinkError::io(&place, &error);
    let _lock = lock(&dir, &place)?;
    history::clean(&dir).map_err(io)?;
    let mut files: BTreeMap<i16, Vec<PathBuf>> = BTreeMap::new();
    for (year, folder) in folders(&dir).map_err(io)? {
        files.insert(year, read::files_of(&folder).map_err(io)?);
    }
    let years: BTreeSet<i16> = files.keys().chain(parts.keys()).copied().collect();
    let (mut done, mut changed) = (Summary::default(), Vec::new());
    for year in years {
        let old = files.remove(&year).unwrap_or_default();
        let mut merge = Merge::new(&mut load, year, parts.remove(&year));
        merge.read(&old)?;
        done.same += merge.same;
        done.changed += merge.changed;
        done.retired += merge.retired;
        changed.extend(merge.finish(old)?);
    }
    for year in changed {
        year.put(&dir).map_err(io)?;
    }
    done.added = (load.seen.len() as u64).saturating_sub(done.same + done.changed);
    done.same += load.again;
    Ok(done)
}

/// What becomes of one year.
struct Merge<'l> {
    load: &'l mut Load,
    year: i16,
    part: Option<Part>,
    held: Vec<Fact<'static>>,
    history: History,
    buffer: Vec<u8>,
    same: u64,
    changed: u64,
    retired: u64,
    /// Rows that were there twice.
    twice: u64,
}

impl<'l> Merge<'l> {
    fn new(load: &'l mut Load, year: i16, part: Option<Part>) -> Self {
        let (held, history, buffer) = (Vec::new(), History::default(), Vec::new());
        Self { load, year, part, held, history, buffer, same: 0, changed: 0, retired: 0, twice: 0 }
    }

    /// Looks at all that was there of this year.
    fn read(&mut self, old: &[PathBuf]) -> Result<(), SinkError> {
        if self.part.is_none() && self.load.retire.is_none() {
            // A fact whose page has another date now may still be here.
            let Load { seen, rejected, .. } = &*self.load;
            let known = |id: &str| seen.contains_key(&key(id)) || rejected.contains(&key(id));
            let mut found = false;
            for file in old {
                found = found || read::any_id(file, &known)?;
            }
            if !found {
                return Ok(());
            }
        }
        for file in old {
            read::of_file(file, &mut |fact| self.take(fact))?;
        }
        self.flush()
    }

    /// Decides about one fact that was there.
    fn take(&mut self, fact: Fact<'static>) -> Result<(), SinkError> {
        let here = year(&fact) == self.year;
        if let Some(seen) = self.load.seen.get_mut(&key(&fact.id)) {
            let same = here && seen.digest == digest(&fact, &mut self.buffer);
            match (same, seen.met) {
                (true, false) => self.same += 1,
                (true, true) => self.twice += 1,
                (false, _) => {
                    self.changed += 1;
                    return self.keep_history(&fact, false);
                }
            }
            seen.met = true;
            return Ok(());
        }
        let not_found = self.load.retire.as_ref().is_some_and(|prefix| fact.source.path.starts_with(prefix));
        if not_found || self.load.rejected.contains(&key(&fact.id)) {
            self.retired += 1;
            return self.keep_history(&fact, true);
        }
        self.held.push(fact);
        if self.held.len() >= FACTS_AT_ONCE { self.flush() } else { Ok(()) }
    }

    fn keep_history(&mut self, fact: &Fact<'_>, retired: bool) -> Result<(), SinkError> {
        let kept = self.history.keep(&self.load.dir, fact, self.load.run.as_deref(), retired);
        kept.map_err(|error| SinkError::io(&self.load.place, &error))
    }

    /// Takes over what stays.
    fn flush(&mut self) -> Result<(), SinkError> {
        if self.held.is_empty() {
            return Ok(());
        }
        let error = |error| failed(&self.load.place, &error);
        let part = match &mut self.part {
            Some(part) => part,
            None => self.part.insert(Part::create(&self.load.dir, self.year).map_err(error)?),
        };
        part.write(std::mem::take(&mut self.held)).map_err(error)
    }

    /// The files of the year, if something is to change in it.
    fn finish(self, old: Vec<PathBuf>) -> Result<Option<Changed>, SinkError> {
        let read = self.load.years.get(&self.year).copied().unwrap_or(0);
        if self.same == read && self.changed + self.retired + self.twice == 0 {
            return Ok(None);
        }
        let file = self.part.map(Part::close).transpose().map_err(|e| failed(&self.load.place, &e))?;
        Ok(Some(Changed { year: self.year, old, file, history: self.history }))
    }
}

/// A year whose files are to be replaced.
struct Changed {
    year: i16,
    old: Vec<PathBuf>,
    /// The new one; absent where no fact of the year is left.
    file: Option<Unfinished>,
    history: History,
}

impl Changed {
    fn put(self, dir: &Path) -> io::Result<()> {
        self.history.put(dir, self.year)?;
        let folder = folder(dir, self.year);
        let place = folder.join("facts.parquet");
        let stays = self.file.is_some();
        if let Some(file) = self.file {
            file.put(&place)?;
        }
        self.old.iter().filter(|old| !stays || **old != place).try_for_each(|old| remove(old))?;
        if !stays {
            // Others may have put something there.
            let _ = fs::remove_dir(&folder);
        }
        Ok(())
    }
}

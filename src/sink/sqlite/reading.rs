//! The file open to read, also in a folder that may not be written.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags};

use super::connect::{BUSY, sink_error, version};
use super::read;
use crate::sink::{Each, Failure, SinkError};

/// A database that is open to read.
pub(in crate::sink) struct Reading {
    path: String,
    connection: Connection,
    /// Where SQLite takes it for one that does not change, and so looks for no other program that writes: what it was
    /// when it was opened.
    unchanged: Option<Stamp>,
}

/// What changes in a file that is written.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    /// The change counter of its header (<https://www.sqlite.org/fileformat2.html#file_change_counter>).
    changes: [u8; 4],
    has_log: bool,
}

impl Stamp {
    fn of(path: &str) -> io::Result<Self> {
        const CHANGE_COUNTER: u64 = 24;
        let mut file = File::open(path)?;
        let meta = file.metadata()?;
        let mut changes = [0; 4];
        file.seek(SeekFrom::Start(CHANGE_COUNTER))?;
        file.read_exact(&mut changes)?;
        Ok(Self { bytes: meta.len(), modified: meta.modified().ok(), changes, has_log: has_log(path) })
    }
}

impl Reading {
    /// Opens a database to read, also one in a folder that may not be written, where there can be no log.
    ///
    /// # Errors
    /// Where there is none, it is not ours, or its schema is newer than this program.
    pub(in crate::sink) fn open(path: &str) -> Result<Self, SinkError> {
        let there = Path::new(path);
        if there.is_dir() || matches!(there.try_exists(), Ok(false)) {
            let what = if there.is_dir() { "is a folder, no database" } else { "there is no such file" };
            return Err(SinkError::new(Failure::Usage, path, what));
        }
        // Who may write the file takes the log away that it made to read: the last to close it does.
        let mut reading = Self::with_flags(path, path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let mut found = version(&reading.connection, path);
        // Why a file cannot be read at all is found already.
        if found.as_ref().is_err_and(|error| error.failure == Failure::ReadOnly)
            && let Ok(stamp) = Stamp::of(path)
        {
            if stamp.has_log {
                return Err(SinkError::new(Failure::ReadOnly, path, unfinished(path)));
            }
            reading = Self::unchanging(path, stamp)?;
            found = reading.undisturbed(version(&reading.connection, path));
        }
        match found? {
            0 => Err(SinkError::new(Failure::NotOurs, path, "no facts were ever loaded here")),
            _ => Ok(reading),
        }
    }

    /// As a file that does not change, which needs no log.
    fn unchanging(path: &str, stamp: Stamp) -> Result<Self, SinkError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let reading = Self::with_flags(path, &immutable_uri(path), flags)?;
        Ok(Self { unchanged: Some(stamp), ..reading })
    }

    fn with_flags(path: &str, name: &str, flags: OpenFlags) -> Result<Self, SinkError> {
        let failed = |error: rusqlite::Error| sink_error(path, &error);
        let connection =
            Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        connection.pragma_update(None, "query_only", true).map_err(failed)?;
        connection.busy_timeout(BUSY).map_err(failed)?;
        Ok(Self { path: path.to_owned(), connection, unchanged: None })
    }

    /// Gives every fact that is not retired to `each`, page by page and in the order of the text.
    ///
    /// # Errors
    /// Where the database fails, holds a value that the record cannot, or was written by others where that could not be
    /// kept from what is read: then what was given may be wrong.
    pub(in crate::sink) fn facts(&self, each: &mut Each<'_>) -> Result<(), SinkError> {
        self.undisturbed(read::facts(&self.connection, &self.path, each))
    }

    /// As [`Self::facts`], of one metric by identifier or words.
    ///
    /// # Errors
    /// As [`Self::facts`].
    pub(in crate::sink) fn facts_of_metric(
        &self,
        metric: &str,
        each: &mut Each<'_>,
    ) -> Result<(), SinkError> {
        self.undisturbed(read::facts_of_metric(&self.connection, &self.path, metric, each))
    }

    /// What was read, or the error of it, unless the file was written meanwhile: then the database may seem broken. Errors
    /// of who takes the facts stay.
    fn undisturbed<T>(&self, done: Result<T, SinkError>) -> Result<T, SinkError> {
        let own = done.as_ref().err().is_none_or(|error| error.place == self.path);
        match &self.unchanged {
            Some(stamp) if own && !Stamp::of(&self.path).is_ok_and(|now| now == *stamp) => {
                Err(SinkError::new(Failure::Busy, &self.path, "was written while it was read: read it again"))
            }
            _ => done,
        }
    }
}

/// Whether there is something in the log of a database. That of a program that only reads is empty.
fn has_log(path: &str) -> bool {
    Path::new(&log_of(path)).metadata().is_ok_and(|meta| meta.len() > 0)
}

fn log_of(path: &str) -> String {
    format!("{path}-wal")
}

/// Why who may not write it cannot read a database with a log.
fn unfinished(path: &str) -> String {
    let log = log_of(path);
    format!(
        "cannot be read by who may not write it: a load that has not ended left {log}; once it is read or loaded into \
         where it may be written, it can"
    )
}

/// The name of a file that does not change (<https://www.sqlite.org/uri.html>).
fn immutable_uri(path: &str) -> String {
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    // Of a path that begins with `//` the first name would be taken for that of a machine.
    let machine = if path.starts_with('/') { "//" } else { "" };
    format!("file:{machine}{path}?immutable=1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::samples::{lines, plain};
    use crate::sink::{Options, open};

    fn load(path: &str, first: usize) {
        let options = Options { run: Some(first.to_string()), ..Options::default() };
        let mut sink = open(&format!("sqlite:{path}"), &options).unwrap();
        sink.write(&lines(&[plain(first), plain(first + 1)])).unwrap();
        sink.finish().unwrap();
    }

    fn count(reading: &Reading) -> Result<usize, SinkError> {
        let mut count = 0;
        let mut add = |_| {
            count += 1;
            Ok(())
        };
        reading.facts(&mut add).map(|()| count)
    }

    #[test]
    fn a_load_in_between_is_noticed_where_nothing_keeps_it_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("facts.db").display().to_string();
        load(&path, 0);
        let reading = || Reading::unchanging(&path, Stamp::of(&path).unwrap()).unwrap();
        let during = reading();
        assert_eq!(count(&during).unwrap(), 2);
        load(&path, 10);
        let error = count(&during).unwrap_err();
        assert_eq!(
            (error.failure, error.message.contains("read it again")),
            (Failure::Busy, true),
            "{error}"
        );
        assert_eq!(count(&reading()).unwrap(), 4);
        // Not yet copied from the log.
        let during = reading();
        let writer = Connection::open(&path).unwrap();
        writer.execute("UPDATE facts SET rule = 'other'", []).unwrap();
        assert_eq!(count(&during).unwrap_err().failure, Failure::Busy);
        // Damage that was there before is no reason to read again.
        drop((during, writer));
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[16_384..].fill(0xFF);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(count(&reading()).unwrap_err().failure, Failure::NotOurs);
    }

    #[test]
    fn a_path_may_begin_with_two_slashes_and_hold_what_is_special_in_a_uri() {
        let dir = tempfile::Builder::new().prefix("100% #1?").tempdir().unwrap();
        let path = dir.path().join("facts.db").display().to_string();
        load(&path, 0);
        for path in [format!("/{path}"), path] {
            let reading = Reading::unchanging(&path, Stamp::of(&path).unwrap()).unwrap();
            assert_eq!(count(&reading).unwrap(), 2, "{path}");
        }
    }
}

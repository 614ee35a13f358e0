//! Opening the file: whose it is, which schema it has, and what can go wrong.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior, ffi};

use crate::sink::column::VERSION;
use crate::sink::ddl::{Dialect, statements};
use crate::sink::error::RowError;
use crate::sink::{Failure, SinkError};

/// `Soli` in ASCII: marks the file as a database of this program.
const APPLICATION_ID: i64 = 0x536F_6C69;

/// The present time in UTC, with milliseconds, as SQL.
pub(super) const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

/// How long to wait for others that write.
pub(super) const BUSY: Duration = Duration::from_secs(120);

/// Negative: KiB. The indexes of a few million facts fit in.
const CACHE_KIB: i64 = -128_000;

/// Of a new database. With a row of 600 bytes, larger pages than SQLite's own 4 KiB save a fifth of a load.
const PAGE_BYTES: i64 = 16_384;

/// How far the write-ahead log may grow before it is copied into the database. The more it holds, the less often a page
/// of an index, which each load changes everywhere, is copied.
const LOG_BYTES: i64 = 256 << 20;

/// What SQLite says where a file cannot grow (by a limit, a quota, or in the file that readers share).
const NO_ROOM: [i32; 3] = [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_SHMSIZE];

/// Opens a database to write, makes it where there is none, and brings its schema up to date.
pub(super) fn open_to_write(path: &str) -> Result<Connection, SinkError> {
    let failed = |error: rusqlite::Error| sink_error(path, &error);
    let mut connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    // Says nothing to a database that has pages already.
    connection.pragma_update(None, "page_size", PAGE_BYTES).map_err(failed)?;
    prepare_schema(&mut connection, path)?;
    // Rows refer only to rows that the same transaction has made sure of, and closed lists hold their own words only:
    // checking them again would take half of the time. The constraints are for what others write.
    connection.pragma_update(None, "foreign_keys", false).map_err(failed)?;
    connection.pragma_update(None, "ignore_check_constraints", true).map_err(failed)?;
    // With a write-ahead log readers do not wait; a commit is safe from a killed program without a sync.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(failed)?;
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(failed)?;
    let pages = log_pages(&connection).map_err(failed)?;
    connection.pragma_update(None, "wal_autocheckpoint", pages).map_err(failed)?;
    connection.pragma_update(None, "cache_size", CACHE_KIB).map_err(failed)?;
    Ok(connection)
}

/// Removes a database without runs that nobody else has open.
pub(super) fn remove_unused(connection: Connection, path: &Path) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    // This removes the log and its index, and fails where there are other connections.
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let used: bool = connection.query_row("SELECT EXISTS (SELECT 1 FROM runs)", [], |row| row.get(0))?;
    if !used {
        // Nobody reads it any more; an empty one that stays does no harm.
        let _ = std::fs::remove_file(path);
    }
    drop(connection);
    Ok(())
}

/// How many pages of the database make the write-ahead log long.
pub(super) fn log_pages(connection: &Connection) -> rusqlite::Result<i64> {
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    Ok(LOG_BYTES / page.max(1))
}

/// The version of the schema, 0 for an empty file.
pub(super) fn version(connection: &Connection, path: &str) -> Result<i64, SinkError> {
    let failed = |error: rusqlite::Error| sink_error(path, &error);
    // Tables first: another program that makes the schema meanwhile marks the file as ours at once with them.
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) =
        (pragma("application_id").map_err(failed)?, pragma("user_version").map_err(failed)?);
    if application != APPLICATION_ID && tables > 0 {
        return Err(SinkError::new(Failure::NotOurs, path, "is a database of another program"));
    }
    if version > VERSION {
        let message =
            format!("has schema version {version}, this program knows {VERSION}: use a newer solieu");
        return Err(SinkError::new(Failure::NotOurs, path, message));
    }
    Ok(if application == APPLICATION_ID { version } else { 0 })
}

/// Makes the schema or migrates it, in one transaction, so that two programs at once do it once.
fn prepare_schema(connection: &mut Connection, path: &str) -> Result<(), SinkError> {
    let failed = |error: rusqlite::Error| sink_error(path, &error);
    if version(connection, path)? == VERSION {
        return Ok(());
    }
    let work = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let negative = |_| SinkError::new(Failure::NotOurs, path, "has a negative schema version");
    let from = usize::try_from(version(&work, path)?).map_err(negative)?;
    if i64::try_from(from) == Ok(VERSION) {
        return Ok(());
    }
    work.execute_batch(&statements(Dialect::Sqlite, from)).map_err(failed)?;
    work.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    work.pragma_update(None, "user_version", VERSION).map_err(failed)?;
    work.commit().map_err(failed)
}

/// Why rows could not be read or written.
pub(super) type Error = RowError<rusqlite::Error>;

/// What SQLite says, in words and with an exit status.
pub(crate) fn sink_error(path: &str, error: &rusqlite::Error) -> SinkError {
    if error.sqlite_error().is_some_and(|error| NO_ROOM.contains(&error.extended_code)) {
        let message = format!("no room is left, or the disk fails; all batches before are kept ({error})");
        return SinkError::new(Failure::Full, path, message);
    }
    let (failure, message) = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            (Failure::Full, "the disk is full; all batches before this one are kept")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => (Failure::ReadOnly, "may not be written"),
        Some(ErrorCode::CannotOpen) => {
            (Failure::ReadOnly, "cannot be opened: is the folder there, and may this user read and write it?")
        }
        Some(ErrorCode::NotADatabase) => (Failure::NotOurs, "is not a SQLite database"),
        Some(ErrorCode::DatabaseCorrupt) => (Failure::NotOurs, "is damaged"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (Failure::Busy, "another program kept it locked for too long")
        }
        _ => return SinkError::new(Failure::Usage, path, error.to_string()),
    };
    SinkError::new(failure, path, format!("{message} ({error})"))
}

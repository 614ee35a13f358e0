//! SQLite: one file, no server.

mod bound;
mod checkpoint;
mod connect;
mod decisions;
mod history;
mod insert;
mod names;
mod read;
mod reading;
mod runs;
#[cfg(test)]
mod tests;

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use checkpoint::Checkpointer;
use connect::sink_error;
pub(crate) use decisions::store_decisions;
pub(super) use reading::Reading;

use super::background::{Background, End, Ready, Writer};
use super::error::refuse_no_file;
use super::{Earlier, Options, SinkError, Summary};
use insert::Inserter;

/// Writes facts into a SQLite database.
struct SqliteWriter {
    place: String,
    // Is dropped before the connection, which is then the last.
    checkpointer: Checkpointer,
    connection: Connection,
    inserter: Inserter,
    retire: Option<String>,
    /// Whether there was no such file before.
    made: bool,
}

/// Opens the database to load facts into it, unless the run is complete there.
pub(super) fn open(path: &str, options: &Options) -> Result<(Option<Background>, Earlier), SinkError> {
    refuse_no_file(path.as_ref())?;
    let made = matches!(Path::new(path).try_exists(), Ok(false));
    let mut connection = connect::open_to_write(path)?;
    let begun = Inserter::begin(&mut connection, options).map_err(|e| sink_error(path, &e))?;
    let (inserter, earlier) = begun;
    let Some(inserter) = inserter else { return Ok((None, earlier)) };
    let run = options.resumable.as_ref().map(|resumable| resumable.run.clone());
    let pages = connect::log_pages(&connection).map_err(|e| sink_error(path, &e))?;
    let checkpointer = Checkpointer::start(path, pages);
    let (place, retire) = (path.to_owned(), options.retire.clone());
    let writer = SqliteWriter { place, checkpointer, connection, inserter, retire, made };
    Ok((Some(Background::start(path, run, &earlier, writer)?), earlier))
}

impl Writer for SqliteWriter {
    fn write(&mut self, batches: &mut Ready<'_>) -> Result<(), SinkError> {
        let Self { place, connection, inserter, .. } = self;
        let mut write = || {
            let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            batches.try_for_each(|batch| inserter.write(&work, &batch))?;
            inserter.reject(&work, &batches.rejected())?;
            if let Some(progress) = batches.progress() {
                inserter.keep_progress(&work, &progress)?;
            }
            work.commit().map_err(connect::Error::from)
        };
        write().map_err(|error| error.at(place, sink_error))?;
        self.checkpointer.wake();
        Ok(())
    }

    fn so_far(&self) -> Summary {
        self.inserter.summary
    }

    fn finish(&mut self, end: &End) -> Result<Summary, SinkError> {
        let Self { place, connection, inserter, retire, .. } = self;
        let retire = retire.as_deref().filter(|_| end.retire);
        let progress = end.progress.as_deref();
        inserter.finish(connection, retire, progress).map_err(|error| sink_error(place, &error))?;
        Ok(inserter.summary)
    }

    fn undo(self) {
        let Self { place, checkpointer, connection, inserter, made, .. } = self;
        drop(checkpointer);
        // Where others keep it locked, a run without facts is left, as if the program had been killed.
        if inserter.undo(&connection).is_ok() && made {
            let _ = connect::remove_unused(connection, place.as_ref());
        }
    }
}

//! SQLite: one file, no server.

mod connect;
mod decisions;
mod insert;
mod names;
mod read;
#[cfg(test)]
mod tests;

use rusqlite::{Connection, TransactionBehavior};

pub use connect::open_to_read;
pub(in crate::sink) use connect::sink_error;
pub(in crate::sink) use decisions::store_decisions;
pub use read::{facts, facts_of_metric};

use super::background::{Background, Ready, Writer};
use super::{Options, SinkError, Summary};
use insert::Inserter;

/// Writes facts into a SQLite database.
struct SqliteWriter {
    place: String,
    connection: Connection,
    inserter: Inserter,
    retire: Option<String>,
}

/// Opens the database to load facts into it.
pub(super) fn open(path: &str, options: &Options) -> Result<Background, SinkError> {
    let mut connection = connect::open_to_write(path)?;
    let inserter = Inserter::begin(&mut connection, options.run.as_deref(), &options.catalog)
        .map_err(|e| sink_error(path, &e))?;
    let writer =
        SqliteWriter { place: path.to_owned(), connection, inserter, retire: options.retire.clone() };
    Background::start(path, writer)
}

impl Writer for SqliteWriter {
    fn write(&mut self, batches: &mut Ready<'_>) -> Result<(), SinkError> {
        let Self { place, connection, inserter, .. } = self;
        let mut write = || {
            let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            batches.try_for_each(|batch| inserter.write(&work, &batch))?;
            work.commit()
        };
        write().map_err(|error| sink_error(place, &error))
    }

    fn finish(&mut self) -> Result<Summary, SinkError> {
        let Self { place, connection, inserter, retire } = self;
        inserter.finish(connection, retire.as_deref()).map_err(|error| sink_error(place, &error))?;
        Ok(inserter.summary)
    }
}

//! Opening the database to write: its schema made, or brought up to date.

use postgres::{Client, Error};

use super::connect::{LOCK, sink_error, version};
use super::migrate::migrate;
use super::tls::Server;
use crate::sink::column::VERSION;
use crate::sink::ddl::{Dialect, indexes, statements};
use crate::sink::{Failure, SinkError};

/// Connects, makes the schema where there is none, and brings an older one up to date: in one transaction and under a
/// lock, so that two programs at once do it once.
pub(super) fn open_to_write(server: &Server) -> Result<Client, SinkError> {
    let url = server.url();
    let failed = |error: Error| sink_error(url, &error);
    let mut client = server.connect().map_err(failed)?;
    let mut work = client.transaction().map_err(failed)?;
    work.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).map_err(failed)?;
    refuse_other_letters(&mut work, url)?;
    let found = version(&mut work, url)?;
    if found < VERSION {
        let from = usize::try_from(found).unwrap_or_default();
        if from > 0 {
            migrate(&mut work, url, from)?;
        } else {
            work.batch_execute(&statements(Dialect::Postgres, from)).map_err(failed)?;
            // The end of the first load makes them in one go, as it makes whatever is missing.
            indexes()
                .try_for_each(|(name, _)| work.batch_execute(&format!("DROP INDEX {name}")))
                .map_err(failed)?;
        }
        work.execute("INSERT INTO solieu_schema (version) VALUES ($1)", &[&VERSION]).map_err(failed)?;
    }
    work.commit().map_err(failed)?;
    Ok(client)
}

/// Refuses a database whose encoding has no letters for Vietnamese; the server would say so at the first that it meets.
fn refuse_other_letters(work: &mut postgres::Transaction<'_>, url: &str) -> Result<(), SinkError> {
    let encoding = work.query_one("SELECT current_setting('server_encoding')", &[]);
    let encoding: String = encoding.map_err(|error| sink_error(url, &error))?.get(0);
    // The second takes bytes as they come.
    if matches!(encoding.as_str(), "UTF8" | "SQL_ASCII") {
        return Ok(());
    }
    let message = format!(
        "its encoding is {encoding}, which cannot hold Vietnamese: make a database with CREATE DATABASE … ENCODING 'UTF8' \
         TEMPLATE template0"
    );
    Err(SinkError::new(Failure::NotOurs, url, message))
}

//! Reaching the server: whose database it is, which schema it has, and what can go wrong.

use postgres::error::{DbError, SqlState};
use postgres::{Client, Error};

use super::migrate::migrate;
use super::tls::{self, Server};
use crate::sink::column::VERSION;
use crate::sink::ddl::{Dialect, indexes, statements};
use crate::sink::{Failure, SinkError};

/// The lock under which the schema is made and batches are merged: `soli` in ASCII.
pub(super) const LOCK: i64 = 0x736F_6C69;

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

/// Connects to read.
pub(super) fn open_to_read(url: &str) -> Result<Client, SinkError> {
    let failed = |error: Error| sink_error(url, &error);
    let mut client = Server::of(url)?.connect().map_err(failed)?;
    let mut work = client.transaction().map_err(failed)?;
    if version(&mut work, url)? == 0 {
        return Err(SinkError::new(Failure::NotOurs, url, "no facts were ever loaded here"));
    }
    work.commit().map_err(failed)?;
    Ok(client)
}

/// The version of the schema, 0 where there is none.
fn version(work: &mut postgres::Transaction<'_>, url: &str) -> Result<i64, SinkError> {
    let failed = |error: Error| sink_error(url, &error);
    let sql = "SELECT to_regclass('solieu_schema') IS NOT NULL, to_regclass('facts') IS NOT NULL";
    let row = work.query_one(sql, &[]).map_err(failed)?;
    match (row.get(0), row.get(1)) {
        (false, false) => return Ok(0),
        (false, true) => {
            let message =
                "has a table `facts` of another program; name another schema with ?options=-csearch_path%3D…";
            return Err(SinkError::new(Failure::NotOurs, url, message));
        }
        (true, _) => {}
    }
    let version: i64 = work.query_one("SELECT max(version) FROM solieu_schema", &[]).map_err(failed)?.get(0);
    if version > VERSION {
        let message =
            format!("has schema version {version}, this program knows {VERSION}: use a newer solieu");
        return Err(SinkError::new(Failure::NotOurs, url, message));
    }
    Ok(version)
}

/// Whether the server may be there again soon.
pub(super) fn is_lost(error: &Error) -> bool {
    match error.code() {
        None => true,
        Some(code) => {
            let code = code.code();
            // Class 08: connection; 57P01 to 57P03: shutting down or starting; 40001 and 40P01: give way to others.
            code.starts_with("08") || code.starts_with("57P0") || matches!(code, "40001" | "40P01" | "53300")
        }
    }
}

/// Whether a file of the server may not grow, by a limit or quota. That has no code of its own, but a place in the server.
fn cannot_grow(error: &Error) -> bool {
    error.code() == Some(&SqlState::INTERNAL_ERROR)
        && error.as_db_error().and_then(DbError::routine) == Some("mdextend")
}

/// What the server says, in words and with an exit status.
pub(super) fn sink_error(url: &str, error: &Error) -> SinkError {
    let failure = match error.code() {
        None => Failure::Connection,
        Some(code) if *code == SqlState::DISK_FULL || cannot_grow(error) => Failure::Full,
        Some(code)
            if *code == SqlState::INSUFFICIENT_PRIVILEGE || *code == SqlState::READ_ONLY_SQL_TRANSACTION =>
        {
            Failure::ReadOnly
        }
        Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => Failure::Busy,
        Some(code) if code.code().starts_with("28") || code.code() == "3D000" || is_lost(error) => {
            Failure::Connection
        }
        Some(_) => Failure::Usage,
    };
    let mut message = error.to_string();
    if let Some(cause) = std::error::Error::source(error) {
        message = format!("{message}: {cause}{}", tls::advice(error));
    }
    SinkError::new(failure, url, message)
}

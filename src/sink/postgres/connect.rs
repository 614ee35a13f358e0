//! Reaching the server: whose database it is, which version its schema has, and what can go wrong.

use postgres::Client;
use postgres::error::{DbError, SqlState};

use super::tls::{self, Server};
use crate::sink::column::VERSION;
use crate::sink::error::RowError;
use crate::sink::{Failure, SinkError};

/// The lock under which the schema is made and batches are merged: `soli` in ASCII.
pub(super) const LOCK: i64 = 0x736F_6C69;

/// Connects to read.
pub(super) fn open_to_read(url: &str) -> Result<Client, SinkError> {
    let failed = |error: postgres::Error| sink_error(url, &error);
    let mut client = Server::of(url)?.connect().map_err(failed)?;
    let mut work = client.transaction().map_err(failed)?;
    if version(&mut work, url)? == 0 {
        return Err(SinkError::new(Failure::NotOurs, url, "no facts were ever loaded here"));
    }
    work.commit().map_err(failed)?;
    Ok(client)
}

/// The version of the schema, 0 where there is none.
pub(super) fn version(work: &mut postgres::Transaction<'_>, url: &str) -> Result<i64, SinkError> {
    let failed = |error: postgres::Error| sink_error(url, &error);
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
pub(super) fn is_lost(error: &postgres::Error) -> bool {
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
fn cannot_grow(error: &postgres::Error) -> bool {
    error.code() == Some(&SqlState::INTERNAL_ERROR)
        && error.as_db_error().and_then(DbError::routine) == Some("mdextend")
}

/// Why rows could not be read or written.
pub(super) type Error = RowError<postgres::Error>;

/// What the server says, in words and with an exit status.
pub(super) fn sink_error(url: &str, error: &postgres::Error) -> SinkError {
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

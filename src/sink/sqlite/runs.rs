//! Which run facts are loaded in.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::connect::NOW;
use crate::sink::progress::{self, Progress};
use crate::sink::{Earlier, Listener, Resumable};

/// The newest run that can be gone on with, and how far it has come.
pub(super) fn interrupted(
    work: &Transaction<'_>,
    name: Option<&str>,
    resumable: &Resumable,
    tell: &Listener,
) -> rusqlite::Result<Option<(i64, Earlier)>> {
    let mut runs = work.prepare(
        "SELECT id, progress FROM runs WHERE name IS ?1 AND progress IS NOT NULL ORDER BY id DESC",
    )?;
    let rows = runs.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
    let of_run = |(id, text): &(i64, String)| Some((*id, Progress::read(text, &resumable.run)?));
    let found = rows.iter().find_map(of_run);
    if found.is_none() {
        progress::tell_of_change(rows.iter().map(|(_, text)| &**text), &resumable.run, tell);
    }
    Ok(found)
}

/// The newest run where it has that name, else a new one; and whether it is new.
pub(super) fn newest_or_new(work: &Transaction<'_>, name: Option<&str>) -> rusqlite::Result<(i64, bool)> {
    let newest = "SELECT id FROM runs WHERE id = (SELECT max(id) FROM runs) AND name = ?1";
    if let Some(run) = work.query_row(newest, [name], |row| row.get(0)).optional()? {
        return Ok((run, false));
    }
    let sql = format!("INSERT INTO runs (name, program, started) VALUES (?1, ?2, {NOW})");
    work.execute(&sql, params![name, env!("CARGO_PKG_VERSION")])?;
    Ok((work.last_insert_rowid(), true))
}

/// Removes a run in which there was nothing.
pub(super) fn remove(connection: &Connection, run: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM runs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM facts WHERE ?1 IN (first_seen, last_seen))";
    connection.execute(sql, [run]).map(|_| ())
}

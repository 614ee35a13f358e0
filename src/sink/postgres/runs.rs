//! Which run facts are loaded in.

use postgres::{Client, Error, Transaction};

use super::connect::LOCK;
use super::names;
use crate::sink::progress::{self, Progress};
use crate::sink::{Earlier, Listener, Options, Resumable};

/// A run that was begun.
pub(super) struct Begun {
    pub(super) run: i64,
    /// Whether no earlier load began it.
    pub(super) new: bool,
    pub(super) earlier: Earlier,
    /// Whether there are no facts yet.
    pub(super) first: bool,
}

/// Begins a run, or goes on with an interrupted one, or with the newest where that has the same name.
pub(super) fn begin(client: &mut Client, options: &Options) -> Result<Begun, Error> {
    let mut work = client.transaction()?;
    work.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    let name = options.run.as_deref();
    let interrupted = match options.resumable.as_ref().filter(|run| run.resume) {
        Some(resumable) => interrupted(&mut work, name, resumable, &options.tell)?,
        None => None,
    };
    let ((run, new), earlier) = match interrupted {
        Some((run, earlier)) => ((run, false), earlier),
        None => (newest_or_new(&mut work, name)?, Earlier::Nothing),
    };
    if let Some(resumable) = options.resumable.as_ref().filter(|_| earlier == Earlier::Nothing) {
        keep_progress(&mut work, run, &Progress::begun(&resumable.run))?;
    }
    names::write(&mut work, &options.catalog)?;
    let first = work.query_one("SELECT NOT EXISTS (SELECT FROM facts)", &[])?.get(0);
    work.commit()?;
    Ok(Begun { run, new, earlier, first })
}

/// The newest run that can be gone on with, and how far it has come.
fn interrupted(
    work: &mut Transaction<'_>,
    name: Option<&str>,
    resumable: &Resumable,
    tell: &Listener,
) -> Result<Option<(i64, Earlier)>, Error> {
    let sql = "SELECT id, progress FROM runs WHERE name IS NOT DISTINCT FROM $1 AND progress IS NOT NULL \
               ORDER BY id DESC";
    let rows = work.query(sql, &[&name])?;
    let found = rows.iter().find_map(|row| Some((row.get(0), Progress::read(row.get(1), &resumable.run)?)));
    if found.is_none() {
        progress::tell_of_change(rows.iter().map(|row| row.get(1)), &resumable.run, tell);
    }
    Ok(found)
}

/// The newest run where it has that name, else a new one; and whether it is new.
fn newest_or_new(work: &mut Transaction<'_>, name: Option<&str>) -> Result<(i64, bool), Error> {
    let newest = "SELECT id FROM runs WHERE id = (SELECT max(id) FROM runs) AND name = $1";
    if let Some(row) = work.query_opt(newest, &[&name])? {
        return Ok((row.get(0), false));
    }
    // The lock is held. The sequence would also count runs that were killed before they began.
    let sql = "INSERT INTO runs (id, name, program, started) \
               SELECT coalesce(max(id), 0) + 1, $1::TEXT, $2::TEXT, now() FROM runs RETURNING id";
    Ok((work.query_one(sql, &[&name, &env!("CARGO_PKG_VERSION")])?.get(0), true))
}

/// Removes a run in which there was nothing.
pub(super) fn remove(client: &mut Client, run: i64) -> Result<(), Error> {
    let sql = "DELETE FROM runs WHERE id = $1 AND NOT EXISTS (SELECT FROM facts WHERE $1 IN (first_seen, last_seen))";
    client.execute(sql, &[&run]).map(|_| ())
}

/// Says how far the run has come.
pub(super) fn keep_progress(work: &mut Transaction<'_>, run: i64, progress: &str) -> Result<(), Error> {
    work.execute("UPDATE runs SET progress = $2 WHERE id = $1", &[&run, &progress]).map(|_| ())
}

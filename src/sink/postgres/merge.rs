//! Facts into the schema, in one transaction a batch.

use postgres::error::SqlState;
use postgres::{Client, Transaction};
use rustc_hash::FxHashSet;

use super::connect::{Error, LOCK};
use super::copy::{self, Shape, copy_in};
use super::labels::{New, escaped};
use super::runs::keep_progress;
use super::{documents, update};
use crate::sink::column::{self, Table};
use crate::sink::ddl::indexes;
use crate::sink::prepare::{Row, Rows};

/// What a batch came to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Merged {
    pub(super) added: u64,
    pub(super) changed: u64,
    /// Facts that were rejected.
    pub(super) retired: u64,
    /// Whether any of its facts was there.
    pub(super) met: bool,
}

/// A batch of facts to write.
pub(super) struct Batch<'b> {
    pub(super) run: i64,
    pub(super) rows: &'b [Rows],
    /// What it refers to that is not in the tables.
    pub(super) labels: &'b New,
    /// How far the run has come with it.
    pub(super) progress: Option<&'b str>,
    /// Whether all its facts are probably new, as in the first load of a database. Looking for each takes a quarter of
    /// the time of putting it in.
    pub(super) all_new: bool,
    /// Facts that a reviewer rejected.
    pub(super) rejected: &'b [String],
}

/// Writes the batch in one transaction. New facts are copied into `facts` itself: what goes through a staging table is
/// written twice. Of several facts of one id the first stands.
pub(super) fn write(client: &mut Client, batch: &Batch<'_>) -> Result<Merged, Error> {
    let mut ids = FxHashSet::default();
    let rows = batch.rows.iter().flat_map(Rows::iter).filter(|row| ids.insert(row.id()));
    let rows: Vec<Row<'_>> = rows.collect();
    if batch.all_new {
        match attempt(client, batch, &rows, true) {
            // All that was tried is undone.
            Err(Error::Sql(error)) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {}
            done => return done,
        }
    }
    attempt(client, batch, &rows, false)
}

fn attempt(client: &mut Client, batch: &Batch<'_>, rows: &[Row<'_>], all_new: bool) -> Result<Merged, Error> {
    let mut work = client.transaction()?;
    // Merges of two loads at once would wait for each other crosswise: one after the other is as fast. And under the
    // lock no other load adds what is new to this one.
    work.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    documents::write(&mut work, rows)?;
    for (table, ids) in [("metrics", &batch.labels.metrics), ("entities", &batch.labels.entities)] {
        if !ids.is_empty() {
            let sql = format!("INSERT INTO {table} (id) SELECT unnest($1::TEXT[]) ON CONFLICT DO NOTHING");
            work.execute(&sql, &[&escaped(ids)])?;
        }
    }
    let mut merged =
        if all_new { add(&mut work, batch.run, rows)? } else { merge(&mut work, batch.run, rows)? };
    merged.retired = reject(&mut work, batch.run, batch.rejected)?;
    if let Some(progress) = batch.progress {
        keep_progress(&mut work, batch.run, progress)?;
    }
    work.commit()?;
    Ok(merged)
}

fn add(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<Merged, Error> {
    copy_in(work, &facts_sql(), rows, &Shape::facts(run))?;
    Ok(Merged { added: rows.len() as u64, ..Merged::default() })
}

fn merge(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<Merged, Error> {
    let (there, new) = update::part(work, rows)?;
    let added = add(work, run, &new)?;
    let changed = update::update(work, run, &there)?;
    Ok(Merged { changed, met: !there.is_empty(), ..added })
}

/// Retires facts that were rejected, unless a later run read them.
fn reject(work: &mut Transaction<'_>, run: i64, facts: &[String]) -> Result<u64, Error> {
    if facts.is_empty() {
        return Ok(0);
    }
    let ids: Vec<_> = facts.iter().map(|id| copy::escape(id)).collect();
    let sql =
        "UPDATE facts SET retired = $1 WHERE id = ANY ($2::TEXT[]) AND retired IS NULL AND last_seen <= $1";
    Ok(work.execute(sql, &[&run, &ids])?)
}

/// Ends the run: makes the indexes that are missing, and retires what it did not find below `retire`.
pub(super) fn finish(
    client: &mut Client,
    run: i64,
    retire: Option<&str>,
    complete: Option<&str>,
) -> Result<u64, Error> {
    let mut work = client.transaction()?;
    work.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    for (name, make) in indexes() {
        // Only who owns the table may even ask to make one that is there.
        if work.query_one("SELECT to_regclass($1) IS NULL", &[&name])?.get(0) {
            work.batch_execute(&make)?;
        }
    }
    let mut retired = 0;
    if let Some(below) = retire {
        let below = copy::escape(below).into_owned();
        let sql = "UPDATE facts SET retired = $1 WHERE last_seen < $1 AND retired IS NULL AND document IN \
                   (SELECT id FROM documents WHERE starts_with(path, $2))";
        retired = work.execute(sql, &[&run, &below])?;
    }
    work.execute("UPDATE runs SET finished = now() WHERE id = $1 AND finished IS NULL", &[&run])?;
    if let Some(progress) = complete {
        keep_progress(&mut work, run, progress)?;
    }
    work.commit()?;
    client.batch_execute(ANALYZE)?;
    Ok(retired)
}

fn listed(table: Table) -> String {
    column::of(table).map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// Adds new facts.
fn facts_sql() -> String {
    let names = listed(Table::Facts);
    format!("COPY facts ({names}, document, digest, first_seen, last_seen) FROM STDIN (FORMAT binary)")
}

/// Statistics of what questions choose and join by, from a few thousand rows: the server itself looks at all columns of a
/// table that has changed, and at more rows, but only after a minute.
const ANALYZE: &str = "SET default_statistics_target = 20; \
    ANALYZE facts (id, document, kind, unit, status, time_end, metric_id, entity_id, theme, retired)";

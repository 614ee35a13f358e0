//! Facts into the schema, in one transaction a batch.

use postgres::error::SqlState;
use postgres::{Client, Error, Transaction};
use rustc_hash::FxHashSet;

use super::connect::LOCK;
use super::copy::{self, Shape};
use super::labels::{New, escaped};
use super::read::cells_sql;
use super::{documents, names};
use crate::sink::column::{self, COLUMNS, Cells, Table, Type};
use crate::sink::ddl::{BEGAN, indexes};
use crate::sink::prepare::{Row, Rows};
use crate::sink::progress::Progress;
use crate::sink::{Earlier, Options, Resumable};

/// What a batch came to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Merged {
    pub(super) added: u64,
    pub(super) changed: u64,
    /// Whether any of its facts was there.
    pub(super) met: bool,
}

/// A run that was begun.
pub(super) struct Begun {
    pub(super) run: i64,
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
        Some(resumable) => interrupted(&mut work, name, resumable)?,
        None => None,
    };
    let (run, earlier) = match interrupted {
        Some(found) => found,
        None => (newest_or_new(&mut work, name)?, Earlier::Nothing),
    };
    if let Some(resumable) = options.resumable.as_ref().filter(|_| earlier == Earlier::Nothing) {
        keep_progress(&mut work, run, &Progress::begun(&resumable.run))?;
    }
    names::write(&mut work, &options.catalog)?;
    let first = work.query_one("SELECT NOT EXISTS (SELECT FROM facts)", &[])?.get(0);
    work.commit()?;
    Ok(Begun { run, earlier, first })
}

/// The newest run that can be gone on with, and how far it has come.
fn interrupted(
    work: &mut Transaction<'_>,
    name: Option<&str>,
    resumable: &Resumable,
) -> Result<Option<(i64, Earlier)>, Error> {
    let sql = "SELECT id, progress FROM runs WHERE name IS NOT DISTINCT FROM $1 AND progress IS NOT NULL \
               ORDER BY id DESC";
    let rows = work.query(sql, &[&name])?;
    Ok(rows.iter().find_map(|row| Some((row.get(0), Progress::read(row.get(1), &resumable.run)?))))
}

/// The newest run where it has that name, else a new one.
fn newest_or_new(work: &mut Transaction<'_>, name: Option<&str>) -> Result<i64, Error> {
    let newest = "SELECT id FROM runs WHERE id = (SELECT max(id) FROM runs) AND name = $1";
    if let Some(row) = work.query_opt(newest, &[&name])? {
        return Ok(row.get(0));
    }
    // The lock is held. The sequence would also count runs that were killed before they began.
    let sql = "INSERT INTO runs (id, name, program, started) \
               SELECT coalesce(max(id), 0) + 1, $1::TEXT, $2::TEXT, now() FROM runs RETURNING id";
    Ok(work.query_one(sql, &[&name, &env!("CARGO_PKG_VERSION")])?.get(0))
}

/// Says how far the run has come.
fn keep_progress(work: &mut Transaction<'_>, run: i64, progress: &str) -> Result<(), Error> {
    work.execute("UPDATE runs SET progress = $2 WHERE id = $1", &[&run, &progress]).map(|_| ())
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
            Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {}
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
    let merged = if all_new { add(&mut work, batch.run, rows)? } else { merge(&mut work, batch.run, rows)? };
    if let Some(progress) = batch.progress {
        keep_progress(&mut work, batch.run, progress)?;
    }
    work.commit()?;
    Ok(merged)
}

fn add(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<Merged, Error> {
    copy_in(work, &facts_sql(), rows, &Shape::facts(run))?;
    Ok(Merged { added: rows.len() as u64, changed: 0, met: false })
}

fn merge(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<Merged, Error> {
    let (there, new) = parted(work, rows)?;
    let mut merged = add(work, run, &new)?;
    if !there.is_empty() {
        work.batch_execute(&staging_sql())?;
        copy_in(work, "COPY incoming FROM STDIN (FORMAT binary)", &there, &Shape::staging())?;
        merged.changed = update(work, run)?;
        merged.met = true;
    }
    Ok(merged)
}

/// The rows whose facts are there, and those whose facts are new.
fn parted<'r>(work: &mut Transaction<'_>, rows: &[Row<'r>]) -> Result<(Vec<Row<'r>>, Vec<Row<'r>>), Error> {
    // One after the other in the index, they are found several times as fast.
    let mut sorted: Vec<&str> = rows.iter().map(Row::id).collect();
    sorted.sort_unstable();
    let ids: Vec<_> = sorted.iter().map(|id| copy::escape(id)).collect();
    work.batch_execute(BY_INDEX)?;
    let sql = "SELECT place FROM unnest($1::TEXT[]) WITH ORDINALITY AS i (id, place) \
               WHERE EXISTS (SELECT FROM facts f WHERE f.id = i.id)";
    let found = work.query(sql, &[&ids])?;
    // They are counted from 1.
    let places = found.iter().filter_map(|row| usize::try_from(row.get::<_, i64>(0) - 1).ok());
    let there: FxHashSet<&str> = places.filter_map(|place| sorted.get(place).copied()).collect();
    Ok(rows.iter().partition(|row| there.contains(row.id())))
}

fn copy_in(work: &mut Transaction<'_>, sql: &str, rows: &[Row<'_>], shape: &Shape) -> Result<(), Error> {
    let mut copy = work.copy_in(sql)?;
    // The writer gives the server's error again when it is finished.
    let _ = copy::send(rows, shape, &mut copy);
    copy.finish().map(|_| ())
}

/// Brings facts that are there up to date with the staging table; gives how many changed.
fn update(work: &mut Transaction<'_>, run: i64) -> Result<u64, Error> {
    let mut changed = keep_history(work, run)?;
    work.execute(&update_sql(), &[&run])?;
    changed += work.execute(&format!("{SEEN} AND f.retired IS NOT NULL"), &[&run])?;
    work.execute(SEEN, &[&run])?;
    work.execute(SEEN_EARLIER, &[&run])?;
    Ok(changed)
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

/// The staging table has a row for each fact that is there already, in the types of the schema.
fn staging_sql() -> String {
    let types = COLUMNS.iter().map(|column| {
        let type_ = match column.type_ {
            Type::Text => "TEXT",
            Type::Decimal => "NUMERIC",
            Type::Day => "DATE",
            Type::Bool => "BOOLEAN",
            Type::Int => "BIGINT",
        };
        format!("{} {type_}", column.name)
    });
    let types: Vec<String> = types.collect();
    format!(
        "CREATE TEMP TABLE IF NOT EXISTS incoming ({}, document TEXT, digest BIGINT) ON COMMIT DELETE ROWS",
        types.join(", ")
    )
}

fn listed(table: Table) -> String {
    column::of(table).map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// Puts into the history what earlier runs read otherwise, and what this run read where a later one was first. A fact
/// that this run has read already stays as it is.
fn keep_history(work: &mut Transaction<'_>, run: i64) -> Result<u64, Error> {
    let differ = "JOIN incoming i ON i.id = f.id WHERE f.digest <> i.digest AND f.last_seen < $1";
    let sql = format!(
        "SELECT {}, {BEGAN}, f.last_seen, $1::BIGINT FROM facts f JOIN documents d ON d.id = f.document {differ}",
        cells_sql("f", "d")
    );
    let old = work.query(&sql, &[&run])?;
    let later = format!(
        "SELECT {}, $1::BIGINT, $1::BIGINT, CASE WHEN {BEGAN} > $1 THEN {BEGAN} ELSE f.last_seen END \
         FROM incoming i JOIN facts f ON f.id = i.id WHERE f.digest <> i.digest AND f.last_seen > $1",
        cells_sql("i", "i")
    );
    let late = work.query(&later, &[&run])?;
    let (mut ids, mut records, mut runs) = (Vec::new(), Vec::new(), [const { Vec::new() }; 3]);
    for row in old.iter().chain(&late) {
        let cells = (0..COLUMNS.len()).map(|i| row.get::<_, Option<String>>(i).map(copy::unescape));
        let Ok(fact) = Cells(cells).fact() else { continue };
        ids.push(copy::escape(&fact.id).into_owned());
        records.push(copy::escape(&serde_json::to_string(&fact).unwrap_or_default()).into_owned());
        for (i, list) in runs.iter_mut().enumerate() {
            list.push(row.get::<_, Option<i64>>(COLUMNS.len() + i));
        }
    }
    let [first_seen, last_seen, by] = runs;
    work.execute(KEEP, &[&ids, &records, &first_seen, &last_seen, &by])
}

/// Puts readings into the history.
const KEEP: &str = "INSERT INTO history (fact, record, first_seen, last_seen, run) \
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[]) ON CONFLICT DO NOTHING";

/// Adds new facts.
fn facts_sql() -> String {
    let names = listed(Table::Facts);
    format!("COPY facts ({names}, document, digest, first_seen, last_seen) FROM STDIN (FORMAT binary)")
}

/// Updates facts that earlier runs read otherwise.
fn update_sql() -> String {
    let sets: Vec<String> =
        column::of(Table::Facts).skip(1).map(|column| format!("{0} = i.{0}", column.name)).collect();
    format!(
        "UPDATE facts f SET {}, document = i.document, digest = i.digest, last_seen = $1, retired = NULL \
         FROM incoming i WHERE f.id = i.id AND f.last_seen < $1 AND f.digest <> i.digest",
        sets.join(", ")
    )
}

/// The planner knows nothing of a batch, and would read all of `facts` for each.
const BY_INDEX: &str = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

/// Facts that earlier runs read in the same way.
const SEEN: &str = "UPDATE facts f SET last_seen = $1, retired = NULL FROM incoming i \
                    WHERE f.id = i.id AND f.last_seen < $1";

/// Facts that a later run was the first to put in.
const SEEN_EARLIER: &str =
    "UPDATE facts f SET first_seen = $1 FROM incoming i WHERE f.id = i.id AND f.first_seen > $1";

/// Statistics of what questions choose and join by, from a few thousand rows: the server itself looks at all columns of a
/// table that has changed, and at more rows, but only after a minute.
const ANALYZE: &str = "SET default_statistics_target = 20; \
    ANALYZE facts (id, document, kind, unit, status, time_end, metric_id, entity_id, theme, retired)";

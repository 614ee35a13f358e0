//! Rows in: a new fact is added, a changed one keeps what it was in the history.

use std::sync::LazyLock;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{
    CachedStatement, Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior, params,
};
use rustc_hash::FxHashSet;

use super::{names, read};
use crate::fact::Label;
use crate::rules::Catalog;
use crate::sink::Summary;
use crate::sink::column::{self, Cell, Table};
use crate::sink::prepare::Prepared;

const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Int(value) => ToSqlOutput::Owned(Value::Integer(value)),
            Cell::Bool(value) => ToSqlOutput::Owned(Value::Integer(value.into())),
            Cell::Decimal(value) => ToSqlOutput::Owned(Value::Text(value.to_string())),
            Cell::Day(day) => ToSqlOutput::Owned(Value::Text(day.to_string())),
        })
    }
}

static INSERT: LazyLock<String> = LazyLock::new(insert_sql);
static UPDATE: LazyLock<String> = LazyLock::new(update_sql);
static DOCUMENT: LazyLock<String> = LazyLock::new(document_sql);

/// Writes the facts of one run.
pub(super) struct Inserter {
    run: i64,
    pub(super) summary: Summary,
    /// Keys that are known to be in `documents`, `metrics` and `entities`.
    document: String,
    labels: FxHashSet<(Labels, String)>,
}

/// A table that facts refer to by canonical identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Labels {
    Metrics,
    Entities,
}

/// What is known of a fact that is there already.
struct Stored {
    digest: i64,
    last_seen: i64,
    retired: bool,
}

impl Inserter {
    /// Begins a run, or goes on with the newest one where that has the same name.
    pub(super) fn begin(
        connection: &mut Connection,
        name: Option<&str>,
        catalog: &Catalog,
    ) -> rusqlite::Result<Self> {
        let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest = "SELECT id FROM runs WHERE id = (SELECT max(id) FROM runs) AND name = ?1";
        let known: Option<i64> = work.query_row(newest, [name], |row| row.get(0)).optional()?;
        let run = if let Some(run) = known {
            run
        } else {
            let sql = format!("INSERT INTO runs (name, program, started) VALUES (?1, ?2, {NOW})");
            work.execute(&sql, params![name, env!("CARGO_PKG_VERSION")])?;
            work.last_insert_rowid()
        };
        names::write(&work, catalog)?;
        work.commit()?;
        Ok(Self { run, summary: Summary::default(), document: String::new(), labels: FxHashSet::default() })
    }

    /// Writes one batch.
    pub(super) fn write(&mut self, work: &Transaction<'_>, batch: &[Prepared]) -> rusqlite::Result<()> {
        let mut insert = work.prepare_cached(&INSERT)?;
        for fact in batch {
            self.refer(work, fact)?;
            if self.add(&mut insert, fact)? == 1 {
                self.summary.added += 1;
            } else {
                self.meet(work, fact)?;
            }
        }
        Ok(())
    }

    /// Ends the run: retires what it did not find below `retire`, and sees to the planner's statistics.
    pub(super) fn finish(
        &mut self,
        connection: &mut Connection,
        retire: Option<&str>,
    ) -> rusqlite::Result<()> {
        let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(below) = retire {
            let sql = "UPDATE facts SET retired = ?1 WHERE last_seen < ?1 AND retired IS NULL AND document IN \
                       (SELECT id FROM documents WHERE substr(path, 1, length(?2)) = ?2)";
            self.summary.retired = work.execute(sql, params![self.run, below])? as u64;
        }
        work.execute(
            &format!("UPDATE runs SET finished = {NOW} WHERE id = ?1 AND finished IS NULL"),
            [self.run],
        )?;
        work.commit()?;
        connection.execute_batch("PRAGMA optimize = 0x10002")
    }

    /// Makes sure that the rows are there that the fact's row refers to.
    fn refer(&mut self, work: &Transaction<'_>, new: &Prepared) -> rusqlite::Result<()> {
        if self.document != new.document {
            let mut insert = work.prepare_cached(&DOCUMENT)?;
            insert.raw_bind_parameter(1, &new.document)?;
            for (i, column) in column::of(Table::Documents).enumerate() {
                insert.raw_bind_parameter(i + 2, (column.get)(&new.fact))?;
            }
            insert.raw_execute()?;
            self.document.clone_from(&new.document);
        }
        self.refer_label(work, Labels::Metrics, new.fact.metric.as_ref())?;
        self.refer_label(work, Labels::Entities, new.fact.entity.as_ref())
    }

    fn refer_label(
        &mut self,
        work: &Transaction<'_>,
        table: Labels,
        label: Option<&Label<'_>>,
    ) -> rusqlite::Result<()> {
        let Some(id) = label.and_then(|label| label.id.as_deref()) else { return Ok(()) };
        if self.labels.insert((table, id.to_owned())) {
            let sql = match table {
                Labels::Metrics => "INSERT OR IGNORE INTO metrics (id) VALUES (?1)",
                Labels::Entities => "INSERT OR IGNORE INTO entities (id) VALUES (?1)",
            };
            work.execute(sql, [id])?;
        }
        Ok(())
    }

    /// Adds a row unless there is one of its id; gives the number of rows added.
    fn add(&self, insert: &mut CachedStatement<'_>, new: &Prepared) -> rusqlite::Result<usize> {
        let mut place = 0;
        for column in column::of(Table::Facts) {
            place += 1;
            insert.raw_bind_parameter(place, (column.get)(&new.fact))?;
        }
        insert.raw_bind_parameter(place + 1, &new.document)?;
        insert.raw_bind_parameter(place + 2, new.digest)?;
        insert.raw_bind_parameter(place + 3, self.run)?;
        insert.raw_execute()
    }

    /// A fact that is there already. Within a run the first reading stands; of two runs, the later one.
    fn meet(&mut self, work: &Transaction<'_>, new: &Prepared) -> rusqlite::Result<()> {
        let sql = "SELECT digest, last_seen, retired IS NOT NULL FROM facts WHERE id = ?1";
        let stored = work.prepare_cached(sql)?.query_row([&*new.fact.id], |row| {
            Ok(Stored { digest: row.get(0)?, last_seen: row.get(1)?, retired: row.get(2)? })
        })?;
        let same = stored.digest == new.digest;
        if stored.last_seen == self.run || same && stored.last_seen > self.run {
            self.summary.same += 1;
            return Ok(());
        }
        if stored.last_seen > self.run {
            self.summary.changed += 1;
            return keep(work, &new.fact.id, self.run, &new.fact);
        }
        if same {
            let sql = "UPDATE facts SET last_seen = ?2, retired = NULL WHERE id = ?1";
            work.prepare_cached(sql)?.execute(params![&*new.fact.id, self.run])?;
            *(if stored.retired { &mut self.summary.changed } else { &mut self.summary.same }) += 1;
            return Ok(());
        }
        self.summary.changed += 1;
        self.replace(work, new, stored.last_seen)
    }

    /// Puts the row's old content into the history and the new in its place.
    fn replace(&self, work: &Transaction<'_>, new: &Prepared, last_seen: i64) -> rusqlite::Result<()> {
        let old = read::one(work, &new.fact.id)?;
        keep(work, &new.fact.id, last_seen, &old)?;
        let mut update = work.prepare_cached(&UPDATE)?;
        let changed = self.add(&mut update, new)?;
        debug_assert_eq!(changed, 1);
        Ok(())
    }
}

/// Adds to the history what a run read.
fn keep(work: &Transaction<'_>, id: &str, run: i64, fact: &crate::fact::Fact<'_>) -> rusqlite::Result<()> {
    let record =
        serde_json::to_string(fact).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    let sql = "INSERT OR IGNORE INTO history (fact, last_seen, record) VALUES (?1, ?2, ?3)";
    work.prepare_cached(sql)?.execute(params![id, run, record])?;
    Ok(())
}

/// `?1, ?2 … ?n`
fn places(n: usize) -> String {
    (1..=n).map(|i| format!("?{i}")).collect::<Vec<_>>().join(", ")
}

fn names(table: Table) -> Vec<&'static str> {
    column::of(table).map(|column| column.name).collect()
}

fn insert_sql() -> String {
    let names = names(Table::Facts);
    let n = names.len();
    format!(
        "INSERT INTO facts ({}, document, digest, first_seen, last_seen) VALUES ({}, ?{}) ON CONFLICT (id) DO NOTHING",
        names.join(", "),
        places(n + 3),
        n + 3
    )
}

/// With the same parameters as [`INSERT`]; the first is the id.
fn update_sql() -> String {
    let names = names(Table::Facts);
    let n = names.len();
    let sets: Vec<String> =
        names.iter().enumerate().skip(1).map(|(i, name)| format!("{name} = ?{}", i + 1)).collect();
    format!(
        "UPDATE facts SET {}, document = ?{}, digest = ?{}, last_seen = ?{}, retired = NULL WHERE id = ?1",
        sets.join(", "),
        n + 1,
        n + 2,
        n + 3
    )
}

fn document_sql() -> String {
    let names = names(Table::Documents);
    format!("INSERT OR IGNORE INTO documents (id, {}) VALUES ({})", names.join(", "), places(names.len() + 1))
}

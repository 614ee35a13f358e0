//! Rows in: a new fact is added, a changed one keeps what it was in the history.

use std::sync::LazyLock;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashSet;

use super::bound::Bound;
use super::connect::{Error, NOW};
use super::{history, names, read, runs};
use crate::sink::column::{self, COLUMNS, Cell, Column, Table};
use crate::sink::ddl::indexes;
use crate::sink::prepare::{Row, Rows};
use crate::sink::progress::Progress;
use crate::sink::{Earlier, Options, Summary};

static INSERT: LazyLock<String> = LazyLock::new(insert_sql);
static UPDATE: LazyLock<String> = LazyLock::new(update_sql);
static DOCUMENT: LazyLock<String> = LazyLock::new(document_sql);
static PLACES: LazyLock<Places> = LazyLock::new(Places::find);

/// Where columns stand in [`COLUMNS`].
struct Places {
    facts: Vec<usize>,
    documents: Vec<usize>,
    metric: usize,
    entity: usize,
}

impl Places {
    fn find() -> Self {
        let places = |wanted: &dyn Fn(&Column) -> bool| {
            let all = COLUMNS.iter().enumerate().filter(|(_, column)| wanted(column));
            all.map(|(place, _)| place).collect::<Vec<_>>()
        };
        Self {
            facts: places(&|column| column.table == Table::Facts),
            documents: places(&|column| column.table == Table::Documents),
            metric: column::place("metric_id"),
            entity: column::place("entity_id"),
        }
    }
}

/// Writes the facts of one run.
pub(super) struct Inserter {
    run: i64,
    /// Whether no earlier load began the run.
    new: bool,
    pub(super) summary: Summary,
    known: Known,
}

/// Keys that are known to be in the tables that facts refer to.
#[derive(Default)]
struct Known {
    /// That of the page that was met last.
    document: String,
    metrics: FxHashSet<String>,
    entities: FxHashSet<String>,
}

/// What is known of a fact that is there already.
struct Stored {
    digest: i64,
    last_seen: i64,
    retired: bool,
}

impl Inserter {
    /// Begins a run, or goes on with an interrupted one, or with the newest where that has the same name. No inserter
    /// where the interrupted run was complete.
    pub(super) fn begin(
        connection: &mut Connection,
        options: &Options,
    ) -> rusqlite::Result<(Option<Self>, Earlier)> {
        let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let name = options.run.as_deref();
        let interrupted = match options.resumable.as_ref().filter(|run| run.resume) {
            Some(resumable) => runs::interrupted(&work, name, resumable, &options.tell)?,
            None => None,
        };
        let ((run, new), earlier) = match interrupted {
            Some((_, complete @ Earlier::Complete(_))) => return Ok((None, complete)),
            Some((run, earlier)) => ((run, false), earlier),
            None => (runs::newest_or_new(&work, name)?, Earlier::Nothing),
        };
        let this = Self { run, new, summary: Summary::default(), known: Known::default() };
        if let Some(resumable) = options.resumable.as_ref().filter(|_| earlier == Earlier::Nothing) {
            this.keep_progress(&work, &Progress::begun(&resumable.run))?;
        }
        names::write(&work, &options.catalog)?;
        if !work.query_row("SELECT EXISTS (SELECT 1 FROM facts)", [], |row| row.get::<_, bool>(0))? {
            // Made in one go when the facts are there, they take a fifth of the time. The end of any run makes what
            // is missing.
            indexes()
                .try_for_each(|(name, _)| work.execute_batch(&format!("DROP INDEX IF EXISTS {name}")))?;
        }
        work.commit()?;
        Ok((Some(this), earlier))
    }

    /// Takes back that the run was begun.
    pub(super) fn undo(&self, connection: &Connection) -> rusqlite::Result<()> {
        if self.new { runs::remove(connection, self.run) } else { Ok(()) }
    }

    /// Says how far the run has come.
    pub(super) fn keep_progress(&self, work: &Transaction<'_>, progress: &str) -> rusqlite::Result<()> {
        let sql = "UPDATE runs SET progress = ?2 WHERE id = ?1";
        work.prepare_cached(sql)?.execute(params![self.run, progress]).map(|_| ())
    }

    /// Writes one batch.
    pub(super) fn write(&mut self, work: &Transaction<'_>, batch: &[Rows]) -> Result<(), Error> {
        let mut insert = Bound::new(work.prepare_cached(&INSERT)?);
        for row in batch.iter().flat_map(Rows::iter) {
            self.known.refer(work, &row)?;
            if self.add(&mut insert, &row)? == 1 {
                self.summary.added += 1;
            } else {
                self.meet(work, &row)?;
            }
        }
        Ok(())
    }

    /// Retires facts that were rejected, unless a later run read them.
    pub(super) fn reject(&mut self, work: &Transaction<'_>, facts: &[String]) -> rusqlite::Result<()> {
        let sql = "UPDATE facts SET retired = ?2 WHERE id = ?1 AND retired IS NULL AND last_seen <= ?2";
        let mut retire = work.prepare_cached(sql)?;
        for fact in facts {
            self.summary.retired += retire.execute(params![fact, self.run])? as u64;
        }
        Ok(())
    }

    /// Ends the run: makes the indexes that are missing, retires what it did not find below `retire`, and sees to the planner's statistics.
    pub(super) fn finish(
        &mut self,
        connection: &mut Connection,
        retire: Option<&str>,
        progress: Option<&str>,
    ) -> rusqlite::Result<()> {
        let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        indexes().try_for_each(|(_, make)| work.execute_batch(&make))?;
        if let Some(below) = retire {
            let sql = "UPDATE facts SET retired = ?1 WHERE last_seen < ?1 AND retired IS NULL AND document IN \
                       (SELECT id FROM documents WHERE substr(path, 1, length(?2)) = ?2)";
            self.summary.retired += work.execute(sql, params![self.run, below])? as u64;
        }
        work.execute(
            &format!("UPDATE runs SET finished = {NOW} WHERE id = ?1 AND finished IS NULL"),
            [self.run],
        )?;
        if let Some(progress) = progress {
            self.keep_progress(&work, progress)?;
        }
        work.commit()?;
        connection.execute_batch("PRAGMA optimize = 0x10002")
    }

    /// Adds a row unless there is one of its id; gives the number of rows added.
    fn add(&self, insert: &mut Bound<'_>, new: &Row<'_>) -> rusqlite::Result<usize> {
        PLACES.facts.iter().try_for_each(|&place| insert.bind(new.cell(place)))?;
        insert.bind(Cell::Text(new.document()))?;
        insert.bind(Cell::Int(new.digest()))?;
        insert.bind(Cell::Int(self.run))?;
        insert.execute()
    }

    /// A fact that is there already. Within a run the first reading stands; of two runs, the later one.
    fn meet(&mut self, work: &Transaction<'_>, new: &Row<'_>) -> Result<(), Error> {
        let sql = "SELECT digest, last_seen, retired IS NOT NULL FROM facts WHERE id = ?1";
        let stored = work.prepare_cached(sql)?.query_row([new.id()], |row| {
            Ok(Stored { digest: row.get(0)?, last_seen: row.get(1)?, retired: row.get(2)? })
        })?;
        let same = stored.digest == new.digest();
        if stored.last_seen > self.run {
            return self.meet_later(work, new, same);
        }
        // What this run took out because it was rejected, and is no more, comes back.
        if stored.last_seen == self.run && !stored.retired {
            self.summary.same += 1;
            return Ok(());
        }
        if same {
            let sql = "UPDATE facts SET last_seen = ?2, retired = NULL WHERE id = ?1";
            work.prepare_cached(sql)?.execute(params![new.id(), self.run])?;
            *(if stored.retired { &mut self.summary.changed } else { &mut self.summary.same }) += 1;
            return Ok(());
        }
        self.summary.changed += 1;
        self.replace(work, new)
    }

    /// A fact that a later run was the first to put in.
    fn meet_later(&mut self, work: &Transaction<'_>, new: &Row<'_>, same: bool) -> Result<(), Error> {
        if same {
            self.summary.same += 1;
        } else {
            self.summary.changed += 1;
            let fact = new.fact().map_err(Error::Record)?;
            history::keep_late(work, self.run, &fact)?;
        }
        let sql = "UPDATE facts SET first_seen = ?2 WHERE id = ?1 AND first_seen > ?2";
        work.prepare_cached(sql)?.execute(params![new.id(), self.run])?;
        Ok(())
    }

    /// Puts the row's old content into the history and the new in its place.
    fn replace(&self, work: &Transaction<'_>, new: &Row<'_>) -> Result<(), Error> {
        history::keep(work, self.run, &read::one(work, new.id())?)?;
        let mut update = Bound::new(work.prepare_cached(&UPDATE)?);
        let changed = self.add(&mut update, new)?;
        debug_assert_eq!(changed, 1);
        Ok(())
    }
}

impl Known {
    /// Makes sure that the rows are there that the fact's row refers to.
    fn refer(&mut self, work: &Transaction<'_>, new: &Row<'_>) -> rusqlite::Result<()> {
        if self.document != new.document() {
            let mut insert = Bound::new(work.prepare_cached(&DOCUMENT)?);
            insert.bind(Cell::Text(new.document()))?;
            PLACES.documents.iter().try_for_each(|&place| insert.bind(new.cell(place)))?;
            insert.execute()?;
            new.document().clone_into(&mut self.document);
        }
        let (metric, entity) = (new.text(PLACES.metric), new.text(PLACES.entity));
        refer_label(work, &mut self.metrics, "INSERT OR IGNORE INTO metrics (id) VALUES (?1)", metric)?;
        refer_label(work, &mut self.entities, "INSERT OR IGNORE INTO entities (id) VALUES (?1)", entity)
    }
}

fn refer_label(
    work: &Transaction<'_>,
    known: &mut FxHashSet<String>,
    insert: &str,
    id: Option<&str>,
) -> rusqlite::Result<()> {
    if let Some(id) = id.filter(|id| !known.contains(*id)) {
        work.execute(insert, [id])?;
        known.insert(id.to_owned());
    }
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

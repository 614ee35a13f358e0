//! Facts that are there already: of two runs the later one counts, and what the other read goes into the history.

use std::cmp::Ordering;
use std::sync::LazyLock;

use postgres::Transaction;

use super::connect::Error;
use super::copy::{self, Shape, copy_in};
use super::read::cells_sql;
use crate::fact::Fact;
use crate::sink::cells::Cells;
use crate::sink::column::{self, COLUMNS, Table, Type};
use crate::sink::ddl::BEGAN;
use crate::sink::prepare::Row;

/// A row whose fact is there, and what is known of that.
pub(super) struct There<'r> {
    row: Row<'r>,
    stored: Stored,
}

#[derive(Clone, Copy)]
struct Stored {
    digest: i64,
    first_seen: i64,
    last_seen: i64,
    retired: bool,
}

impl There<'_> {
    /// Whether the latest run that counts for the fact is before or after `run`. What `run` took out because it was rejected
    /// counts no more.
    fn latest(&self, run: i64) -> Ordering {
        match self.stored.last_seen.cmp(&run) {
            Ordering::Equal if self.stored.retired => Ordering::Less,
            order => order,
        }
    }

    fn differs(&self) -> bool {
        self.stored.digest != self.row.digest()
    }
}

/// The rows whose facts are there, and those whose facts are new.
pub(super) fn part<'r>(
    work: &mut Transaction<'_>,
    rows: &[Row<'r>],
) -> Result<(Vec<There<'r>>, Vec<Row<'r>>), Error> {
    work.batch_execute(BY_INDEX)?;
    // Those that follow each other in the index are found several times as fast.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_unstable_by(|&a, &b| rows[a].id().cmp(rows[b].id()));
    let ids: Vec<_> = order.iter().map(|&row| copy::escape(rows[row].id())).collect();
    let mut stored = vec![None; rows.len()];
    for found in work.query(&*LOOK, &[&ids])? {
        // They are counted from 1.
        let place = usize::try_from(found.get::<_, i64>(0) - 1).unwrap_or_default();
        let (digest, first_seen, last_seen) = (found.get(1), found.get(2), found.get(3));
        if let Some(&row) = order.get(place) {
            stored[row] = Some(Stored { digest, first_seen, last_seen, retired: found.get(4) });
        }
    }
    let (mut there, mut new) = (Vec::new(), Vec::new());
    for (&row, stored) in rows.iter().zip(stored) {
        match stored {
            Some(stored) => there.push(There { row, stored }),
            None => new.push(row),
        }
    }
    Ok((there, new))
}

/// Brings the facts up to date; gives how many changed. What this run has read already stays as it is.
pub(super) fn update(work: &mut Transaction<'_>, run: i64, there: &[There<'_>]) -> Result<u64, Error> {
    let differ = |when: Ordering| {
        let facts = there.iter().filter(move |fact| fact.differs() && fact.latest(run) == when);
        facts.map(|fact| fact.row).collect::<Vec<_>>()
    };
    let seen = || there.iter().filter(|fact| !fact.differs() && fact.latest(run) == Ordering::Less);
    let mut changed = seen().filter(|fact| fact.stored.retired).count() as u64;
    changed += replace(work, run, &differ(Ordering::Less))?;
    changed += keep_late(work, run, &differ(Ordering::Greater))?;
    touch(work, SEEN, run, seen())?;
    touch(work, SEEN_EARLIER, run, there.iter().filter(|fact| fact.stored.first_seen > run))?;
    Ok(changed)
}

/// Executes a statement of a run and identifiers, unless there are none.
fn touch<'t>(
    work: &mut Transaction<'_>,
    sql: &str,
    run: i64,
    facts: impl Iterator<Item = &'t There<'t>>,
) -> Result<(), Error> {
    let ids: Vec<_> = facts.map(|fact| copy::escape(fact.row.id())).collect();
    if !ids.is_empty() {
        work.execute(sql, &[&run, &ids])?;
    }
    Ok(())
}

/// Puts the rows in the place of what earlier runs read, and that into the history.
fn replace(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<u64, Error> {
    if rows.is_empty() {
        return Ok(0);
    }
    let kept = keep_history(work, run, rows)?;
    work.batch_execute(&staging_sql())?;
    copy_in(work, "COPY incoming FROM STDIN (FORMAT binary)", rows, &Shape::staging())?;
    work.execute(&update_sql(), &[&run])?;
    Ok(kept)
}

/// The staging table has a row for each fact that was read otherwise, in the types of the schema.
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

/// Puts into the history what earlier runs read of the facts of the rows.
fn keep_history(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<u64, Error> {
    let wanted: Vec<_> = rows.iter().map(|row| copy::escape(row.id())).collect();
    let sql = format!(
        "SELECT {}, {BEGAN}, f.last_seen FROM unnest($1::TEXT[]) AS i (id), {STORED} JOIN documents d \
         ON d.id = f.document",
        cells_sql("f", "d")
    );
    let (mut ids, mut records) = (Vec::new(), Vec::new());
    let (mut first_seen, mut last_seen): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
    for row in work.query(&sql, &[&wanted])? {
        let cells = (0..COLUMNS.len()).map(|i| row.get::<_, Option<String>>(i).map(copy::unescape));
        let fact = Cells::new(cells).fact().map_err(Error::Record)?;
        ids.push(copy::escape(&fact.id).into_owned());
        records.push(record(&fact)?);
        first_seen.push(row.get(COLUMNS.len()));
        last_seen.push(row.get(COLUMNS.len() + 1));
    }
    Ok(work.execute(KEEP, &[&ids, &records, &first_seen, &last_seen, &run])?)
}

/// As the history has it.
fn record(fact: &Fact<'_>) -> Result<String, Error> {
    let json = serde_json::to_string(fact).map_err(|error| Error::Record(error.to_string()))?;
    Ok(copy::escape(&json).into_owned())
}

/// Puts into the history what this run read where a later one was first.
fn keep_late(work: &mut Transaction<'_>, run: i64, rows: &[Row<'_>]) -> Result<u64, Error> {
    if rows.is_empty() {
        return Ok(0);
    }
    let ids: Vec<_> = rows.iter().map(|row| copy::escape(row.id())).collect();
    let records = rows.iter().map(|row| record(&row.fact().map_err(Error::Record)?));
    let records: Vec<String> = records.collect::<Result<_, Error>>()?;
    let sql = format!(
        "INSERT INTO history (fact, record, first_seen, last_seen, run) \
         SELECT f.id, i.record, $1::BIGINT, $1::BIGINT, CASE WHEN {BEGAN} > $1::BIGINT THEN {BEGAN} ELSE f.last_seen END \
         FROM unnest($2::TEXT[], $3::TEXT[]) AS i (id, record), {STORED} ON CONFLICT DO NOTHING"
    );
    Ok(work.execute(&sql, &[&run, &ids, &records])?)
}

/// Puts readings into the history.
const KEEP: &str = "INSERT INTO history (fact, record, first_seen, last_seen, run) \
    SELECT *, $5::BIGINT FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[]) ON CONFLICT DO NOTHING";

/// Updates facts that earlier runs read otherwise.
fn update_sql() -> String {
    let sets: Vec<String> =
        column::of(Table::Facts).skip(1).map(|column| format!("{0} = i.{0}", column.name)).collect();
    format!(
        "UPDATE facts f SET {}, document = i.document, digest = i.digest, last_seen = $1, retired = NULL \
         FROM incoming i WHERE f.id = i.id",
        sets.join(", ")
    )
}

/// What is there of some facts.
static LOOK: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT i.place, f.digest, f.first_seen, f.last_seen, f.retired IS NOT NULL \
         FROM unnest($1::TEXT[]) WITH ORDINALITY AS i (id, place), {STORED}"
    )
});

/// The fact `f` of each identifier `i.id`. Without the offset the planner, which knows nothing of a batch, might read all
/// of `facts` for each.
const STORED: &str = "LATERAL (SELECT * FROM facts WHERE facts.id = i.id OFFSET 0) f";

/// The same of the staging table; and compiling takes longer than a batch.
const BY_INDEX: &str =
    "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off";

/// Facts that earlier runs read in the same way.
const SEEN: &str = "UPDATE facts SET last_seen = $1, retired = NULL WHERE id = ANY ($2::TEXT[])";

/// Facts that a later run was the first to put in.
const SEEN_EARLIER: &str = "UPDATE facts SET first_seen = $1 WHERE id = ANY ($2::TEXT[])";

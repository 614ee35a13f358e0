//! What facts said before a later run read them otherwise.

use std::sync::LazyLock;

use rusqlite::{Transaction, params};

use super::connect::Error;
use crate::fact::Fact;
use crate::sink::ddl::BEGAN;

static KEEP: LazyLock<String> = LazyLock::new(|| insert(BEGAN, "f.last_seen", "?2"));
static KEEP_LATE: LazyLock<String> = LazyLock::new(|| {
    insert("?2", "?2", &format!("CASE WHEN {BEGAN} > ?2 THEN {BEGAN} ELSE f.last_seen END"))
});

/// Adds the reading that the table has, which that of `run` takes the place of.
pub(super) fn keep(work: &Transaction<'_>, run: i64, fact: &Fact<'_>) -> Result<(), Error> {
    put(work, &KEEP, run, fact)
}

/// Adds what `run` read where a later one was first.
pub(super) fn keep_late(work: &Transaction<'_>, run: i64, fact: &Fact<'_>) -> Result<(), Error> {
    put(work, &KEEP_LATE, run, fact)
}

fn put(work: &Transaction<'_>, sql: &str, run: i64, fact: &Fact<'_>) -> Result<(), Error> {
    let record = serde_json::to_string(fact).map_err(|error| Error::Record(error.to_string()))?;
    work.prepare_cached(sql)?.execute(params![fact.id, run, record])?;
    Ok(())
}

fn insert(first_seen: &str, last_seen: &str, run: &str) -> String {
    format!(
        "INSERT OR IGNORE INTO history (fact, first_seen, last_seen, run, record) \
         SELECT f.id, {first_seen}, {last_seen}, {run}, ?3 FROM facts f WHERE f.id = ?1"
    )
}

//! Decisions in.

use rusqlite::{TransactionBehavior, params};

use super::connect::{open_to_write, sink_error};
use crate::sink::{SinkError, StoredDecision};

const INSERT: &str = "INSERT INTO decisions (fact, decided, reviewer, verdict, corrected, comment) \
    SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE fact = ?1 AND decided = ?2 \
    AND reviewer = ?3 AND verdict = ?4 AND corrected IS ?5 AND comment IS ?6)";

/// Adds those that are not there yet.
pub(crate) fn store_decisions(path: &str, rows: &[StoredDecision]) -> Result<(), SinkError> {
    let mut connection = open_to_write(path)?;
    let mut store = || {
        let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = work.prepare(INSERT)?;
            for row in rows {
                let StoredDecision { fact, decided, reviewer, verdict, corrected, comment } = row;
                insert.execute(params![fact, decided, reviewer, verdict, corrected, comment])?;
            }
        }
        work.commit()
    };
    store().map_err(|error| sink_error(path, &error))
}

//! Decisions in.

use super::connect::sink_error;
use super::open::open_to_write;
use super::tls::Server;
use crate::sink::{SinkError, StoredDecision};

const INSERT: &str = "INSERT INTO decisions (fact, decided, reviewer, verdict, corrected, comment) \
    SELECT $1::TEXT, $2::TEXT::TIMESTAMPTZ, $3::TEXT, $4::TEXT, $5::TEXT, $6::TEXT \
    WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE fact = $1 AND decided = $2::TEXT::TIMESTAMPTZ \
    AND reviewer = $3 AND verdict = $4 AND corrected IS NOT DISTINCT FROM $5 AND comment IS NOT DISTINCT FROM $6)";

/// Adds those that are not there yet.
pub(crate) fn store_decisions(url: &str, rows: &[StoredDecision]) -> Result<(), SinkError> {
    let failed = |error: postgres::Error| sink_error(url, &error);
    let mut client = open_to_write(&Server::of(url)?)?;
    let mut work = client.transaction().map_err(failed)?;
    let insert = work.prepare(INSERT).map_err(failed)?;
    for row in rows {
        let StoredDecision { fact, decided, reviewer, verdict, corrected, comment } = row;
        work.execute(&insert, &[fact, decided, reviewer, verdict, corrected, comment]).map_err(failed)?;
    }
    work.commit().map_err(failed)
}

//! An older schema brought up to date, without harm to what others built on it.

use postgres::Transaction;
use postgres::error::SqlState;

use super::connect::sink_error;
use crate::sink::ddl::{Dialect, statements, statements_in_place, views};
use crate::sink::{Failure, SinkError};

/// Leads from version `from` to the present one. Views take the places of the old ones where their columns allow it; else they
/// are made anew, which the server does not do below views of others.
pub(super) fn migrate(work: &mut Transaction<'_>, url: &str, from: usize) -> Result<(), SinkError> {
    let failed = |error: postgres::Error| sink_error(url, &error);
    let mut attempt = work.transaction().map_err(failed)?;
    if attempt.batch_execute(&statements_in_place(from)).is_ok() {
        return attempt.commit().map_err(failed);
    }
    attempt.rollback().map_err(failed)?;
    let mut attempt = work.transaction().map_err(failed)?;
    match attempt.batch_execute(&statements(Dialect::Postgres, from)) {
        Ok(()) => attempt.commit().map_err(failed),
        Err(error) if error.code() == Some(&SqlState::DEPENDENT_OBJECTS_STILL_EXIST) => {
            attempt.rollback().map_err(failed)?;
            let others = dependents(work).map_err(failed)?;
            Err(SinkError::new(Failure::NotOurs, url, advice(&others)))
        }
        Err(error) => Err(failed(error)),
    }
}

/// The views of others that build on ours.
fn dependents(work: &mut Transaction<'_>) -> Result<Vec<String>, postgres::Error> {
    let ours: Vec<&str> = views().collect();
    let rows = work.query(DEPENDENTS, &[&ours])?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

const DEPENDENTS: &str = "WITH ours AS (SELECT to_regclass(name)::oid AS id FROM unnest($1::TEXT[]) AS n (name)) \
    SELECT DISTINCT c.oid::regclass::TEXT FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid \
    JOIN pg_class c ON c.oid = r.ev_class \
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass \
    AND d.refobjid IN (SELECT id FROM ours) AND c.oid NOT IN (SELECT id FROM ours WHERE id IS NOT NULL) ORDER BY 1";

fn advice(others: &[String]) -> String {
    // What is no view, such as a function, the server does not list here.
    let first = others.first().map_or("…", String::as_str);
    format!(
        "its schema is of an older version, whose views have to be made anew, but {} of others build on them, and nothing was \
         changed: keep what makes each (SELECT pg_get_viewdef('{first}')), drop it, load again, and make it again",
        if others.is_empty() { "objects".to_owned() } else { others.join(", ") }
    )
}

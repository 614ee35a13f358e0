//! Rows out: back to the record.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, ToSql};

use super::connect::{Error, sink_error};
use crate::fact::Fact;
use crate::sink::cells::Cells;
use crate::sink::column::COLUMNS;
use crate::sink::{Each, SinkError};

/// `SELECT` all columns of the record.
fn select(rest: &str) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    format!(
        "SELECT {} FROM facts f JOIN documents d ON d.id = f.document {rest}",
        names.join(", ").replacen("id", "f.id", 1)
    )
}

fn fact(row: &Row<'_>) -> Result<Fact<'static>, Error> {
    let cells = (0..COLUMNS.len()).map(|i| row.get_ref(i).ok().and_then(text));
    Cells::new(cells).fact().map_err(Error::Record)
}

fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(value) => Some(value.to_string()),
        ValueRef::Real(value) => Some(value.to_string()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
    }
}

/// The fact of that id.
pub(super) fn one(connection: &Connection, id: &str) -> Result<Fact<'static>, Error> {
    let mut statement = connection.prepare_cached(&select("WHERE f.id = ?1"))?;
    statement.query_row([id], |row| Ok(fact(row)))?
}

/// The order of facts: page by page and in the order of the text; facts with the same place by id.
const ORDER: &str = "ORDER BY path, record, byte_start, f.id";

/// Gives every fact that is not retired to `each`, page by page and in the order of the text.
///
/// # Errors
/// Where the database fails, or holds a value that the record cannot.
pub(super) fn facts(connection: &Connection, path: &str, each: &mut Each<'_>) -> Result<(), SinkError> {
    give(connection, path, &format!("WHERE f.retired IS NULL {ORDER}"), &[], each)
}

/// As [`facts`], of one metric by identifier or words.
///
/// # Errors
/// Where the database fails, or holds a value that the record cannot.
pub(super) fn facts_of_metric(
    connection: &Connection,
    path: &str,
    metric: &str,
    each: &mut Each<'_>,
) -> Result<(), SinkError> {
    let same = texts_of(connection, metric).map_err(|error| sink_error(path, &error))?;
    let texts = vec!["?"; same.len()].join(", ");
    let only = format!(
        "WHERE f.retired IS NULL AND f.id IN (SELECT id FROM facts WHERE metric_id = ?1 \
         UNION SELECT id FROM facts WHERE metric_text IN ({texts})) {ORDER}"
    );
    let parameters: Vec<&dyn ToSql> =
        std::iter::once(&metric as &dyn ToSql).chain(same.iter().map(|text| text as &dyn ToSql)).collect();
    give(connection, path, &only, &parameters, each)
}

/// The metric and how its words are written in the database, which does not know capitals beyond ASCII.
fn texts_of(connection: &Connection, metric: &str) -> rusqlite::Result<Vec<String>> {
    let mut words =
        connection.prepare("SELECT DISTINCT metric_text FROM facts WHERE metric_text IS NOT NULL")?;
    let wanted = metric.to_lowercase();
    let mut same = vec![metric.to_owned()];
    let mut rows = words.query([])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        if text.to_lowercase() == wanted {
            same.push(text);
        }
    }
    Ok(same)
}

fn give(
    connection: &Connection,
    path: &str,
    rest: &str,
    parameters: &[&dyn ToSql],
    each: &mut Each<'_>,
) -> Result<(), SinkError> {
    let failed = |error: rusqlite::Error| sink_error(path, &error);
    let mut statement = connection.prepare(&select(rest)).map_err(failed)?;
    let mut rows = statement.query(parameters).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        each(fact(row).map_err(|error| error.at(path, sink_error))?)?;
    }
    Ok(())
}

//! Rows out: back to the record.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, ToSql};

use crate::fact::Fact;
use crate::sink::column::{COLUMNS, Cells};

/// `SELECT` all columns of the record.
fn select(rest: &str) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    format!(
        "SELECT {} FROM facts f JOIN documents d ON d.id = f.document {rest}",
        names.join(", ").replacen("id", "f.id", 1)
    )
}

fn fact(row: &Row<'_>) -> rusqlite::Result<Fact<'static>> {
    let cells = (0..COLUMNS.len()).map(|i| row.get_ref(i).ok().and_then(text));
    Cells(cells).fact().map_err(rusqlite::Error::InvalidColumnName)
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
pub(super) fn one(connection: &Connection, id: &str) -> rusqlite::Result<Fact<'static>> {
    connection.prepare_cached(&select("WHERE f.id = ?1"))?.query_row([id], fact)
}

/// The order of facts: page by page and in the order of the text; facts with the same place by id.
const ORDER: &str = "ORDER BY path, record, byte_start, f.id";

/// Gives every fact that is not retired to `each`, page by page and in the order of the text.
///
/// # Errors
/// Where the database fails, or holds a value that the record cannot.
pub(super) fn facts(connection: &Connection, each: &mut dyn FnMut(Fact<'static>)) -> rusqlite::Result<()> {
    give(connection, &format!("WHERE f.retired IS NULL {ORDER}"), &[], each)
}

/// As [`facts`], of one metric by identifier or words.
///
/// # Errors
/// Where the database fails, or holds a value that the record cannot.
pub(super) fn facts_of_metric(
    connection: &Connection,
    metric: &str,
    each: &mut dyn FnMut(Fact<'static>),
) -> rusqlite::Result<()> {
    // The database does not know capitals beyond ASCII, so its words are compared here.
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
    let texts = vec!["?"; same.len()].join(", ");
    let only = format!(
        "WHERE f.retired IS NULL AND f.id IN (SELECT id FROM facts WHERE metric_id = ?1 \
         UNION SELECT id FROM facts WHERE metric_text IN ({texts})) {ORDER}"
    );
    let parameters: Vec<&dyn ToSql> =
        std::iter::once(&metric as &dyn ToSql).chain(same.iter().map(|text| text as &dyn ToSql)).collect();
    give(connection, &only, &parameters, each)
}

fn give(
    connection: &Connection,
    rest: &str,
    parameters: &[&dyn ToSql],
    each: &mut dyn FnMut(Fact<'static>),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&select(rest))?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        each(fact(row)?);
    }
    Ok(())
}

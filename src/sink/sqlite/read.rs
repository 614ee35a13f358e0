//! Rows out: back to the record.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

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

/// Gives every fact that is not retired to `each`, page by page and in the order of the text; facts with the same
/// place by id.
///
/// # Errors
/// Where the database fails, or holds a value that the record cannot.
pub fn facts(connection: &Connection, each: &mut dyn FnMut(Fact<'static>)) -> rusqlite::Result<()> {
    let order = "WHERE f.retired IS NULL ORDER BY path, record, byte_start, f.id";
    let mut statement = connection.prepare(&select(order))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(fact(row)?);
    }
    Ok(())
}

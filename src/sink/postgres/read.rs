//! Rows out: back to the record.

use postgres::fallible_iterator::FallibleIterator;

use super::{connect, copy};
use crate::fact::Fact;
use crate::sink::column::{COLUMNS, Cells, Table};
use crate::sink::{Failure, SinkError};

/// All columns of the record as text, from the tables of facts and pages.
pub(super) fn cells_sql(facts: &str, documents: &str) -> String {
    let cells = COLUMNS.iter().map(|column| {
        let table = if column.table == Table::Facts { facts } else { documents };
        format!("{table}.{}::TEXT", column.name)
    });
    cells.collect::<Vec<_>>().join(", ")
}

/// Gives every fact that is not retired to `each`, page by page and in the order of the text.
///
/// # Errors
/// Where the server cannot be reached, or holds a value that the record cannot.
pub fn facts(url: &str, each: &mut dyn FnMut(Fact<'static>)) -> Result<(), SinkError> {
    let failed = |error: postgres::Error| connect::sink_error(url, &error);
    let mut client = connect::open_to_read(url)?;
    let sql = format!(
        "SELECT {} FROM facts f JOIN documents d ON d.id = f.document WHERE f.retired IS NULL \
         ORDER BY d.path COLLATE \"C\", d.record COLLATE \"C\" NULLS FIRST, f.byte_start, f.id",
        cells_sql("f", "d")
    );
    let mut rows = client.query_raw(&sql, std::iter::empty::<i32>()).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let cells = (0..COLUMNS.len()).map(|i| row.get::<_, Option<String>>(i).map(copy::unescape));
        each(Cells(cells).fact().map_err(|message| SinkError::new(Failure::NotOurs, url, message))?);
    }
    Ok(())
}

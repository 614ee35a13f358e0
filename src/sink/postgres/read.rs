//! Rows out: back to the record.

use postgres::Client;
use postgres::fallible_iterator::FallibleIterator;

use super::{connect, copy};
use crate::sink::cells::Cells;
use crate::sink::column::{COLUMNS, Table};
use crate::sink::{Each, Failure, SinkError};

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
pub(in crate::sink) fn facts(url: &str, each: &mut Each<'_>) -> Result<(), SinkError> {
    give(&mut connect::open_to_read(url)?, url, "", None, each)
}

/// As [`facts`], of one metric by identifier or words.
///
/// # Errors
/// As [`facts`].
pub(in crate::sink) fn facts_of_metric(
    url: &str,
    metric: &str,
    each: &mut Each<'_>,
) -> Result<(), SinkError> {
    let mut client = connect::open_to_read(url)?;
    // What is a capital depends on the database's language, so its words are compared here.
    let sql = "SELECT DISTINCT metric_text FROM facts WHERE metric_text IS NOT NULL";
    let texts = client.query(sql, &[]).map_err(|error| connect::sink_error(url, &error))?;
    let texts = texts.iter().map(|row| row.get::<_, String>(0));
    let wanted = metric.to_lowercase();
    let mut same: Vec<String> =
        texts.filter(|text| copy::unescape(text.clone()).to_lowercase() == wanted).collect();
    let words = same.len();
    same.push(copy::escape(metric).into_owned());
    let only = "AND (f.metric_id = $1[cardinality($1)] OR f.metric_text = ANY($1))";
    give(&mut client, url, if words == 0 { "AND f.metric_id = ANY($1)" } else { only }, Some(&same), each)
}

fn give(
    client: &mut Client,
    url: &str,
    only: &str,
    parameter: Option<&Vec<String>>,
    each: &mut Each<'_>,
) -> Result<(), SinkError> {
    let failed = |error: postgres::Error| connect::sink_error(url, &error);
    let sql = format!(
        "SELECT {} FROM facts f JOIN documents d ON d.id = f.document WHERE f.retired IS NULL {only} \
         ORDER BY d.path COLLATE \"C\", d.record COLLATE \"C\" NULLS FIRST, f.byte_start, f.id",
        cells_sql("f", "d")
    );
    let mut rows = client.query_raw(&sql, parameter).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let cells = (0..COLUMNS.len()).map(|i| row.get::<_, Option<String>>(i).map(copy::unescape));
        each(Cells::new(cells).fact().map_err(|message| SinkError::new(Failure::NotOurs, url, message))?)?;
    }
    Ok(())
}

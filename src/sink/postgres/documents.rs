//! The pages that facts were read from.

use std::borrow::Cow;

use postgres::types::ToSql;
use postgres::{Error, Transaction};
use rustc_hash::FxHashSet;

use super::copy;
use crate::sink::column::{self, COLUMNS, Cell, Table, Type};
use crate::sink::prepare::Row;

/// One column of the pages of a batch.
enum Values<'r> {
    Texts(Vec<Option<Cow<'r, str>>>),
    /// Since the year 2000.
    Days(Vec<Option<i32>>),
}

impl<'r> Values<'r> {
    fn of(pages: &[&Row<'r>], place: usize) -> Self {
        let cells = pages.iter().map(|page| page.cell(place));
        if COLUMNS[place].type_ == Type::Day {
            return Self::Days(
                cells
                    .map(|cell| if let Cell::Day(day) = cell { Some(copy::days(day)) } else { None })
                    .collect(),
            );
        }
        Self::Texts(pages.iter().map(|page| page.text(place).map(copy::escape)).collect())
    }

    fn parameter(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Texts(texts) => texts,
            Self::Days(days) => days,
        }
    }
}

/// Puts in the pages of the rows that are not there.
pub(super) fn write(work: &mut Transaction<'_>, rows: &[Row<'_>]) -> Result<(), Error> {
    let mut ids = FxHashSet::default();
    let pages: Vec<&Row<'_>> = rows.iter().filter(|row| ids.insert(row.document())).collect();
    let keys: Vec<&str> = pages.iter().map(|page| page.document()).collect();
    let columns: Vec<Values<'_>> =
        column::of(Table::Documents).map(|column| Values::of(&pages, column::place(column.name))).collect();
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&keys];
    parameters.extend(columns.iter().map(Values::parameter));
    work.execute(&sql(), &parameters).map(|_| ())
}

fn sql() -> String {
    let names: Vec<&str> = column::of(Table::Documents).map(|column| column.name).collect();
    let (mut values, mut lists) = (Vec::new(), vec!["$1::TEXT[]".to_owned()]);
    for (name, place) in names.iter().zip(2..) {
        let day = COLUMNS[column::place(name)].type_ == Type::Day;
        values.push(if day { format!("DATE '2000-01-01' + {name}") } else { (*name).to_owned() });
        lists.push(format!("${place}::{}[]", if day { "INT" } else { "TEXT" }));
    }
    let names = names.join(", ");
    format!(
        "INSERT INTO documents (id, {names}) SELECT id, {} FROM unnest({}) AS pages (id, {names}) ON CONFLICT DO NOTHING",
        values.join(", "),
        lists.join(", ")
    )
}

//! Cells into the parameters of a statement.

use std::fmt::Write as _;

use rusqlite::CachedStatement;
use rusqlite::types::Null;

use crate::sink::column::Cell;

/// A statement whose parameters are bound one after the other, row by row. Most cells of a row are empty, as those of the
/// row before: they stay bound.
pub(super) struct Bound<'c> {
    statement: CachedStatement<'c>,
    /// Whether each parameter is empty, as all are in a new statement.
    empty: Vec<bool>,
    /// How many of this row are bound.
    cells: usize,
    text: String,
}

impl<'c> Bound<'c> {
    /// Nothing is bound.
    pub(super) fn new(statement: CachedStatement<'c>) -> Self {
        let empty = vec![true; statement.parameter_count()];
        Self { statement, empty, cells: 0, text: String::new() }
    }

    /// Binds the next parameter.
    pub(super) fn bind(&mut self, cell: Cell<'_>) -> rusqlite::Result<()> {
        let (place, to) = (self.cells, &mut self.statement);
        self.cells += 1;
        let was_empty = std::mem::replace(&mut self.empty[place], cell == Cell::Null);
        match cell {
            Cell::Null if was_empty => Ok(()),
            Cell::Null => to.raw_bind_parameter(place + 1, Null),
            Cell::Text(text) => to.raw_bind_parameter(place + 1, text),
            Cell::Int(value) => to.raw_bind_parameter(place + 1, value),
            Cell::Bool(value) => to.raw_bind_parameter(place + 1, value),
            Cell::Decimal(_) | Cell::Day(_) => {
                self.text.clear();
                // Writing to a String does not fail.
                let _ = match cell {
                    Cell::Decimal(value) => write!(self.text, "{value}"),
                    Cell::Day(day) => write!(self.text, "{day}"),
                    _ => Ok(()),
                };
                to.raw_bind_parameter(place + 1, &*self.text)
            }
        }
    }

    /// Executes the statement for the row; gives the number of rows that it changed.
    pub(super) fn execute(&mut self) -> rusqlite::Result<usize> {
        self.cells = 0;
        self.statement.raw_execute()
    }
}

//! Rows in the binary format of `COPY` (PostgreSQL documentation, "COPY", section "Binary Format").

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::civil::{Date, date};
use postgres::Transaction;
use rust_decimal::Decimal;

use crate::sink::column::{COLUMNS, Cell, Table};
use crate::sink::prepare::Row;

/// Marks what PostgreSQL cannot hold: a noncharacter that no text needs.
const MARK: char = '\u{FDD0}';

/// How many rows are made at a time.
const ROWS: usize = 256;

/// The columns that a row is sent with, those of the record at `places` first.
pub(super) struct Shape {
    places: Vec<usize>,
    run: Option<i64>,
}

impl Shape {
    /// Of the staging table: the columns of the record, then `document` and `digest`.
    pub(super) fn staging() -> Self {
        Self { places: (0..COLUMNS.len()).collect(), run: None }
    }

    /// Of `facts` in the run `run`: its columns of the record, then `document`, `digest`, `first_seen`, `last_seen`.
    pub(super) fn facts(run: i64) -> Self {
        let places = (0..COLUMNS.len()).filter(|&place| COLUMNS[place].table == Table::Facts);
        Self { places: places.collect(), run: Some(run) }
    }

    fn encode(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        let columns = self.places.len() + 2 + if self.run.is_some() { 2 } else { 0 };
        out.extend_from_slice(&small(columns).to_be_bytes());
        self.places.iter().for_each(|&place| cell(row.cell(place), out));
        cell(Cell::Text(row.document()), out);
        cell(Cell::Int(row.digest()), out);
        for run in self.run.into_iter().chain(self.run) {
            cell(Cell::Int(run), out);
        }
    }
}

/// Copies the rows into a table: `sql` is the statement.
pub(super) fn copy_in(
    work: &mut Transaction<'_>,
    sql: &str,
    rows: &[Row<'_>],
    shape: &Shape,
) -> Result<(), postgres::Error> {
    let mut copy = work.copy_in(sql)?;
    // The writer gives the server's error again when it is finished.
    let _ = send(rows, shape, &mut copy);
    copy.finish().map(|_| ())
}

/// Sends the rows in that shape.
fn send(rows: &[Row<'_>], shape: &Shape, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"PGCOPY\n\xFF\r\n\0\0\0\0\0\0\0\0\0")?;
    let mut out = Vec::new();
    for rows in rows.chunks(ROWS) {
        for row in rows {
            shape.encode(row, &mut out);
        }
        // The server is at work on them while the next ones are made.
        to.write_all(&out)?;
        out.clear();
    }
    to.write_all(&(-1i16).to_be_bytes())
}

fn cell(cell: Cell<'_>, out: &mut Vec<u8>) {
    let place = out.len();
    out.extend_from_slice(&(-1i32).to_be_bytes());
    match cell {
        Cell::Null => return,
        Cell::Text(text) => out.extend_from_slice(escape(text).as_bytes()),
        Cell::Decimal(value) => numeric(value, out),
        Cell::Day(day) => out.extend_from_slice(&days(day).to_be_bytes()),
        Cell::Bool(value) => out.push(value.into()),
        Cell::Int(value) => out.extend_from_slice(&value.to_be_bytes()),
    }
    // The server takes no value above 1 GiB.
    let length = i32::try_from(out.len() - place - 4).unwrap_or(i32::MAX);
    out[place..place + 4].copy_from_slice(&length.to_be_bytes());
}

/// A count of columns or digits, of which there are few.
fn small(count: usize) -> i16 {
    i16::try_from(count).unwrap_or(i16::MAX)
}

/// Days since the year 2000.
pub(super) fn days(day: Date) -> i32 {
    date(2000, 1, 1).until(day).map_or(0, |span| span.get_days())
}

/// `NUMERIC`: digits to the base of 10,000, the weight of the first, sign, and decimals shown.
fn numeric(value: Decimal, out: &mut Vec<u8>) {
    let scale = value.scale();
    let fraction_groups = scale.div_ceil(4);
    let mut rest = value.mantissa().unsigned_abs() * 10u128.pow(fraction_groups * 4 - scale);
    let mut digits = Vec::with_capacity(10);
    while rest > 0 {
        digits.push((rest % 10_000) as i16);
        rest /= 10_000;
    }
    let weight = small(digits.len()) - fraction_groups as i16 - 1;
    digits.reverse();
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let sign: u16 = if value.is_sign_negative() && !value.is_zero() { 0x4000 } else { 0 };
    let weight = if digits.is_empty() { 0 } else { weight };
    for part in [small(digits.len()), weight, sign.cast_signed(), scale as i16] {
        out.extend_from_slice(&part.to_be_bytes());
    }
    for digit in digits {
        out.extend_from_slice(&digit.to_be_bytes());
    }
}

/// Text without U+0000.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', MARK]) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(MARK, "\u{FDD0}1").replace('\0', "\u{FDD0}0"))
}

/// The text that was escaped.
pub(super) fn unescape(text: String) -> String {
    if !text.contains(MARK) {
        return text;
    }
    text.replace("\u{FDD0}0", "\0").replace("\u{FDD0}1", "\u{FDD0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_can_be_undone() {
        for text in ["", "a", "\0", "\u{FDD0}0", "\u{FDD0}1\0", "\u{FDD0}\u{FDD0}0\0\0"] {
            assert!(!escape(text).contains('\0'));
            assert_eq!(unescape(escape(text).into_owned()), text);
        }
    }

    #[test]
    fn numbers_have_the_digits_of_the_server() {
        let bytes = |value: &str| {
            let mut out = Vec::new();
            numeric(value.parse().unwrap(), &mut out);
            out.chunks(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<_>>()
        };
        assert_eq!(bytes("12345.678"), [3, 1, 0, 3, 1, 2345, 6780]);
        assert_eq!(bytes("-0.0001"), [1, -1, 0x4000, 4, 1]);
        assert_eq!(bytes("48800000000"), [1, 2, 0, 0, 488]);
        assert_eq!(bytes("0"), [0, 0, 0, 0]);
    }
}

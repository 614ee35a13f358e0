//! Apache Parquet: one page a row, whose text is the value of a column.
//!
//! Row groups are read one after another, rows one by one, and of each column one data page at a time is in memory. A
//! row is named by its id, else by its number in the file from 1. Where a data page of the text is broken, the rest of
//! its row group is lost and reading goes on with the next; where one of another column is, rows do without its value.

mod cells;
mod lz4;
mod pages;

use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::schema::types::ColumnDescriptor;

use super::seekable::Origin;
use super::{Archive, Opened, Piece};
use crate::guard::quietly;
use crate::source::fields::{Columns, Fields, Role};
use crate::source::stream::{Stream, too_large};
use crate::source::{Format, Item, MAX_PAGE_BYTES, Problem, RawPage, Severity};
use crate::text::Encoding;
use cells::{Cell, Column, Next};
use pages::{Chunks, Pages};

struct Rows {
    stream: Stream,
    file: Chunks,
    metadata: ParquetMetaData,
    columns: Columns,
    /// The text is Unicode by the schema.
    unicode: bool,
    group: usize,
    open: Option<Group>,
    /// Rows of all row groups up to the end of the one that is open.
    passed: u64,
    /// What comes next.
    ready: Option<Item>,
}

/// A row group that is being read.
struct Group {
    text: Column,
    /// Address, title, date and id, as far as the file has them.
    others: [Option<Column>; 4],
    /// The number of the next row in the file, from 1.
    row: u64,
}

/// Opens a file whose rows hold pages.
pub(super) fn open(mut stream: Stream, fields: &Fields) -> Opened {
    let problem = match guarded(|| find(&mut stream, fields)) {
        Ok((file, metadata, Some(columns))) => {
            let unicode = is_unicode(&metadata.file_metadata().schema_descr().column(columns.text));
            let (group, open, passed, ready) = (0, None, 0, None);
            let rows = Rows { stream, file, metadata, columns, unicode, group, open, passed, ready };
            return Opened::Archive(Box::new(rows));
        }
        Ok((.., None)) => {
            let what = format!("{UNREADABLE}: no column of strings holds a page {}", fields.looked_for());
            stream.problem(what).for_want_of_a_field()
        }
        Err(error) => stream.problem(format!("{UNREADABLE}: {}", shown(&error))),
    };
    Opened::Item(Item::Problem(problem))
}

const UNREADABLE: &str = "a Parquet file that cannot be read";

/// The file, its footer, and which columns hold what, if one holds the text.
fn find(stream: &mut Stream, fields: &Fields) -> Result<(Chunks, ParquetMetaData, Option<Columns>)> {
    let origin = Origin::of(stream)?;
    stream.bytes = Box::new(std::io::empty());
    let file = Chunks::open(&origin)?;
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&file)?;
    let names: Vec<String> =
        metadata.file_metadata().schema_descr().columns().iter().map(|c| name(c, fields)).collect();
    let columns = Columns::find(&names.iter().map(String::as_str), fields);
    Ok((file, metadata, columns))
}

/// The name of a column, with the names of the groups that it is in; nothing where its values are of no use.
fn name(column: &ColumnDescriptor, fields: &Fields) -> String {
    let name = column.path().string();
    let is_text = matches!(fields.role(&name), Some((Role::Text, _)));
    let fits = match column.physical_type() {
        Physical::BYTE_ARRAY => true,
        Physical::INT32 | Physical::INT64 | Physical::INT96 => !is_text,
        _ => false,
    };
    if fits && column.max_rep_level() == 0 { name } else { String::new() }
}

fn is_unicode(column: &ColumnDescriptor) -> bool {
    matches!(column.logical_type_ref(), Some(LogicalType::String))
        || column.converted_type() == ConvertedType::UTF8
}

/// Files that are made to do harm can make the library panic; that is an error like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    quietly(read).unwrap_or_else(|| Err(ParquetError::General("it is broken".to_owned())))
}

/// What an error says, without the name of its sort.
fn shown(error: &ParquetError) -> String {
    match error {
        ParquetError::General(what) | ParquetError::NYI(what) | ParquetError::EOF(what) => what.clone(),
        ParquetError::External(cause) => cause.to_string(),
        other => other.to_string(),
    }
}

impl Rows {
    /// Opens the next row group; false at the end.
    fn next_group(&mut self) -> Result<bool> {
        let Some(group) = self.metadata.row_groups().get(self.group) else { return Ok(false) };
        self.group += 1;
        let before = self.passed;
        let count = u64::try_from(group.num_rows()).unwrap_or(0);
        self.passed += count;
        let column = |index: usize| -> Result<Column> {
            let chunk = group
                .columns()
                .get(index)
                .ok_or_else(|| ParquetError::General("a column is missing".into()))?;
            let pages = Pages::open(&self.file, chunk, usize::try_from(count).unwrap_or(usize::MAX))?;
            Ok(Column::open(chunk.column_descr_ptr(), Box::new(pages)))
        };
        let Columns { text, uri, title, date, id } = self.columns;
        let others = [uri, title, date, id].map(|index| index.and_then(|index| column(index).ok()));
        self.open = Some(Group { text: column(text)?, others, row: before + 1 });
        Ok(true)
    }

    /// The page of the next row of the open row group, or that it has no text. At the end of the group it is closed.
    fn next_row(&mut self) -> Option<Item> {
        let group = self.open.as_mut()?;
        let row = group.row;
        group.row += 1;
        let text = match guarded(|| group.text.next()) {
            Ok(Next::Value(text)) => Some(text),
            Ok(Next::Null) => None,
            Ok(Next::End) => {
                self.open = None;
                return None;
            }
            Err(error) => {
                self.open = None;
                let what = format!("the rest of row group {} is lost: {}", self.group, shown(&error));
                return Some(Item::Problem(self.stream.problem(what)));
            }
        };
        let (others, failure) = group.others();
        let page = self.page(row, text, others);
        let Some(error) = failure else { return Some(page) };
        self.ready = Some(page);
        let what = format!("row group {} goes on without a column: {}", self.group, shown(&error));
        Some(Item::Problem(Problem { severity: Severity::Warning, ..self.stream.problem(what) }))
    }

    fn page(&self, row: u64, text: Option<Cell>, [uri, title, date, id]: [Option<Cell>; 4]) -> Item {
        let own = |cell: Option<Cell>| cell.and_then(|cell| cell.text());
        let name = self.stream.name(&own(id).unwrap_or_else(|| row.to_string()));
        let Some(text) = text else {
            return Item::Problem(Problem::without_text(self.stream.path.as_str(), name));
        };
        let Cell::Bytes(bytes) = text else {
            return Item::Problem(self.stream.problem("a row without text"));
        };
        if bytes.len() as u64 > MAX_PAGE_BYTES {
            return Item::Problem(
                Problem::error(self.stream.path.as_str(), too_large()).in_record(Some(name)),
            );
        }
        let bytes = bytes.data().to_vec();
        Item::Page(RawPage {
            path: self.stream.path.clone().into(),
            record: Some(name.into()),
            uri: own(uri).map(Into::into),
            title: own(title).map(Into::into),
            published: date.and_then(|date| date.day()),
            format: Format::of_text(&bytes),
            encoding: self.unicode.then_some(Encoding::Utf8),
            bytes: bytes.into(),
        })
    }
}

impl Group {
    /// What the other columns say of the next row. One that fails is given up.
    fn others(&mut self) -> ([Option<Cell>; 4], Option<ParquetError>) {
        let mut failure = None;
        let cells = self.others.each_mut().map(|slot| {
            let column = slot.as_mut()?;
            match guarded(|| column.next()) {
                Ok(Next::Value(cell)) => Some(cell),
                Ok(Next::Null | Next::End) => None,
                Err(error) => {
                    (*slot, failure) = (None, Some(error));
                    None
                }
            }
        });
        (cells, failure)
    }
}

impl Archive for Rows {
    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(item) = self.ready.take().or_else(|| self.next_row()) {
                return Some(Piece::Item(item));
            }
            match guarded(|| self.next_group()) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    let what = format!("row group {} is lost: {}", self.group, shown(&error));
                    return Some(Piece::Item(Item::Problem(self.stream.problem(what))));
                }
            }
        }
    }
}

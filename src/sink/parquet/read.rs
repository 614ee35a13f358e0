//! Facts back from the files of a folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::failed;
use crate::guard::quietly;
use crate::sink::YEAR;
use crate::sink::cells::Cells;
use crate::sink::column::{self, COLUMNS, Column, Type, VERSION, VERSION_KEY};
use crate::sink::{Each, Failure, SinkError};

/// How many rows are in memory at once.
const ROWS: usize = 4_096;

/// The files of facts in a folder of folders of years, in the order of their names.
fn files(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in fs::read_dir(dir)? {
        let folder = folder?;
        if folder.file_name().to_string_lossy().starts_with(YEAR) {
            files.extend(files_of(&folder.path())?);
        }
    }
    files.sort();
    Ok(files)
}

/// The files of facts in the folder of a year.
pub(super) fn files_of(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '_']));
        if !hidden && path.extension().is_some_and(|ending| ending == "parquet") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Gives every fact of a folder, or of one file, to `each`, file by file.
///
/// # Errors
/// Where a file cannot be read, is of another program, or of a newer version of this one.
pub(crate) fn facts(place: &str, each: &mut Each<'_>) -> std::result::Result<(), SinkError> {
    let io = |error: std::io::Error| SinkError::new(Failure::Usage, place, error.to_string());
    let path = Path::new(place);
    if fs::metadata(path).map_err(io)?.is_file() {
        return of_file(path, each);
    }
    let files = files(path).map_err(io)?;
    if files.is_empty() {
        return Err(SinkError::new(Failure::NotOurs, place, "no facts were ever loaded here"));
    }
    files.iter().try_for_each(|file| of_file(file, each))
}

/// Gives every fact of one file to `each`.
pub(super) fn of_file(path: &Path, each: &mut Each<'_>) -> std::result::Result<(), SinkError> {
    let place = path.display().to_string();
    let reader = open(path, &place)?;
    let error = |error: ParquetError| failed(&place, &error);
    for group in 0..reader.num_row_groups() {
        let mut group = guarded(|| Group::open(&reader, group, COLUMNS)).map_err(error)?;
        loop {
            let rows = guarded(|| group.rows()).map_err(error)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let fact = Cells::new(row.into_iter()).fact();
                each(fact.map_err(|what| SinkError::new(Failure::NotOurs, &place, what))?)?;
            }
        }
    }
    Ok(())
}

/// Whether `wanted` says yes to one of the identifiers in a file: one column is read.
pub(super) fn any_id(path: &Path, wanted: &dyn Fn(&str) -> bool) -> std::result::Result<bool, SinkError> {
    let place = path.display().to_string();
    let reader = open(path, &place)?;
    let error = |error: ParquetError| failed(&place, &error);
    for group in 0..reader.num_row_groups() {
        let mut group = guarded(|| Group::open(&reader, group, &COLUMNS[..1])).map_err(error)?;
        loop {
            let rows = guarded(|| group.rows()).map_err(error)?;
            if rows.iter().flatten().flatten().any(|id| wanted(id)) {
                return Ok(true);
            }
            if rows.is_empty() {
                break;
            }
        }
    }
    Ok(false)
}

/// Opens a file whose version this program knows.
fn open(path: &Path, place: &str) -> std::result::Result<SerializedFileReader<File>, SinkError> {
    let file = File::open(path).map_err(|error| SinkError::new(Failure::Usage, place, error.to_string()))?;
    let not_ours = |what: String| SinkError::new(Failure::NotOurs, place, what);
    let reader = guarded(|| SerializedFileReader::new(file))
        .map_err(|error| not_ours(format!("is no Parquet file that can be read: {error}")))?;
    let metadata = reader.metadata().file_metadata();
    let pairs = metadata.key_value_metadata();
    let stated = pairs.and_then(|pairs| pairs.iter().find(|pair| pair.key == VERSION_KEY)?.value.as_deref());
    if let Some(version) = stated.and_then(|version| version.parse::<i64>().ok())
        && version > VERSION
    {
        return Err(not_ours(format!(
            "has schema version {version}, this program knows {VERSION}: use a newer solieu"
        )));
    }
    let names = metadata.schema_descr().columns();
    if !COLUMNS.iter().take(3).all(|column| names.iter().any(|found| found.name() == column.name)) {
        return Err(not_ours("is a file of another program".to_owned()));
    }
    Ok(reader)
}

/// A row group that is being read.
struct Group {
    columns: Vec<Open>,
}

/// A column of the record in the file, and its exact digits; absent where an older program wrote the file without it.
struct Open {
    type_: Type,
    values: Option<ColumnReader>,
    exact: Option<ColumnReader>,
}

impl Group {
    fn open(reader: &SerializedFileReader<File>, group: usize, columns: &'static [Column]) -> Result<Self> {
        let group = reader.get_row_group(group)?;
        let descriptions = reader.metadata().file_metadata().schema_descr().columns();
        let find = |name: &str| {
            let place = descriptions.iter().position(|column| column.name() == name);
            place.map(|place| group.get_column_reader(place)).transpose()
        };
        let open = |column: &Column| {
            let exact = if column.type_ == Type::Decimal { find(&column.exact_name())? } else { None };
            Ok(Open { type_: column.type_, values: find(column.name)?, exact })
        };
        Ok(Self { columns: columns.iter().map(open).collect::<Result<_>>()? })
    }

    /// The next rows, their cells as text; none at the end.
    fn rows(&mut self) -> Result<Vec<Vec<Option<String>>>> {
        let mut rows: Vec<Vec<Option<String>>> = Vec::new();
        let width = self.columns.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            let cells = column.cells()?;
            // The first column, the identifier, is in every file.
            if place == 0 {
                rows.resize_with(cells.len(), || Vec::with_capacity(width));
            }
            let mut cells = cells.into_iter();
            for row in &mut rows {
                row.push(cells.next().flatten());
            }
        }
        Ok(rows)
    }
}

impl Open {
    fn cells(&mut self) -> Result<Vec<Option<String>>> {
        let Some(values) = &mut self.values else { return Ok(Vec::new()) };
        let type_ = self.type_;
        let mut cells = match values {
            ColumnReader::ByteArrayColumnReader(reader) => next(reader, |value| Some(text(value)))?,
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                next(reader, |value| decimal(value.data()))?
            }
            ColumnReader::BoolColumnReader(reader) => next(reader, |value| Some(value.to_string()))?,
            ColumnReader::Int64ColumnReader(reader) => next(reader, |value| Some(value.to_string()))?,
            ColumnReader::Int32ColumnReader(reader) => next(reader, |&value| match type_ {
                Type::Day => column::day_since_1970(value).map(|day| day.to_string()),
                _ => Some(value.to_string()),
            })?,
            _ => {
                return Err(ParquetError::General(
                    "a column is of a type that is not written here".to_owned(),
                ));
            }
        };
        if let Some(ColumnReader::ByteArrayColumnReader(reader)) = &mut self.exact {
            for (cell, exact) in cells.iter_mut().zip(next(reader, |value| Some(text(value)))?) {
                *cell = exact.or(cell.take());
            }
        }
        Ok(cells)
    }
}

fn next<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    cell: impl Fn(&T::T) -> Option<String>,
) -> Result<Vec<Option<String>>> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (rows, _, _) = reader.read_records(ROWS, Some(&mut levels), None, &mut values)?;
    let mut values = values.iter();
    // A column that must not be null has no levels.
    if levels.is_empty() {
        return Ok(values.take(rows).map(cell).collect());
    }
    Ok(levels.iter().map(|&level| if level > 0 { values.next().and_then(&cell) } else { None }).collect())
}

fn text(value: &ByteArray) -> String {
    String::from_utf8_lossy(value.data()).into_owned()
}

/// From bytes in two's complement, the highest first.
fn decimal(bytes: &[u8]) -> Option<String> {
    column::scaled(i128::from_be_bytes(bytes.try_into().ok()?)).map(|value| value.to_string())
}

/// Files that are made to do harm can make the library panic; that is an error like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    quietly(read).unwrap_or_else(|| Err(ParquetError::General("it is broken".to_owned())))
}

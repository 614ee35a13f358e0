//! Pages in Arrow tables: which column is what, and the rows as pages, without copying their text.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use jiff::civil::Date;
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::{PyErr, PyResult};
use solieu::sink::column::day_since_1970;
use solieu::source::{Format, RawPage};

/// Names of the columns of pages.
pub(crate) struct Names {
    pub(crate) text: String,
    pub(crate) path: Option<String>,
    pub(crate) record: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
}

/// Where the columns are in a schema.
pub(crate) struct Places {
    text: usize,
    path: Option<usize>,
    record: Option<usize>,
    uri: Option<usize>,
    title: Option<usize>,
    published: Option<usize>,
}

impl Places {
    /// Finds the columns: a named one must be there, of the others those with a usual name are taken.
    pub(crate) fn find(schema: &SchemaRef, names: &Names) -> PyResult<Self> {
        let place = |name: &str| schema.index_of(name).map_err(|_| missing(name, schema));
        let find = |name: &Option<String>, usual: &[&str]| match name {
            Some(name) => place(name).map(Some),
            None => Ok(usual.iter().find_map(|name| schema.index_of(name).ok())),
        };
        Ok(Self {
            text: place(&names.text)?,
            path: find(&names.path, &["path"])?,
            record: find(&names.record, &["record"])?,
            uri: find(&names.uri, &["uri", "url"])?,
            title: find(&names.title, &["title"])?,
            published: find(&names.published, &["published", "date"])?,
        })
    }
}

fn missing(name: &str, schema: &SchemaRef) -> PyErr {
    let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    PyKeyError::new_err(format!("pages has no column {name:?}, only {}", names.join(", ")))
}

/// The pages of one batch.
pub(crate) struct Pages {
    text: ArrayRef,
    path: Option<ArrayRef>,
    record: Option<ArrayRef>,
    uri: Option<ArrayRef>,
    title: Option<ArrayRef>,
    published: Option<ArrayRef>,
    /// Rows in the batches before this one.
    first: usize,
}

impl Pages {
    pub(crate) fn new(batch: &RecordBatch, places: &Places, first: usize) -> PyResult<Self> {
        let column = |i: usize, read: fn(&str, &ArrayRef) -> PyResult<ArrayRef>| {
            read(batch.schema().field(i).name(), batch.column(i))
        };
        let name = |place: Option<usize>| place.map(|i| column(i, name)).transpose();
        Ok(Self {
            text: column(places.text, plain)?,
            path: name(places.path)?,
            record: name(places.record)?,
            uri: name(places.uri)?,
            title: name(places.title)?,
            published: places.published.map(|i| column(i, days)).transpose()?,
            first,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Bytes of a row's text.
    pub(crate) fn size(&self, row: usize) -> usize {
        bytes(&self.text, row).map_or(0, <[u8]>::len)
    }

    /// The page in a row; none where its text is null. Without columns that name it, it is named by its row.
    pub(crate) fn page(&self, row: usize) -> Option<RawPage<'_>> {
        let bytes = bytes(&self.text, row)?;
        let text = |column: &Option<ArrayRef>| -> Option<Cow<'static, str>> {
            let bytes = column.as_ref().and_then(|array| self::bytes(array, row))?;
            Some(String::from_utf8_lossy(bytes).into_owned().into())
        };
        let named = self.path.is_some() || self.record.is_some() || self.uri.is_some();
        let record = text(&self.record).or_else(|| (!named).then(|| (self.first + row).to_string().into()));
        Some(RawPage {
            path: text(&self.path).unwrap_or_default(),
            record,
            uri: text(&self.uri),
            title: text(&self.title),
            published: self.published.as_ref().and_then(|days| day(days, row)),
            format: Format::of(bytes),
            encoding: None,
            bytes: Cow::Borrowed(bytes),
        })
    }
}

/// A column of text or bytes as it is; a dictionary unpacked, and one that holds nothing.
fn plain(name: &str, array: &ArrayRef) -> PyResult<ArrayRef> {
    use DataType::{Binary, BinaryView, Dictionary, LargeBinary, LargeUtf8, Null, Utf8, Utf8View};
    match array.data_type() {
        Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView => Ok(array.clone()),
        Dictionary(..) | Null => cast(array, &LargeUtf8).map_err(|_| wrong(name, "text or bytes", array)),
        _ => Err(wrong(name, "text or bytes", array)),
    }
}

/// A column of names of pages: of text, or numbers.
fn name(name: &str, array: &ArrayRef) -> PyResult<ArrayRef> {
    if array.data_type().is_integer() {
        return cast(array, &DataType::Utf8).map_err(|_| wrong(name, "text", array));
    }
    plain(name, array).map_err(|_| wrong(name, "text", array))
}

/// A column of days: of dates, moments, or texts that begin with an ISO 8601 date.
fn days(name: &str, array: &ArrayRef) -> PyResult<ArrayRef> {
    let wrong = |_| wrong(name, "dates, timestamps, or text such as 2024-01-31", array);
    match array.data_type() {
        DataType::Date32 => Ok(array.clone()),
        DataType::Date64 | DataType::Timestamp(..) => cast(array, &DataType::Date32).map_err(wrong),
        _ => plain(name, array).map_err(wrong),
    }
}

fn cast(array: &ArrayRef, to: &DataType) -> PyResult<ArrayRef> {
    arrow_cast::cast(array, to).map_err(|error| PyTypeError::new_err(error.to_string()))
}

fn wrong(name: &str, wanted: &str, array: &ArrayRef) -> PyErr {
    PyTypeError::new_err(format!("column {name:?} must hold {wanted}, not {}", array.data_type()))
}

fn day(array: &ArrayRef, row: usize) -> Option<Date> {
    if array.data_type() == &DataType::Date32 {
        let days = array.is_valid(row).then(|| array.as_primitive::<Date32Type>().value(row))?;
        return day_since_1970(days);
    }
    let text = str::from_utf8(bytes(array, row)?).ok()?;
    text.get(..10)?.parse().ok()
}

fn bytes(array: &ArrayRef, row: usize) -> Option<&[u8]> {
    if !array.is_valid(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).as_bytes(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).as_bytes(),
        DataType::Utf8View => array.as_string_view().value(row).as_bytes(),
        DataType::Binary => array.as_binary::<i32>().value(row),
        DataType::LargeBinary => array.as_binary::<i64>().value(row),
        DataType::BinaryView => array.as_binary_view().value(row),
        _ => return None,
    })
}

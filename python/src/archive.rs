//! Archives as a stream of Arrow batches.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyDict;
use pyo3_arrow::PyRecordBatchReader;
use rayon::prelude::*;
use solieu::source::{Feed, Fields, Input, Item, Problem};

use crate::columns::{Columns, schema};
use crate::{Extractor, Pool, UNIT_BYTES};

/// Pages that are read as one piece of work, where they are fewer than [`UNIT_BYTES`].
const UNIT_ITEMS: usize = 64;
/// Pieces of work before a batch is given.
const UNITS: usize = 32;

/// Counts and problems of the pages read so far.
#[derive(Default)]
pub(crate) struct Report {
    pages: u64,
    bytes: u64,
    facts: u64,
    replaced: u64,
    without_text: u64,
    problems: Vec<Problem>,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.facts += other.facts;
        self.replaced += other.replaced;
        self.without_text += other.without_text;
        self.problems.extend(other.problems);
    }
}

/// The facts of an archive, read as the batches are taken.
#[pyclass(module = "solieu", frozen)]
pub(crate) struct ArchiveFacts {
    batches: Mutex<Option<Batches>>,
    report: Arc<Mutex<Report>>,
}

#[pymethods]
impl ArchiveFacts {
    /// The Arrow `PyCapsule` interface: a stream, which can be taken once.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner).take();
        let taken = || PyValueError::new_err("the facts of this archive were taken already");
        let reader = PyRecordBatchReader::new(Box::new(batches.ok_or_else(taken)?));
        reader.into_pyobject(py)?.into_any().call_method1("__arrow_c_stream__", (requested_schema,))
    }

    /// Counts so far: pages, bytes, facts, replaced, `without_text` (records without a page), problems (warnings and errors).
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        let dict = PyDict::new(py);
        dict.set_item("pages", report.pages)?;
        dict.set_item("bytes", report.bytes)?;
        dict.set_item("facts", report.facts)?;
        dict.set_item("replaced", report.replaced)?;
        dict.set_item("without_text", report.without_text)?;
        let more = report.problems.iter().filter(|p| p.severity > solieu::source::Severity::Note);
        dict.set_item("problems", more.count())?;
        Ok(dict)
    }

    /// What went wrong so far: dictionaries with path, record, offset, what and severity.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        let json = serde_json::to_string(&report.problems);
        drop(report);
        let json = json.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        py.import("json")?.call_method1("loads", (json,))
    }
}

impl ArchiveFacts {
    pub(crate) fn new(feed: Feed, extractor: Arc<solieu::Extractor>, pool: Pool) -> Self {
        let report = Arc::new(Mutex::new(Report::default()));
        let batches = Batches {
            feed,
            extractor,
            pool,
            report: Arc::clone(&report),
            ready: Vec::new(),
            schema: schema(),
        };
        Self { batches: Mutex::new(Some(batches)), report }
    }
}

struct Batches {
    feed: Feed,
    extractor: Arc<solieu::Extractor>,
    pool: Pool,
    report: Arc<Mutex<Report>>,
    /// Batches to be given, the next one last.
    ready: Vec<Result<RecordBatch, ArrowError>>,
    schema: SchemaRef,
}

impl Batches {
    /// The next pieces of work; none at the end.
    fn units(&mut self) -> Vec<Vec<Item>> {
        let mut units = Vec::new();
        while units.len() < UNITS {
            let (mut unit, mut bytes) = (Vec::new(), 0);
            while unit.len() < UNIT_ITEMS && bytes < UNIT_BYTES {
                let Some(item) = self.feed.next() else { break };
                bytes += item.size();
                unit.push(item);
            }
            if unit.is_empty() {
                break;
            }
            units.push(unit);
        }
        units
    }
}

fn read(
    unit: Vec<Item>,
    extractor: &solieu::Extractor,
    schema: &SchemaRef,
) -> (Result<Option<RecordBatch>, ArrowError>, Report) {
    let (mut columns, mut report) = (Columns::new(), Report::default());
    let mut problems = Vec::new();
    for item in unit {
        item.load(&mut problems, &mut |_, page| {
            let done = extractor.extract(&page, &mut |fact| columns.push(&fact));
            report.pages += 1;
            report.bytes += page.bytes.len() as u64;
            report.facts += done.facts as u64;
            report.replaced += done.replaced as u64;
        });
    }
    let all = problems.len();
    // There may be too many of them to be kept.
    problems.retain(|problem| !problem.without_text);
    report.without_text = (all - problems.len()) as u64;
    report.problems = problems;
    (columns.finish(schema), report)
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            // Only this thread reads the archive: a Python object behind it must not be waited for by others.
            let units = self.units();
            if units.is_empty() {
                return None;
            }
            let (extractor, schema) = (&self.extractor, &self.schema);
            let done: Vec<_> =
                self.pool.run(|| units.into_par_iter().map(|unit| read(unit, extractor, schema)).collect());
            let mut report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
            for (batch, counts) in done {
                self.ready.extend(batch.transpose());
                report.add(counts);
            }
            drop(report);
            self.ready.reverse();
        }
        self.ready.pop()
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// A binary file object of Python.
pub(crate) struct PyReader(pub(crate) Py<PyAny>);

impl Read for PyReader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let bytes: PyBackedBytes = Python::attach(|py| {
            let read = self.0.call_method1(py, "read", (to.len(),))?;
            read.extract(py).map_err(PyErr::from)
        })
        .map_err(io::Error::other)?;
        if bytes.len() > to.len() {
            return Err(io::Error::other("read() gave more than it was asked for"));
        }
        to[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

/// Opens an archive from a path or a binary file object.
pub(crate) fn open(
    extractor: &Extractor,
    source: Bound<'_, PyAny>,
    path: Option<String>,
    sidecar: Option<PyBackedBytes>,
    text: Option<String>,
    jobs: Option<usize>,
) -> PyResult<ArchiveFacts> {
    let fields = Fields { text, ..Fields::default() };
    let feed = if source.hasattr("read")? {
        let name = source.getattr("name").and_then(|name| name.extract::<String>());
        let name = path.or(name.ok()).unwrap_or_default();
        Feed::of_reader(&name, PyReader(source.unbind()), sidecar.map(|bytes| bytes.to_vec()), fields)
    } else {
        Feed::with_fields(vec![Input::Path(source.extract()?)], fields)
    };
    Ok(ArchiveFacts::new(feed, Arc::clone(&extractor.inner), Pool::of(jobs)?))
}

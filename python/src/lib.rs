//! Solieu for Python. The package `solieu` builds its interface on this module.

mod archive;
mod columns;
mod table;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use jiff::civil::Date;
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PySchema, PyTable};
use rayon::prelude::*;
use solieu::rules::RuleSources;
use solieu::source::{Format, RawPage};

use columns::{Columns, schema};
use table::{Names, Pages, Places};

/// Bytes of text that are read as one piece of work.
const UNIT_BYTES: usize = 256 << 10;

/// A page: text, or its bytes as stored.
#[derive(FromPyObject)]
enum Text {
    Str(PyBackedStr),
    Bytes(PyBackedBytes),
}

impl Text {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Which threads do the work.
pub(crate) enum Pool {
    /// Those that all share, one a core.
    Shared,
    /// So many of its own.
    Own(rayon::ThreadPool),
}

impl Pool {
    fn of(jobs: Option<usize>) -> PyResult<Self> {
        let Some(jobs) = jobs else { return Ok(Self::Shared) };
        let built = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build();
        built.map(Self::Own).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match self {
            Self::Shared => work(),
            Self::Own(pool) => pool.install(work),
        }
    }
}

/// All rules compiled, ready to read pages.
#[pyclass(module = "solieu._solieu", name = "Engine", frozen)]
pub(crate) struct Extractor {
    pub(crate) inner: Arc<solieu::Extractor>,
}

#[pymethods]
impl Extractor {
    /// Compiles the built-in rules, and those of a folder, which replace built-in ones of the same name.
    #[new]
    #[pyo3(signature = (rules = None))]
    fn new(py: Python<'_>, rules: Option<PathBuf>) -> PyResult<Self> {
        py.detach(|| {
            let mut sources = RuleSources::builtin();
            if let Some(dir) = rules {
                sources.add_dir(&dir).map_err(|error| PyOSError::new_err(error.to_string()))?;
            }
            let inner = solieu::Extractor::new(&sources);
            let inner = inner.map_err(|error| PyValueError::new_err(error.to_string()))?;
            Ok(Self { inner: Arc::new(inner) })
        })
    }

    /// The facts of a page as the lines that the program writes.
    #[pyo3(signature = (page, *, published = None, uri = None, title = None, path = None, record = None))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn lines(
        &self,
        py: Python<'_>,
        page: Text,
        published: Option<&str>,
        uri: Option<&str>,
        title: Option<&str>,
        path: Option<&str>,
        record: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let published = published.map(day).transpose()?;
        let raw = RawPage {
            path: Cow::Borrowed(path.unwrap_or_default()),
            record: record.map(Cow::Borrowed),
            uri: uri.map(Cow::Borrowed),
            title: title.map(Cow::Borrowed),
            published,
            format: Format::of(page.bytes()),
            encoding: None,
            bytes: Cow::Borrowed(page.bytes()),
        };
        let mut lines = Vec::new();
        // A fact has only keys and values that JSON can hold.
        py.detach(|| {
            self.inner.extract(&raw, &mut |fact| lines.push(serde_json::to_string(&fact).unwrap_or_default()))
        });
        Ok(lines)
    }

    /// The article of a page, a line a block.
    fn strip(&self, py: Python<'_>, page: Text) -> String {
        py.detach(|| {
            let bytes = Cow::Borrowed(page.bytes());
            let raw = RawPage { format: Format::of(&bytes), bytes, ..RawPage::default() };
            let article = self.inner.page_rules().read_raw(&raw);
            let mut text = String::new();
            for block in article.page.blocks.iter().filter(|block| block.keep) {
                text.push_str(&article.page.kept_text(article.text.as_str(), block.span.clone()));
                text.push('\n');
            }
            text
        })
    }

    /// The facts of an archive, from a path or a binary file object, as a stream of Arrow batches.
    #[pyo3(signature = (source, *, path = None, sidecar = None, text = None, jobs = None))]
    fn extract_archive(
        &self,
        source: Bound<'_, PyAny>,
        path: Option<String>,
        sidecar: Option<PyBackedBytes>,
        text: Option<String>,
        jobs: Option<usize>,
    ) -> PyResult<archive::ArchiveFacts> {
        archive::open(self, source, path, sidecar, text, jobs)
    }

    /// The facts of all pages of an Arrow table, in order.
    #[pyo3(signature = (pages, *, text, path = None, record = None, uri = None, title = None, published = None, jobs = None))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn table(
        &self,
        py: Python<'_>,
        pages: AnyRecordBatch,
        text: String,
        path: Option<String>,
        record: Option<String>,
        uri: Option<String>,
        title: Option<String>,
        published: Option<String>,
        jobs: Option<usize>,
    ) -> PyResult<PyTable> {
        let names = Names { text, path, record, uri, title, published };
        let places = Places::find(&pages.schema()?, &names)?;
        let (batches, _) = pages.into_table()?.into_inner();
        let mut first = 0;
        let mut parts = Vec::with_capacity(batches.len());
        for batch in &batches {
            parts.push(Pages::new(batch, &places, first)?);
            first += batch.num_rows();
        }
        let pool = Pool::of(jobs)?;
        let schema = schema();
        let done = py.detach(|| pool.run(|| read_all(&self.inner, &parts, &schema)));
        let batches = done.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        PyTable::try_new(batches, schema)
    }
}

/// The day at the head of an ISO 8601 date or time.
fn day(text: &str) -> PyResult<Date> {
    let day = text.get(..10).and_then(|day| day.parse().ok());
    day.ok_or_else(|| {
        PyValueError::new_err(format!("published must begin with a day such as 2024-01-31, not {text:?}"))
    })
}

/// Reads pieces of the tables in parallel; the facts come in the order of the rows.
fn read_all(
    extractor: &solieu::Extractor,
    parts: &[Pages],
    schema: &SchemaRef,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let units: Vec<_> = parts.iter().flat_map(|pages| units(pages).map(move |rows| (pages, rows))).collect();
    let read = |(pages, rows): (&Pages, std::ops::Range<usize>)| {
        let mut columns = Columns::new();
        for page in rows.filter_map(|row| pages.page(row)) {
            extractor.extract(&page, &mut |fact| columns.push(&fact));
        }
        columns.finish(schema)
    };
    let done: Result<Vec<Option<RecordBatch>>, ArrowError> = units.into_par_iter().map(read).collect();
    Ok(done?.into_iter().flatten().collect())
}

/// Runs of rows of about [`UNIT_BYTES`] each.
fn units(pages: &Pages) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let (mut end, mut bytes) = (start, 0);
        while end < pages.len() && bytes < UNIT_BYTES {
            bytes += pages.size(end);
            end += 1;
        }
        let rows = start..end;
        start = end;
        (!rows.is_empty()).then_some(rows)
    })
}

/// The columns of facts, as an Arrow schema.
#[pyfunction(name = "schema")]
fn py_schema() -> PySchema {
    schema().into()
}

/// The engine behind the package "solieu".
#[pymodule]
fn _solieu(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(py_schema, module)?)?;
    module.add_class::<Extractor>()?;
    module.add_class::<archive::ArchiveFacts>()
}

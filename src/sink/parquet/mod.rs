//! Apache Parquet: a folder of files by year of publication, as `DuckDB`, Spark and pandas read them.
//!
//! The files are `published_year=2020/facts-RUN.parquet`, so that loading the same run again puts the same files in
//! place; year 0 holds the pages whose day is not known. Row groups are sorted by metric, entity and time, so that readers can leave out those that they do not need.

mod rows;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::prepare;
use super::{Options, Sink, SinkError, Summary};
use crate::fact::Fact;

/// How many facts are held in memory and sorted before they are written as row groups.
const FACTS_AT_ONCE: usize = 100_000;

/// Writes facts into a folder of Parquet files.
pub(super) struct Parquet {
    dir: PathBuf,
    place: String,
    name: String,
    held: Vec<Fact<'static>>,
    /// By year of publication; absent: unknown.
    files: BTreeMap<Option<i16>, Part>,
    facts: u64,
}

struct Part {
    writer: SerializedFileWriter<File>,
    file: Unfinished,
}

/// A file under its temporary name, which it loses when it is not put in its place.
struct Unfinished {
    part: PathBuf,
    whole: PathBuf,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone already where it took its place.
        let _ = fs::remove_file(&self.part);
    }
}

impl Parquet {
    pub(super) fn create(dir: &str, options: &Options) -> Result<Self, SinkError> {
        fs::create_dir_all(dir).map_err(|error| SinkError::io(dir, &error))?;
        let run = options.run.as_deref().unwrap_or_default();
        // Any name is a name of a file this way.
        let name = format!("facts-{:016x}.parquet", xxhash_rust::xxh3::xxh3_64(run.as_bytes()));
        Ok(Self {
            dir: dir.into(),
            place: dir.to_owned(),
            name,
            held: Vec::new(),
            files: BTreeMap::new(),
            facts: 0,
        })
    }

    /// Writes what is held: a row group a year.
    fn flush(&mut self) -> Result<(), SinkError> {
        let mut years: BTreeMap<Option<i16>, Vec<Fact<'static>>> = BTreeMap::new();
        for fact in self.held.drain(..) {
            years.entry(fact.source.published.map(jiff::civil::Date::year)).or_default().push(fact);
        }
        for (year, mut facts) in years {
            facts.sort_by(|a, b| order(a).cmp(&order(b)));
            let part = match self.files.entry(year) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => {
                    let part = Part::create(&self.dir, year, &self.name);
                    entry.insert(part.map_err(|error| failed(&self.place, &error))?)
                }
            };
            rows::write(&mut part.writer, &facts).map_err(|error| failed(&self.place, &error))?;
        }
        Ok(())
    }
}

impl Part {
    fn create(dir: &Path, year: Option<i16>, name: &str) -> parquet::errors::Result<Self> {
        // pandas cannot read Hive's name for an unknown value next to numbers.
        let folder = dir.join(format!("published_year={}", year.unwrap_or(0)));
        fs::create_dir_all(&folder)?;
        // Readers leave out names that begin with a point.
        let file = Unfinished { part: folder.join(format!(".{name}.part")), whole: folder.join(name) };
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("solieu ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let to = File::create(&file.part)?;
        Ok(Self { writer: SerializedFileWriter::new(to, rows::schema()?, properties.into())?, file })
    }
}

impl Sink for Parquet {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        let facts = prepare::all(lines, &self.place)?;
        self.facts += facts.len() as u64;
        self.held.extend(facts);
        if self.held.len() >= FACTS_AT_ONCE { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.flush()?;
        let Self { files, place, facts, .. } = *self;
        let mut whole = Vec::new();
        for part in files.into_values() {
            part.writer.close().map_err(|error| failed(&place, &error))?;
            whole.push(part.file);
        }
        for file in whole {
            fs::rename(&file.part, &file.whole).map_err(|error| SinkError::io(&place, &error))?;
        }
        Ok(Summary { added: facts, ..Summary::default() })
    }
}

/// The order of rows within a row group.
fn order<'f>(fact: &'f Fact<'_>) -> (Option<&'f str>, Option<&'f str>, Option<jiff::civil::Date>, &'f str) {
    let metric = fact.metric.as_ref().and_then(|metric| metric.id.as_deref());
    let entity = fact.entity.as_ref().and_then(|entity| entity.id.as_deref());
    (metric, entity, fact.time.as_ref().and_then(|time| time.end), &fact.id)
}

fn failed(place: &str, error: &parquet::errors::ParquetError) -> SinkError {
    if let parquet::errors::ParquetError::External(cause) = error
        && let Some(io) = cause.downcast_ref::<std::io::Error>()
    {
        return SinkError::io(place, io);
    }
    SinkError::new(super::Failure::Usage, place, error.to_string())
}

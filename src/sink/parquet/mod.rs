//! Apache Parquet: a folder with a file for each year of publication, as `DuckDB`, Spark and pandas read them.
//!
//! The files are `published_year=2020/facts.parquet`; year 0 holds the pages whose day is not known. They hold each fact
//! once, as the latest load read it. A load writes new files under temporary names beside them; at its end, under a
//! lock, it takes over from the old files what it did not read itself ([`merge`]) and puts the new in their places, year
//! by year, so that readers and killed loads find a year as it was before or after. A year in which nothing changed is
//! left alone. What facts were before, and those that were retired, go into `_history`, which readers of Parquet
//! folders pass over.
//!
//! What is written at once is sorted by metric, entity, last day and id, and cut into row groups, so that readers can leave out
//! those whose statistics say that they do not have what is asked for. Each row group says by what it is sorted.

mod history;
mod merge;
mod part;
mod read;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, btree_map, hash_map};
use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

pub(super) use read::facts;

use super::prepare::{self, digest};
use super::{Failure, Left, Options, Sink, SinkError, Summary, YEAR};
use crate::fact::Fact;
use part::Part;

/// How many facts are held in memory and sorted before they are written as row groups.
const FACTS_AT_ONCE: usize = 100_000;

/// Writes facts into a folder of Parquet files.
pub(super) struct Parquet {
    load: Load,
    held: Vec<Fact<'static>>,
    parts: BTreeMap<i16, Part>,
    /// Whether there was no such folder before.
    made: bool,
}

/// What is remembered of a load until its end.
struct Load {
    dir: PathBuf,
    place: String,
    run: Option<String>,
    retire: Option<String>,
    seen: FxHashMap<u128, Seen>,
    /// Facts of the load by year of publication.
    years: BTreeMap<i16, u64>,
    /// Facts that a reviewer rejected.
    rejected: FxHashSet<u128>,
    /// How many facts were given once more: within a run the first reading stands.
    again: u64,
}

/// What is remembered of a fact.
struct Seen {
    /// A hash over all of it.
    digest: i64,
    /// Whether the folder has it already as it is.
    met: bool,
}

impl Parquet {
    pub(super) fn create(dir: &str, options: &Options) -> Result<Self, SinkError> {
        if Path::new(dir).is_file() {
            return Err(SinkError::new(Failure::Usage, dir, "is a file, a folder is needed"));
        }
        let made = matches!(Path::new(dir).try_exists(), Ok(false));
        fs::create_dir_all(dir).map_err(|error| SinkError::io(dir, &error))?;
        merge::check(Path::new(dir)).map_err(|error| SinkError::io(dir, &error))?;
        let load = Load {
            dir: dir.into(),
            place: dir.to_owned(),
            run: options.run.clone(),
            retire: options.retire.clone(),
            seen: FxHashMap::default(),
            years: BTreeMap::new(),
            rejected: FxHashSet::default(),
            again: 0,
        };
        Ok(Self { load, held: Vec::new(), parts: BTreeMap::new(), made })
    }

    /// Writes what is held, year by year.
    fn flush(&mut self) -> Result<(), SinkError> {
        let mut years: BTreeMap<i16, Vec<Fact<'static>>> = BTreeMap::new();
        for fact in self.held.drain(..) {
            years.entry(year(&fact)).or_default().push(fact);
        }
        for (year, facts) in years {
            let error = |error| failed(&self.load.place, &error);
            let part = match self.parts.entry(year) {
                btree_map::Entry::Occupied(entry) => entry.into_mut(),
                btree_map::Entry::Vacant(entry) => {
                    entry.insert(Part::create(&self.load.dir, year).map_err(error)?)
                }
            };
            part.write(facts).map_err(error)?;
        }
        Ok(())
    }
}

impl Sink for Parquet {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        let mut buffer = Vec::new();
        for fact in prepare::all(lines, &self.load.place)? {
            match self.load.seen.entry(key(&fact.id)) {
                hash_map::Entry::Occupied(_) => self.load.again += 1,
                hash_map::Entry::Vacant(entry) => {
                    entry.insert(Seen { digest: digest(&fact, &mut buffer), met: false });
                    *self.load.years.entry(year(&fact)).or_default() += 1;
                    self.held.push(fact);
                }
            }
        }
        if self.held.len() >= FACTS_AT_ONCE { self.flush() } else { Ok(()) }
    }

    fn reject(&mut self, facts: &[String]) -> Result<(), SinkError> {
        self.load.rejected.extend(facts.iter().map(|id| key(id)));
        Ok(())
    }

    fn retire_nothing(&mut self) {
        self.load.retire = None;
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.flush()?;
        merge::into_folder(self.load, self.parts)
    }

    fn abandon(self: Box<Self>) -> Left {
        drop(self.parts);
        if self.made {
            merge::leave(&self.load.dir);
        }
        Left::AsBefore
    }
}

/// The year of publication; 0 where it is not known: pandas cannot read Hive's name for an unknown value next to numbers.
fn year(fact: &Fact<'_>) -> i16 {
    fact.source.published.map_or(0, jiff::civil::Date::year)
}

fn folder(dir: &Path, year: i16) -> PathBuf {
    dir.join(format!("{YEAR}{year}"))
}

/// The identifier as a number: its digits, or a hash where another program made it.
fn key(id: &str) -> u128 {
    let digits = (id.len() == 32).then(|| u128::from_str_radix(id, 16).ok()).flatten();
    digits.unwrap_or_else(|| xxhash_rust::xxh3::xxh3_128(id.as_bytes()))
}

fn failed(place: &str, error: &parquet::errors::ParquetError) -> SinkError {
    if let parquet::errors::ParquetError::External(cause) = error
        && let Some(io) = cause.downcast_ref::<std::io::Error>()
    {
        return SinkError::io(place, io);
    }
    SinkError::new(Failure::Usage, place, error.to_string())
}

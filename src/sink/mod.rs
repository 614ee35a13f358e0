//! Facts to destinations: files, SQLite, PostgreSQL, Parquet.
//!
//! A [`Sink`] takes facts as JSON Lines, because the threads that read pages write them so in parallel anyway, and a
//! facts file can be loaded the same way. [`open`] makes one from its URL.

#![cfg_attr(
    not(feature = "sqlite"),
    allow(dead_code, unused_variables, reason = "what only databases need has no use without one")
)]

mod background;
mod cells;
pub mod column;
mod csv;
mod ddl;
mod decisions;
mod describe;
mod distinct;
mod error;
mod files;
mod journal;
mod jsonl;
mod left;
mod listener;
mod output;
mod packing;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "postgres")]
mod postgres;
mod prepare;
mod progress;
mod read;
mod run;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(feature = "sqlite")]
mod sqlite;
mod tee;
mod together;

pub use decisions::{StoredDecision, store_decisions};
pub use distinct::{also_read, overwritten, refuse_read, refuse_twice, written};
pub use error::{Failure, SinkError, without_password};
pub use files::write_whole;
pub use jsonl::JsonLines;
pub use left::Left;
pub use listener::Listener;
pub(crate) use prepare::why_no_fact;
pub use read::{blocks, check, facts, facts_of_metric, first_no_fact, is_written_here, no_fact_in};
pub use run::{Earlier, Resumable, RunName};
pub use tee::{Finished, Tee};
pub use together::{Opened, Together};

use std::fmt;

use serde::Serialize;

use crate::fact::Fact;
use crate::rules::Catalog;

/// Hears each fact that is read back, in turn; where it fails, nothing more is read.
type Each<'e> = dyn FnMut(Fact<'static>) -> Result<(), SinkError> + 'e;

/// A destination for facts.
pub trait Sink: Send {
    /// Takes whole lines of JSON, one fact each, with the facts of a page together and in order.
    ///
    /// # Errors
    /// Where the destination fails or a line is no fact.
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError>;

    /// Hears, after what [`Self::write`] was given of some units, that they are done; a destination that can be
    /// resumed remembers it.
    ///
    /// # Errors
    /// Where the destination fails.
    fn checkpoint(&mut self, _checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        Ok(())
    }

    /// Hears, after what [`Self::write`] was given of a unit and before its checkpoint, which of its facts a reviewer rejected:
    /// they were not given, and where an earlier run put them in, they are retired.
    ///
    /// # Errors
    /// Where the destination fails.
    fn reject(&mut self, _facts: &[String]) -> Result<(), SinkError> {
        Ok(())
    }

    /// Hears before the end that this run did not read all that it should have: what it did not find may be there all the
    /// same, so nothing is retired.
    fn retire_nothing(&mut self) {}

    /// Hands over what is still held back, before any of several destinations is finished: a line may be no fact.
    ///
    /// # Errors
    /// Where the destination fails or a line is no fact.
    fn flush(&mut self) -> Result<(), SinkError> {
        Ok(())
    }

    /// Writes what is still held back, and closes the destination.
    ///
    /// # Errors
    /// Where the destination fails.
    fn finish(self: Box<Self>) -> Result<Summary, SinkError>;

    /// Gives up before the end, because another destination failed; says what stands here now.
    fn abandon(self: Box<Self>) -> Left {
        Left::AsBefore
    }
}

/// How far a run has come.
#[derive(Debug, Clone, Copy)]
pub struct Checkpoint<'a> {
    /// Units done; see [`crate::pipeline`].
    pub units: u64,
    /// Counts of all pages in them.
    pub tally: &'a crate::Tally,
}

/// What went into a destination.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Facts that were not there before.
    pub added: u64,
    /// Facts that were there with other content, which is kept in the history.
    pub changed: u64,
    /// Facts that were there as they are.
    pub same: u64,
    /// Facts that were there and are no longer found.
    pub retired: u64,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, changed, same, retired } = self;
        let facts = if *added == 1 { "fact" } else { "facts" };
        write!(f, "{added} {facts} added, {changed} changed, {same} as they were, {retired} retired")
    }
}

/// How to load.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Name of the run. Loading it again changes nothing as long as no other run began since; else it is a new run of that name.
    /// Absent: every load is a run of its own.
    pub run: Option<String>,
    /// Retire the facts of pages whose path starts so that this run did not find, unless it hears [`Sink::retire_nothing`].
    pub retire: Option<String>,
    /// Names of metrics and entities, for the tables of a database.
    pub catalog: Catalog,
    /// How the run is gone on with where it is interrupted. Absent: not at all.
    pub resumable: Option<Resumable>,
    /// Hears what a person who waits should know: that a server was lost, and when it is tried again.
    pub tell: Listener,
}

/// What is said of a URL that names no destination.
const KNOWN: &str = "is no destination: write jsonl:FILE, csv:FILE, sqlite:FILE, postgres://… or parquet:DIR \
                     (the last two where the program was built with them)";

/// What was perhaps meant by a file without the sort of destination that it is, by its ending.
fn meant(url: &str) -> String {
    let name = ["zst", "gz", "bz2", "xz"].iter().find_map(|end| url.strip_suffix(end)?.strip_suffix('.'));
    let sort = match name.unwrap_or(url).rsplit_once('.').map(|(_, ending)| ending) {
        _ if url.contains(':') => return String::new(),
        Some("db" | "sqlite" | "sqlite3") => "sqlite",
        Some("csv") => "csv",
        Some("jsonl" | "ndjson" | "json") => "jsonl",
        Some("parquet") => "parquet",
        _ => return String::new(),
    };
    format!("; perhaps {sort}:{url}?")
}

/// Whether what a destination holds outlasts a load, so that there is something to retire: a file is written anew.
pub fn keeps(url: &str) -> bool {
    !matches!(url.split_once(':'), Some(("jsonl" | "csv", _)))
}

/// What stands for standard output (of facts to read: input) where a file could be named.
const STANDARD: &str = "-";

/// How the folders of a year are called in a folder of Parquet files, before the year.
const YEAR: &str = "published_year=";

/// Opens the destination `url`: `jsonl:FILE`, `csv:FILE` (both also `-`, standard output), `sqlite:FILE`, `postgres://…`,
/// `parquet:DIR`.
///
/// # Errors
/// Where the URL is of no known sort, or the destination cannot be opened.
pub fn open(url: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    let options = Options { resumable: None, ..options.clone() };
    let (sink, _) = open_resumable(url, &options)?;
    sink.ok_or_else(|| SinkError::new(Failure::Usage, url, "is complete already"))
}

/// As [`open`], where an interrupted run goes on as [`Options::resumable`] says; no sink where it was complete.
///
/// # Errors
/// As [`open`]; also where a run in that destination cannot be gone on with.
pub fn open_resumable(url: &str, options: &Options) -> Result<Opened, SinkError> {
    match url.split_once(':') {
        // SQLite would take it for a database that is gone at the end.
        Some((form, "")) => Err(SinkError::new(Failure::Usage, form, "names no file")),
        Some((form @ ("sqlite" | "parquet"), STANDARD)) => Err(SinkError::new(
            Failure::Usage,
            url,
            format!("{form} needs a place of its own: standard output is none"),
        )),
        Some(("jsonl", path)) => JsonLines::open(path.as_ref(), options.resumable.as_ref()).map(boxed),
        Some(("csv", path)) => csv::Csv::open(path, options.resumable.as_ref()).map(boxed),
        #[cfg(feature = "sqlite")]
        Some(("sqlite", path)) => sqlite::open(path, options).map(boxed),
        #[cfg(feature = "parquet")]
        Some(("parquet", dir)) => {
            if options.resumable.as_ref().is_some_and(|run| run.resume) {
                return Err(SinkError::new(Failure::Usage, url, NO_RESUME));
            }
            Ok((Some(Box::new(parquet::Parquet::create(dir, options)?)), Earlier::Nothing))
        }
        #[cfg(feature = "postgres")]
        Some(("postgres" | "postgresql", _)) => postgres::open(url, options).map(boxed),
        _ => Err(SinkError::new(Failure::Usage, url, format!("{KNOWN}{}", meant(url)))),
    }
}

fn boxed<S: Sink + 'static>((sink, earlier): (Option<S>, Earlier)) -> Opened {
    (sink.map(|sink| Box::new(sink) as Box<dyn Sink>), earlier)
}

/// Why a run into Parquet files does not go on.
#[cfg(feature = "parquet")]
const NO_RESUME: &str = "cannot go on with an interrupted run: a Parquet file cannot be read, nor added to, before its end is \
                         written; write a file with --output and --resume, and then `solieu load FILE --to parquet:DIR`";

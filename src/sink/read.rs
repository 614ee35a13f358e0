//! Facts back from where they were put: a facts file, CSV, Parquet or a database.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::prepare;
use super::{Each, Failure, SinkError, YEAR};
use crate::fact::Fact;

/// How much of a facts file is read at once.
const BLOCK: usize = 4 << 20;

/// Gives the facts of `place` as lines of JSON to `each`, in blocks of whole lines: a facts file (`-`: standard input) as
/// it is, all else as [`facts`] gives it.
///
/// # Errors
/// Where it cannot be read, or `each` fails.
pub fn blocks(place: &str, each: &mut dyn FnMut(&[u8]) -> Result<(), SinkError>) -> Result<(), SinkError> {
    match Form::of(place)? {
        Form::Lines(reader) => lines(place, reader, each),
        other => {
            let mut block = Vec::with_capacity(BLOCK + BLOCK / 4);
            other.facts(place, &mut |fact| {
                // Writing to memory cannot fail, and a fact has only keys and values that JSON can hold.
                let _ = serde_json::to_writer(&mut block, &fact);
                block.push(b'\n');
                if block.len() >= BLOCK {
                    each(&block)?;
                    block.clear();
                }
                Ok(())
            })?;
            if block.is_empty() { Ok(()) } else { each(&block) }
        }
    }
}

/// Names file and line where a facts file has one that is no fact; nothing where all are facts, or the files cannot be
/// read again.
pub fn first_no_fact(places: &[String]) -> Option<SinkError> {
    places.iter().filter(|place| *place != "-").find_map(|place| {
        let mut before = 0;
        let found = blocks(place, &mut |lines| {
            if let Some(error) = no_fact_in(place, lines, before) {
                return Err(error);
            }
            before += memchr::memchr_iter(b'\n', lines).count();
            Ok(())
        });
        found.err().filter(|error| error.failure == Failure::NoFact)
    })
}

/// Names the line where whole lines of `place`, which follow `before` others, have one that is no fact.
pub fn no_fact_in(place: &str, lines: &[u8], before: usize) -> Option<SinkError> {
    let (line, error) = prepare::first_wrong(lines)?;
    let number = before + line;
    let text = lines.split(|&b| b == b'\n').nth(line - 1).unwrap_or_default();
    let message = format!("line {number} is no fact: {}", prepare::why_no_fact(text, &error));
    Some(SinkError::new(Failure::NoFact, place, message))
}

/// Checks that whole lines are facts, for destinations that take any.
///
/// # Errors
/// Where one is none.
pub fn check(lines: &[u8], place: &str) -> Result<(), SinkError> {
    prepare::all(lines, place).map(|_| ())
}

fn lines(
    place: &str,
    mut reader: Box<dyn BufRead>,
    each: &mut dyn FnMut(&[u8]) -> Result<(), SinkError>,
) -> Result<(), SinkError> {
    let failed = |error: io::Error| SinkError::new(Failure::Usage, place, error.to_string());
    let mut buffer = Vec::with_capacity(BLOCK + BLOCK / 4);
    loop {
        let before = buffer.len();
        let read = reader.by_ref().take(BLOCK as u64).read_to_end(&mut buffer).map_err(failed)?;
        if read == 0 {
            return if buffer.is_empty() { Ok(()) } else { each(&buffer) };
        }
        if let Some(end) = memchr::memrchr(b'\n', &buffer[before..]) {
            each(&buffer[..=before + end])?;
            buffer.drain(..=before + end);
        }
    }
}

/// What a place holds facts in.
enum Form {
    Lines(Box<dyn BufRead>),
    Csv(Box<dyn BufRead>),
    #[cfg(feature = "sqlite")]
    Sqlite(String),
    #[cfg(feature = "parquet")]
    Parquet(String),
    #[cfg(feature = "postgres")]
    Postgres,
}

/// Why a file of facts cannot be opened; perhaps another form of place was meant.
fn not_opened(place: &str, error: &io::Error) -> String {
    let scheme = place.split_once(':').is_some_and(|(scheme, _)| !matches!(scheme, "csv" | "jsonl"));
    let known = if scheme && error.kind() == io::ErrorKind::NotFound {
        "; besides files, facts are read from csv:FILE, sqlite:FILE, postgres://… and parquet:DIR"
    } else {
        ""
    };
    format!("{error}{known}")
}

impl Form {
    /// By the name of the place, else by its first bytes.
    fn of(place: &str) -> Result<Self, SinkError> {
        #[cfg(feature = "sqlite")]
        if let Some(path) = sqlite_file(place) {
            return Ok(Self::Sqlite(path.to_owned()));
        }
        #[cfg(feature = "postgres")]
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            return Ok(Self::Postgres);
        }
        refuse_other_folder(place)?;
        #[cfg(feature = "parquet")]
        if let Some(path) = parquet_files(place) {
            return Ok(Self::Parquet(path.to_owned()));
        }
        if let Some((scheme @ ("sqlite" | "postgres" | "postgresql" | "parquet"), _)) = place.split_once(':')
        {
            let what = format!("this program was built without {scheme}");
            return Err(SinkError::new(Failure::Usage, place, what));
        }
        let failed = |error: io::Error| SinkError::new(Failure::Usage, place, not_opened(place, &error));
        let mut reader = BufReader::new(open(place).map_err(failed)?);
        // An error shows again when it is read.
        let csv = place.starts_with("csv:") || reader.fill_buf().is_ok_and(super::csv::begins);
        Ok(if csv { Self::Csv(Box::new(reader)) } else { Self::Lines(Box::new(reader)) })
    }

    fn facts(self, place: &str, each: &mut Each<'_>) -> Result<(), SinkError> {
        match self {
            Self::Lines(reader) => {
                let mut before = 0;
                lines(place, reader, &mut |lines| {
                    let facts = prepare::all(lines, place);
                    let named = |error| no_fact_in(place, lines, before).unwrap_or(error);
                    facts.map_err(named)?.into_iter().try_for_each(&mut *each)?;
                    before += memchr::memchr_iter(b'\n', lines).count();
                    Ok(())
                })
            }
            Self::Csv(reader) => super::csv::facts(place, reader, each),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(path) => super::sqlite::Reading::open(&path)?.facts(each),
            #[cfg(feature = "parquet")]
            Self::Parquet(path) => super::parquet::facts(&path, each),
            #[cfg(feature = "postgres")]
            Self::Postgres => super::postgres::facts(place, each),
        }
    }
}

/// Refuses a folder that is called by its bare name and has no folder of a year: more likely it has pages.
fn refuse_other_folder(place: &str) -> Result<(), SinkError> {
    let Ok(mut entries) = std::fs::read_dir(place) else { return Ok(()) };
    let is_year = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(YEAR);
    if entries.any(|entry| entry.is_ok_and(|entry| is_year(&entry.file_name()))) {
        return Ok(());
    }
    let message = "is a folder, no facts file or database; of pages, `solieu extract` makes facts first";
    Err(SinkError::new(Failure::Usage, place, message))
}

/// The bytes of a file, decompressed if they are compressed, whatever its name.
fn open(place: &str) -> io::Result<Box<dyn Read>> {
    let path = place.strip_prefix("jsonl:").or_else(|| place.strip_prefix("csv:")).unwrap_or(place);
    let bytes: Box<dyn io::BufRead + Send> = if place == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path)?))
    };
    Ok(Box::new(crate::source::decompressed(bytes)?))
}

/// Whether the file begins as what this program writes begins, facts or problems, or is empty: who names it as the output
/// again does not lose a page.
pub fn is_written_here(path: &Path) -> bool {
    let first = || {
        let mut reader = BufReader::new(open(&path.display().to_string()).ok()?);
        let mut line = Vec::new();
        reader.by_ref().take(crate::source::MAX_PAGE_BYTES).read_until(b'\n', &mut line).ok()?;
        Some(line)
    };
    first().is_some_and(|line| {
        line.is_empty() || super::csv::begins(&line) || serde_json::from_slice::<Fact<'_>>(&line).is_ok() || {
            let value = serde_json::from_slice::<serde_json::Value>(&line).unwrap_or_default();
            ["path", "what", "severity"].iter().all(|key| value.get(key).is_some())
        }
    })
}

/// The folder or file, where `place` is Parquet: called so, or so by its first bytes, or a folder of years.
#[cfg(feature = "parquet")]
fn parquet_files(place: &str) -> Option<&str> {
    let is_one = || {
        let Ok(meta) = std::fs::metadata(place) else { return false };
        let mut first = [0; 4];
        meta.is_dir()
            || meta.is_file()
                && File::open(place).and_then(|mut f| f.read_exact(&mut first)).is_ok()
                && first == *b"PAR1"
    };
    place.strip_prefix("parquet:").or_else(|| is_one().then_some(place))
}

/// The file, where `place` is an SQLite database: called one, or one by its first bytes.
#[cfg(feature = "sqlite")]
fn sqlite_file(place: &str) -> Option<&str> {
    const MAGIC: &[u8; 16] = b"SQLite format 3\0";
    let begins_as_one = || {
        // From a pipe the bytes could be read only once.
        let regular = std::fs::metadata(place).is_ok_and(|meta| meta.is_file());
        let mut first = [0; MAGIC.len()];
        regular && File::open(place).and_then(|mut f| f.read_exact(&mut first)).is_ok() && first == *MAGIC
    };
    place.strip_prefix("sqlite:").or_else(|| begins_as_one().then_some(place))
}

/// Gives every fact of `place` to `each`: a facts file or CSV in its order; `parquet:DIR` file by file; a database
/// (`sqlite:FILE`, `postgres://…`) page by page and in the order of the text. What is retired is left out.
///
/// # Errors
/// Where it cannot be read, or a line is no fact.
pub fn facts(place: &str, each: &mut dyn FnMut(Fact<'static>)) -> Result<(), SinkError> {
    Form::of(place)?.facts(place, &mut |fact| {
        each(fact);
        Ok(())
    })
}

/// As [`facts`], but only of the facts whose metric is `metric` by identifier or, without regard to case, by its words.
/// A database is asked for these alone.
///
/// # Errors
/// Where it cannot be read, or a line is no fact.
pub fn facts_of_metric(
    place: &str,
    metric: &str,
    each: &mut dyn FnMut(Fact<'static>),
) -> Result<(), SinkError> {
    let mut each = |fact: Fact<'static>| {
        each(fact);
        Ok(())
    };
    match Form::of(place)? {
        #[cfg(feature = "sqlite")]
        Form::Sqlite(path) => super::sqlite::Reading::open(&path)?.facts_of_metric(metric, &mut each),
        #[cfg(feature = "postgres")]
        Form::Postgres => super::postgres::facts_of_metric(place, metric, &mut each),
        other => other.facts(place, &mut |fact| {
            if fact.metric.as_ref().is_some_and(|label| label.is(metric)) { each(fact) } else { Ok(()) }
        }),
    }
}

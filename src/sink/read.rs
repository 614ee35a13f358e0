//! Facts back from where they were put: a facts file or a database.

use std::fs::File;
use std::io::{self, BufReader, Read};

use super::prepare;
use super::{Failure, SinkError};
use crate::fact::Fact;

/// How much of a facts file is read at once.
const BLOCK: usize = 4 << 20;

/// Gives the facts file `place` (`-`: standard input) to `each` in blocks of whole lines.
///
/// # Errors
/// Where the file cannot be read, or `each` fails.
pub fn blocks(place: &str, each: &mut dyn FnMut(&[u8]) -> Result<(), SinkError>) -> Result<(), SinkError> {
    let failed = |error: io::Error| SinkError::new(Failure::Usage, place, error.to_string());
    let mut reader = open(place).map_err(failed)?;
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

/// The bytes of a facts file, decompressed if they are compressed, whatever its name.
fn open(place: &str) -> io::Result<Box<dyn Read>> {
    let path = place.strip_prefix("jsonl:").unwrap_or(place);
    let bytes: Box<dyn io::BufRead + Send> = if place == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path)?))
    };
    Ok(Box::new(crate::source::decompressed(bytes)?))
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

/// Whether `place` is a database, not a facts file.
pub fn is_database(place: &str) -> bool {
    #[cfg(feature = "sqlite")]
    if sqlite_file(place).is_some() {
        return true;
    }
    ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| place.starts_with(scheme))
}

/// Gives every fact of `place` to `each`: a facts file in its order; a database (`sqlite:FILE`) without what is
/// retired, page by page and in the order of the text.
///
/// # Errors
/// Where it cannot be read, or a line is no fact.
pub fn facts(place: &str, each: &mut dyn FnMut(Fact<'static>)) -> Result<(), SinkError> {
    #[cfg(feature = "sqlite")]
    if let Some(path) = sqlite_file(place) {
        let connection = super::sqlite::open_to_read(path)?;
        return super::sqlite::facts(&connection, each).map_err(|e| super::sqlite::sink_error(path, &e));
    }
    #[cfg(feature = "postgres")]
    if place.starts_with("postgres://") || place.starts_with("postgresql://") {
        return super::postgres::facts(place, each);
    }
    blocks(place, &mut |lines| {
        prepare::all(lines, place)?.into_iter().for_each(&mut *each);
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
    #[cfg(feature = "sqlite")]
    if let Some(path) = sqlite_file(place) {
        let connection = super::sqlite::open_to_read(path)?;
        let done = super::sqlite::facts_of_metric(&connection, metric, each);
        return done.map_err(|e| super::sqlite::sink_error(path, &e));
    }
    #[cfg(feature = "postgres")]
    if place.starts_with("postgres://") || place.starts_with("postgresql://") {
        return super::postgres::facts_of_metric(place, metric, each);
    }
    facts(place, &mut |fact| {
        if fact.metric.as_ref().is_some_and(|label| label.is(metric)) {
            each(fact);
        }
    })
}

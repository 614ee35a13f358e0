//! What can go wrong at a destination, and the exit status that says so.

use std::fmt;
use std::path::Path;

use super::Left;

/// Why a destination failed. Each has an exit status of its own, so that scripts can tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The command or the facts are wrong, or something not listed here.
    Usage,
    /// A line is no fact.
    NoFact,
    /// No room is left.
    Full,
    /// It may not be written.
    ReadOnly,
    /// Not a database of this program, or written by a newer version.
    NotOurs,
    /// It cannot be reached, or refuses the password.
    Connection,
    /// Others kept it locked for too long.
    Busy,
    /// Whoever reads the output has enough of it: a pipe was closed. No failure of the program.
    Closed,
}

impl Failure {
    /// The exit status of the program.
    pub fn status(self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Usage | Self::NoFact => 2,
            Self::Full => 3,
            Self::ReadOnly => 4,
            Self::NotOurs => 5,
            Self::Connection => 6,
            Self::Busy => 7,
        }
    }
}

/// A failure at one destination.
#[derive(Debug)]
pub struct SinkError {
    /// Which sort.
    pub failure: Failure,
    /// The destination as the user named it, without a password.
    pub place: String,
    /// What happened, for people.
    pub message: String,
    /// What stands in the other destinations of the run, which were given up.
    pub others: Vec<(String, Left)>,
}

impl SinkError {
    /// A failure at `place`.
    pub fn new(failure: Failure, place: &str, message: impl Into<String>) -> Self {
        Self { failure, place: without_password(place), message: message.into(), others: Vec::new() }
    }

    /// A failure of reading or writing a file at `place`.
    pub fn io(place: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let failure = match error.kind() {
            E::StorageFull | E::QuotaExceeded | E::FileTooLarge => Failure::Full,
            E::ReadOnlyFilesystem | E::PermissionDenied => Failure::ReadOnly,
            E::BrokenPipe => Failure::Closed,
            _ => Failure::Usage,
        };
        Self::new(failure, place, error.to_string())
    }
}

/// Refuses what cannot be a file to write: a folder, or a name in a folder that is not there.
pub(super) fn refuse_no_file(path: &Path) -> Result<(), SinkError> {
    let wrong = |message: String| Err(SinkError::new(Failure::Usage, &path.display().to_string(), message));
    if path.is_dir() {
        return wrong("is a folder, a file is needed".to_owned());
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if matches!(folder.try_exists(), Ok(false)) => {
            wrong(format!("the folder {} is not there", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Why rows of a database could not be read or written.
#[derive(Debug)]
pub(super) enum RowError<E> {
    /// The database says no.
    Sql(E),
    /// A row holds what the record cannot, or the other way round.
    Record(String),
}

impl<E> From<E> for RowError<E> {
    fn from(error: E) -> Self {
        Self::Sql(error)
    }
}

impl<E> RowError<E> {
    /// The failure at `place`; `sql` says what the database's own error is there.
    pub(super) fn at(self, place: &str, sql: impl Fn(&str, &E) -> SinkError) -> SinkError {
        match self {
            Self::Sql(error) => sql(place, &error),
            Self::Record(what) => SinkError::new(Failure::NotOurs, place, what),
        }
    }
}

impl fmt::Display for SinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for SinkError {}

/// `postgres://user:secret@host` → `postgres://user:…@host`, and likewise of a parameter `password`.
pub fn without_password(url: &str) -> String {
    let hidden = || {
        let (scheme, rest) = url.split_once("://")?;
        let (login, host) = rest.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:…@{host}"))
    };
    let shown = hidden().unwrap_or_else(|| url.to_owned());
    let Some((head, query)) = shown.split_once('?').filter(|_| shown.contains("://")) else { return shown };
    let hide = |part| if str::starts_with(part, "password=") { "password=…" } else { part };
    format!("{head}?{}", query.split('&').map(hide).collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let error = SinkError::new(Failure::Connection, "postgres://me:s3:cret@db/x", "refused");
        assert_eq!(error.to_string(), "postgres://me:…@db/x: refused");
        assert_eq!(SinkError::new(Failure::Usage, "csv:a@b", "").place, "csv:a@b");
        let asked = without_password("postgres://me@db/x?password=s3cret&sslmode=require");
        assert_eq!(asked, "postgres://me@db/x?password=…&sslmode=require");
    }
}

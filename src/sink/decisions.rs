//! What people decided, into the table `decisions`.

use super::SinkError;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDecision {
    /// The id of the fact.
    pub fact: String,
    /// When, ISO 8601 in UTC.
    pub decided: String,
    /// Who.
    pub reviewer: String,
    /// `accept`, `reject`, `correct` or `comment`.
    pub verdict: String,
    /// The corrected fields as a JSON object.
    pub corrected: Option<String>,
    /// Why, in free words.
    pub comment: Option<String>,
}

/// Adds those that are not there yet to a database. Other destinations have no place for them.
///
/// # Errors
/// Where the database fails.
pub fn store_decisions(url: &str, rows: &[StoredDecision]) -> Result<(), SinkError> {
    match url.split_once(':') {
        #[cfg(feature = "sqlite")]
        Some(("sqlite", path)) => super::sqlite::store_decisions(path, rows),
        #[cfg(feature = "postgres")]
        Some(("postgres" | "postgresql", _)) => super::postgres::store_decisions(url, rows),
        _ => Ok(()),
    }
}

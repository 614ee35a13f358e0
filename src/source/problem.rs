//! What went wrong with one page or file.

use std::fmt;

use serde::Serialize;

use crate::text::plain::place;

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// The page was read, but without something that belongs to it.
    Warning,
    /// A page, or the rest of an archive, was skipped.
    Error,
}

/// Something that kept a page from being read, or from being read well. It never ends the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The record within a container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Where in the file (after decompression), in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// What is wrong.
    pub what: String,
    /// How bad it is.
    pub severity: Severity,
    /// It is a record without text: archives have so many of them that they are counted where others are named.
    #[serde(skip)]
    pub without_text: bool,
    /// It is a file of which no record has a field under which the text is looked for.
    #[serde(skip)]
    pub without_field: bool,
}

impl Problem {
    /// A page or file that could not be read.
    pub fn error(path: impl Into<String>, what: impl fmt::Display) -> Self {
        Self::new(path, what, Severity::Error)
    }

    /// Something missing from a page that was read all the same.
    pub fn warning(path: impl Into<String>, what: impl fmt::Display) -> Self {
        Self::new(path, what, Severity::Warning)
    }

    /// Something worth knowing.
    pub fn note(path: impl Into<String>, what: impl fmt::Display) -> Self {
        Self::new(path, what, Severity::Note)
    }

    /// A record that holds no page, since it has no text.
    pub(super) fn without_text(path: impl Into<String>, record: impl Into<String>) -> Self {
        Self { without_text: true, ..Self::note(path, "no text") }.in_record(Some(record))
    }

    /// The same, for want of a field that holds the text.
    pub(super) fn for_want_of_a_field(self) -> Self {
        Self { without_field: true, ..self }
    }

    /// The same, within the record `record`.
    #[must_use]
    pub(crate) fn in_record(mut self, record: Option<impl Into<String>>) -> Self {
        self.record = record.map(Into::into);
        self
    }

    /// The same, at byte `offset` of the file.
    #[must_use]
    pub fn at(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    fn new(path: impl Into<String>, what: impl fmt::Display, severity: Severity) -> Self {
        let (path, what) = (path.into(), what.to_string());
        Self { path, record: None, offset: None, what, severity, without_text: false, without_field: false }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&place(&self.path, self.record.as_deref()))?;
        if let Some(offset) = self.offset {
            write!(f, " at byte {offset}")?;
        }
        write!(f, ": {}", self.what)
    }
}

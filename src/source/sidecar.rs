//! `NAME.meta.json` beside `NAME.txt`: what the archive knows about a page.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;

/// What a sidecar can say. Other keys are ignored.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
pub(super) struct Sidecar {
    pub(super) uri: Option<String>,
    pub(super) title: Option<String>,
    published: Option<String>,
}

impl Sidecar {
    /// The day of publication: the first ten characters of the date, whatever time follows.
    pub(super) fn published(&self) -> Result<Option<Date>, String> {
        self.published.as_deref().filter(|text| !text.is_empty()).map(parse_date).transpose()
    }
}

/// The day at the head of an ISO 8601 date or time.
pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    let day = text.trim().get(..10).unwrap_or(text);
    day.parse().map_err(|_| format!("{text:?} is no date of the form YYYY-MM-DD"))
}

/// Reads the sidecar of the page at `page`; `None` where there is none.
///
/// # Errors
/// What is wrong with it, for the user.
pub(super) fn read(page: &Path) -> Result<Option<Sidecar>, String> {
    let path = sidecar_of(page);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(format!("sidecar {}: {error}", path.display())),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| format!("sidecar {}: {error}", path.display()))
}

/// The sidecar that the page at `page` would have.
pub(super) fn sidecar_of(page: &Path) -> PathBuf {
    page.with_extension("meta.json")
}

/// Whether the file is a sidecar by its name.
pub(super) fn is_sidecar(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".meta.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_day_of_a_timestamp() {
        let sidecar = Sidecar { published: Some("2021-03-04T07:00:00+07:00".into()), ..Sidecar::default() };
        assert_eq!(sidecar.published(), Ok(Some(jiff::civil::date(2021, 3, 4))));
    }

    #[test]
    fn ignores_unknown_keys_and_reports_broken_files() {
        let dir = tempfile::tempdir().unwrap();
        let page = dir.path().join("a.txt");
        assert_eq!(read(&page), Ok(None));
        std::fs::write(dir.path().join("a.meta.json"), r#"{"uri":"u","x":[1]}"#).unwrap();
        assert_eq!(read(&page).unwrap().unwrap().uri.as_deref(), Some("u"));
        std::fs::write(dir.path().join("a.meta.json"), "{").unwrap();
        assert!(read(&page).is_err());
    }
}

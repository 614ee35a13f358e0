//! `NAME.meta.json` beside `NAME.txt`: what the archive knows about a page.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::shown::shown;

/// The keys that are read.
const KEYS: [&str; 3] = ["uri", "title", "published"];

/// A key that many have, and that is like one of [`KEYS`].
const OTHER: &str = "publisher";

/// What a sidecar can say. Other keys are ignored.
#[derive(Debug, Default, Deserialize, PartialEq)]
pub(super) struct Sidecar {
    pub(super) uri: Option<String>,
    pub(super) title: Option<String>,
    published: Option<String>,
    /// All its keys.
    #[serde(skip)]
    keys: BTreeSet<String>,
}

impl Sidecar {
    fn parse(bytes: &[u8]) -> serde_json::Result<Self> {
        let sidecar = serde_json::from_slice(bytes)?;
        // Apart from it: whatever the values of other keys are, they lose nothing.
        #[expect(clippy::zero_sized_map_values, reason = "a set would be read from an array")]
        let all: BTreeMap<String, IgnoredAny> = serde_json::from_slice(bytes).unwrap_or_default();
        Ok(Self { keys: all.into_keys().collect(), ..sidecar })
    }

    /// The day of publication: the first ten characters of the date, whatever time follows.
    pub(super) fn published(&self) -> Result<Option<Date>, String> {
        self.published.as_deref().filter(|text| !text.is_empty()).map(parse_date).transpose()
    }

    /// What is said of keys that were perhaps meant to be one that is missing.
    pub(super) fn misspelled(&self) -> impl Iterator<Item = String> {
        let there = [&self.uri, &self.title, &self.published].map(Option::is_some);
        let missing: Vec<_> =
            KEYS.iter().zip(there).filter(|(_, there)| !there).map(|(key, _)| *key).collect();
        self.keys.iter().filter(|key| *key != OTHER).filter_map(move |key| {
            let meant = missing.iter().find(|known| is_like(&key.to_lowercase(), known))?;
            Some(format!("the key `{key}` is not read; perhaps `{meant}` is meant?"))
        })
    }
}

/// Whether one letter is wrong, missing or too many, or two have changed places.
fn is_like(key: &str, known: &str) -> bool {
    let (key, known) = (key.as_bytes(), known.as_bytes());
    let same = key.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (key, known) = (&key[same..], &known[same..]);
    let swapped =
        matches!((key, known), ([a, b, key @ ..], [c, d, known @ ..]) if (a, b, key) == (d, c, known));
    let (key_rest, known_rest) = (key.get(1..).unwrap_or_default(), known.get(1..).unwrap_or_default());
    swapped || key_rest == known_rest || key == known_rest || key_rest == known
}

/// Says of which sidecar something is said: that of the page that is called `page`.
pub(super) fn named(page: &str, what: &str) -> String {
    format!("sidecar {}: {what}", sidecar_of(Path::new(page)).display())
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
        Err(error) => return Err(named(&shown(page), &error.to_string())),
    };
    parse(&shown(page), &bytes).map(Some)
}

/// The sidecar of the page that is called `page` from its bytes.
///
/// # Errors
/// What is wrong with it, for the user.
pub(super) fn parse(page: &str, bytes: &[u8]) -> Result<Sidecar, String> {
    Sidecar::parse(bytes).map_err(|error| named(page, &error.to_string()))
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
        std::fs::write(dir.path().join("a.meta.json"), r#"{"uri":"u","x":1e999}"#).unwrap();
        assert_eq!(read(&page).unwrap().unwrap().uri.as_deref(), Some("u"));
        std::fs::write(dir.path().join("a.meta.json"), "{").unwrap();
        assert!(read(&page).is_err());
    }

    #[test]
    fn a_key_that_is_nearly_one_that_is_missing_is_told() {
        let told = |json: &str| Sidecar::parse(json.as_bytes()).unwrap().misspelled().count();
        for key in ["pubished", "publishedd", "publsihed", "Published", "url", "tittle", "titel"] {
            assert_eq!(told(&format!("{{\"{key}\": \"x\"}}")), 1, "{key}");
        }
        for key in ["publisher", "author", "", "t", "published_at"] {
            assert_eq!(told(&format!("{{\"{key}\": 1}}")), 0, "{key}");
        }
        assert_eq!(told(r#"{"uri": "u", "url": "v"}"#), 0);
    }
}

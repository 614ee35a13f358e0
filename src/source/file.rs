//! Files that are one page each.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fields::Fields;
use super::shown::shown;
use super::sidecar::{self, Sidecar};
use super::sniff::{HEAD, Kind, names_column, sniff};
use super::stream::{Bytes, Stream, too_large};
use super::{Format, Problem, RawPage};

/// The largest page that is read, in bytes; larger ones are reported and skipped, so that memory stays bounded.
pub const MAX_PAGE_BYTES: u64 = 64 << 20;

/// Whether the name says that the file is a single page, so that reading it can be left to [`PageFile::load`].
pub(super) fn is_likely_page(path: &Path) -> bool {
    const NAMES: &[&str] = &["txt", "html", "htm", "xhtml", "text"];
    path.extension().is_some_and(|end| NAMES.iter().any(|name| end.eq_ignore_ascii_case(name)))
}

/// A file that is likely one page, by its name.
#[derive(Debug)]
pub struct PageFile {
    pub(super) path: PathBuf,
    /// See [`Stream::named`].
    pub(super) named: bool,
    pub(super) fields: Arc<Fields>,
}

/// What such a file turned out to be.
pub(super) enum Loaded {
    Page(RawPage<'static>),
    /// Its name is wrong.
    Archive(Stream),
}

impl PageFile {
    /// Reads the file, with the sidecar of a page. Problems with that go to `problems`; the page is read all the same.
    ///
    /// # Errors
    /// Where the file itself cannot be read.
    pub(super) fn load(&self, problems: &mut Vec<Problem>) -> Result<Loaded, Problem> {
        let path = self.path.as_path();
        let failed = |error: io::Error| Problem::error(shown(path), error);
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        Ok(match read(&shown(path), file, size, &self.fields)? {
            Read::Page(bytes, format) => Loaded::Page(with_sidecar(path, bytes, format, problems)),
            Read::Other(kind, bytes) => {
                let (stream, seekable) = (Stream::new(shown(path), bytes), Some(self.path.clone()));
                // A page that is no text any more is damaged, wherever it was met.
                let named = self.named || kind == Kind::Other;
                Loaded::Archive(Stream { named, seekable, ..stream })
            }
        })
    }
}

/// What a file that is likely one page holds.
pub(super) enum Read {
    Page(Vec<u8>, Format),
    Other(Kind, Bytes),
}

/// Reads `bytes`, about `size` of them, of the file that is called `name`, as a page where they are one.
pub(super) fn read(
    name: &str,
    mut bytes: impl io::Read + Send + 'static,
    size: u64,
    fields: &Fields,
) -> Result<Read, Problem> {
    let failed = |error: io::Error| Problem::error(name, error);
    let mut page = Vec::with_capacity(usize::try_from(size.min(MAX_PAGE_BYTES)).unwrap_or(0) + 1);
    (&mut bytes).take(HEAD as u64).read_to_end(&mut page).map_err(failed)?;
    let kind = match sniff(&page) {
        Kind::Table(delimiter) if !has_text_column(&page, delimiter, fields) => Kind::Text,
        kind => kind,
    };
    if !matches!(kind, Kind::Text | Kind::Html) {
        return Ok(Read::Other(kind, Box::new(Cursor::new(page).chain(BufReader::new(bytes)))));
    }
    bytes.take(MAX_PAGE_BYTES + 1 - page.len() as u64).read_to_end(&mut page).map_err(failed)?;
    if page.len() as u64 > MAX_PAGE_BYTES {
        return Err(Problem::error(name, too_large()));
    }
    Ok(Read::Page(page, kind.into()))
}

/// Whether it is a table by what the user says: its name says that it is a page.
fn has_text_column(head: &[u8], delimiter: u8, fields: &Fields) -> bool {
    fields.text.as_ref().is_some_and(|name| names_column(head, delimiter, name))
}

pub(crate) fn with_sidecar(
    path: &Path,
    bytes: Vec<u8>,
    format: Format,
    problems: &mut Vec<Problem>,
) -> RawPage<'static> {
    described(&shown(path), sidecar::read(path), bytes, format, problems)
}

/// The page that is called `name`, whose sidecar was read so.
pub(super) fn described(
    name: &str,
    sidecar: Result<Option<Sidecar>, String>,
    bytes: Vec<u8>,
    format: Format,
    problems: &mut Vec<Problem>,
) -> RawPage<'static> {
    let warn = |what: String| Problem::warning(name, what);
    let sidecar = sidecar.unwrap_or_else(|what| {
        problems.push(warn(what));
        None
    });
    let sidecar: Sidecar = sidecar.unwrap_or_default();
    let published = sidecar.published().unwrap_or_else(|what| {
        problems.push(warn(sidecar::named(name, &what)));
        None
    });
    for what in sidecar.misspelled() {
        problems.push(Problem::note(name, sidecar::named(name, &what)));
    }
    RawPage {
        path: name.to_owned().into(),
        uri: sidecar.uri.map(Into::into),
        title: sidecar.title.map(Into::into),
        published,
        format,
        bytes: bytes.into(),
        ..RawPage::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Item, Severity};

    fn pages(path: &Path) -> (Vec<RawPage<'static>>, Vec<Problem>) {
        let mut problems = Vec::new();
        let file = PageFile { path: path.to_owned(), named: true, fields: Arc::default() };
        (Item::File(file).pages(&mut problems), problems)
    }

    #[test]
    fn a_broken_sidecar_costs_only_itself() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "nội dung").unwrap();
        std::fs::write(dir.path().join("a.meta.json"), r#"{"title":"T","published":"hôm qua"}"#).unwrap();
        let (read, problems) = pages(&path);
        assert_eq!((read[0].title.as_deref(), read[0].published), (Some("T"), None));
        assert_eq!(problems.len(), 1);
        assert!(problems[0].what.contains("a.meta.json: \"hôm qua\" is no date"), "{}", problems[0]);
        std::fs::write(dir.path().join("a.meta.json"), r#"{"pubished":"2021-03-04"}"#).unwrap();
        let (_, problems) = self::pages(&path);
        assert_eq!((problems.len(), problems[0].severity), (1, Severity::Note));
        assert!(problems[0].what.contains("a.meta.json: the key `pubished`"), "{}", problems[0]);
    }

    #[test]
    fn an_archive_under_a_wrong_name_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "{\"text\":\"mot\"}\n{\"text\":\"hai\"}\n").unwrap();
        assert_eq!(pages(&path).0.len(), 2);
    }
}

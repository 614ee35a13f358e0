//! Files that are one page each.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::archive::{Archive, Piece};
use super::feed::Feed;
use super::fields::Fields;
use super::shown::shown;
use super::sidecar::{self, Sidecar};
use super::sniff::{HEAD, Kind, names_column, sniff};
use super::stream::{Bytes, Stream, too_large};
use super::{Format, Item, Problem, RawPage};

/// The largest page that is read, in bytes; larger ones are reported and skipped, so that memory stays bounded.
pub const MAX_PAGE_BYTES: u64 = 64 << 20;

/// Whether the name says that the file is a single page, so that reading it can be left to [`load`].
pub(super) fn is_likely_page(path: &Path) -> bool {
    const NAMES: &[&str] = &["txt", "html", "htm", "xhtml", "text"];
    path.extension().is_some_and(|end| NAMES.iter().any(|name| end.eq_ignore_ascii_case(name)))
}

/// Reads the page in the file `path`, with its sidecar. Problems with the sidecar go to `problems`; the page is read
/// all the same. Where the name is wrong and the file is an archive, all its pages are given.
///
/// # Errors
/// Where the file itself cannot be read.
pub(super) fn load(
    path: &Path,
    fields: &Arc<Fields>,
    problems: &mut Vec<Problem>,
    sink: &mut dyn FnMut(&mut Vec<Problem>, RawPage<'static>),
) -> Result<(), Problem> {
    let failed = |error: io::Error| Problem::error(shown(path), error);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    match read(path, file, size, fields)? {
        Read::Page(bytes, format) => {
            let page = with_sidecar(path, bytes, format, problems);
            sink(problems, page);
        }
        Read::Archive(bytes) => {
            let stream = Stream { seekable: Some(path.to_owned()), ..Stream::named(shown(path), bytes) };
            Feed::of_stream(stream, fields).for_each(|item| item.load(problems, sink));
        }
    }
    Ok(())
}

/// What a file that is likely one page holds.
enum Read {
    Page(Vec<u8>, Format),
    Archive(Bytes),
}

/// Reads `bytes`, which are about `size`, as a page where they are one.
fn read(
    path: &Path,
    mut bytes: impl io::Read + Send + 'static,
    size: u64,
    fields: &Fields,
) -> Result<Read, Problem> {
    let failed = |error: io::Error| Problem::error(shown(path), error);
    let mut page = Vec::with_capacity(usize::try_from(size.min(MAX_PAGE_BYTES)).unwrap_or(0) + 1);
    (&mut bytes).take(HEAD as u64).read_to_end(&mut page).map_err(failed)?;
    let kind = match sniff(&page) {
        Kind::Table(delimiter) if !has_text_column(&page, delimiter, fields) => Kind::Text,
        kind => kind,
    };
    if !matches!(kind, Kind::Text | Kind::Html) {
        return Ok(Read::Archive(Box::new(Cursor::new(page).chain(BufReader::new(bytes)))));
    }
    bytes.take(MAX_PAGE_BYTES + 1 - page.len() as u64).read_to_end(&mut page).map_err(failed)?;
    if page.len() as u64 > MAX_PAGE_BYTES {
        return Err(Problem::error(shown(path), too_large()));
    }
    Ok(Read::Page(page, if kind == Kind::Html { Format::Html } else { Format::Text }))
}

/// As [`load`], of a file that is not on this machine: its bytes come from a stream, and so did those of its sidecar.
pub(super) struct Remote<R> {
    path: String,
    fields: Arc<Fields>,
    bytes: Option<R>,
    sidecar: Option<Vec<u8>>,
    /// What was read and not given yet, the next first.
    ready: VecDeque<Piece>,
}

impl<R> Remote<R> {
    pub(super) fn new(path: &str, bytes: R, sidecar: Option<Vec<u8>>, fields: &Arc<Fields>) -> Self {
        let (fields, ready) = (Arc::clone(fields), VecDeque::new());
        Self { path: path.to_owned(), fields, bytes: Some(bytes), sidecar, ready }
    }
}

impl<R: io::Read + Send + 'static> Archive for Remote<R> {
    fn next(&mut self) -> Option<Piece> {
        if let Some(bytes) = self.bytes.take() {
            let path = Path::new(&self.path);
            let mut problems = Vec::new();
            let last = match read(path, bytes, 0, &self.fields) {
                Ok(Read::Page(bytes, format)) => {
                    let sidecar = self.sidecar.take().map(|bytes| sidecar::parse(path, &bytes)).transpose();
                    Piece::Item(Item::Page(described(path, sidecar, bytes, format, &mut problems)))
                }
                Ok(Read::Archive(bytes)) => Piece::Stream(Stream::named(self.path.clone(), bytes)),
                Err(problem) => Piece::Item(Item::Problem(problem)),
            };
            self.ready.extend(problems.into_iter().map(|problem| Piece::Item(Item::Problem(problem))));
            self.ready.push_back(last);
        }
        self.ready.pop_front()
    }
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
    described(path, sidecar::read(path), bytes, format, problems)
}

/// The page at `path`, whose sidecar was read so.
fn described(
    path: &Path,
    sidecar: Result<Option<Sidecar>, String>,
    bytes: Vec<u8>,
    format: Format,
    problems: &mut Vec<Problem>,
) -> RawPage<'static> {
    let warn = |what: String| Problem::warning(shown(path), what);
    let sidecar = sidecar.unwrap_or_else(|what| {
        problems.push(warn(what));
        None
    });
    let sidecar: Sidecar = sidecar.unwrap_or_default();
    let published = sidecar.published().unwrap_or_else(|what| {
        problems.push(warn(sidecar::named(path, &what)));
        None
    });
    for what in sidecar.misspelled() {
        problems.push(Problem::note(shown(path), sidecar::named(path, &what)));
    }
    RawPage {
        path: shown(path).into(),
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
    use crate::source::Severity;

    fn pages(path: &Path) -> (Vec<RawPage<'static>>, Vec<Problem>) {
        let (mut pages, mut problems) = (Vec::new(), Vec::new());
        load(path, &Arc::default(), &mut problems, &mut |_, page| pages.push(page)).unwrap();
        (pages, problems)
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

//! Pages of an archive one at a time, in the order in which people read them: mostly forwards.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::review::archive::locate;
use crate::source::{Feed, Fields, Input, RawPage};

/// How many pages are remembered …
const PAGES: usize = 256;
/// … and how many bytes of them.
const BYTES: usize = 64 << 20;

/// Reads pages from an archive. A container is read on from where the last page stood, so that going through it page by
/// page reads it once.
pub struct PageReader {
    archive: Option<PathBuf>,
    fields: Fields,
    remembered: VecDeque<Arc<RawPage<'static>>>,
    bytes: usize,
    cursor: Option<Cursor>,
}

/// A container that is read up to some page.
struct Cursor {
    path: String,
    feed: Feed,
    passed: FxHashSet<Option<String>>,
    ahead: VecDeque<RawPage<'static>>,
}

impl PageReader {
    /// Pages are below `archive`, or where their paths say.
    pub fn new(archive: Option<PathBuf>) -> Self {
        let fields = Fields::default();
        Self { archive, fields, remembered: VecDeque::new(), bytes: 0, cursor: None }
    }

    /// The same, where `fields` says where the pages are in records.
    #[must_use]
    pub fn with_fields(mut self, fields: Fields) -> Self {
        self.fields = fields;
        self
    }

    /// The page; `None` where it cannot be read or does not lie in the archive.
    pub fn page(&mut self, path: &str, record: Option<&str>) -> Option<Arc<RawPage<'static>>> {
        let same = |page: &&Arc<RawPage<'static>>| page_is(page, path, record);
        if let Some(page) = self.remembered.iter().find(same) {
            return Some(Arc::clone(page));
        }
        let passed =
            |cursor: &Cursor| cursor.path == path && !cursor.passed.contains(&record.map(ToOwned::to_owned));
        if !self.cursor.as_ref().is_some_and(passed) {
            self.cursor = Some(Cursor::open(path, &self.locate(path)?, self.fields.clone()));
        }
        let mut page = self.cursor.as_mut()?.find(record)?;
        page.path = path.to_owned().into();
        Some(self.remember(page))
    }

    fn locate(&self, path: &str) -> Option<PathBuf> {
        let file = locate(path, self.archive.as_deref());
        let Some(archive) = &self.archive else { return Some(file) };
        // A record may name any path; with an archive given, only what lies in it is shown.
        let inside = file.canonicalize().ok()?.starts_with(archive.canonicalize().ok()?);
        inside.then_some(file)
    }

    fn remember(&mut self, page: RawPage<'static>) -> Arc<RawPage<'static>> {
        let page = Arc::new(page);
        self.bytes += page.bytes.len();
        self.remembered.push_back(Arc::clone(&page));
        while self.remembered.len() > PAGES || self.bytes > BYTES {
            let Some(oldest) = self.remembered.pop_front() else { break };
            self.bytes -= oldest.bytes.len();
        }
        page
    }
}

impl Cursor {
    fn open(path: &str, file: &Path, fields: Fields) -> Self {
        let feed = Feed::with_fields(vec![Input::Path(file.to_owned())], fields);
        Self { path: path.to_owned(), feed, passed: FxHashSet::default(), ahead: VecDeque::new() }
    }

    fn find(&mut self, record: Option<&str>) -> Option<RawPage<'static>> {
        loop {
            while let Some(page) = self.ahead.pop_front() {
                self.passed.insert(page.record.as_deref().map(ToOwned::to_owned));
                if page.record.as_deref() == record {
                    return Some(page);
                }
            }
            self.ahead = self.feed.next()?.pages(&mut Vec::new()).into();
        }
    }
}

fn page_is(page: &RawPage<'_>, path: &str, record: Option<&str>) -> bool {
    page.path == path && page.record.as_deref() == record
}

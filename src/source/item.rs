//! What a feed gives: something that is or becomes a page, or what could not be read.

use super::feed::Feed;
use super::file::{Loaded, PageFile};
use super::json::JsonRecord;
use super::shown::shown;
use super::warc_record::WarcRecord;
use super::{Problem, RawPage};

/// One step of a [`Feed`](super::Feed); [`Item::load`] makes a page of it.
#[derive(Debug)]
pub enum Item {
    /// A page that is in memory already.
    Page(RawPage<'static>),
    /// A file that is likely one page.
    File(PageFile),
    /// An object of a JSON file.
    Json(JsonRecord),
    /// A record of a WARC file.
    Warc(Box<WarcRecord>),
    /// Something that could not be read.
    Problem(Problem),
}

impl Item {
    /// Size of what is in memory, in bytes.
    pub fn size(&self) -> usize {
        match self {
            Self::Page(page) => page.bytes.len(),
            Self::Json(record) => record.bytes.len(),
            Self::Warc(record) => record.block.len(),
            Self::File(_) | Self::Problem(_) => 0,
        }
    }

    /// Path and place in its archive, which name the item before it is read; `None` for a problem, but that of a record
    /// without text, which is counted in one shard only.
    pub fn key(&self) -> Option<String> {
        let named = |path: &str, record: &str| Some(format!("{path}\n{record}"));
        match self {
            Self::Page(page) => named(&page.path, page.record.as_deref().unwrap_or_default()),
            Self::File(file) => named(&shown(&file.path), ""),
            Self::Json(record) => named(&record.file.path, &record.name),
            Self::Warc(record) => named(&record.path, &record.name),
            Self::Problem(problem) if problem.without_text => {
                named(&problem.path, problem.record.as_deref().unwrap_or_default())
            }
            Self::Problem(_) => None,
        }
    }

    /// The pages in the item, mostly one; what goes wrong goes to `problems`.
    pub fn pages(self, problems: &mut Vec<Problem>) -> Vec<RawPage<'static>> {
        let mut pages = Vec::new();
        self.load(problems, &mut |_, page| pages.push(page));
        pages
    }

    /// Reads and parses the item, and gives each page in it to `sink`; what goes wrong goes to `problems`. This is the
    /// part of reading that many threads can do at once.
    pub fn load(
        self,
        problems: &mut Vec<Problem>,
        sink: &mut dyn FnMut(&mut Vec<Problem>, RawPage<'static>),
    ) {
        let page = match self {
            Self::Page(page) => Ok(Some(page)),
            Self::File(file) => match file.load(problems) {
                Ok(Loaded::Page(page)) => Ok(Some(page)),
                Ok(Loaded::Archive(stream)) => {
                    Feed::of_stream(stream, &file.fields).for_each(|item| item.load(problems, sink));
                    Ok(None)
                }
                Err(problem) => Err(problem),
            },
            Self::Json(record) => record.parse(),
            Self::Warc(record) => record.parse(),
            Self::Problem(problem) => Err(problem),
        };
        match page {
            Ok(Some(page)) => sink(problems, page),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
}

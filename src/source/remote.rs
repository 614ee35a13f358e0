//! A file read from a stream, such as an object of an object store, that is likely one page.

use std::collections::VecDeque;
use std::io::Read as Bytes;
use std::sync::Arc;

use super::archive::{Archive, Piece};
use super::fields::Fields;
use super::file::{Read, described, read};
use super::stream::Stream;
use super::{Item, sidecar};

/// As [`PageFile`](super::PageFile), of a file whose bytes, and those of its sidecar, come from streams.
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

impl<R: Bytes + Send + 'static> Archive for Remote<R> {
    fn next(&mut self) -> Option<Piece> {
        if let Some(bytes) = self.bytes.take() {
            let name = self.path.as_str();
            let mut problems = Vec::new();
            let last = match read(name, bytes, 0, &self.fields) {
                Ok(Read::Page(bytes, format)) => {
                    let sidecar = self.sidecar.take().map(|bytes| sidecar::parse(name, &bytes)).transpose();
                    Piece::Item(Item::Page(described(name, sidecar, bytes, format, &mut problems)))
                }
                Ok(Read::Other(_, bytes)) => Piece::Stream(Stream::new(name, bytes)),
                Err(problem) => Piece::Item(Item::Problem(problem)),
            };
            self.ready.extend(problems.into_iter().map(|problem| Piece::Item(Item::Problem(problem))));
            self.ready.push_back(last);
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{Feed, Fields};

    #[test]
    fn an_address_stays_as_it_is_written() {
        let (page, sidecar) = ("nội dung".as_bytes(), br#"{"published":"mai"}"#.to_vec());
        let feed = Feed::of_reader("s3a://kho/a.txt", page, Some(sidecar), Fields::default());
        let mut problems = Vec::new();
        let pages: Vec<_> = feed.flat_map(|item| item.pages(&mut problems)).collect();
        assert_eq!(pages[0].path, "s3a://kho/a.txt");
        let what = "sidecar s3a://kho/a.meta.json: \"mai\" is no date of the form YYYY-MM-DD";
        assert_eq!((problems[0].path.as_str(), problems[0].what.as_str()), ("s3a://kho/a.txt", what));
    }
}

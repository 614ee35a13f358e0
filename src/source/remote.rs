//! A file read from a stream, such as an object of an object store, that is likely one page.

use std::collections::VecDeque;
use std::io::Read as Bytes;
use std::path::Path;
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
            let path = Path::new(&self.path);
            let mut problems = Vec::new();
            let last = match read(path, bytes, 0, &self.fields) {
                Ok(Read::Page(bytes, format)) => {
                    let sidecar = self.sidecar.take().map(|bytes| sidecar::parse(path, &bytes)).transpose();
                    Piece::Item(Item::Page(described(path, sidecar, bytes, format, &mut problems)))
                }
                Ok(Read::Other(_, bytes)) => Piece::Stream(Stream::new(self.path.as_str(), bytes)),
                Err(problem) => Piece::Item(Item::Problem(problem)),
            };
            self.ready.extend(problems.into_iter().map(|problem| Piece::Item(Item::Problem(problem))));
            self.ready.push_back(last);
        }
        self.ready.pop_front()
    }
}

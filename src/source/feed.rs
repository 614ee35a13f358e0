//! The inputs in order, one page after another.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::Problem;
use super::archive::{self, Archive, Opened, Piece};
use super::fields::Fields;
use super::file::{self, PageFile};
use super::input::{Found, Input, Walk};
use super::item::Item;
use super::remote::Remote;
use super::shown::shown;
use super::stream::{Bytes, Counted, Stream};
use super::written::Written;

/// Gives the pages of all inputs in order. Holds one page at a time.
pub struct Feed {
    inputs: std::vec::IntoIter<Input>,
    walk: Option<Walk>,
    /// Archives that are open, each within the one before it.
    open: Vec<Box<dyn Archive>>,
    fields: Arc<Fields>,
    since: Option<SystemTime>,
    written: Written,
    /// Bytes of the files taken so far, as stored.
    read: Arc<AtomicU64>,
    unchanged: Arc<AtomicU64>,
}

impl Feed {
    /// The pages of `inputs`, in the order given; those of a folder in the order of file names.
    pub fn new(inputs: Vec<Input>) -> Self {
        Self::with_fields(inputs, Fields::default())
    }

    /// The same, where `fields` says where the pages are in records.
    pub fn with_fields(inputs: Vec<Input>, fields: Fields) -> Self {
        Self {
            inputs: inputs.into_iter(),
            walk: None,
            open: Vec::new(),
            fields: Arc::new(fields),
            since: None,
            written: Written::default(),
            read: Arc::default(),
            unchanged: Arc::default(),
        }
    }

    /// The pages of a file that is in memory, and is called `path`.
    pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Self {
        let bytes = Box::new(io::Cursor::new(bytes));
        Self::of_stream(Stream::new(path, bytes), &Arc::default())
    }

    /// The pages of a file that is called `path`, such as one from an object store, read as it is needed. `sidecar` holds
    /// the bytes of its sidecar, where it has one.
    pub fn of_reader(
        path: &str,
        bytes: impl Read + Send + 'static,
        sidecar: Option<Vec<u8>>,
        fields: Fields,
    ) -> Self {
        let fields = Arc::new(fields);
        if sidecar.is_none() && !file::is_likely_page(Path::new(path)) {
            let bytes = Box::new(BufReader::with_capacity(BUFFER, bytes));
            return Self::of_stream(Stream::new(path, bytes), &fields);
        }
        Self::of_archive(Box::new(Remote::new(path, bytes, sidecar, &fields)), &fields)
    }

    /// This feed, without files that were last changed before `since`.
    #[must_use]
    pub fn since(mut self, since: Option<SystemTime>) -> Self {
        self.since = since;
        self
    }

    /// This feed, without what is `written`, where it is met in a folder.
    #[must_use]
    pub fn without(mut self, written: Written) -> Self {
        self.written = written;
        self
    }

    /// This feed, which first tells of a `problem` that was met before.
    #[must_use]
    pub fn begin_with(mut self, problem: Option<Problem>) -> Self {
        let once = |problem| Box::new(Once(Some(Piece::Item(Item::Problem(problem))))) as _;
        self.open.extend(problem.map(once));
        self
    }

    /// Counts the bytes of files that were taken so far, as stored; of a page that is a file by itself, at once.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// Counts the files that [`Feed::since`] left out, of the inputs that were read to their end.
    pub fn unchanged(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.unchanged)
    }

    /// The pages of one stream.
    pub(super) fn of_stream(stream: Stream, fields: &Arc<Fields>) -> Self {
        Self::of_archive(Box::new(Once(Some(Piece::Stream(stream)))), fields)
    }

    fn of_archive(archive: Box<dyn Archive>, fields: &Arc<Fields>) -> Self {
        Self { fields: Arc::clone(fields), open: vec![archive], ..Self::new(Vec::new()) }
    }

    fn next_input(&mut self) -> Option<Input> {
        let unchanged = self.walk.take().map_or(0, |walk| walk.unchanged);
        self.unchanged.fetch_add(unchanged, Ordering::Relaxed);
        self.inputs.next()
    }

    fn next_in_archive(&mut self) -> Option<Item> {
        while let Some(archive) = self.open.last_mut() {
            match archive.next() {
                Some(Piece::Item(item)) => return Some(item),
                Some(Piece::Stream(stream)) => {
                    if let Some(item) = self.open_stream(stream) {
                        return Some(item);
                    }
                }
                None => {
                    self.open.pop();
                }
            }
        }
        None
    }

    fn open_stream(&mut self, stream: Stream) -> Option<Item> {
        match archive::open(stream, &self.fields) {
            Opened::Item(item) => return Some(item),
            Opened::Archive(archive) => self.open.push(archive),
            Opened::Nothing => {}
        }
        None
    }

    fn open_found(&mut self, found: Found) -> Option<Item> {
        if file::is_likely_page(&found.path) {
            self.read.fetch_add(found.size(), Ordering::Relaxed);
            let Found { path, named } = found;
            return Some(Item::File(PageFile { path, named, fields: Arc::clone(&self.fields) }));
        }
        match open_file(&found.path, &self.read) {
            Ok(bytes) => {
                let stream = Stream::new(shown(&found.path), bytes);
                self.open_stream(Stream { named: found.named, seekable: Some(found.path), ..stream })
            }
            Err(error) => Some(Item::Problem(Problem::error(shown(&found.path), error))),
        }
    }
}

impl Iterator for Feed {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.next_in_archive() {
                return Some(item);
            }
            let item = match self.walk.as_mut().and_then(Iterator::next) {
                Some(Ok(found)) if found.is_of(&self.written) => None,
                Some(Ok(found)) => self.open_found(found),
                Some(Err(problem)) => Some(Item::Problem(problem)),
                None => match self.next_input()? {
                    Input::Stdin => self.open_stream(stdin(&self.read)),
                    Input::Path(path) => {
                        self.walk = Some(Walk::new(&path, self.since));
                        None
                    }
                },
            };
            if item.is_some() {
                return item;
            }
        }
    }
}

/// How much of a file is read at a time, in bytes.
const BUFFER: usize = 256 << 10;

fn open_file(path: &Path, read: &Arc<AtomicU64>) -> io::Result<Bytes> {
    let file = Counted { inner: File::open(path)?, taken: Arc::clone(read) };
    Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
}

fn stdin(read: &Arc<AtomicU64>) -> Stream {
    let counted = Counted { inner: io::stdin(), taken: Arc::clone(read) };
    let bytes = Box::new(BufReader::with_capacity(BUFFER, counted));
    Stream::new("-", bytes)
}

/// A single piece.
struct Once(Option<Piece>);

impl Archive for Once {
    fn next(&mut self) -> Option<Piece> {
        self.0.take()
    }
}

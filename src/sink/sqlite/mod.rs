//! SQLite: one file, no server.

mod connect;
mod insert;
mod read;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, TransactionBehavior};

pub use connect::open_to_read;
pub(in crate::sink) use connect::sink_error;
pub use read::facts;

use super::prepare::{Prepared, prepare};
use super::{Failure, Options, Sink, SinkError, Summary};
use insert::Inserter;

/// How much JSON is parsed at once.
const BATCH_BYTES: usize = 4 << 20;

/// About how many rows go into one transaction at most: large enough to be fast, small enough not to keep others
/// waiting.
const ROWS_AT_ONCE: usize = 50_000;

enum Message {
    Batch(Vec<Prepared>),
    Finish,
}

/// Facts into a SQLite database. Lines are parsed on the caller's threads while a thread of its own writes rows.
pub(super) struct SqliteSink {
    place: String,
    buffer: Vec<u8>,
    to_writer: Option<SyncSender<Message>>,
    writer: Option<JoinHandle<Result<Summary, SinkError>>>,
}

impl SqliteSink {
    pub(super) fn open(path: &str, options: &Options) -> Result<Self, SinkError> {
        let connection = connect::open_to_write(path)?;
        let (to_writer, batches) = sync_channel(2);
        let (place, options) = (path.to_owned(), options.clone());
        let work = move || write_all(connection, &place, &options, &batches);
        let writer = std::thread::Builder::new()
            .name("sqlite".to_owned())
            .spawn(work)
            .map_err(|e| SinkError::io(path, &e))?;
        Ok(Self {
            place: path.to_owned(),
            buffer: Vec::new(),
            to_writer: Some(to_writer),
            writer: Some(writer),
        })
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        let batch = prepare(&self.buffer, &self.place)?;
        self.buffer.clear();
        self.send(Message::Batch(batch))
    }

    /// Hands over to the writer; where that has given up, says why.
    fn send(&mut self, message: Message) -> Result<(), SinkError> {
        match self.to_writer.as_ref().map(|to| to.send(message)) {
            Some(Ok(())) => Ok(()),
            _ => self.join().map(|_| ()),
        }
    }

    fn join(&mut self) -> Result<Summary, SinkError> {
        self.to_writer = None;
        let gone = || Err(SinkError::new(Failure::Usage, &self.place, "the writing thread is gone"));
        self.writer.take().map_or_else(gone, |thread| thread.join().unwrap_or_else(|_| gone()))
    }
}

impl Sink for SqliteSink {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.buffer.extend_from_slice(lines);
        if self.buffer.len() >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.flush()?;
        self.send(Message::Finish)?;
        self.join()
    }
}

/// The writing thread.
fn write_all(
    mut connection: Connection,
    place: &str,
    options: &Options,
    batches: &Receiver<Message>,
) -> Result<Summary, SinkError> {
    let failed = |error: rusqlite::Error| sink_error(place, &error);
    let mut inserter = Inserter::begin(&mut connection, options.run.as_deref()).map_err(failed)?;
    let mut next = batches.recv().ok();
    while let Some(Message::Batch(batch)) = next {
        next = write_ready(&mut connection, &mut inserter, batch, batches).map_err(failed)?;
        next = next.or_else(|| batches.recv().ok());
    }
    if next.is_some() {
        inserter.finish(&mut connection, options.retire.as_deref()).map_err(failed)?;
    }
    Ok(inserter.summary)
}

/// Writes a batch and those that are ready behind it in one transaction: the larger it is, the fewer times the pages of
/// an index are written. It never waits for more, since others wait for it.
fn write_ready(
    connection: &mut Connection,
    inserter: &mut Inserter,
    first: Vec<Prepared>,
    batches: &Receiver<Message>,
) -> rusqlite::Result<Option<Message>> {
    let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut written = first.len();
    inserter.write(&work, &first)?;
    let mut next = batches.try_recv().ok();
    while let Some(Message::Batch(batch)) = &next
        && written < ROWS_AT_ONCE
    {
        written += batch.len();
        inserter.write(&work, batch)?;
        next = batches.try_recv().ok();
    }
    work.commit()?;
    Ok(next)
}

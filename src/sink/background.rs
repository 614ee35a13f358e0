//! A database that is written by a thread of its own while the caller's threads parse.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::prepare::{Rows, prepare};
use super::progress::Progress;
use super::{Checkpoint, Earlier, Failure, Left, RunName, Sink, SinkError, Summary};
use crate::Tally;

/// How much JSON is parsed at once, at least. A block of a facts file is more and need not be copied.
const BATCH_BYTES: usize = 3 << 20;

/// About how many rows go into one transaction at most: large enough to be fast, small enough not to keep others
/// waiting.
const ROWS_AT_ONCE: usize = 50_000;

/// Units after which progress is kept even where they had few facts.
const UNITS: u64 = 1024;

/// Rows, and how far the run has come with them and all before.
#[derive(Default)]
struct Batch {
    rows: Vec<Rows>,
    /// Facts that were rejected.
    rejected: Vec<String>,
    progress: Option<String>,
}

enum Message {
    Batch(Batch),
    Finish(End),
}

/// How a run ends.
pub(super) struct End {
    /// Whether what the run did not find may be retired.
    pub(super) retire: bool,
    /// Its progress from now on, where it could be gone on with.
    pub(super) progress: Option<String>,
}

/// Batches that are written in one transaction: one, and those that are ready behind it. It never waits for more,
/// since others may wait for the transaction.
pub(super) struct Ready<'a> {
    first: Option<Batch>,
    batches: &'a Receiver<Message>,
    rows: usize,
    /// The end follows.
    finish: Option<End>,
    progress: Option<String>,
    rejected: Vec<String>,
}

impl<'a> Ready<'a> {
    fn after(batch: Batch, batches: &'a Receiver<Message>) -> Self {
        let first = Some(batch);
        Self { first, batches, rows: 0, finish: None, progress: None, rejected: Vec::new() }
    }

    /// Facts that were rejected, of the batches that were taken.
    pub(super) fn rejected(&mut self) -> Vec<String> {
        std::mem::take(&mut self.rejected)
    }

    /// How far the run has come with the batches that were taken, where it can be gone on with.
    pub(super) fn progress(&mut self) -> Option<String> {
        self.progress.take()
    }
}

impl Iterator for Ready<'_> {
    type Item = Vec<Rows>;

    fn next(&mut self) -> Option<Vec<Rows>> {
        let batch = match self.first.take() {
            Some(batch) => batch,
            None if self.finish.is_some() || self.rows >= ROWS_AT_ONCE => return None,
            None => match self.batches.try_recv().ok()? {
                Message::Batch(batch) => batch,
                Message::Finish(end) => {
                    self.finish = Some(end);
                    return None;
                }
            },
        };
        self.rows += batch.rows.iter().map(Rows::len).sum::<usize>();
        self.progress = batch.progress.or(self.progress.take());
        self.rejected.extend(batch.rejected);
        Some(batch.rows)
    }
}

/// What writes rows.
pub(super) trait Writer: Send + 'static {
    /// Writes the batches in one transaction.
    fn write(&mut self, batches: &mut Ready<'_>) -> Result<(), SinkError>;

    /// What the batches came to that were written so far.
    fn so_far(&self) -> Summary;

    /// Ends the run.
    fn finish(&mut self, end: &End) -> Result<Summary, SinkError>;

    /// Takes back that a run was begun of which nothing was written, as far as that is possible.
    fn undo(self);
}

/// A sink whose rows a [`Writer`] writes.
pub(super) struct Background {
    place: String,
    buffer: Vec<u8>,
    /// Names the run, where it can be gone on with.
    run: Option<RunName>,
    /// Units that are done, and their counts.
    done: (u64, Tally),
    /// Units up to which progress was handed over.
    reported_units: u64,
    /// Whether facts of later ones were.
    facts_since_report: bool,
    /// Facts that were rejected since the last batch.
    rejected: Vec<String>,
    /// Whether what the run does not find may be retired.
    retire: bool,
    parsers: ThreadPool,
    to_writer: Option<SyncSender<Message>>,
    writer: Option<JoinHandle<Result<Summary, SinkError>>>,
}

impl Background {
    /// Starts the thread. `run` names the run, where it can be gone on with; `earlier` is what it has done already.
    pub(super) fn start(
        place: &str,
        run: Option<RunName>,
        earlier: &Earlier,
        writer: impl Writer,
    ) -> Result<Self, SinkError> {
        let done = match earlier {
            Earlier::Units(units, summary) => (*units, summary.clone()),
            Earlier::Nothing | Earlier::Complete(_) => Default::default(),
        };
        let failed = |error: ThreadPoolBuildError| SinkError::new(Failure::Usage, place, error.to_string());
        // The thread that writes has a core of its own: it has most to do.
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let parsers = ThreadPoolBuilder::new().num_threads((cores - 1).max(1)).build().map_err(failed)?;
        let (to_writer, batches) = sync_channel(2);
        let thread = std::thread::Builder::new().name("database".to_owned());
        let writer =
            thread.spawn(move || write_all(writer, &batches)).map_err(|e| SinkError::io(place, &e))?;
        Ok(Self {
            place: place.to_owned(),
            buffer: Vec::new(),
            run,
            done,
            reported_units: 0,
            facts_since_report: false,
            rejected: Vec::new(),
            retire: true,
            parsers,
            to_writer: Some(to_writer),
            writer: Some(writer),
        })
    }

    fn hand_over(&mut self, progress: Option<String>) -> Result<(), SinkError> {
        let lines = std::mem::take(&mut self.buffer);
        self.parse(&lines, progress)?;
        self.buffer = lines;
        self.buffer.clear();
        Ok(())
    }

    fn parse(&mut self, lines: &[u8], progress: Option<String>) -> Result<(), SinkError> {
        let rows = self.parsers.install(|| prepare(lines, &self.place))?;
        self.facts_since_report = progress.is_none();
        let rejected = std::mem::take(&mut self.rejected);
        self.send(Message::Batch(Batch { rows, rejected, progress }))
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

impl Sink for Background {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        if self.buffer.is_empty() && lines.len() >= BATCH_BYTES {
            return self.parse(lines, None);
        }
        self.buffer.extend_from_slice(lines);
        if self.buffer.len() >= BATCH_BYTES { self.hand_over(None) } else { Ok(()) }
    }

    /// Goes with the facts since the last batch, once there was a batch or many units passed.
    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        let Some(run) = &self.run else { return Ok(()) };
        self.done = (checkpoint.units, checkpoint.tally.clone());
        if !self.facts_since_report && checkpoint.units < self.reported_units + UNITS {
            return Ok(());
        }
        self.reported_units = checkpoint.units;
        let progress = Progress::at(run, checkpoint);
        self.hand_over(Some(progress))
    }

    fn reject(&mut self, facts: &[String]) -> Result<(), SinkError> {
        self.rejected.extend_from_slice(facts);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        if self.buffer.is_empty() && self.rejected.is_empty() { Ok(()) } else { self.hand_over(None) }
    }

    fn retire_nothing(&mut self) {
        self.retire = false;
    }

    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.flush()?;
        let done = std::mem::take(&mut self.done);
        let progress = self.run.as_ref().map(|run| Progress::complete(run, done));
        self.send(Message::Finish(End { retire: self.retire, progress }))?;
        self.join()
    }

    /// Waits until the batches are written that were handed over.
    fn abandon(mut self: Box<Self>) -> Left {
        match self.join() {
            Ok(Summary { added, changed, same, .. }) => Left::Batches(added + changed + same),
            Err(error) => Left::Failed(error.message),
        }
    }
}

/// The writing thread. A run whose sink is dropped without finishing stays unfinished; without a batch, it is none.
fn write_all(mut writer: impl Writer, batches: &Receiver<Message>) -> Result<Summary, SinkError> {
    let mut begun = false;
    let given_up = loop {
        let finish = match batches.recv() {
            Ok(Message::Batch(batch)) => {
                let mut ready = Ready::after(batch, batches);
                if let Err(error) = writer.write(&mut ready) {
                    break Err(error);
                }
                begun = true;
                ready.finish
            }
            Ok(Message::Finish(end)) => Some(end),
            Err(_) => break Ok(writer.so_far()),
        };
        if let Some(end) = finish {
            return writer.finish(&end);
        }
    };
    if !begun {
        writer.undo();
    }
    given_up
}

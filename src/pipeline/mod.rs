//! Many threads over the pages of an archive, with output in the order of the input and memory bounded by the number
//! of threads.
//!
//! Every thread runs the same loop: take the next unit of pages from the feed (one thread at a time), read it into
//! facts (all at once), hand the result to the ordered output (one at a time again). A unit has a sequence number;
//! results that come early wait, and a thread that is too far ahead of the slowest unit waits before it takes another,
//! so at most `WINDOW` results a thread are ever in memory. With one job there is one thread and nothing waits.
//!
//! The same input gives the same units whatever the number of threads, so a run that was interrupted after so many
//! units goes on by passing over them ([`Options::resume`]).

mod duplicates;
mod lazy;
mod lines;
mod options;
mod ordered;
#[cfg(test)]
mod tests;
mod unit;

use std::sync::{Mutex, PoisonError};

use crate::Tally;
use crate::rules::RuleError;
use crate::sink::{Sink, SinkError};
use crate::source::{Feed, Item, Problem};

pub use duplicates::Duplicates;
pub use lazy::LazyExtractor;
pub use options::{Days, Filter, Options, Resume, Shard, content_hash};
use ordered::Ordered;
use unit::{Done, Units};

/// How many units a thread may be ahead of the slowest one.
const WINDOW: u64 = 16;

/// What ended a run before its time.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A rule is broken.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// The facts could not be stored.
    #[error("cannot write the facts to {0}")]
    Sink(#[from] SinkError),
    /// Facts that were put into a temporary file, for want of room in memory, could not be read back.
    #[error("cannot read facts back from a temporary file: {0}")]
    Spilled(#[from] std::io::Error),
    /// The threads could not be started.
    #[error("cannot start the threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// There was a problem, and [`Options::strict`] was asked for.
    #[error("{0}")]
    Strict(Problem),
}

/// Hears how a run goes, in the order of the input.
pub trait Reporter: Send {
    /// There is a problem.
    fn problem(&mut self, problem: &Problem);

    /// So much is done.
    fn progress(&mut self, _so_far: &Tally) {}

    /// Contents that were read, as [`content_hash`] names them; only where [`Filter::seen`] is set.
    fn seen(&mut self, _contents: &[u128]) {}
}

/// Reads the pages of `feed` into facts for `sink`, which is abandoned where the tally [is lost](Tally::is_lost).
///
/// # Errors
/// Where a rule is broken, or the facts cannot be stored. A page that cannot be read is no error, unless
/// [`Options::strict`] makes it one.
pub fn run(
    feed: Feed,
    extractor: &LazyExtractor,
    options: &Options,
    sink: Box<dyn Sink>,
    report: &mut dyn Reporter,
) -> Result<Tally, RunError> {
    let jobs = options.jobs.max(1);
    let mut units = Units::new(feed);
    let ordered = Ordered::new(sink, report, options, WINDOW * jobs as u64);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?;
    if !units.is_empty() {
        // All threads take part; later they would only wait for the first.
        pool.install(|| extractor.get())?;
    }
    let units = Mutex::new(units);
    let worker = Worker { units: &units, extractor, options, ordered: &ordered };
    pool.broadcast(|_| worker.work());
    ordered.finish()
}

/// What the threads share.
struct Worker<'a, 'r> {
    units: &'a Mutex<Units>,
    extractor: &'a LazyExtractor,
    options: &'a Options,
    ordered: &'a Ordered<'r>,
}

impl Worker<'_, '_> {
    /// The loop of one thread.
    fn work(&self) {
        loop {
            let next = self.units.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((number, unit)) = next else { return };
            if !self.ordered.put(number, self.read(number, unit)) {
                return;
            }
        }
    }

    fn read(&self, number: u64, unit: Vec<Item>) -> Result<Done, RunError> {
        if self.options.resume.as_ref().is_some_and(|earlier| number < earlier.units) {
            return Done::remember(unit, self.options, self.extractor);
        }
        Ok(Done::read(unit, self.options, self.extractor.get()?))
    }
}

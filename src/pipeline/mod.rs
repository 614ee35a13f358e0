//! Many threads over the pages of an archive, with output in the order of the input and memory bounded by the number
//! of threads.
//!
//! Every thread runs the same loop: take the next unit of pages from the feed (one thread at a time), read it into
//! facts (all at once), hand the result to the ordered output (one at a time again). A unit has a sequence number;
//! results that come early wait, and a thread that is too far ahead of the slowest unit waits before it takes another,
//! so at most [`WINDOW`] units a thread are ever in memory. With one job there is one thread and nothing waits.

mod lazy;
mod ordered;
mod unit;

use std::sync::{Mutex, PoisonError};

use crate::rules::RuleError;
use crate::sink::{Sink, SinkError};
use crate::source::{Feed, Problem};

pub use lazy::LazyExtractor;
use ordered::Ordered;
use unit::{Done, Units};

/// How many units a thread may be ahead of the slowest one.
pub const WINDOW: u64 = 8;

/// What ended a run before its time.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A rule is broken.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// The facts could not be stored.
    #[error("cannot write the facts to {0}")]
    Sink(#[from] SinkError),
    /// The threads could not be started.
    #[error("cannot start the threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages read.
    pub pages: u64,
    /// Their size as stored, in bytes.
    pub bytes: u64,
    /// Facts found.
    pub facts: u64,
    /// Invalid byte sequences replaced in decoding.
    pub replaced: u64,
    /// Problems that were more than notes.
    pub problems: u64,
}

impl Summary {
    /// Adds the counts of `other`.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.facts += other.facts;
        self.replaced += other.replaced;
        self.problems += other.problems;
    }
}

/// Reads all pages of `feed` with `jobs` threads. Facts go to `sink` and problems to `report`, both in input order.
///
/// # Errors
/// Where a rule is broken, or the facts cannot be stored. A page that cannot be read is no error.
pub fn run(
    feed: Feed,
    extractor: &LazyExtractor,
    jobs: usize,
    sink: Box<dyn Sink>,
    report: &mut (dyn FnMut(&Problem) + Send),
) -> Result<Summary, RunError> {
    let jobs = jobs.max(1);
    let units = Mutex::new(Units::new(feed));
    let ordered = Ordered::new(sink, report, WINDOW * jobs as u64);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?;
    pool.broadcast(|_| work(&units, extractor, &ordered));
    ordered.finish()
}

/// The loop of one thread.
fn work(units: &Mutex<Units>, extractor: &LazyExtractor, ordered: &Ordered<'_>) {
    loop {
        let next = units.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some((number, unit)) = next else { return };
        let done = match extractor.get() {
            Ok(extractor) => Ok(Done::read(unit, extractor)),
            Err(error) => Err(RunError::Rules(error)),
        };
        if !ordered.put(number, done) {
            return;
        }
    }
}

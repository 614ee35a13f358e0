//! Many threads over the pages of an archive, with output in the order of the input and memory bounded by the number
//! of threads.
//!
//! Every thread runs the same loop: take the next unit of pages from the feed (one thread at a time), read it into
//! facts (all at once), hand the result to the ordered output (one at a time again). A unit has a sequence number;
//! results that come early wait, and a thread that is too far ahead of the slowest unit waits before it takes another,
//! so at most [`WINDOW`] results a thread are ever in memory. With one job there is one thread and nothing waits.
//!
//! The same input gives the same units whatever the number of threads, so a run that was interrupted after so many
//! units goes on by passing over them ([`Options::resume`]).

mod duplicates;
mod lazy;
mod lines;
mod options;
mod ordered;
mod unit;

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::rules::RuleError;
use crate::sink::{Sink, SinkError};
use crate::source::{Feed, Item, Problem, Severity};

pub use duplicates::Duplicates;
pub use lazy::LazyExtractor;
pub use options::{Filter, Options, content_hash};
use ordered::Ordered;
use unit::{Done, Units};

/// How many units a thread may be ahead of the slowest one.
pub const WINDOW: u64 = 16;

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

/// What a run came to. Summaries of shards add up to that of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Pages read.
    pub pages: u64,
    /// Their size as stored, in bytes.
    pub bytes: u64,
    /// Pages of no byte.
    #[serde(default)]
    pub empty: u64,
    /// Facts found.
    pub facts: u64,
    /// Invalid byte sequences replaced in decoding.
    pub replaced: u64,
    /// Problems that were more than notes.
    pub problems: u64,
    /// Problems that were mere notes.
    #[serde(default)]
    pub notes: u64,
    /// Records that hold no page, since they have no text; none of the notes.
    #[serde(default)]
    pub without_text: u64,
    /// Pages with nearly the same article as an earlier one, where they were looked for.
    #[serde(default)]
    pub duplicates: u64,
    /// Pages left out by a filter.
    pub skipped: u64,
}

impl Summary {
    /// Whether all that was to be read was read, and there was something: only then is a fact that was not found no more.
    /// An empty page is more likely what a broken pipe or a full disk left than one without facts.
    pub fn is_whole(&self) -> bool {
        self.pages > 0 && self.empty == 0 && self.problems == 0
    }

    /// Counts a problem.
    fn count(&mut self, problem: &Problem) {
        *match problem.severity {
            _ if problem.without_text => &mut self.without_text,
            Severity::Note => &mut self.notes,
            Severity::Warning | Severity::Error => &mut self.problems,
        } += 1;
    }

    /// Whether there was a page at all, be it one that a filter left out.
    pub(crate) fn met_a_page(&self) -> bool {
        self.pages + self.skipped > 0
    }

    /// Whether no page could be read because of problems. What came of an earlier run is worth more than that.
    pub fn is_lost(&self) -> bool {
        !self.met_a_page() && self.problems > 0
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.empty += other.empty;
        self.facts += other.facts;
        self.replaced += other.replaced;
        self.problems += other.problems;
        self.notes += other.notes;
        self.without_text += other.without_text;
        self.duplicates += other.duplicates;
        self.skipped += other.skipped;
    }
}

/// Hears how a run goes, in the order of the input.
pub trait Reporter: Send {
    /// There is a problem.
    fn problem(&mut self, problem: &Problem);

    /// So much is done.
    fn progress(&mut self, _so_far: &Summary) {}

    /// Contents that were read, as [`content_hash`] names them; only where [`Filter::seen`] is set.
    fn seen(&mut self, _contents: &[u128]) {}
}

/// Reads the pages of `feed` into facts for `sink`, which is abandoned where the summary [is lost](Summary::is_lost).
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
) -> Result<Summary, RunError> {
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
        if self.options.resume.as_ref().is_some_and(|(done, _)| number < *done) {
            return Done::remember(unit, self.options, self.extractor);
        }
        Ok(Done::read(unit, self.options, self.extractor.get()?))
    }
}

//! Results of many threads, put back in order.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::duplicates::Index;
use super::unit::Done;
use super::{Options, Reporter, RunError};
use crate::Tally;
use crate::sink::{Checkpoint, Sink};
use crate::source::Severity;

/// Takes results in any order and passes them on in the order of their numbers.
pub(super) struct Ordered<'a> {
    state: Mutex<State<'a>>,
    moved: Condvar,
    window: u64,
}

struct State<'a> {
    /// The number that is passed on next.
    next: u64,
    waiting: BTreeMap<u64, Result<Done, RunError>>,
    sink: Box<dyn Sink>,
    report: &'a mut dyn Reporter,
    tally: Tally,
    duplicates: Option<Index>,
    limit: u64,
    strict: bool,
    /// The run is over: by an error, or because enough pages were read.
    over: bool,
    failed: Option<RunError>,
}

impl<'a> Ordered<'a> {
    pub(super) fn new(
        sink: Box<dyn Sink>,
        report: &'a mut dyn Reporter,
        options: &Options,
        window: u64,
    ) -> Self {
        let state = State {
            next: 0,
            waiting: BTreeMap::new(),
            sink,
            report,
            tally: options.resume.as_ref().map(|earlier| earlier.tally.clone()).unwrap_or_default(),
            duplicates: options.duplicates.map(Index::new),
            limit: options.limit.unwrap_or(u64::MAX),
            strict: options.strict,
            over: false,
            failed: None,
        };
        Self { state: Mutex::new(state), moved: Condvar::new(), window }
    }

    /// Takes the result of unit `number`, then waits while its thread is too far ahead. False: the run is over.
    pub(super) fn put(&self, number: u64, done: Result<Done, RunError>) -> bool {
        let mut state = self.lock();
        state.waiting.insert(number, done);
        if state.pass_on() {
            self.moved.notify_all();
        }
        while !state.over && number >= state.next + self.window {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.over
    }

    /// All results are in.
    pub(super) fn finish(self) -> Result<Tally, RunError> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.failed {
            return Err(error);
        }
        let State { mut sink, tally, .. } = state;
        if tally.is_lost() {
            sink.abandon();
            return Ok(tally);
        }
        if !tally.is_whole() {
            sink.retire_nothing();
        }
        sink.finish()?;
        Ok(tally)
    }

    fn lock(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State<'_> {
    /// Passes on what is due; true if there was any.
    fn pass_on(&mut self) -> bool {
        let before = self.next;
        while !self.over {
            let Some(result) = self.waiting.remove(&self.next) else { break };
            self.next += 1;
            if let Err(error) = result.and_then(|done| self.store(done)) {
                self.failed = Some(error);
                self.over = true;
            }
        }
        self.next > before
    }

    fn store(&mut self, mut done: Done) -> Result<(), RunError> {
        for problem in &done.problems {
            self.report.problem(problem);
            self.tally.count(problem);
            if self.strict && problem.severity > Severity::Note {
                return Err(RunError::Strict(problem.clone()));
            }
        }
        let left = self.limit.saturating_sub(self.tally.pages);
        done.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        if let Some(index) = &mut self.duplicates {
            done.resolve_duplicates(index)?;
        }
        self.tally.add(&done.tally());
        self.over = self.tally.pages >= self.limit;
        self.report.seen(&done.seen);
        if !done.lines.is_empty() {
            let length = done.lines.len();
            done.lines.pass(0..length, &mut |lines| self.sink.write(lines).map_err(RunError::from))?;
        }
        self.sink.checkpoint(&Checkpoint { units: self.next, tally: &self.tally })?;
        self.report.progress(&self.tally);
        Ok(())
    }
}

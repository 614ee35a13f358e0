//! Results of many threads, put back in order.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::unit::Done;
use super::{RunError, Summary};
use crate::sink::Sink;
use crate::source::{Problem, Severity};

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
    report: &'a mut (dyn FnMut(&Problem) + Send),
    summary: Summary,
    failed: Option<RunError>,
}

impl<'a> Ordered<'a> {
    pub(super) fn new(
        sink: Box<dyn Sink>,
        report: &'a mut (dyn FnMut(&Problem) + Send),
        window: u64,
    ) -> Self {
        let state = State {
            next: 0,
            waiting: BTreeMap::new(),
            sink,
            report,
            summary: Summary::default(),
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
        while state.failed.is_none() && number >= state.next + self.window {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.failed.is_none()
    }

    /// All results are in.
    pub(super) fn finish(self) -> Result<Summary, RunError> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.failed {
            return Err(error);
        }
        state.sink.finish()?;
        Ok(state.summary)
    }

    fn lock(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State<'_> {
    /// Passes on what is due; true if there was any.
    fn pass_on(&mut self) -> bool {
        let before = self.next;
        while self.failed.is_none() {
            let Some(result) = self.waiting.remove(&self.next) else { break };
            self.next += 1;
            if let Err(error) = result.and_then(|done| self.store(&done)) {
                self.failed = Some(error);
            }
        }
        self.next > before
    }

    fn store(&mut self, done: &Done) -> Result<(), RunError> {
        for problem in &done.problems {
            (self.report)(problem);
            self.summary.problems += u64::from(problem.severity > Severity::Note);
        }
        self.summary.add(&done.summary);
        if !done.lines.is_empty() {
            self.sink.write(&done.lines)?;
        }
        Ok(())
    }
}

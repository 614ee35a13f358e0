//! What became of the pages that were to be compared.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use solieu::rules::RuleError;
use solieu::source::{Problem, Severity};

/// Shared by the threads that read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    bad: AtomicBool,
    /// The problems that were named; both sides may have the same.
    named: Mutex<HashSet<String>>,
    pages: AtomicU64,
    /// The rule for which nothing could be read.
    broken: OnceLock<RuleError>,
}

impl Reading {
    /// Names a problem once.
    pub(super) fn problem(&self, problem: &Problem) {
        if problem.severity == Severity::Note {
            return;
        }
        self.bad.store(true, Ordering::Relaxed);
        let said = problem.to_string();
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        if named.insert(said.clone()) {
            crate::cli::tell(&said);
        }
    }

    /// So many pages were read.
    pub(super) fn pages(&self, pages: u64) {
        self.pages.fetch_add(pages, Ordering::Relaxed);
    }

    pub(super) fn broken(&self, rule: RuleError) {
        // Of two broken rules, one is enough.
        let _ = self.broken.set(rule);
    }

    /// The rule for which nothing could be compared.
    pub(super) fn broken_rule(&self) -> Option<&RuleError> {
        self.broken.get()
    }

    /// Why the comparison says nothing certain.
    pub(super) fn failure(&self) -> Option<&'static str> {
        if self.bad.load(Ordering::Relaxed) {
            Some("not everything could be read, so there may be other differences")
        } else if self.pages.load(Ordering::Relaxed) == 0 {
            Some("no page was read, so there is nothing to compare")
        } else {
            None
        }
    }
}

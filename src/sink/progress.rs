//! How far a run has come, as databases keep it: written in the same transaction as the facts, so that the two always
//! fit.

use serde::{Deserialize, Serialize};

use super::{Checkpoint, Earlier};
use crate::pipeline::Summary;

/// A run that can be gone on with.
#[derive(Debug, Clone, Default)]
pub struct Resumable {
    /// Names what is read and how: one run must not be taken for another.
    pub run: String,
    /// Go on where such a run was interrupted; otherwise begin anew.
    pub resume: bool,
}

/// What the column `runs.progress` holds, as JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Progress {
    /// Version of the program.
    solieu: String,
    run: String,
    units: u64,
    summary: Summary,
    complete: bool,
}

impl Progress {
    fn json(run: &str, units: u64, summary: Summary, complete: bool) -> String {
        let solieu = env!("CARGO_PKG_VERSION").to_owned();
        // Numbers and plain texts: JSON can hold them.
        serde_json::to_string(&Self { solieu, run: run.to_owned(), units, summary, complete })
            .unwrap_or_default()
    }

    /// Of a run that begins.
    pub(super) fn begun(run: &str) -> String {
        Self::json(run, 0, Summary::default(), false)
    }

    /// Of a run whose facts are there up to a checkpoint.
    pub(super) fn at(run: &str, checkpoint: &Checkpoint<'_>) -> String {
        Self::json(run, checkpoint.units, checkpoint.summary.clone(), false)
    }

    /// Of a run that is over after so many units, and the counts of all its pages.
    pub(super) fn complete(run: &str, (units, summary): (u64, Summary)) -> String {
        Self::json(run, units, summary, true)
    }

    /// What `text` says of the run `run` of this version of the program; nothing where it is of another.
    pub(super) fn read(text: &str, run: &str) -> Option<Earlier> {
        let progress: Self = serde_json::from_str(text).ok()?;
        if progress.run != run || progress.solieu != env!("CARGO_PKG_VERSION") {
            return None;
        }
        Some(match progress {
            Self { complete: true, .. } => Earlier::Complete,
            Self { units: 0, .. } => Earlier::Nothing,
            Self { units, summary, .. } => Earlier::Units(units, summary),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_comes_back_and_is_of_its_run_only() {
        let summary = Summary { pages: 7, ..Summary::default() };
        let text = Progress::at("a", &Checkpoint { units: 3, summary: &summary });
        assert_eq!(Progress::read(&text, "a"), Some(Earlier::Units(3, summary)));
        assert_eq!(Progress::read(&text, "b"), None);
        assert_eq!(Progress::read(&Progress::begun("a"), "a"), Some(Earlier::Nothing));
        assert_eq!(
            Progress::read(&Progress::complete("a", (3, Summary::default())), "a"),
            Some(Earlier::Complete)
        );
        assert_eq!(Progress::read("{}", "a"), None);
    }
}

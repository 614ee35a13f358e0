//! How far a run has come, as databases keep it: written in the same transaction as the facts, so that the two always
//! fit.

use serde::{Deserialize, Serialize};

use super::run::{Earlier, RunName};
use super::{Checkpoint, Listener};
use crate::Tally;

/// What the column `runs.progress` holds, as JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Progress {
    #[serde(flatten)]
    run: RunName,
    units: u64,
    summary: Tally,
    complete: bool,
}

impl Progress {
    fn json(run: &RunName, units: u64, summary: Tally, complete: bool) -> String {
        // Numbers and plain texts: JSON can hold them.
        serde_json::to_string(&Self { run: run.clone(), units, summary, complete }).unwrap_or_default()
    }

    /// Of a run that begins.
    pub(super) fn begun(run: &RunName) -> String {
        Self::json(run, 0, Tally::default(), false)
    }

    /// Of a run whose facts are there up to a checkpoint.
    pub(super) fn at(run: &RunName, checkpoint: &Checkpoint<'_>) -> String {
        Self::json(run, checkpoint.units, checkpoint.tally.clone(), false)
    }

    /// Of a run that is over after so many units, and the counts of all its pages.
    pub(super) fn complete(run: &RunName, (units, summary): (u64, Tally)) -> String {
        Self::json(run, units, summary, true)
    }

    /// What `text` says of the run `run`; nothing where it is of another.
    pub(super) fn read(text: &str, run: &RunName) -> Option<Earlier> {
        let progress: Self = serde_json::from_str(text).ok()?;
        if progress.run != *run {
            return None;
        }
        Some(match progress {
            Self { complete: true, summary, .. } => Earlier::Complete(summary),
            Self { units: 0, .. } => Earlier::Nothing,
            Self { units, summary, .. } => Earlier::Units(units, summary),
        })
    }

    /// Why `text` is not of the run `run` though inputs, options, rules and version are the same: the files changed.
    pub(super) fn changed_since(text: &str, run: &RunName) -> Option<String> {
        run.changed_since(&serde_json::from_str::<Self>(text).ok()?.run)
    }
}

/// Says that none of the runs in a database, whose progress is `all` from the newest on, is gone on with because the files
/// are others now.
pub(super) fn tell_of_change<'t>(all: impl IntoIterator<Item = &'t str>, run: &RunName, tell: &Listener) {
    if let Some(why) = all.into_iter().find_map(|text| Progress::changed_since(text, run)) {
        tell.tell(&format!("the run in the database {why}; all are read, as another run"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Census;

    #[test]
    fn progress_comes_back_and_is_of_its_run_only() {
        let run = |hash: u128| RunName::new(&[("inputs", 1), ("options", hash)], Census::default());
        let (a, b) = (run(1), run(2));
        let tally = Tally { pages: 7, problems: 1, ..Tally::default() };
        let text = Progress::at(&a, &Checkpoint { units: 3, tally: &tally });
        assert_eq!(Progress::read(&text, &a), Some(Earlier::Units(3, tally.clone())));
        assert_eq!(Progress::read(&text, &b), None);
        assert_eq!(Progress::read(&Progress::begun(&a), &a), Some(Earlier::Nothing));
        let complete = Progress::complete(&a, (3, tally.clone()));
        assert_eq!(Progress::read(&complete, &a), Some(Earlier::Complete(tally)));
        assert_eq!(Progress::read("{}", &a), None);
        assert_eq!(Progress::changed_since(&complete, &b), None);
    }
}

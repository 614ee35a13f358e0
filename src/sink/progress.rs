//! How far a run has come, as databases keep it: written in the same transaction as the facts, so that the two always
//! fit.

use serde::{Deserialize, Serialize};

use super::{Checkpoint, Earlier, Listener};
use crate::Tally;
use crate::source::Census;

/// A run that can be gone on with.
#[derive(Debug, Clone, Default)]
pub struct Resumable {
    /// Which run it is.
    pub run: RunName,
    /// Go on where such a run was interrupted; otherwise begin anew.
    pub resume: bool,
}

/// Names a run by what is read and how: one must not be taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunName {
    /// Version of the program.
    solieu: String,
    /// What is read and how, as words `PART:HASH`.
    run: String,
    #[serde(default)]
    files: Census,
}

impl RunName {
    /// Of this version of the program. `parts` are what makes a run another one (`inputs`, `options`), each with a hash;
    /// `files` are those that the inputs have.
    pub fn new(parts: &[(&str, u128)], files: Census) -> Self {
        let words: Vec<String> = parts.iter().map(|(part, hash)| format!("{part}:{hash:032x}")).collect();
        Self { solieu: env!("CARGO_PKG_VERSION").to_owned(), run: words.join(" "), files }
    }

    /// In what an earlier run is another one than this, for people; nothing where it is the same.
    pub(super) fn differs_from(&self, earlier: &Self) -> Option<String> {
        if self.solieu != earlier.solieu {
            return Some(format!("is of version {} of this program", earlier.solieu));
        }
        if self.run != earlier.run {
            return Some(format!("had other {}", self.other_parts(earlier)));
        }
        self.changed_since(earlier)
    }

    fn other_parts(&self, earlier: &Self) -> String {
        let parts = |name: &Self| -> Option<Vec<(String, String)>> {
            let words = name.run.split(' ').map(|word| word.split_once(':'));
            words.map(|word| word.map(|(part, hash)| (part.to_owned(), hash.to_owned()))).collect()
        };
        let other = parts(self).zip(parts(earlier)).map(|(now, before)| {
            let other = now.into_iter().filter(|part| !before.contains(part));
            other.map(|(part, _)| part).collect::<Vec<_>>().join(" and ")
        });
        // Some journals do not tell them apart.
        other.filter(|parts| !parts.is_empty()).unwrap_or_else(|| "inputs, options or rules".to_owned())
    }

    /// What happened to the files since an earlier run of the same inputs, options, rules and version.
    pub(super) fn changed_since(&self, earlier: &Self) -> Option<String> {
        let same = (&self.solieu, &self.run) == (&earlier.solieu, &earlier.run);
        if !same || self.files == earlier.files {
            return None;
        }
        let (before, now) = (earlier.files.to_string(), self.files.to_string());
        Some(if before == now {
            format!("read other files: of the {now}, some were changed or renamed since")
        } else {
            format!("read other files: {before} then, {now} now")
        })
    }
}

impl Default for RunName {
    fn default() -> Self {
        Self::new(&[], Census::default())
    }
}

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
        assert_eq!(a.differs_from(&a), None);
        assert_eq!(a.differs_from(&b).as_deref(), Some("had other options"));
        let old = RunName { run: "hash of all".to_owned(), ..a.clone() };
        assert_eq!(a.differs_from(&old).as_deref(), Some("had other inputs, options or rules"));
        assert_eq!(Progress::changed_since(&complete, &b), None);
    }
}

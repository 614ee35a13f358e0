//! Which run it is that can be gone on with, and what an earlier one left.

use serde::{Deserialize, Serialize};

use crate::Tally;
use crate::source::Census;

/// What an earlier run left behind.
#[derive(Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing that could be gone on with.
    Nothing,
    /// So many units, and their counts.
    Units(u64, Tally),
    /// The whole file, and its counts.
    Complete(Tally),
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_what_a_run_is_another_is_told() {
        let run = |hash: u128| RunName::new(&[("inputs", 1), ("options", hash)], Census::default());
        let (a, b) = (run(1), run(2));
        assert_eq!(a.differs_from(&a), None);
        assert_eq!(a.differs_from(&b).as_deref(), Some("had other options"));
        let old = RunName { run: "hash of all".to_owned(), ..a.clone() };
        assert_eq!(a.differs_from(&old).as_deref(), Some("had other inputs, options or rules"));
    }
}

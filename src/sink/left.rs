//! What stands in a destination that was given up.

use std::fmt;
use std::path::PathBuf;

/// What stands in a destination that gets no more of a run, because another one failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// What stood there before.
    AsBefore,
    /// The same; what was written stays in this file, and the run can go on there.
    Part(PathBuf),
    /// What stood there before, and so many facts in whole batches.
    Batches(u64),
    /// So many facts that were passed on to a pipe or device.
    Passed(u64),
    /// All facts of the run.
    Complete,
    /// It failed, too.
    Failed(String),
}

fn were(facts: u64) -> String {
    if facts == 1 { "1 fact was".to_owned() } else { format!("{facts} facts were") }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AsBefore | Self::Batches(0) => {
                f.write_str("nothing was written; what was there before stays")
            }
            Self::Part(part) => {
                write!(f, "what was there before stays; {} has what was written so far", part.display())
            }
            Self::Batches(facts) => {
                let facts = were(*facts);
                write!(f, "not complete: {facts} written in whole batches; what was there before stays")
            }
            Self::Passed(facts) => write!(f, "not complete: {} passed on", were(*facts)),
            Self::Complete => f.write_str("complete: all facts are there"),
            Self::Failed(why) => write!(f, "failed as well: {why}"),
        }
    }
}

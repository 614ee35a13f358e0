//! The time that later sentences may continue, and which of them.

use crate::extract::time::interval::Interval;
use crate::fact::TimeRole;

/// A time that later sentences may continue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Carried {
    pub(crate) interval: Interval,
    pub(crate) role: TimeRole,
    pub(crate) text: String,
    /// Whether the figures were aims or expectations; absent where there were none.
    pub(crate) aimed: Option<bool>,
    /// Whether aims that state no time have continued it, or, of a list, whether its items have marks.
    pub(crate) listed: bool,
    /// Which sentences may continue it.
    pub(crate) reach: Reach,
}

/// Which sentences a time is carried to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Any that follows.
    Any,
    /// Any that follows, in the next line too: the time is a line of its own, or heads an entry.
    NextLine,
    /// One that says that it goes on, or compares.
    Continued,
    /// One that tells on about the same event.
    Told,
    /// The items of a list.
    Listed,
}

impl Carried {
    /// What the items of a list hold at.
    pub(crate) fn of_list(interval: Interval, role: TimeRole, text: &str) -> Self {
        Self { interval, role, text: text.to_owned(), aimed: None, listed: false, reach: Reach::Listed }
    }

    /// Whether more figures of its sort are listed on: it is the time of aims, or [`Self::listed`].
    pub(crate) fn lists_on(&self) -> bool {
        self.listed || self.aimed == Some(true)
    }
}

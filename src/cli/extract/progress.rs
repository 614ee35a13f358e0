//! How far a run has come, on a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use solieu::Tally;

use crate::cli::counted;

/// A bar on standard error.
#[derive(Clone)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Standard input has no size: then only what is done is shown.
    pub(super) fn of(total: Option<u64>) -> Self {
        let (bar, template) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{bar:24} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left; {msg}")
            }
            None => (ProgressBar::no_length(), "{spinner} {bytes} {bytes_per_sec}; {msg}"),
        };
        let style = ProgressStyle::with_template(template);
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// So many bytes are read, and that came of them.
    pub(super) fn show(&self, bytes_read: u64, so_far: &Tally) {
        let Tally { pages, facts, problems, .. } = so_far;
        self.0.set_position(bytes_read);
        let [pages, facts, problems] =
            [(pages, "page"), (facts, "fact"), (problems, "problem")].map(|(n, what)| counted(*n, what));
        self.0.set_message(format!("{pages}, {facts}, {problems}"));
    }

    /// Writes something else while the bar is away.
    pub(super) fn suspend(&self, write: impl FnOnce()) {
        self.0.suspend(write);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

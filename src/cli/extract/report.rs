//! Hears how a run goes: passes it on as messages, and keeps the files that go with the run.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use solieu::Tally;
use solieu::pipeline::Reporter;
use solieu::source::{Feed, Problem};

use super::messages::{MessageArgs, Messages, json};
use super::seen::SeenFile;

/// Shows messages and keeps the files that go with a run.
pub(super) struct Report {
    messages: Messages,
    /// Not buffered: what was told of units that are done must be there when a run that was killed goes on.
    problems: Option<File>,
    bytes_read: Arc<AtomicU64>,
    /// Files that `--since` left out.
    unchanged: Arc<AtomicU64>,
    seen: Option<SeenFile>,
}

impl Report {
    pub(super) fn open(
        args: &MessageArgs,
        messages: Messages,
        feed: &Feed,
        seen: Option<SeenFile>,
        resumed: Option<&Tally>,
    ) -> anyhow::Result<Self> {
        let open = |path: &PathBuf| {
            let file = match resumed {
                Some(tally) => cut_lines(path, tally.problems + tally.notes + tally.without_text),
                None => File::create(path),
            };
            file.with_context(|| format!("cannot write {}", path.display()))
        };
        let problems = args.problems.as_ref().map(open).transpose()?;
        let (bytes_read, unchanged) = (feed.bytes_read(), feed.unchanged());
        Ok(Self { messages, problems, bytes_read, unchanged, seen })
    }

    /// The run is complete; `notes` say what may not be as it was meant, and `warning` why something that was asked for was
    /// not done.
    pub(super) fn finish(self, tally: &Tally, notes: &[String], warning: Option<&str>) -> anyhow::Result<()> {
        if let Some(progress) = &self.messages.progress {
            progress.finish();
        }
        if let Some(seen) = &self.seen {
            seen.save()?;
        }
        for note in notes {
            self.messages.notice(note);
        }
        if let Some(warning) = warning {
            self.messages.warning(warning);
        }
        self.messages.summary(tally, self.unchanged.load(Ordering::Relaxed));
        Ok(())
    }
}

impl Reporter for Report {
    fn problem(&mut self, problem: &Problem) {
        if let Some(file) = &mut self.problems {
            // The facts matter more; a full disk shows there too.
            let _ = writeln!(file, "{}", json(problem));
        }
        self.messages.problem(problem);
    }

    fn progress(&mut self, so_far: &Tally) {
        if let Some(progress) = &self.messages.progress {
            progress.show(self.bytes_read.load(Ordering::Relaxed), so_far);
        }
    }

    fn seen(&mut self, contents: &[u128]) {
        if let Some(seen) = &mut self.seen {
            seen.add(contents);
        }
    }
}

/// Keeps the first `count` lines of a file and goes on after them.
fn cut_lines(path: &Path, count: u64) -> io::Result<File> {
    let text = fs::read(path).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(Vec::new()),
        _ => Err(error),
    })?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let kept: usize = text.split_inclusive(|&b| b == b'\n').take(count).map(<[u8]>::len).sum();
    let file = File::options().create(true).append(true).open(path)?;
    file.set_len(kept as u64)?;
    Ok(file)
}

//! What a run tells while it goes: problems, progress, the summary.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use solieu::Tally;
use solieu::pipeline::Reporter;
use solieu::sink;
use solieu::source::{Feed, Input, Problem, Severity, Written, total_size};

use super::seen::SeenFile;
use crate::cli::{counted, pages};

#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub(super) struct ReportArgs {
    /// No progress, notes or summary on standard error; problems are still shown
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// How messages on standard error look
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    log_format: LogFormat,
    /// Write problems also to FILE as JSON Lines: path, record, offset, what, severity
    #[arg(long, value_name = "FILE")]
    pub(super) problems: Option<PathBuf>,
    /// Let the first problem end the run
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

impl ReportArgs {
    pub(super) fn tells_json(&self) -> bool {
        self.log_format == LogFormat::Json
    }
}

/// Shows messages on standard error.
#[derive(Clone)]
pub(super) struct Messages {
    quiet: bool,
    format: LogFormat,
    progress: Option<ProgressBar>,
}

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

impl Messages {
    pub(super) fn new(args: &ReportArgs, inputs: &[Input], written: &Written) -> Self {
        let shown = !args.quiet && args.log_format == LogFormat::Text && io::stderr().is_terminal();
        let progress = shown.then(|| progress_bar(total_size(inputs, written)));
        Self { quiet: args.quiet, format: args.log_format, progress }
    }

    /// Says what is no problem.
    pub(super) fn notice(&self, notice: &str) {
        if !self.quiet {
            self.say(&match self.format {
                LogFormat::Json => serde_json::json!({ "notice": notice }).to_string(),
                LogFormat::Text => format!("solieu: {notice}"),
            });
        }
    }

    /// Says what must be heard.
    pub(super) fn warning(&self, warning: &str) {
        self.say(&match self.format {
            LogFormat::Json => serde_json::json!({ "warning": warning }).to_string(),
            LogFormat::Text => format!("solieu: {warning}"),
        });
    }

    /// Says what went into each of the destinations `to`. What is in a file of `--output` the summary of the run says.
    pub(super) fn of_each(&self, to: &[String]) -> sink::Finished {
        let to: Vec<String> = to.iter().map(|url| sink::without_password(url)).collect();
        let this = self.clone();
        Box::new(move |place, written| {
            if to.iter().any(|url| url == place) {
                this.written(place, &written);
            }
        })
    }

    fn written(&self, place: &str, written: &sink::Summary) {
        if !self.quiet {
            self.say(&match self.format {
                LogFormat::Json => serde_json::json!({ "to": place, "written": written }).to_string(),
                LogFormat::Text => format!("solieu: {place}: {written}"),
            });
        }
    }

    fn problem(&self, problem: &Problem) {
        if self.quiet && problem.severity == Severity::Note {
            return;
        }
        match self.format {
            LogFormat::Json => self.say(&json(problem)),
            // The summary says how many there are.
            LogFormat::Text if problem.without_text => {}
            LogFormat::Text => self.say(&format!("solieu: {}", pages::shown(problem))),
        }
    }

    /// Says what a run came to, and how many files it left out because they were not changed.
    pub(super) fn summary(&self, tally: &Tally, unchanged: u64) {
        if self.quiet {
            return;
        }
        let Tally { pages, bytes, facts, problems, skipped, duplicates, without_text, notes, .. } = tally;
        self.say(&match self.format {
            LogFormat::Json => {
                let mut line = serde_json::json!({ "summary": tally });
                if unchanged > 0 {
                    line["unchanged"] = unchanged.into();
                }
                line.to_string()
            }
            LogFormat::Text => {
                let left_out = [
                    (*skipped > 0).then(|| format!(", {skipped} left out")),
                    (*duplicates > 0).then(|| format!(", {}", counted(*duplicates, "duplicate"))),
                    (unchanged > 0).then(|| format!(", {} not changed", counted(unchanged, "file"))),
                    (*without_text > 0).then(|| format!(", {}", pages::without_text(*without_text))),
                    (*notes > 0).then(|| format!(", {}", counted(*notes, "note"))),
                ];
                let left_out: String = left_out.into_iter().flatten().collect();
                let [facts, pages, problems] = [(facts, "fact"), (pages, "page"), (problems, "problem")]
                    .map(|(n, what)| counted(*n, what));
                format!("solieu: {facts} from {pages} ({bytes} bytes){left_out}, {problems}")
            }
        });
    }

    fn say(&self, line: &str) {
        let write = || {
            // Standard error may be closed; that is no reason to fail.
            let _ = writeln!(io::stderr(), "{line}");
        };
        match &self.progress {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Report {
    pub(super) fn open(
        args: &ReportArgs,
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
        if let Some(bar) = &self.messages.progress {
            bar.finish_and_clear();
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
        if let Some(bar) = &self.messages.progress {
            let Tally { pages, facts, problems, .. } = so_far;
            bar.set_position(self.bytes_read.load(Ordering::Relaxed));
            let [pages, facts, problems] =
                [(pages, "page"), (facts, "fact"), (problems, "problem")].map(|(n, what)| counted(*n, what));
            bar.set_message(format!("{pages}, {facts}, {problems}"));
        }
    }

    fn seen(&mut self, contents: &[u128]) {
        if let Some(seen) = &mut self.seen {
            seen.add(contents);
        }
    }
}

fn json(problem: &Problem) -> String {
    serde_json::to_string(problem).unwrap_or_default()
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

/// Standard input has no size: then only what is done is shown.
fn progress_bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => {
            (ProgressBar::new(total), "{bar:24} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left; {msg}")
        }
        None => (ProgressBar::no_length(), "{spinner} {bytes} {bytes_per_sec}; {msg}"),
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

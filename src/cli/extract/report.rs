//! What a run tells while it goes: problems, progress, the summary.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use solieu::pipeline::{Reporter, Summary};
use solieu::source::{Input, Problem, Severity, total_size};

use super::seen::SeenFile;

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
    problems: Option<PathBuf>,
    /// Let the first problem end the run
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

/// Shows messages and keeps the files that go with a run.
pub(super) struct Report {
    quiet: bool,
    format: LogFormat,
    problems: Option<BufWriter<File>>,
    progress: Option<ProgressBar>,
    bytes_read: Arc<AtomicU64>,
    seen: Option<SeenFile>,
}

impl Report {
    pub(super) fn open(
        args: &ReportArgs,
        inputs: &[Input],
        bytes_read: Arc<AtomicU64>,
        seen: Option<SeenFile>,
    ) -> anyhow::Result<Self> {
        let open = |path: &PathBuf| {
            File::create(path).map(BufWriter::new).with_context(|| format!("cannot write {}", path.display()))
        };
        let shown = !args.quiet && args.log_format == LogFormat::Text && io::stderr().is_terminal();
        Ok(Self {
            quiet: args.quiet,
            format: args.log_format,
            problems: args.problems.as_ref().map(open).transpose()?,
            progress: shown.then(|| progress_bar(total_size(inputs))),
            bytes_read,
            seen,
        })
    }

    /// The run is complete.
    pub(super) fn finish(mut self, summary: &Summary) -> anyhow::Result<()> {
        if let Some(bar) = &self.progress {
            bar.finish_and_clear();
        }
        if let Some(file) = &mut self.problems {
            file.flush().context("cannot write the problems")?;
        }
        if let Some(seen) = &self.seen {
            seen.save()?;
        }
        if !self.quiet {
            self.summary(summary);
        }
        Ok(())
    }

    fn summary(&self, summary: &Summary) {
        let Summary { pages, bytes, facts, problems, .. } = summary;
        self.say(&match self.format {
            LogFormat::Json => serde_json::json!({ "summary": summary }).to_string(),
            LogFormat::Text => {
                format!("solieu: {facts} facts from {pages} pages ({bytes} bytes), {problems} problems")
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

impl Reporter for Report {
    fn problem(&mut self, problem: &Problem) {
        let json = || serde_json::to_string(problem).unwrap_or_default();
        if let Some(file) = &mut self.problems {
            // A full disk shows when the file is flushed.
            let _ = writeln!(file, "{}", json());
        }
        if self.quiet && problem.severity == Severity::Note {
            return;
        }
        self.say(&match self.format {
            LogFormat::Json => json(),
            LogFormat::Text => format!("solieu: {problem}"),
        });
    }

    fn progress(&mut self, so_far: &Summary) {
        if let Some(bar) = &self.progress {
            let Summary { pages, facts, problems, .. } = so_far;
            bar.set_position(self.bytes_read.load(Ordering::Relaxed));
            bar.set_message(format!("{pages} pages, {facts} facts, {problems} problems"));
        }
    }

    fn seen(&mut self, contents: &[u128]) {
        if let Some(seen) = &mut self.seen {
            seen.add(contents);
        }
    }
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

//! What a run says on standard error while it goes, as text or as lines of JSON.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use solieu::Tally;
use solieu::sink;
use solieu::source::{Input, Problem, Severity, Written, total_size};

use super::progress::Progress;
use crate::cli::{counted, pages};

#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub(super) struct MessageArgs {
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

impl MessageArgs {
    pub(super) fn tells_json(&self) -> bool {
        self.log_format == LogFormat::Json
    }
}

/// Shows messages on standard error.
#[derive(Clone)]
pub(super) struct Messages {
    quiet: bool,
    format: LogFormat,
    pub(super) progress: Option<Progress>,
}

impl Messages {
    pub(super) fn new(args: &MessageArgs, inputs: &[Input], written: &Written) -> Self {
        let shown = !args.quiet && args.log_format == LogFormat::Text && io::stderr().is_terminal();
        let progress = shown.then(|| Progress::of(total_size(inputs, written)));
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

    pub(super) fn problem(&self, problem: &Problem) {
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
            Some(progress) => progress.suspend(write),
            None => write(),
        }
    }
}

/// A problem as a line of JSON.
pub(super) fn json(problem: &Problem) -> String {
    serde_json::to_string(problem).unwrap_or_default()
}

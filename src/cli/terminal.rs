//! Standard output for people: colours, width, pager.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};
use solieu::review::terminal::TerminalStyle;

#[derive(Debug, Args)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct TerminalArgs {
    /// When to use colours; `auto`: on a terminal, unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    color: When,
    /// Break lines at N columns [default: the width of the terminal; elsewhere, lines are not broken]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Do not show the output in a pager; else `$SOLIEU_PAGER`, `$PAGER` or `less` shows it on a terminal
    #[arg(long)]
    no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl TerminalArgs {
    /// What standard output can show.
    pub(crate) fn look(&self) -> TerminalStyle {
        let colour = match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        };
        let terminal =
            || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        TerminalStyle { colour, width: self.width.or_else(terminal) }
    }

    /// Standard output, or a pager where that is a terminal.
    pub(crate) fn open(&self) -> Output {
        let wanted = !self.no_pager && io::stdout().is_terminal();
        wanted.then(pager).flatten().unwrap_or_else(|| Output::Direct(BufWriter::new(io::stdout().lock())))
    }
}

/// Where output for people goes.
pub(crate) enum Output {
    Direct(BufWriter<StdoutLock<'static>>),
    Pager(BufWriter<ChildStdin>, Child),
}

impl Output {
    /// Writes what is held back, and waits until the pager is closed.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Direct(mut out) => out.flush(),
            Self::Pager(mut out, mut pager) => {
                let written = out.flush();
                drop(out);
                pager.wait()?;
                written
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Direct(out) => out.write(bytes),
            Self::Pager(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Direct(out) => out.flush(),
            Self::Pager(out, _) => out.flush(),
        }
    }
}

/// Starts the pager; nothing where there is none.
fn pager() -> Option<Output> {
    let named = ["SOLIEU_PAGER", "PAGER"].into_iter().find_map(std::env::var_os);
    let command = named.unwrap_or_else(|| OsString::from("less")).into_string().ok()?;
    let mut words = command.split_whitespace();
    let program = words.next().filter(|program| *program != "cat")?;
    let mut start = Command::new(program);
    start.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Ends at once where all fits on the screen, keeps colours, and leaves the text there.
        start.env("LESS", "FRX");
    }
    let mut child = start.spawn().ok()?;
    let stdin = child.stdin.take()?;
    Some(Output::Pager(BufWriter::new(stdin), child))
}

//! The command line: one file per subcommand.

mod dates;
mod decide;
mod diff;
mod explain;
mod export;
mod extract;
mod failure;
mod fields;
mod load;
mod metrics;
mod page_args;
mod pages;
mod report;
mod review;
mod rule_args;
mod rules;
mod schema;
mod score;
mod series;
mod show;
mod stats;
mod strip;
mod terminal;
mod verify;

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use jiff::civil::Date;
use serde::Serialize;
use solieu::sink::{self, SinkError};

/// Turns archives of Vietnamese news into a database of dated, cited figures.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(Box<extract::ExtractArgs>),
    Strip(strip::StripArgs),
    Stats(stats::StatsArgs),
    Load(load::LoadArgs),
    Verify(verify::VerifyArgs),
    Show(show::ShowArgs),
    Metrics(metrics::MetricsArgs),
    Series(series::SeriesArgs),
    Report(report::ReportArgs),
    Export(export::ExportArgs),
    Review(review::ReviewArgs),
    Diff(Box<diff::DiffArgs>),
    Score(score::ScoreArgs),
    Explain(explain::ExplainArgs),
    Dates(dates::DatesArgs),
    Rules(rules::RulesArgs),
    /// Print the JSON Schema of the record
    #[command(after_help = "Exit status: 0; 2 where it cannot be written")]
    Schema,
}

/// What stands for standard input where a file could be named.
const STANDARD_INPUT: &str = "-";

/// What stands for standard output where a file could be named.
const STANDARD_OUTPUT: &str = "-";

/// Refuses to read standard input for two things of `named`: the second would find nothing in it.
fn refuse_stdin_twice<S: AsRef<std::ffi::OsStr>>(named: impl IntoIterator<Item = S>) -> anyhow::Result<()> {
    match named.into_iter().filter(|name| name.as_ref() == STANDARD_INPUT).nth(1) {
        Some(_) => anyhow::bail!("`-` can stand only once: standard input cannot be read twice"),
        None => Ok(()),
    }
}

/// Says something on standard error to whoever waits. That it may be closed is no reason to fail.
fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "solieu: {text}");
}

/// A day as the user writes it.
fn day(text: &str) -> Result<Date, String> {
    let is_form = || {
        text.split('-').map(str::len).eq([4, 2, 2]) && text.bytes().all(|b| b == b'-' || b.is_ascii_digit())
    };
    text.parse().map_err(|_| if is_form() { "no such day" } else { "write YYYY-MM-DD" }.to_owned())
}

/// A number of threads as the user writes it.
fn jobs(text: &str) -> Result<u16, String> {
    let jobs = text.parse().ok().filter(|jobs| *jobs > 0);
    jobs.ok_or_else(|| format!("write a whole number from 1 to {}", u16::MAX))
}

/// The same, where 0 is one per core.
fn jobs_or_all(text: &str) -> Result<usize, String> {
    if text == "0" { Ok(0) } else { jobs(text).map(usize::from) }
}

/// A number of things: `1 page`, `2 pages`.
fn counted(count: impl TryInto<u64>, what: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Writes a row as one line of JSON.
fn write_json_line(out: &mut impl Write, row: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row)?;
    out.write_all(b"\n")
}

/// Writes a file that nobody sees half of.
fn write_file(path: &Path, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let failed = |error| SinkError::io(&path.display().to_string(), &error);
    sink::write_whole(path, content).map_err(failed).context("cannot write")
}

/// How many names to propose in place of one that is not known.
const PROPOSALS: usize = 5;

/// Proposes them.
fn perhaps(names: &[&str]) -> String {
    format!("perhaps: {}", names.join(", "))
}

/// Refuses a folder given as `--archive` that is not there: all pages would be missing.
fn refuse_no_archive(archive: Option<&Path>) -> anyhow::Result<()> {
    no_archive(archive).map_or(Ok(()), |why| Err(anyhow::Error::msg(why)))
}

/// Says so where the folder given as `--archive` is not there; pages may be found without it.
fn tell_of_no_archive(archive: Option<&Path>) {
    if let Some(why) = no_archive(archive) {
        tell(&why);
    }
}

fn no_archive(archive: Option<&Path>) -> Option<String> {
    let dir = archive.filter(|dir| matches!(dir.try_exists(), Ok(false)))?;
    Some(format!("{}: the folder of the archive is not there", dir.display()))
}

/// Runs the command line, says on standard error what fails, and gives the exit status.
pub(crate) fn run(cli: Cli) -> u8 {
    let json = matches!(&cli.command, Command::Extract(args) if args.tells_json());
    run_command(cli.command).unwrap_or_else(|error| failure::failed(&error, json))
}

fn run_command(command: Command) -> anyhow::Result<u8> {
    match command {
        Command::Explain(args) => explain::run(&args),
        Command::Review(args) => review::run(args),
        Command::Report(args) => report::run(&args),
        Command::Rules(args) => rules::run(args),
        Command::Extract(args) => extract::run(&args),
        Command::Dates(args) => dates::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Load(args) => load::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Score(args) => score::run(&args),
        Command::Series(args) => series::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Metrics(args) => metrics::run(&args),
        Command::Schema => schema::run(),
        Command::Stats(args) => stats::run(&args),
        Command::Strip(args) => strip::run(&args),
    }
}

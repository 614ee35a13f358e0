//! `solieu extract`: pages to facts.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use solieu::pipeline::{self, LazyExtractor, RunError, Summary};
use solieu::rules::RuleSources;
use solieu::sink::{self, Failure, JsonLines, Options, Sink, Tee};
use solieu::source::{Feed, Fields, Input, Problem};

/// Read pages and print their facts, one JSON object a line
#[derive(Debug, Args)]
#[command(after_help = "Exit status:\n  \
    0  all pages were read\n  \
    1  the run went through, but some pages or files had problems (see standard error)\n  \
    2  wrong usage, a broken rule, or an output that cannot be written: the run did not finish\n  \
    3  no room is left at the destination; 4 it may not be written; 5 it is no database of this program;\n     \
    6 it cannot be reached; 7 others kept it locked")]
pub(crate) struct ExtractArgs {
    /// Files or folders to read (folders in the order of file names); `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Write the facts to FILE, which appears when the run is complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Put the facts into sqlite:FILE, postgres://…, parquet:DIR, csv:FILE or jsonl:FILE; may be given several times
    #[arg(long, value_name = "URL")]
    to: Vec<String>,
    /// Name of the run in a database; going on with the newest run changes nothing that it has
    #[arg(long, value_name = "NAME", requires = "to")]
    run: Option<String>,
    /// Mark in a database as retired what this run no longer finds; with PREFIX, on pages whose path begins so
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, require_equals = true, default_missing_value = "",
          requires = "to")]
    retire: Option<String>,
    /// Add the rules in DIR to the built-in ones; a rule of the same name replaces the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How many threads to use; the output does not depend on it [default: one per core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    #[command(flatten)]
    fields: FieldArgs,
}

/// Where the pages are in records of JSON, CSV and Parquet
#[derive(Debug, Args)]
#[command(next_help_heading = "Fields of records (JSON, CSV, Parquet)")]
struct FieldArgs {
    /// The field that holds the page [default: text, content, body and other common names]
    #[arg(long = "text-field", value_name = "NAME")]
    text: Option<String>,
    /// The field that holds its address [default: uri, url, link and other common names]
    #[arg(long = "uri-field", value_name = "NAME")]
    uri: Option<String>,
    /// The field that holds its title [default: title, headline]
    #[arg(long = "title-field", value_name = "NAME")]
    title: Option<String>,
    /// The field that holds its date of publication [default: published, date and other common names]
    #[arg(long = "date-field", value_name = "NAME")]
    date: Option<String>,
}

impl From<FieldArgs> for Fields {
    fn from(args: FieldArgs) -> Self {
        Self { text: args.text, uri: args.uri, title: args.title, date: args.date }
    }
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: ExtractArgs) -> anyhow::Result<u8> {
    let extractor = LazyExtractor::new(rule_sources(args.rules.as_deref())?);
    let sink = open_sink(args.output.as_deref(), &args.to, &Options { run: args.run, retire: args.retire })?;
    let inputs = args.paths.into_iter().map(Input::from_arg).collect();
    let feed = Feed::with_fields(inputs, args.fields.into());
    let mut report = |problem: &Problem| eprintln!("solieu: {problem}");
    match pipeline::run(feed, &extractor, jobs(args.jobs), sink, &mut report) {
        Ok(summary) => {
            print_summary(&summary);
            Ok(u8::from(summary.problems > 0))
        }
        // Whoever reads our output has enough of it.
        Err(RunError::Sink(error)) if error.failure == Failure::Closed => Ok(0),
        Err(error) => Err(error.into()),
    }
}

fn rule_sources(dir: Option<&Path>) -> anyhow::Result<RuleSources> {
    let mut sources = RuleSources::builtin();
    if let Some(dir) = dir {
        sources.add_dir(dir).with_context(|| format!("cannot read the rules in {}", dir.display()))?;
    }
    Ok(sources)
}

fn open_sink(output: Option<&Path>, to: &[String], options: &Options) -> anyhow::Result<Box<dyn Sink>> {
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    if let Some(path) = output {
        sinks.push(Box::new(JsonLines::create(path).context("cannot write the facts")?));
    }
    for url in to {
        sinks.push(sink::open(url, options).context("cannot write the facts")?);
    }
    if sinks.is_empty() {
        sinks.push(Box::new(JsonLines::new(io::stdout(), "standard output")));
    }
    Ok(Box::new(Tee(sinks)))
}

fn jobs(asked: Option<u16>) -> usize {
    asked.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

fn print_summary(summary: &Summary) {
    let Summary { pages, bytes, facts, problems, .. } = summary;
    // Standard error may be closed; that is no reason to fail.
    let _ = writeln!(
        io::stderr(),
        "solieu: {facts} facts from {pages} pages ({bytes} bytes), {problems} problems"
    );
}

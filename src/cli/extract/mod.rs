//! `solieu extract`: pages to facts.

mod filter;
mod report;
mod seen;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use solieu::pipeline::{self, Duplicates, LazyExtractor, Options, RunError, Summary};
use solieu::rules::{Catalog, RuleSources};
use solieu::sink::{self, Earlier, Failure, JsonLines, Sink, Tee};
use solieu::source::{Feed, Input};
use solieu::text::Encoding;
use xxhash_rust::xxh3::xxh3_128;

use super::decide::{DecideArgs, Decided};
use super::fields::FieldArgs;
use filter::FilterArgs;
use report::{Report, ReportArgs};
use seen::SeenFile;

/// Read pages and print their facts, one JSON object a line
#[derive(Debug, Args)]
#[command(after_help = "Exit status:\n  \
    0  all pages were read\n  \
    1  the run went through, but some pages or files had problems (see standard error)\n  \
    2  wrong usage, a broken rule, an output that cannot be written, or any problem under --strict: the run did \
       not finish\n  \
    3  no room is left at the destination; 4 it may not be written; 5 it is no database of this program;\n     \
    6 it cannot be reached; 7 others kept it locked")]
pub(crate) struct ExtractArgs {
    /// Files, folders (in the order of file names) or patterns such as 'crawl/**/*.gz' to read; `-` is standard input
    ///
    /// Text, HTML, JSON Lines, JSON, CSV, WARC, WET, Parquet, ZIP and tar, all of them also compressed by gzip, zstd,
    /// bzip2 or xz, are told by their content.
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    paths: Vec<PathBuf>,
    /// Read also the paths in FILE, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Write the facts to FILE, which appears when the run is complete; compressed if it ends in .zst
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Put the facts into sqlite:FILE, postgres://…, parquet:DIR, csv:FILE or jsonl:FILE; may be given several times
    #[arg(long, value_name = "URL")]
    to: Vec<String>,
    /// Name of the run in a database; going on with the newest run changes nothing that it has
    #[arg(long, value_name = "NAME", requires = "to")]
    run: Option<String>,
    /// Retire in a database or parquet:DIR what this run no longer finds; with PREFIX, on pages whose path begins so
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, require_equals = true, default_missing_value = "",
          requires = "to")]
    retire: Option<String>,
    /// Go on with a run that was interrupted: the same command with the same --output
    #[arg(long, requires = "output", conflicts_with = "to")]
    resume: bool,
    /// Read all pages in this encoding: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, tcvn5712-1, vni, viscii,
    /// windows-1252 [default: found page by page]
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    encoding: Option<Encoding>,
    /// Leave out the facts of pages with nearly the same article as an earlier page; `mark` keeps them and says in
    /// `duplicates_of` which page that is
    #[arg(long, value_name = "MODE", value_enum, num_args = 0..=1, require_equals = true,
          default_missing_value = "drop")]
    dedup: Option<Dedup>,
    /// Add the rules in DIR to the built-in ones; a rule of the same name replaces the built-in one
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How many threads to use; the output does not depend on it [default: one per core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    #[command(flatten)]
    decide: DecideArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    report: ReportArgs,
}

/// What becomes of duplicates.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dedup {
    Drop,
    Mark,
}

fn parse_encoding(label: &str) -> Result<Encoding, String> {
    Encoding::from_label(label).ok_or_else(|| "is no encoding that is known; see --help".to_owned())
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &ExtractArgs) -> anyhow::Result<u8> {
    super::load::refuse_to_retire_in_files(args.retire.as_deref(), &args.to)?;
    let sources = rule_sources(args.rules.as_deref())?;
    let mut inputs: Vec<Input> = args.paths.iter().map(Input::from_arg).collect();
    inputs.extend(listed(args.files_from.as_deref())?);
    let mut decided = args.decide.read()?;
    let name = run_name(args, &inputs, &sources, decided.as_ref().map_or(0, |decided| decided.hash));
    let (sink, earlier) = open_sink(args, &name, &sources)?;
    let Some(mut sink) = sink else {
        eprintln!("solieu: this run is complete already");
        return Ok(0);
    };
    if let Some(decided) = &mut decided {
        sink = decided.apply(sink);
    }
    let seen = args.filter.seen.as_deref().map(SeenFile::open).transpose()?;
    let options = options(args, earlier, seen.as_ref())?;
    let feed = Feed::with_fields(inputs.clone(), args.fields.fields()).since(args.filter.since()?);
    let mut report =
        Report::open(&args.report, &inputs, feed.bytes_read(), seen, options.resume.as_ref().map(|r| &r.1))?;
    let outcome = pipeline::run(feed, &LazyExtractor::new(sources), &options, sink, &mut report);
    finish(args, outcome, report, decided.as_ref())
}

fn finish(
    args: &ExtractArgs,
    outcome: Result<Summary, RunError>,
    report: Report,
    decided: Option<&Decided>,
) -> anyhow::Result<u8> {
    match outcome {
        Ok(summary) => {
            if let (Some(output), Some(shard)) = (&args.output, args.filter.shard()) {
                mark_complete(output, shard, &summary)?;
            }
            report.finish(&summary)?;
            if let Some(decided) = decided {
                decided.finish(&args.to, args.report.quiet)?;
            }
            Ok(u8::from(summary.problems > 0))
        }
        Err(RunError::Sink(error)) => {
            if error.failure != Failure::Closed {
                eprintln!("solieu: cannot write the facts to {error}");
            }
            // Closed: whoever reads our output has enough of it.
            Ok(error.failure.status())
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes `OUTPUT.done`, which tells a scheduler that the shard is complete, with counts that can be added up.
fn mark_complete(output: &Path, shard: (u64, u64), summary: &Summary) -> anyhow::Result<()> {
    let mut name = output.as_os_str().to_owned();
    name.push(".done");
    let marker = serde_json::json!({ "shard": shard.0, "of": shard.1, "summary": summary });
    fs::write(&name, format!("{marker}\n"))
        .with_context(|| format!("cannot write {}", Path::new(&name).display()))
}

fn options(args: &ExtractArgs, earlier: Earlier, seen: Option<&SeenFile>) -> anyhow::Result<Options> {
    let mut filter = args.filter.filter()?;
    filter.seen = seen.map(SeenFile::contents);
    let resume = match earlier {
        Earlier::Units(units, summary) => Some((units, summary)),
        Earlier::Nothing | Earlier::Complete => None,
    };
    let jobs =
        args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let duplicates = args.dedup.map(|mode| match mode {
        Dedup::Drop => Duplicates::Drop,
        Dedup::Mark => Duplicates::Mark,
    });
    let (limit, strict, encoding) = (args.filter.limit, args.report.strict, args.encoding);
    Ok(Options { jobs, filter, limit, strict, encoding, duplicates, resume })
}

/// Names what the run reads and how, so that another run is not taken for it.
fn run_name(args: &ExtractArgs, inputs: &[Input], sources: &RuleSources, decisions: u64) -> String {
    let how = format!("{:?}{:?}{:?}{:?}", args.filter, args.fields, args.encoding, args.dedup);
    let what = format!("{inputs:?}{how}{:x}{decisions}", sources.fingerprint());
    format!("{:032x}", xxh3_128(what.as_bytes()))
}

fn listed(file: Option<&Path>) -> anyhow::Result<Vec<Input>> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let text =
        if file.as_os_str() == "-" { io::read_to_string(io::stdin()) } else { fs::read_to_string(file) };
    let text = text.with_context(|| format!("cannot read the list {}", file.display()))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(Input::from_arg).collect())
}

fn rule_sources(dir: Option<&Path>) -> anyhow::Result<RuleSources> {
    let mut sources = RuleSources::builtin();
    if let Some(dir) = dir {
        sources.add_dir(dir).with_context(|| format!("cannot read the rules in {}", dir.display()))?;
    }
    Ok(sources)
}

type Opened = (Option<Box<dyn Sink>>, Earlier);

fn open_sink(args: &ExtractArgs, run: &str, sources: &RuleSources) -> anyhow::Result<Opened> {
    if args.filter.shard().is_some() && args.output.is_none() {
        bail!("--shard needs --output, whose name with .done added marks the shard as complete");
    }
    let context = "cannot write the facts";
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    let mut earlier = Earlier::Nothing;
    if let Some(path) = &args.output {
        let (sink, found) = JsonLines::resumable(path, run, args.resume).context(context)?;
        let Some(sink) = sink else { return Ok((None, found)) };
        sinks.push(Box::new(sink));
        earlier = found;
    }
    let catalog = if args.to.is_empty() { Catalog::default() } else { Catalog::read(sources)? };
    let options = sink::Options { run: args.run.clone(), retire: args.retire.clone(), catalog };
    for url in &args.to {
        sinks.push(sink::open(url, &options).context(context)?);
    }
    if sinks.is_empty() {
        sinks.push(Box::new(JsonLines::new(io::stdout(), "standard output")));
    }
    Ok((Some(Box::new(Tee(sinks))), earlier))
}

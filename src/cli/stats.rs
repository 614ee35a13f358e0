//! `solieu stats`: what an archive holds.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use solieu::source::{Feed, Input};
use solieu::stats;

use super::fields::FieldArgs;
use super::page_args::EncodingArgs;
use super::pages::Told;
use super::rule_args::RuleArgs;

/// Count pages, sites, dates, encodings, boilerplate, and facts by kind and metric
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  solieu stats pages/\n  solieu stats pages/ --format html > stats.html\n\nExit status: 0 all pages were read; 1 some had problems; 2 the run did not finish"
)]
pub(crate) struct StatsArgs {
    /// Files or folders to read, as for `extract`; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How to show the counts
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    rules: RuleArgs,
    /// How many threads to use [default: one per core]
    #[arg(short, long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = super::jobs_or_all)]
    jobs: usize,
    #[command(flatten)]
    encoding: EncodingArgs,
    #[command(flatten)]
    fields: FieldArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
    Html,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &StatsArgs) -> anyhow::Result<u8> {
    let extractor = args.rules.extractor()?;
    let fields = args.fields.fields();
    let feed = Feed::with_fields(args.paths.iter().map(Input::from_arg).collect(), fields);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs).build()?;
    let (mut told, encoding) = (Told::default(), args.encoding.encoding);
    let counted =
        pool.install(|| stats::collect(feed, encoding, &extractor, &mut |problem| told.problem(problem)));
    let shown = match args.format {
        Format::Table => counted.table(),
        Format::Json => serde_json::to_string_pretty(&counted)? + "\n",
        Format::Html => counted.html(),
    };
    io::stdout().write_all(shown.as_bytes())?;
    Ok(told.status())
}

//! `solieu extract`: pages to facts.

mod complete;
mod files;
mod filter;
mod messages;
mod notes;
mod progress;
mod report;
mod retiring;
mod run;
mod seen;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use solieu::sink::{self, Earlier};
use solieu::source::{Feed, Fields, Input, Problem, Written};

use super::decide::DecideArgs;
use super::fields::FieldArgs;
use super::page_args::{DayArgs, EncodingArgs};
use super::rule_args::RuleArgs;
use files::{files_written, listed, no_paths, refuse_lost, run_name, written};
use filter::FilterArgs;
use messages::{MessageArgs, Messages};
use retiring::Retire;
use run::Run;
use seen::SeenFile;

/// Read pages and print their facts, one JSON object a line
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    solieu extract pages/ -o facts.jsonl.zst\n  \
    solieu extract crawl.warc.gz --to sqlite:facts.db\n  \
    solieu extract pages/ -o facts.jsonl --resume\n\n\
    Exit status:\n  \
    0  all pages were read\n  \
    1  the run went through, but some pages or files had problems (see standard error), or nothing was retired though \
       --retire was asked for\n  \
    2  wrong usage, a broken rule, an output that cannot be written, or any problem under --strict: the run did \
       not finish\n  \
    3  no room is left at the destination; 4 it may not be written; 5 it is no database of this program;\n     \
    6 it cannot be reached; 7 others kept it locked\n\
    Where one of several destinations fails, the others are given up, and standard error says what stands in each; the same \
    command with --resume goes on there.")]
pub(crate) struct ExtractArgs {
    /// Files, folders (in the order of file names) or patterns such as 'crawl/**/*.gz' to read; `-` is standard input
    ///
    /// Text, HTML, JSON Lines, JSON, CSV, WARC, WET, Parquet, ZIP and tar, all of them also compressed by gzip, zstd,
    /// bzip2 or xz, are told by their content.
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    paths: Vec<PathBuf>,
    /// Read also the paths in FILE, one a line, or as `find -print0` gives them; `-` is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Write the facts to FILE, which appears when the run is complete; compressed if it ends in .zst, .gz, .bz2 or .xz; `-` is
    /// standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Put the facts into sqlite:FILE, postgres://…, parquet:DIR, csv:FILE or jsonl:FILE (of these two, `-` is standard
    /// output); may be given several times
    #[arg(long, value_name = "URL")]
    to: Vec<String>,
    /// Name of the run in a database; going on with the newest run changes nothing that it has
    #[arg(long, value_name = "NAME", requires = "to")]
    run: Option<String>,
    /// Retire in a database or parquet:DIR what this run no longer finds, if it reads all pages without a problem; with
    /// PREFIX, on pages whose path begins so
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, require_equals = true, default_missing_value = "",
          requires = "to")]
    retire: Option<String>,
    /// Go on with a run that was interrupted: the same command over the same files, with the same --output and --to (but
    /// parquet:DIR)
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    encoding: EncodingArgs,
    #[command(flatten)]
    day: DayArgs,
    /// Leave out the facts of pages with nearly the same article as an earlier page; `mark` keeps them and says in
    /// `duplicates_of` which page that is
    #[arg(long, value_name = "MODE", value_enum, num_args = 0..=1, require_equals = true,
          default_missing_value = "drop")]
    dedup: Option<Dedup>,
    #[command(flatten)]
    rules: RuleArgs,
    /// How many threads to use; the output does not depend on it [default: one per core]
    #[arg(short, long, value_name = "N", value_parser = super::jobs)]
    jobs: Option<u16>,
    #[command(flatten)]
    decide: DecideArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    messages: MessageArgs,
}

/// What becomes of duplicates.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dedup {
    Drop,
    Mark,
}

impl ExtractArgs {
    /// The file that the facts go to.
    fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new(super::STANDARD_OUTPUT))
    }

    /// Whether they go to standard output, too.
    fn writes_to_stdout(&self) -> bool {
        self.output().is_none() && (self.output.is_some() || self.to.is_empty())
    }

    /// Whether messages are lines of JSON.
    pub(crate) fn tells_json(&self) -> bool {
        self.messages.tells_json()
    }
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &ExtractArgs) -> anyhow::Result<u8> {
    refuse_options(args)?;
    let sources = args.rules.sources()?;
    let pages = Pages::of(args)?;
    let messages = Messages::new(&args.messages, &pages.inputs, &pages.written);
    let decided = args.decide.read(&|text| messages.warning(text))?;
    let hash = decided.as_ref().map_or(0, |decided| decided.hash);
    let name = run_name(args, &pages.inputs, &pages.written, &sources, hash);
    let retire = Retire::of(args, &pages.inputs, &pages.written);
    let seen = args.filter.seen.as_deref().map(SeenFile::open).transpose()?;
    let run = Run { args, messages, decided, retire };
    match run.open_sink(&name, &sources)? {
        (Some(sink), earlier) => run.read(pages, sources, seen, sink, earlier),
        (None, Earlier::Complete(tally)) => run.complete_already(&tally),
        (None, _) => Ok(0),
    }
}

/// Refuses options that contradict each other.
fn refuse_options(args: &ExtractArgs) -> anyhow::Result<()> {
    super::load::refuse_to_retire_in_files(args.retire.as_deref(), &args.to)?;
    super::refuse_stdin_twice(args.paths.iter().chain(&args.files_from))?;
    retiring::refuse_parts(args)?;
    let stdout = args.writes_to_stdout().then_some(Path::new(super::STANDARD_OUTPUT));
    Ok(sink::refuse_twice(files_written(args).chain(stdout), &args.to)?)
}

/// What a run reads.
struct Pages {
    inputs: Vec<Input>,
    /// What it writes, and so does not read where it is met in a folder.
    written: Written,
    /// What is to be told where `--files-from` names no path.
    empty_list: Option<Problem>,
}

impl Pages {
    fn of(args: &ExtractArgs) -> anyhow::Result<Self> {
        let mut inputs: Vec<Input> = args.paths.iter().map(Input::from_arg).collect();
        let listed = listed(args.files_from.as_deref())?;
        let empty_list = args.files_from.as_deref().filter(|_| listed.is_empty()).map(no_paths);
        inputs.extend(listed);
        retiring::refuse_elsewhere(args, &inputs)?;
        let written = written(args);
        refuse_lost(args, &inputs, &written)?;
        Ok(Self { inputs, written, empty_list })
    }

    fn feed(self, args: &ExtractArgs, fields: Fields) -> Feed {
        let feed = Feed::with_fields(self.inputs, fields).since(args.filter.since()).without(self.written);
        feed.begin_with(self.empty_list)
    }
}

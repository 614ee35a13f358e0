//! `solieu diff`: what changed between two extractions.

mod pages;
mod reading;
mod sides;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::{Args, ValueEnum};
use solieu::review::diff::render::{Html, Json, Markdown, Names, Render, Stat, Style, Text};
use solieu::review::diff::{Change, ChangeKind, Options, PageDiff, Totals, compare, of_place};
use solieu::sink::{Failure, SinkError};
use solieu::source::{Feed, Input};

use super::fields::FieldArgs;
use super::terminal::{Output, TerminalArgs};
use reading::Reading;
use sides::{Named, Sides};

/// Show what changed between two extractions
#[derive(Debug, Args)]
#[command(
    after_help = "Facts are paired by id; where a sentence was edited, by similarity within the page. A fact that says \
    the same but stands elsewhere has moved: that is counted, but is no difference (see --moved).\n\n\
    Examples:\n  \
    solieu diff old.jsonl.zst new.jsonl\n  \
    solieu diff sqlite:facts.db new.jsonl --stat\n  \
    solieu diff --rules my-rules seeds/          the built-in rules against those with my-rules\n  \
    solieu diff --pages old-crawl/ new-crawl/    the articles that `strip` keeps\n  \
    git difftool --extcmd 'solieu diff' -y\n\n\
    Exit status: 0 no differences; 1 there are some; 2 the comparison could not be made, as where pages or facts cannot be read;\n  of databases and a full output 3 to 7, as in `solieu load --help`"
)]
pub(crate) struct DiffArgs {
    /// OLD and NEW: facts files (also compressed; `-`: standard input), csv:FILE, parquet:DIR, or databases (sqlite:FILE,
    /// postgres://…); with --rules or --pages, files or folders to read pages from
    #[arg(value_name = "OLD NEW | PATH", required = true)]
    places: Vec<String>,
    /// Read PATH with the rules in DIR; given twice: with either, else with the built-in ones first
    #[arg(long, value_name = "DIR", help_heading = "What is compared")]
    rules: Vec<PathBuf>,
    /// Take the folders of --rules alone, without the built-in rules
    #[arg(long, requires = "rules", help_heading = "What is compared")]
    no_builtin_rules: bool,
    /// Compare the articles that `strip` keeps, line by line
    #[arg(long, help_heading = "What is compared")]
    pages: bool,
    /// Count and show facts that only stand elsewhere, too
    #[arg(long, conflicts_with = "pages", help_heading = "What is compared")]
    moved: bool,
    /// Do not compare FIELD, such as `rule` or `time.text`; `time` stands for all that begin with `time.`
    #[arg(long, value_name = "FIELD", value_delimiter = ',', help_heading = "What is compared")]
    ignore: Vec<String>,
    /// Show N fields (with --pages: lines) that are the same around those that differ
    #[arg(short = 'U', long, value_name = "N", default_value_t = 1)]
    unified: usize,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Print counts for each page, and sums by kind, metric and rule
    #[arg(long, conflicts_with_all = ["format", "name_only", "quiet"])]
    stat: bool,
    /// Print the names of the pages that differ
    #[arg(long, conflicts_with_all = ["format", "quiet"])]
    name_only: bool,
    /// Print nothing; the exit status tells
    #[arg(short, long)]
    quiet: bool,
    /// Show at most N differences (with --pages: N pages that differ); the sums count all
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// How many threads to use with --rules [default: one per core]
    #[arg(short, long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = crate::cli::jobs_or_all)]
    jobs: usize,
    #[command(flatten)]
    terminal: TerminalArgs,
    #[command(flatten)]
    fields: FieldArgs,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Like a unified diff
    Text,
    /// One object: pages with their changes, and sums
    Json,
    /// For a comment on a pull request
    Markdown,
    /// A page of its own
    Html,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &DiffArgs) -> anyhow::Result<u8> {
    let mut options =
        Options { places_count: args.moved, ignore: args.ignore.clone(), names: Default::default() };
    if let Some(word) = options.unknown_field() {
        bail!("--ignore {word}: a fact has no such field");
    }
    let named = sides::of(args)?;
    options.names.clone_from(&named.names);
    if !named.from_git {
        super::refuse_stdin_twice(&args.places)?;
    }
    let reading = Arc::new(Reading::default());
    let differs = if args.pages {
        pages::run(args, &named, &reading)
    } else {
        let totals = facts(args, &named, &options, &reading);
        totals.map(|totals| totals.counts.differing() > 0).map_err(anyhow::Error::from)
    };
    if let Some(rule) = reading.broken_rule() {
        return Err(rule.clone().into());
    }
    let reads_pages = args.pages || matches!(named.sides, Sides::Rules(..));
    let failure = reading.failure().filter(|_| reads_pages);
    let status = match differs {
        // Whoever reads our output has enough of it; there was some, so there are differences.
        Err(error) if is_closed(&error) => 1,
        Err(error) => return Err(error),
        Ok(differs) => failure.map_or(u8::from(differs), |why| {
            super::tell(why);
            2
        }),
    };
    Ok(if named.from_git { 0 } else { status })
}

fn is_closed(error: &anyhow::Error) -> bool {
    error.downcast_ref::<SinkError>().is_some_and(|error| error.failure == Failure::Closed)
}

/// A failure of writing a comparison.
fn cannot_write(error: &io::Error) -> SinkError {
    let mut failure = SinkError::io("standard output", error);
    if failure.failure == Failure::Usage {
        failure.message = format!("cannot write: {}", failure.message);
    }
    failure
}

fn facts(
    args: &DiffArgs,
    named: &Named,
    options: &Options,
    reading: &Arc<Reading>,
) -> Result<Totals, SinkError> {
    let (old, new) = match &named.sides {
        Sides::Places([old, new]) => (of_place(old), of_place(new)),
        Sides::Rules(sources, paths) => {
            let all = std::thread::available_parallelism().map_or(1, usize::from);
            let jobs = if args.jobs == 0 { all } else { args.jobs }.div_ceil(2);
            let inputs = || paths.iter().map(Input::from_arg).collect();
            let feed = || Feed::with_fields(inputs(), args.fields.fields());
            let side = |i: usize| sides::extraction(&sources[i], feed(), jobs, reading);
            (side(0), side(1))
        }
    };
    let mut printer = Printer::new(args, &named.names);
    let totals = compare(old, new, options, &mut |page| printer.page(page))?;
    printer.finish(&totals)?;
    Ok(totals)
}

/// Shows pages as far as they are wanted.
struct Printer {
    render: Box<dyn Render>,
    output: Option<Output>,
    buffer: String,
    moved: bool,
    left: u64,
    hidden: u64,
}

impl Printer {
    fn new(args: &DiffArgs, names: &[String; 2]) -> Self {
        let look = args.terminal.look();
        let style = Style { look, context: args.unified, names: names.clone() };
        let render: Box<dyn Render> = match args.format {
            _ if args.stat => Box::new(Stat::new(look)),
            _ if args.name_only => Box::new(Names),
            Form::Text => Box::new(Text::new(style)),
            Form::Json => Box::new(Json::default()),
            Form::Markdown => Box::new(Markdown::new(style)),
            Form::Html => Box::new(Html::new(style)),
        };
        Self {
            render,
            output: (!args.quiet).then(|| args.terminal.open()),
            buffer: String::new(),
            moved: args.moved,
            left: args.limit.unwrap_or(u64::MAX),
            hidden: 0,
        }
    }

    fn page(&mut self, page: &PageDiff) -> Result<(), SinkError> {
        let wanted = page.changes.iter().filter(|change| self.moved || change.kind() != ChangeKind::Moved);
        let mut shown: Vec<&Change> = wanted.collect();
        let all = shown.len() as u64;
        shown.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= shown.len() as u64;
        self.hidden += all - shown.len() as u64;
        self.render.page(page, &shown, &mut self.buffer);
        self.write()
    }

    fn finish(mut self, totals: &Totals) -> Result<(), SinkError> {
        self.render.finish(totals, self.hidden, &mut self.buffer);
        self.write()?;
        self.output.map_or(Ok(()), Output::finish).map_err(|error| cannot_write(&error))
    }

    fn write(&mut self) -> Result<(), SinkError> {
        let written = self.output.as_mut().map_or(Ok(()), |out| out.write_all(self.buffer.as_bytes()));
        self.buffer.clear();
        written.map_err(|error| cannot_write(&error))
    }
}

//! `solieu review`: a page in the browser to read facts in their articles and decide on them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use clap::Args;
use solieu::page::PageRules;
use solieu::review::collection::Collection;
use solieu::review::decisions::Decisions;
use solieu::review::desk::Desk;
use solieu::review::fixtures;
use solieu::review::page_view::PageReader;
use solieu::review::server::{Review, Server};

use super::fields::FieldArgs;
use super::rule_args::RuleArgs;
use super::{counted, tell};

/// Open a page in the browser to read facts in their articles and decide on them
#[derive(Debug, Args)]
#[command(
    after_help = "Each decision is appended to the decisions file and is on the disk before the page says so. \
    End with Ctrl-C.\n\n\
    Examples:\n  \
    solieu review facts.jsonl --archive pages/\n  \
    solieu review new.jsonl --baseline old.jsonl --decisions decisions.jsonl\n  \
    solieu review facts.jsonl --export-fixtures decided/\n\n\
    Exit status: 0 all is well; 1 --export-fixtures: some decided pages cannot be read; 2 wrong usage, or something cannot be read (of databases 4 to 7, as in `solieu load --help`) or written"
)]
pub(crate) struct ReviewArgs {
    /// A facts file (`-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// The facts of an earlier run, to see what changed
    #[arg(long, value_name = "OLD")]
    baseline: Option<String>,
    /// Where the pages are, if not where the facts say
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,
    /// Where decisions are kept
    #[arg(long, value_name = "FILE", default_value = "decisions.jsonl")]
    decisions: PathBuf,
    /// Who decides [default: $`SOLIEU_REVIEWER`, else the user's name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The port on 127.0.0.1; 0 takes one that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Do not open a browser, only print the address
    #[arg(long)]
    no_open: bool,
    /// Open nothing; write every page whose facts are all decided into DIR, as a fixture and as expected facts
    #[arg(long, value_name = "DIR", conflicts_with = "port")]
    export_fixtures: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    fields: FieldArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: ReviewArgs) -> anyhow::Result<u8> {
    super::tell_of_no_archive(args.archive.as_deref());
    let rules = args.rules.page_rules()?;
    let facts = Collection::read(&args.facts, args.baseline.as_deref())?;
    if let Some(dir) = &args.export_fixtures {
        return export(&args, &facts, &rules, dir);
    }
    let pages = PageReader::new(args.archive).with_fields(args.fields.fields());
    let desk = open_desk(&args.decisions, args.by, &facts)?;
    let server = Server::bind(Review { facts, desk, pages, rules }, args.port)
        .with_context(|| format!("cannot listen on 127.0.0.1:{}", args.port))?;
    let url = server.url();
    let mut out = std::io::stdout();
    writeln!(out, "{url}")?;
    out.flush()?;
    if !args.no_open {
        open_browser(&url);
    }
    server.serve()?;
    Ok(0)
}

/// Writes decided pages and says what became of the others.
fn export(args: &ReviewArgs, facts: &Collection, rules: &PageRules, dir: &Path) -> anyhow::Result<u8> {
    let decisions = Decisions::read(&args.decisions)
        .with_context(|| format!("cannot read the decisions file {}", args.decisions.display()))?;
    let mut pages = PageReader::new(args.archive.clone()).with_fields(args.fields.fields());
    let done = fixtures::export(facts, &decisions, &mut pages, rules, dir)
        .with_context(|| format!("cannot write to {}", dir.display()))?;
    let fixtures::Exported { pages, facts, undecided, missing, unplaced } = done;
    tell(&format!(
        "written: {} with {}; not decided: {}; not readable: {}; without a place of its own in the text: {}",
        counted(pages, "page"),
        counted(facts, "fact"),
        counted(undecided, "page"),
        counted(missing, "page"),
        counted(unplaced, "fact"),
    ));
    Ok(u8::from(missing > 0))
}

fn open_desk(path: &Path, by: Option<String>, facts: &Collection) -> anyhow::Result<Desk> {
    let named = |key| std::env::var(key).ok().filter(|name: &String| !name.trim().is_empty());
    let by = by.or_else(|| ["SOLIEU_REVIEWER", "USER", "USERNAME"].into_iter().find_map(named));
    let desk = Desk::open(path, by.as_deref().unwrap_or("reviewer"), facts)
        .with_context(|| format!("cannot use the decisions file {}", path.display()))?;
    for problem in desk.problems() {
        tell(&format!("{}: {problem}", path.display()));
    }
    Ok(desk)
}

/// Opens the address with what the system has for that. Where it has nothing, the printed address is enough.
fn open_browser(url: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut opener = Command::new(program);
    opener.args(args).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = opener.spawn();
    if started.is_err() {
        tell("no browser could be opened; the address above leads to the page");
    }
}

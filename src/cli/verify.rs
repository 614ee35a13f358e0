//! `solieu verify`: whether the citations of facts still hold.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use solieu::page::PageRules;
use solieu::review::verify::{Finding, Missing, PageState, Report, State, Verifier};
use solieu::rules::RuleSources;
use solieu::sink;
use solieu::source::Fields;
use solieu::text::plain::{place, visible};

use super::fields::FieldArgs;
use super::tell;

/// Read every citation again from the archive and compare
#[derive(Debug, Args)]
#[command(after_help = "A citation is\n  \
    intact   where its bytes, decoded and normalized, give the quote\n  \
    moved    where the sentence stands elsewhere in the page\n  \
    changed  where the page no longer says so\n  \
    missing  where the page cannot be read; standard error says why, once a file\n\
    The report lists those that are not intact, and those that are intact on a page whose hash is no longer that of the fact: \
    it changed elsewhere. With --json, `page` says `same` or `changed` of each, and `intact_on_changed_page` counts the \
    latter.\n\n\
    Examples:\n  solieu verify facts.jsonl\n  solieu verify sqlite:facts.db --archive pages/\n\nExit status:\n  \
    0  all are intact, if only on pages that changed elsewhere\n  \
    1  some are moved, changed or missing\n  \
    2  the facts cannot be read (of databases 4 to 7, as in `solieu load --help`), or the folder of --archive is not there")]
pub(crate) struct VerifyArgs {
    /// A facts file (`-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// Where the pages are, if not where the facts say
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    fields: FieldArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: VerifyArgs) -> anyhow::Result<u8> {
    super::refuse_no_archive(args.archive.as_deref())?;
    let (fields, archive) = (args.fields.fields(), args.archive.clone());
    let mut verifier =
        Verifier::new(args.archive, PageRules::compile(&RuleSources::builtin())?).with_fields(fields.clone());
    sink::facts(&args.facts, &mut |fact| verifier.add(&fact))?;
    let report = verifier.run();
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        print(&mut out, &report)?;
    }
    out.flush()?;
    tell_why_missing(&report, archive.as_deref(), &fields);
    Ok(u8::from(report.intact < report.facts))
}

fn print(out: &mut impl Write, report: &Report) -> std::io::Result<()> {
    for finding in &report.findings {
        let Finding { id, path, quote, bytes: [start, end], .. } = finding;
        let state = format!("{:?}", finding.state).to_lowercase();
        let now = finding.now.map_or(String::new(), |[start, end]| format!(" now at {start}..{end}"));
        let (place, id) = (place(path, finding.record.as_deref()), visible(id));
        writeln!(out, "{state:8} {id} {place} {start}..{end}{now} {quote:?}{}", of_page(finding))?;
    }
    let Report { facts, intact, moved, changed, missing, .. } = report;
    let elsewhere = match report.intact_on_changed_page {
        0 => String::new(),
        count => format!(" ({count} on pages that changed elsewhere)"),
    };
    writeln!(
        out,
        "{facts} citations: {intact} intact{elsewhere}, {moved} moved, {changed} changed, {missing} missing"
    )
}

/// Says of each file whose pages are missing why they are.
fn tell_why_missing(report: &Report, archive: Option<&Path>, fields: &Fields) {
    let missing = report.findings.iter().filter(|finding| finding.state == State::Missing);
    let mut paths: Vec<&str> = missing.map(|finding| &*finding.path).collect();
    // They are in the order of paths.
    paths.dedup();
    for path in paths {
        let why = match Missing::find(path, archive, fields) {
            Missing::StandardInput => "facts of standard input cannot be verified".to_owned(),
            Missing::NoFile => no_file(archive),
            Missing::NoTextField(problem) => format!("{}; name it with --text-field", problem.what),
            Missing::Unreadable(problem) => problem.what,
            Missing::NoRecord => "no such record in it".to_owned(),
        };
        tell(&format!("{}: {why}", visible(path)));
    }
}

fn no_file(archive: Option<&Path>) -> String {
    match archive {
        Some(dir) => format!("no such file in {}", dir.display()),
        None => {
            "no such file here: verify where the pages were extracted, or name their folder with --archive"
                .to_owned()
        }
    }
}

/// What the hash of the page says that the state does not.
fn of_page(finding: &Finding) -> &'static str {
    match (finding.state, finding.page) {
        (State::Intact, Some(PageState::Changed)) => "; the page changed elsewhere",
        (State::Moved | State::Changed, Some(PageState::Same)) => "; the page is the same",
        _ => "",
    }
}

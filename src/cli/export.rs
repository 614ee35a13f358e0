//! `solieu export`: facts for other annotation tools.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use solieu::export::annotation::{Place, annotation};
use solieu::export::brat;
use solieu::fact::Fact;
use solieu::page::PageRules;
use solieu::review::archive::{self, Placed};
use solieu::rules::RuleSources;
use solieu::sink::{self, write_whole};
use solieu::source::RawPage;

use super::fields::FieldArgs;

/// Write facts in the formats of other annotation tools
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    solieu export facts.jsonl --format annotation > annotations.jsonl\n  \
    solieu export facts.jsonl --format brat -o brat/\n\nExit status:\n  \
    0  all facts were written\n  \
    1  of brat: some facts were left out, because their pages cannot be read or no longer say so\n  \
    2  wrong usage, facts that cannot be read (of databases 4 to 7, as in `solieu load --help`),\n     or an output that cannot be written")]
pub(crate) struct ExportArgs {
    /// A facts file (`-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// The format
    #[arg(long, value_enum)]
    format: Form,
    /// Where the pages are, if not where the facts say
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,
    /// Folder for the files of brat
    #[arg(short, long, value_name = "DIR", required_if_eq("format", "brat"))]
    output: Option<PathBuf>,
    #[command(flatten)]
    fields: FieldArgs,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// W3C Web Annotation: JSON-LD, one annotation a line
    Annotation,
    /// brat standoff: a .txt and an .ann file a page
    Brat,
}

/// Runs the command and gives the exit status: 1 where facts were left out, since their page no longer says so.
pub(crate) fn run(args: &ExportArgs) -> anyhow::Result<u8> {
    if args.format == Form::Annotation && args.output.is_some() {
        bail!("--output is the folder of brat; annotations go to standard output");
    }
    super::tell_of_no_archive(args.archive.as_deref());
    let mut facts: Vec<Fact<'static>> = Vec::new();
    sink::facts(&args.facts, &mut |fact| facts.push(fact))?;
    facts.sort_by(|a, b| place(a).cmp(&place(b)));
    let rules = PageRules::compile(&RuleSources::builtin())?;
    match (args.format, &args.output) {
        (Form::Brat, Some(to)) => write_brat(&facts, args, &rules, to),
        _ => write_annotations(&facts, args, &rules),
    }
}

fn place<'f>(fact: &'f Fact<'_>) -> (&'f str, Option<&'f str>, usize, &'f str) {
    (fact.path(), fact.record(), fact.source.bytes.start, &fact.id)
}

fn write_annotations(facts: &[Fact<'_>], args: &ExportArgs, rules: &PageRules) -> anyhow::Result<u8> {
    let find = |page: &RawPage<'static>, facts: &[Fact<'_>]| {
        let text = rules.read_raw(page).text;
        facts.iter().map(|fact| Place::find(&text, fact)).collect::<Vec<_>>()
    };
    let pages = archive::visit(facts, args.archive.as_deref(), &args.fields.fields(), &find);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (facts, places) in pages {
        for (fact, place) in facts.iter().zip(places.unwrap_or_else(|| vec![None; facts.len()])) {
            super::write_json_line(&mut out, &annotation(fact, place))?;
        }
    }
    out.flush()?;
    Ok(0)
}

fn write_brat(facts: &[Fact<'_>], args: &ExportArgs, rules: &PageRules, to: &Path) -> anyhow::Result<u8> {
    let shown = || format!("cannot write to {}", to.display());
    if to.is_file() {
        bail!("{}: is a file, a folder is needed", to.display());
    }
    std::fs::create_dir_all(to).with_context(shown)?;
    write_whole(&to.join("annotation.conf"), brat::CONFIGURATION).with_context(shown)?;
    let write = |page: &RawPage<'static>, facts: &[Fact<'_>]| {
        let text = rules.read_raw(page).text;
        let (annotations, lost) = brat::standoff(&text, facts);
        let file = to.join(file_name(page));
        let written = write_whole(&file.with_extension("txt"), text.as_str())
            .and_then(|()| write_whole(&file.with_extension("ann"), annotations));
        written.map(|()| lost)
    };
    let mut lost = 0;
    for (facts, result) in archive::visit(facts, args.archive.as_deref(), &args.fields.fields(), &write) {
        lost += result.unwrap_or(Ok(facts.len())).with_context(shown)?;
    }
    if lost > 0 {
        super::tell(&format!(
            "left out {}: pages cannot be read or no longer say so",
            super::counted(lost, "fact")
        ));
    }
    Ok(u8::from(lost > 0))
}

/// Path and record as one name that no file system minds and that differs where they differ.
fn file_name(page: &RawPage<'_>) -> String {
    let whole = format!("{}#{}", page.path, page.record.as_deref().unwrap_or_default());
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
    let readable: String =
        whole.chars().rev().take(60).map(plain).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{readable}-{:016x}.txt", xxhash_rust::xxh3::xxh3_64(whole.as_bytes()))
}

//! `solieu report`: one file to send around.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use solieu::page::PageRules;
use solieu::review::report::{Builder, Options};
use solieu::rules::RuleSources;
use solieu::sink;

use super::fields::FieldArgs;

/// Write a report: one HTML file with plots, facts to search in, and their articles
#[derive(Debug, Args)]
#[command(
    after_help = "The file fetches nothing and runs no script but its own. Articles are read again from where the \
    facts say, or from --archive; where a page is not there or says something else now, the sentences of its facts are \
    shown.\n\n\
    Examples:\n  solieu report facts.jsonl -o report.html\n  solieu report sqlite:facts.db --archive pages/ -o report.html\n\n\
    Exit status: 0; 2 where the facts cannot be read (of databases 4 to 7, as in `solieu load --help`), the folder of --archive is \
    not there or the report cannot be written; 3 where there is no room for it; 4 where its file may not be written"
)]
pub(crate) struct ReportArgs {
    /// A facts file (also compressed; `-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// The file to write; `-` is standard output [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Its heading [default: the name of the facts file]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where the pages are, if not where the facts say
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,
    /// Show sentences alone, without reading the articles again
    #[arg(long, conflicts_with = "archive")]
    no_articles: bool,
    /// List at most N facts; the plots are over all
    #[arg(long, value_name = "N", default_value_t = 5000)]
    limit: usize,
    #[command(flatten)]
    fields: FieldArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &ReportArgs) -> anyhow::Result<u8> {
    super::refuse_no_archive(args.archive.as_deref())?;
    let output = args.output.as_deref().filter(|path| *path != Path::new(super::STANDARD_OUTPUT));
    sink::refuse_read(std::slice::from_ref(&args.facts), output, &[])?;
    let mut builder = Builder::new(args.limit);
    sink::facts(&args.facts, &mut |fact| builder.add(fact))?;
    let rules = PageRules::compile(&RuleSources::builtin())?;
    let name =
        || Path::new(&args.facts).file_stem().map_or("-".into(), |name| name.to_string_lossy().into_owned());
    let html = builder.finish(&Options {
        title: args.title.clone().unwrap_or_else(name),
        archive: args.archive.as_deref(),
        fields: args.fields.fields(),
        rules: (!args.no_articles).then_some(&rules),
    });
    match output {
        Some(path) => super::write_file(path, html)?,
        None => std::io::stdout().write_all(html.as_bytes())?,
    }
    Ok(0)
}

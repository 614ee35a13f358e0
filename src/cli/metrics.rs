//! `solieu metrics`: what metrics there are.

use std::borrow::Cow;
use std::io::{BufWriter, Write};

use clap::Args;
use solieu::series::metrics::{MetricCount, MetricCounts};
use solieu::sink;
use solieu::text::plain::visible;

/// List the metrics of facts, with counts and periods
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  solieu metrics facts.jsonl\n  solieu metrics sqlite:facts.db --json\n\n\
    Exit status: 0; 2 where the facts cannot be read (of databases 4 to 7, as in `solieu load --help`)"
)]
pub(crate) struct MetricsArgs {
    /// A facts file (`-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// What is wider than this pushes its own row apart, not all others.
const WIDEST: usize = 48;

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &MetricsArgs) -> anyhow::Result<u8> {
    let mut counts = MetricCounts::default();
    sink::facts(&args.facts, &mut |fact| counts.add(&fact))?;
    let all = counts.finish();
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        for count in &all {
            super::write_json_line(&mut out, count)?;
        }
    } else {
        print(&mut out, &all)?;
    }
    out.flush()?;
    Ok(0)
}

fn print(out: &mut impl Write, all: &[MetricCount]) -> std::io::Result<()> {
    let widest = all.iter().map(|count| name(count).chars().count()).max().unwrap_or(0);
    let width = widest.clamp("metric".len(), WIDEST);
    writeln!(
        out,
        "{:width$} {:>8} {:>7} {:>8}  {:23}  units",
        "metric", "facts", "pages", "entities", "period"
    )?;
    for count in all {
        let period =
            count.first.zip(count.last).map_or(String::new(), |(first, last)| format!("{first}..{last}"));
        let MetricCount { facts, pages, entities, units, .. } = count;
        let units = units.join(", ");
        let units = visible(&units);
        writeln!(out, "{:width$} {facts:>8} {pages:>7} {entities:>8}  {period:23}  {units}", name(count))?;
    }
    Ok(())
}

fn name(count: &MetricCount) -> Cow<'_, str> {
    count.metric.as_deref().map_or(Cow::Borrowed("(no identifier)"), visible)
}

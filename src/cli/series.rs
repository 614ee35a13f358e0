//! `solieu series`: the development of a metric over time.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use solieu::rules::{Catalog, RuleSources};
use solieu::series::{Builder, Selection, chart, sdmx, table};
use solieu::sink;

/// Show how a metric developed, with all sources of each figure
#[derive(Debug, Args)]
#[command(
    after_help = "Figures of one period that are the same within rounding are one observation with all their \
    citations; others are marked as contradicted. Targets and estimates are kept apart. Confidence is high where at \
    least two pages agree and none contradicts, low where figures contradict each other or only the page's own date \
    says when.\n\nExit status: 0, or 1 where there is no such figure"
)]
pub(crate) struct SeriesArgs {
    /// A facts file (`-`: standard input) or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// Identifier of the metric (see `solieu metrics`), or its words
    #[arg(long, value_name = "ID")]
    metric: String,
    /// Identifier of the entity, or its words
    #[arg(long, value_name = "ID")]
    entity: Option<String>,
    /// Only periods that end on DAY or later
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Only periods that end on DAY or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    Table,
    /// One row an observation
    Csv,
    /// All there is, citations included
    Json,
    /// SDMX-CSV 2.0, for statistical offices
    Sdmx,
    /// A chart
    Svg,
    /// A page with the chart and the citations
    Html,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: SeriesArgs) -> anyhow::Result<u8> {
    let SeriesArgs { metric, entity, from, to, .. } = args;
    let mut builder = Builder::new(Selection { metric: metric.clone(), entity, from, to });
    sink::facts_of_metric(&args.facts, &metric, &mut |fact| builder.add(&fact))?;
    let all = builder.finish();
    let text = match args.format {
        Form::Table => table::text(&all),
        Form::Csv => table::csv(&all),
        Form::Json => serde_json::to_string_pretty(&all)? + "\n",
        Form::Sdmx => sdmx::csv(&all),
        Form::Svg => chart::svg(&all, &Catalog::read(&RuleSources::builtin())?),
        Form::Html => chart::html(&all, &Catalog::read(&RuleSources::builtin())?),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(u8::from(all.is_empty()))
}

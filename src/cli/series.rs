//! `solieu series`: the development of a metric over time.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use solieu::rules::{Catalog, RuleSources};
use solieu::series::metrics::MetricCounts;
use solieu::series::{Builder, Development, Selection, chart, near, sdmx, table};
use solieu::sink;

use super::{PROPOSALS, STANDARD_INPUT, counted, perhaps, tell};

/// Show how a metric developed, with all sources of each figure
#[derive(Debug, Args)]
#[command(
    after_help = "Figures of one period that are the same within rounding are one observation with all their \
    citations; others of the same entity are marked as contradicted. Of things without a name (no entity, or \
    common nouns) nothing says that two figures are of the same: they contradict nothing, and are one only where \
    they are equal or state three digits or more. Targets and estimates are kept apart. Confidence is high where at \
    least two pages agree and none contradicts, low where figures contradict each other or only the page's own date \
    says when.\n\nA figure of three digits or more whose page leaves out when or of whom is cited in brackets where \
    just one observation says the same. All other figures without a date stand at the end of tables, JSON and HTML. \
    The other forms have no place for them, and with --from or --to they are left out everywhere; standard error says \
    how many.\n\n\
    Examples:\n  \
    solieu series facts.jsonl --metric tourism.visitors\n  \
    solieu series sqlite:facts.db --metric tourism.visitors --from 2015-01-01 --format svg\n\nExit status:\n  \
    0  there are such figures\n  \
    1  there are none: none of this metric, or none of the entity and days, or (in CSV, SDMX and SVG) none with a \
       date\n  \
    2  neither the facts nor the rules know the metric, or the facts cannot be read\n     (of databases 4 to 7, as in `solieu load --help`)"
)]
pub(crate) struct SeriesArgs {
    /// A facts file (`-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// Identifier of the metric (see `solieu metrics`), its words in the facts, or its name in Vietnamese or English
    #[arg(long, value_name = "ID")]
    metric: String,
    /// Identifier of the entity, or its words
    #[arg(long, value_name = "ID")]
    entity: Option<String>,
    /// Only periods that end on DAY or later
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    from: Option<Date>,
    /// Only periods that end on DAY or earlier
    #[arg(long, value_name = "DAY", value_parser = super::day)]
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

impl Form {
    /// Whether figures without a date have a place in it.
    fn holds_undated(self) -> bool {
        matches!(self, Self::Table | Self::Json | Self::Html)
    }
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &SeriesArgs) -> anyhow::Result<u8> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        anyhow::bail!("--from {from} is later than --to {to}: no period lies between");
    }
    let metric = &args.metric;
    let names = Catalog::read(&RuleSources::builtin())?;
    let id = named(metric, &names);
    let mut piped = None;
    let mut development = if args.facts == STANDARD_INPUT {
        let (development, counts) = develop_piped(args, id)?;
        piped = Some(counts);
        development
    } else {
        develop(args, metric)?
    };
    if let Some(id) = id.filter(|_| development.facts == 0 && piped.is_none()) {
        development = develop(args, id)?;
    }
    if development.facts == 0 {
        return unknown(args, &names, piped);
    }
    let all = &development.series;
    let text = match args.format {
        Form::Table => table::text(all),
        Form::Csv => table::csv(all),
        Form::Json => serde_json::to_string_pretty(all)? + "\n",
        Form::Sdmx => sdmx::csv(all),
        Form::Svg => chart::svg(all, &names),
        Form::Html => chart::html(all, &names),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    let nothing = if args.format.holds_undated() { all.is_empty() } else { development.is_empty() };
    if nothing {
        tell(&format!("no such figure among {} facts of {metric}", development.facts));
    }
    tell_what_is_left_out(args.format, &development);
    Ok(u8::from(nothing))
}

fn develop(args: &SeriesArgs, metric: &str) -> anyhow::Result<Development> {
    let mut builder = Builder::new(selection(args, metric));
    sink::facts_of_metric(&args.facts, metric, &mut |fact| builder.add(&fact))?;
    Ok(builder.finish())
}

/// All that may be asked of standard input, which cannot be read twice: the metric as it is called, else by its
/// identifier, and what metrics there are.
fn develop_piped(args: &SeriesArgs, id: Option<&str>) -> anyhow::Result<(Development, MetricCounts)> {
    let mut called = Builder::new(selection(args, &args.metric));
    let mut identified = id.map(|id| Builder::new(selection(args, id)));
    let mut counts = MetricCounts::default();
    sink::facts(&args.facts, &mut |fact| {
        called.add(&fact);
        if let Some(builder) = &mut identified {
            builder.add(&fact);
        }
        counts.add(&fact);
    })?;
    let mut development = called.finish();
    if let Some(builder) = identified.filter(|_| development.facts == 0) {
        development = builder.finish();
    }
    Ok((development, counts))
}

fn selection(args: &SeriesArgs, metric: &str) -> Selection {
    let SeriesArgs { entity, from, to, .. } = args;
    Selection { metric: metric.to_owned(), entity: entity.clone(), from: *from, to: *to }
}

/// The identifier of the metric that the rules call so, in Vietnamese or English.
fn named<'n>(name: &str, names: &'n Catalog) -> Option<&'n str> {
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let entry = names.metrics.iter().find(|entry| same(&entry.name_vi) || same(&entry.name_en))?;
    Some(&entry.id)
}

/// Says on standard error what the output does not show, and why.
fn tell_what_is_left_out(form: Form, development: &Development) {
    let undated = development.left_out + if form.holds_undated() { 0 } else { development.undated() };
    let facts = |n: usize, what: &str| (n > 0).then(|| format!("{} {what}", counted(n, "fact")));
    let says = if development.changes == 1 { "says" } else { "say" };
    let changes = facts(development.changes, &format!("that {says} how much it changed, not what it was"));
    let parts: Vec<String> = facts(undated, "without a date").into_iter().chain(changes).collect();
    if !parts.is_empty() {
        tell(&format!("left out: {}", parts.join(", ")));
    }
}

/// Says that no fact is of the metric, and what was perhaps meant. A metric that the rules know is no mistake.
fn unknown(args: &SeriesArgs, names: &Catalog, piped: Option<MetricCounts>) -> anyhow::Result<u8> {
    let wanted = &args.metric;
    if names.metrics.iter().any(|entry| entry.id == *wanted) {
        tell(&format!("no fact has the metric {wanted}, which the rules know"));
        return Ok(1);
    }
    let counts = if let Some(counts) = piped {
        counts
    } else {
        let mut counts = MetricCounts::default();
        sink::facts(&args.facts, &mut |fact| counts.add(&fact))?;
        counts
    };
    let there: Vec<String> = counts.finish().into_iter().filter_map(|count| count.metric).collect();
    let entry = |id: &str| names.metrics.iter().find(|entry| entry.id == id);
    let words = |id: &str| entry(id).map_or_else(Vec::new, |entry| vec![&*entry.name_vi, &*entry.name_en]);
    let mut proposals = near::names(wanted, there.iter().map(|id| (&**id, words(id))), PROPOSALS);
    if proposals.is_empty() {
        let known = names.metrics.iter().map(|entry| (&*entry.id, words(&entry.id)));
        proposals = near::names(wanted, known, PROPOSALS);
    }
    let hint = if proposals.is_empty() {
        format!("`solieu metrics {}` lists those that there are", args.facts)
    } else {
        perhaps(&proposals)
    };
    tell(&format!("no fact has the metric {wanted}, by identifier or by words\n  {hint}"));
    Ok(2)
}

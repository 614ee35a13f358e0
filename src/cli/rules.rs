//! `solieu rules`: check, test, list, and what the rules do not yet know.

mod coverage;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use solieu::Extractor;
use solieu::extract::weigh::Start;
use solieu::extract::{entity, metric};
use solieu::fact::Kind;
use solieu::review::{self, fit::Subject};
use solieu::rules::{ExampleOutcome, RuleSources, Verdict};

use super::rule_args::RuleArgs;
use super::{counted, tell};

/// Check, test and list the rules, or rank what they do not explain
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// Compile all rules; an error names file, line and column
    #[command(
        after_help = "Examples:\n  solieu rules check\n  solieu rules check --rules my-rules\n\nExit status: 0; 2 where the rules are broken or cannot be read"
    )]
    Check(RuleArgs),
    /// Run the examples that the rules carry, and print what differs, with file and line
    #[command(
        after_help = "Example: solieu rules test --rules my-rules\n\nExit status: 0 all are as they should be; 1 some are not; 2 the rules are broken or cannot be read"
    )]
    Test(RuleArgs),
    /// Print file, name, kind and comment of the rules about numbers, tab-separated
    #[command(
        after_help = "Example: solieu rules list --rules my-rules\n\nExit status: 0; 2 where the rules are broken or cannot be read"
    )]
    List(RuleArgs),
    /// Rank the contexts of numbers that no rule explains, over all pages of PATH…
    #[command(
        after_help = "Example: solieu rules coverage seeds/ --limit 20\n\nExit status: 0 all pages were read; 1 some had problems; 2 the rules are broken or cannot be read"
    )]
    Coverage(coverage::CoverageArgs),
    /// Fit the weights by which names and metrics are chosen to the annotated pages in DIR…
    #[command(after_help = FIT_HELP)]
    Fit(FitArgs),
}

const FIT_HELP: &str = "Pages are annotated as for `solieu score`: NAME.jsonl beside NAME.txt. Every value counts whose `entity`, or \
    `metric`, is annotated; an empty text among several says that it may as well be absent.\n\n\
    The margin and the words are those of the present weights: those that are built in, or of --rules.\n\n\
    Examples: solieu rules fit annotated/ --rules my-rules -o my-rules/entities/weights.toml\n         \
    solieu rules fit annotated/ --of metrics -o metric-weights.toml\n\n\
    Exit status: 0; 2 where the rules are broken, pages cannot be read, or FILE cannot be written";

#[derive(Debug, Args)]
struct FitArgs {
    /// Folders of annotated pages
    #[arg(value_name = "DIR", required = true)]
    gold: Vec<PathBuf>,
    /// What to fit: whom values are of, or what they measure
    #[arg(long, value_enum, default_value_t = Of::Entities)]
    of: Of,
    /// Folder of the texts (NAME.txt), where they do not lie beside the annotations
    #[arg(long, value_name = "DIR")]
    text_dir: Option<PathBuf>,
    /// Go on from the present weights in short steps: for pages that are few
    #[arg(long)]
    adapt: bool,
    /// Write the weights to FILE [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// `entity`, by `entities/weights.toml`
    Entities,
    /// `metric`, by `metric-weights.toml`
    Metrics,
}

/// Runs the command and gives the exit status: 1 where examples failed or pages had problems.
pub(crate) fn run(args: RulesArgs) -> anyhow::Result<u8> {
    match args.command {
        RulesCommand::Check(rules) => {
            rules.extractor()?;
            tell("the rules are sound");
            Ok(0)
        }
        RulesCommand::Test(rules) => test(&rules.sources()?),
        RulesCommand::List(rules) => list(&rules.extractor()?),
        RulesCommand::Coverage(args) => coverage::run(&args),
        RulesCommand::Fit(args) => match args.of {
            Of::Entities => fit::<entity::Feature>(&args.rules.extractor()?, &args),
            Of::Metrics => fit::<metric::Feature>(&args.rules.extractor()?, &args),
        },
    }
}

fn fit<A: Subject>(extractor: &Extractor, args: &FitArgs) -> anyhow::Result<u8> {
    let start = if args.adapt { Start::Present } else { Start::Anew };
    let fitted = review::fit::fit::<A>(extractor, start, &args.gold, args.text_dir.as_deref())?;
    let weights = fitted.weights.to_toml();
    match &args.output {
        Some(path) => super::write_file(path, weights)?,
        None => io::stdout().write_all(weights.as_bytes())?,
    }
    let share = |right: usize| 100.0 * right as f64 / fitted.values.max(1) as f64;
    tell(&format!(
        "{} values, {} without a right candidate; right by the present weights {:.1} %, by these {:.1} %, by \
         weights fitted to the other pages {:.1} %",
        fitted.values,
        fitted.unanswerable,
        share(fitted.right_before),
        share(fitted.right),
        share(fitted.right_unseen)
    ));
    Ok(0)
}

fn test(sources: &RuleSources) -> anyhow::Result<u8> {
    let extractor = Extractor::new(sources)?;
    let mut outcomes = extractor.page_rules().test();
    outcomes.extend(extractor.extract_rules().test());
    let mut counts = BTreeMap::new();
    let mut out = io::stdout().lock();
    for outcome in &outcomes {
        *counts.entry(label(&outcome.verdict)).or_insert(0_usize) += 1;
        if !matches!(outcome.verdict, Verdict::Right | Verdict::Todo) {
            show(&mut out, outcome, sources)?;
        }
    }
    let count = |label| counts.get(label).copied().unwrap_or(0);
    writeln!(
        out,
        "{}: {} right, {} wrong, {} missed, {}, {} to do",
        counted(outcomes.len(), "example"),
        count("right"),
        count("wrong"),
        count("missed"),
        counted(count("false alarm"), "false alarm"),
        count("to do"),
    )?;
    Ok(u8::from(count("wrong") + count("missed") + count("false alarm") > 0))
}

fn label(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "right",
        Verdict::Wrong(_) => "wrong",
        Verdict::Missed(_) => "missed",
        Verdict::FalseAlarm(_) => "false alarm",
        Verdict::Todo => "to do",
    }
}

fn show(out: &mut impl Write, outcome: &ExampleOutcome, sources: &RuleSources) -> io::Result<()> {
    let detail = match &outcome.verdict {
        Verdict::Wrong(detail) => Some(detail),
        Verdict::Missed(detail) | Verdict::FalseAlarm(detail) => detail.as_ref(),
        Verdict::Right | Verdict::Todo => None,
    };
    let detail = detail.map_or(String::new(), |detail| format!(": {detail}"));
    let place = match sources.place_of(outcome) {
        Some((file, line)) => format!("{file}:{line}"),
        None => outcome.file.clone(),
    };
    let verdict = label(&outcome.verdict);
    writeln!(out, "{place}: {}: {verdict}{detail}\n    {}", outcome.rule, outcome.text)
}

fn list(extractor: &Extractor) -> anyhow::Result<u8> {
    let numbers = &extractor.extract_rules().numbers;
    let mut out = io::stdout().lock();
    for rule in &numbers.readings.rules {
        let kind = rule.kind.map_or("not a fact", Kind::as_str);
        writeln!(out, "{}\t{}\t{kind}\t{}", rule.file, rule.name, rule.comment)?;
    }
    for rule in &numbers.attributes.rules {
        writeln!(out, "{}\t{}\tattribute\t{}", rule.file, rule.name, rule.comment)?;
    }
    Ok(0)
}

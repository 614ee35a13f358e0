//! `solieu explain`: every number of an article, and what became of it.

use std::io::{self, BufWriter, Write};

use clap::Args;
use solieu::Extractor;
use solieu::extract::reading::trace::Trace;
use solieu::extract::reading::{Account, Outcome};
use solieu::extract::result::SentenceReading;
use solieu::extract::weigh::{Feature, Weighed, Weights};
use solieu::series::near;
use solieu::text::plain::place;

use super::page_args::DayArgs;
use super::pages::PageArgs;
use super::rule_args::RuleArgs;
use super::{PROPOSALS, perhaps};

/// Print every number of the article, in place, and what became of it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  solieu explain page.txt\n  solieu explain page.txt --rule dong\n  solieu explain page.txt --candidates --weights\n\n\
    Exit status: 0 all pages were read; 1 some had problems; 2 the run did not finish"
)]
pub(crate) struct ExplainArgs {
    /// Say for every number why this rule of units/ or not-facts/ did or did not take it
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// Say for every fact whom it may be measured of, and what it may measure: the best candidates and none, with probabilities
    /// that allow for the margin, and where each is from: `named` in the sentence, `known` before it, or its `nouns`;
    /// `before` (one or two stretches further: `before-2`, `before-3`) or `behind` the value, what the value before it (`last`), or the last
    /// one with a subject (`measured`), or one of an `earlier` sentence measures, the last `sum`, what the `rules` alone come to, or `nothing`
    #[arg(long)]
    candidates: bool,
    /// With --candidates: say for each what spoke for and against it, as weights.toml and metric-weights.toml call it, and by how much, greatest first
    #[arg(long, requires = "candidates")]
    weights: bool,
    /// Print only the numbers that no rule explains, which have no candidates
    #[arg(long, conflicts_with = "candidates")]
    unexplained: bool,
    #[command(flatten)]
    day: DayArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    pages: PageArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<u8> {
    let extractor = args.rules.extractor()?;
    let rule = match &args.rule {
        Some(name) => Some(named(&extractor, name)?),
        None => None,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let status = args.pages.read(&mut |ref page| {
        let mut heading = Some(place(&page.path, page.record.as_deref()));
        if !args.unexplained {
            print_heading(&mut heading, &mut out)?;
        }
        let mut article = extractor.page_rules().read_raw(page);
        article.published = article.published.or(args.day.published);
        let mut result = Ok(());
        extractor.read_watching(&article, args.candidates, &mut |reading| {
            if result.is_ok() {
                let explained = Explained { extractor: &extractor, reading, args, rule };
                result = explained.print(&mut heading, &mut out);
            }
        });
        Ok(result?)
    })?;
    out.flush()?;
    Ok(status)
}

/// The rule of that name; where there is none, those that were perhaps meant are told.
fn named(extractor: &Extractor, name: &str) -> anyhow::Result<usize> {
    let numbers = &extractor.extract_rules().numbers;
    if let Some(rule) = numbers.reading_named(name) {
        return Ok(rule);
    }
    let known = numbers.readings.rules.iter().map(|rule| (&*rule.name, Vec::new()));
    let hint = match near::names(name, known, PROPOSALS).as_slice() {
        [] => "`solieu rules list` prints their names".to_owned(),
        names => perhaps(names),
    };
    anyhow::bail!("no rule is called `{name}`\n  {hint}")
}

/// Prints the name of the page, unless it stands there already.
fn print_heading(heading: &mut Option<String>, out: &mut impl Write) -> io::Result<()> {
    heading.take().map_or(Ok(()), |heading| writeln!(out, "{heading}"))
}

/// How many candidates are printed, and how many per cent a further one must have.
const CANDIDATES: usize = 5;
const LEAST: f64 = 0.5;

/// Prints the best candidates and that none is right, with what spoke for and against each by `weights`.
fn print_candidates<A: Feature>(
    title: &str,
    candidates: &[Weighed<A>],
    weights: Option<&Weights<A>>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut candidates: Vec<_> = candidates.iter().collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    let most = candidates.first().map_or(0, |best| best.score);
    let odds = |score: i32| (f64::from(score - most) / 100.0).exp();
    let all: f64 = candidates.iter().map(|candidate| odds(candidate.score)).sum();
    for (rank, candidate) in candidates.iter().enumerate() {
        let share = 100.0 * odds(candidate.score) / all;
        let likely = rank == 0 || rank < CANDIDATES && share >= LEAST;
        if likely || candidate.is_none {
            let shown = format!("{:<8} {}", candidate.source, candidate.text);
            let title = if rank == 0 { title } else { "" };
            writeln!(out, "       {title:<16} {share:>3.0} % {}", shown.trim_end())?;
            if let Some(weights) = weights {
                let reasons = weights.parts(candidate);
                let reasons = reasons.iter().map(|(what, weight)| format!("{what} {weight:+}"));
                writeln!(out, "       {:<22} {}", "", reasons.collect::<Vec<_>>().join(", "))?;
            }
        }
    }
    Ok(())
}

struct Explained<'a> {
    extractor: &'a Extractor,
    reading: &'a SentenceReading<'a, 'a>,
    args: &'a ExplainArgs,
    rule: Option<usize>,
}

impl Explained<'_> {
    fn print(&self, heading: &mut Option<String>, out: &mut impl Write) -> io::Result<()> {
        let shown: Vec<&Account> = self.reading.accounts.iter().filter(|a| self.is_shown(a)).collect();
        if shown.is_empty() {
            return Ok(());
        }
        print_heading(heading, out)?;
        writeln!(out, "{:>5}: {}", self.reading.place.block.line, self.reading.sentence.text)?;
        for account in shown {
            let text = &self.reading.sentence.text[account.span.clone()];
            writeln!(out, "       {text:<16} {}", self.outcome(account.outcome))?;
            if let Outcome::Fact(index) = account.outcome {
                self.candidates(index, out)?;
            }
            if let Some(rule) = self.rule {
                let numbers = &self.extractor.extract_rules().numbers;
                let SentenceReading { sentence, times, convention, .. } = *self.reading;
                let trace = numbers.trace(rule, account, sentence, times, convention);
                writeln!(out, "       {:<16} {}", "", why(&trace, self.extractor))?;
            }
        }
        Ok(())
    }

    fn candidates(&self, index: usize, out: &mut impl Write) -> io::Result<()> {
        let rules = self.extractor.extract_rules();
        if let Some(candidates) = self.reading.entity_candidates.get(index) {
            print_candidates("of", candidates, self.args.weights.then(|| rules.entities.weights()), out)?;
        }
        if let Some(candidates) = self.reading.metric_candidates.get(index) {
            print_candidates("what", candidates, self.args.weights.then(|| rules.metrics.weights()), out)?;
        }
        Ok(())
    }

    fn is_shown(&self, account: &Account) -> bool {
        !self.args.unexplained || account.outcome == Outcome::Unexplained
    }

    fn outcome(&self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Fact(index) => self.fact(index),
            Outcome::Time => "part of a date or time".to_owned(),
            Outcome::NotFact(rule) => format!("no fact, by {}", self.rule_name(rule)),
            Outcome::Unexplained => "unexplained".to_owned(),
        }
    }

    fn rule_name(&self, rule: usize) -> &str {
        &self.extractor.extract_rules().numbers.readings.rules[rule].name
    }

    fn fact(&self, index: usize) -> String {
        let mention = &self.reading.mentions[index];
        let mut words = vec![format!("{} {}", mention.kind.as_str(), mention.value.normalize())];
        words.extend(mention.value_max.map(|max| format!("to {}", max.normalize())));
        words.extend(mention.denominator.map(|of| format!("of {}", of.normalize())));
        words.extend(mention.unit.as_ref().map(|unit| format!("[{unit}]")));
        words.extend(mention.per.as_ref().map(|per| format!("per {per}")));
        words.extend(mention.qualifier.map(|q| q.as_str().to_owned()));
        words.extend(mention.direction.map(|d| d.as_str().to_owned()));
        words.extend(mention.is_change.then(|| "change".to_owned()));
        words.push(mention.status.as_str().to_owned());
        if let Some(time) = &self.reading.dates[index].time {
            let day = |d: Option<jiff::civil::Date>| d.map_or("..".to_owned(), |d| d.to_string());
            words.push(format!("when {}/{}", day(time.start), day(time.end)));
        }
        words.extend(self.reading.metrics[index].metric.as_ref().map(|m| format!("what «{}»", m.text)));
        words.extend(self.reading.entities[index].as_ref().map(|e| format!("of «{}»", e.text)));
        format!("{}, by {}", words.join(" "), self.rule_name(mention.rule as usize))
    }
}

fn why(trace: &Trace, extractor: &Extractor) -> String {
    match trace {
        Trace::Holds => "the rule holds and speaks".to_owned(),
        Trace::Outranked(rule) => {
            let name = &extractor.extract_rules().numbers.readings.rules[*rule].name;
            format!("the rule holds, but {name} has precedence")
        }
        Trace::NoNumber => {
            "the rule is not asked: the number is part of a date or of a larger expression".to_owned()
        }
        Trace::Before => "its pattern before the number does not match".to_owned(),
        Trace::After => "its pattern behind the number does not match".to_owned(),
        Trace::NeitherSide => {
            "neither its pattern before the number nor the one behind it matches".to_owned()
        }
        Trace::Number => "its patterns match, but it does not take a number of this form or value".to_owned(),
        Trace::Unit => {
            "its patterns match, but it finds no unit, or only one that runs into a date".to_owned()
        }
    }
}

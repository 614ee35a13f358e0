//! `solieu rules coverage`: which numbers no rule explains, and where.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use rayon::prelude::*;
use solieu::Extractor;
use solieu::extract::reading::Outcome;
use solieu::source::RawPage;

use crate::cli::pages::PageArgs;
use crate::cli::rule_args::RuleArgs;
use crate::cli::{counted, tell};

#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    /// How many contexts to print
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// How many threads to use; the output does not depend on it [default: one per core]
    #[arg(short, long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = crate::cli::jobs_or_all)]
    jobs: usize,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    pages: PageArgs,
}

/// How often each context of an unexplained number occurs, and what became of all numbers.
#[derive(Debug, Default)]
struct Coverage {
    contexts: BTreeMap<String, usize>,
    facts: usize,
    times: usize,
    dropped: usize,
    unexplained: usize,
}

/// Runs the command and gives the exit status.
pub(super) fn run(args: &CoverageArgs) -> anyhow::Result<u8> {
    let extractor = &args.rules.extractor()?;
    let (mut found, mut batch) = (Coverage::default(), Vec::new());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs).build()?;
    let status = pool.install(|| {
        let status = args.pages.read(&mut |page| {
            batch.push(page);
            if batch.len() >= BATCH {
                found.add_pages(&mut batch, extractor);
            }
            Ok(())
        });
        found.add_pages(&mut batch, extractor);
        status
    })?;
    found.print(args.limit)?;
    Ok(status)
}

/// Pages that are in memory at once.
const BATCH: usize = 128;

impl Coverage {
    /// Reads the pages of a batch at once, and leaves it empty.
    fn add_pages(&mut self, batch: &mut Vec<RawPage<'static>>, extractor: &Extractor) {
        let pages: Vec<Self> = batch.par_iter().map(|page| Self::of_page(page, extractor)).collect();
        for page in pages {
            self.join(page);
        }
        batch.clear();
    }

    fn of_page(page: &RawPage<'_>, extractor: &Extractor) -> Self {
        let mut found = Self::default();
        let article = extractor.page_rules().read_raw(page);
        extractor.read(&article, &mut |reading| {
            for account in reading.accounts {
                found.add(reading.sentence.text, account.span.clone(), account.outcome);
            }
        });
        found
    }

    fn join(&mut self, other: Self) {
        self.facts += other.facts;
        self.times += other.times;
        self.dropped += other.dropped;
        self.unexplained += other.unexplained;
        for (context, count) in other.contexts {
            *self.contexts.entry(context).or_default() += count;
        }
    }

    fn add(&mut self, sentence: &str, span: std::ops::Range<usize>, outcome: Outcome) {
        match outcome {
            Outcome::Fact(_) => self.facts += 1,
            Outcome::Time => self.times += 1,
            Outcome::NotFact(_) => self.dropped += 1,
            Outcome::Unexplained => {
                self.unexplained += 1;
                *self.contexts.entry(context(sentence, span)).or_default() += 1;
            }
        }
    }

    fn print(&self, limit: usize) -> io::Result<()> {
        let mut ranked: Vec<(&String, usize)> = self.contexts.iter().map(|(c, n)| (c, *n)).collect();
        ranked.sort_by_key(|(context, n)| (std::cmp::Reverse(*n), *context));
        let mut out = io::stdout().lock();
        for (context, n) in ranked.into_iter().take(limit) {
            writeln!(out, "{n}\t{context}")?;
        }
        let all = self.facts + self.times + self.dropped + self.unexplained;
        tell(&format!(
            "{}: {}, {} in dates and times, {} no facts, {} unexplained ({:.2} %)",
            counted(all, "number"),
            counted(self.facts, "fact"),
            self.times,
            self.dropped,
            self.unexplained,
            100.0 * self.unexplained as f64 / all.max(1) as f64,
        ));
        Ok(())
    }
}

/// The words next to a number, with the digits of the number made equal.
fn context(sentence: &str, span: std::ops::Range<usize>) -> String {
    let before: Vec<&str> = sentence[..span.start].split_whitespace().rev().take(2).collect();
    let after: Vec<&str> = sentence[span.end..].split_whitespace().take(2).collect();
    let number: String = sentence[span].chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let before: Vec<&str> = before.into_iter().rev().collect();
    format!("{} [{number}] {}", before.join(" "), after.join(" "))
}

//! `--decisions`: what people decided, applied to facts on their way to a destination.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, bail};
use clap::Args;
use solieu::review::apply::{Reviewed, Tally};
use solieu::review::decisions::Decisions;
use solieu::sink::{Sink, StoredDecision, store_decisions};
use xxhash_rust::xxh3::xxh3_64;

#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    /// Apply the decisions in FILE: leave out facts that were rejected, and retire them where they are already, put corrected ones in place, and name on standard
    /// error those whose fact says something else now; databases keep them
    #[arg(long = "decisions", value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Decisions that are applied, and what that came to.
pub(crate) struct Decided {
    decisions: Arc<Decisions>,
    tally: Option<Arc<Mutex<Tally>>>,
    /// Names what the file says.
    pub(crate) hash: u64,
}

impl DecideArgs {
    /// The file, if there is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Reads the file, if there is one.
    pub(crate) fn read(&self, tell: &dyn Fn(&str)) -> anyhow::Result<Option<Decided>> {
        let Some(file) = &self.file else { return Ok(None) };
        let bytes = std::fs::read(file)
            .with_context(|| format!("cannot read the decisions in {}", file.display()))?;
        let decisions = Decisions::parse(&bytes);
        refuse_others(file, &decisions, tell)?;
        Ok(Some(Decided { decisions: Arc::new(decisions), tally: None, hash: xxh3_64(&bytes) }))
    }
}

/// How many lines that are no decisions are named.
const NAMED: usize = 5;

/// A line that is no decision may have rejected a fact, which must not get through. Only one that a crash cut off was never
/// confirmed.
fn refuse_others(file: &Path, decisions: &Decisions, tell: &dyn Fn(&str)) -> anyhow::Result<()> {
    let file = file.display();
    for problem in decisions.problems.iter().take(NAMED) {
        tell(&format!("{file}: {problem}"));
    }
    let lines = decisions.problems.iter().filter(|problem| !problem.cut_off).count();
    if lines > NAMED {
        tell(&format!("{file}: and {} more", lines - NAMED));
    }
    match lines {
        0 => Ok(()),
        1 => bail!("{file}: nothing was written: a line is no decision; mend or delete it"),
        _ if decisions.is_empty() => bail!(
            "{file}: nothing was written: none of its {lines} lines is a decision; --decisions takes a file that \
             `solieu review` wrote"
        ),
        _ => bail!("{file}: nothing was written: {lines} lines are no decisions; mend or delete them"),
    }
}

impl Decided {
    /// Applies the decisions to what goes into `sink`.
    pub(crate) fn apply(&mut self, sink: Box<dyn Sink>) -> Box<dyn Sink> {
        let (sink, tally) = Reviewed::new(sink, Arc::clone(&self.decisions));
        self.tally = Some(tally);
        Box::new(sink)
    }

    /// Keeps the decisions in the databases among `urls`, and says what applying them came to.
    pub(crate) fn finish(&self, urls: &[String], quiet: bool, tell: &dyn Fn(&str)) -> anyhow::Result<()> {
        let mut all: Vec<_> = self.decisions.facts().filter_map(|fact| self.decisions.of(fact)).collect();
        let rows = all.drain(..).flat_map(solieu::review::decisions::FactDecisions::standing);
        let mut rows: Vec<StoredDecision> = rows.map(stored).collect();
        rows.sort_by(|a, b| (&a.decided, &a.fact).cmp(&(&b.decided, &b.fact)));
        for url in urls {
            store_decisions(url, &rows)?;
        }
        let tally = self.tally.as_ref().map(|tally| tally.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(tally) = tally else { return Ok(()) };
        for unapplied in &tally.unapplied {
            tell(&unapplied.to_string());
        }
        if !quiet {
            tell(&format!(
                "decisions: {} rejected, {} corrected, {} accepted, {} not applied; {} on facts that were not met",
                tally.rejected,
                tally.corrected,
                tally.accepted,
                tally.unapplied.len(),
                tally.unmet(&self.decisions)
            ));
        }
        Ok(())
    }
}

fn stored(decision: &solieu::review::decisions::Decision) -> StoredDecision {
    // Fields are JSON already.
    let fields = || serde_json::to_string(&decision.fields).unwrap_or_default();
    let verdict = serde_json::to_value(decision.verdict).ok();
    StoredDecision {
        fact: decision.fact.clone(),
        decided: decision.at.to_string(),
        reviewer: decision.by.clone(),
        verdict: verdict.and_then(|word| word.as_str().map(ToOwned::to_owned)).unwrap_or_default(),
        corrected: (!decision.fields.is_empty()).then(fields),
        comment: decision.comment.clone(),
    }
}

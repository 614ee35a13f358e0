//! The two sides of a comparison: places that hold facts, or an archive read with two sets of rules.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::bail;
use solieu::Tally;
use solieu::pipeline::{self, LazyExtractor, Options, Reporter, RunError};
use solieu::review::diff::{Producer, Take};
use solieu::rules::RuleSources;
use solieu::sink::{Failure, Sink, SinkError, Summary};
use solieu::source::{Feed, Problem};

use super::DiffArgs;
use super::reading::Reading;

/// Blocks of lines that wait to be compared.
const WAITING: usize = 4;

/// What is compared.
pub(super) enum Sides {
    /// Two places.
    Places([String; 2]),
    /// The same inputs, with two sets of rules.
    Rules(Box<[RuleSources; 2]>, Vec<String>),
}

/// The sides, their names, and whether git called us as its external diff.
pub(super) struct Named {
    pub(super) sides: Sides,
    pub(super) names: [String; 2],
    pub(super) from_git: bool,
}

pub(super) fn of(args: &DiffArgs) -> anyhow::Result<Named> {
    let places = |old: &str, new: &str| Sides::Places([old.to_owned(), new.to_owned()]);
    let name =
        |rules: Option<&PathBuf>| rules.map_or("built-in rules".to_owned(), |p| p.display().to_string());
    match (&args.rules[..], &args.places[..]) {
        ([], [old, new]) => {
            Ok(Named { sides: places(old, new), names: [old.clone(), new.clone()], from_git: false })
        }
        // What git gives to an external diff: path, old file, hash, mode, new file, hash, mode, and more for renames.
        ([], [path, old, _, _, new, _, _, ..]) => Ok(Named {
            sides: places(old, new),
            names: [format!("a/{path}"), format!("b/{path}")],
            from_git: true,
        }),
        ([], _) => bail!("name two sides, OLD and NEW; or --rules and what to read"),
        ([new], paths) => {
            let sources = [RuleSources::builtin(), rules(new, args.no_builtin_rules)?];
            let names = [name(None), name(Some(new))];
            Ok(Named { sides: Sides::Rules(Box::new(sources), paths.to_vec()), names, from_git: false })
        }
        ([old, new], paths) => {
            let sources = [rules(old, args.no_builtin_rules)?, rules(new, args.no_builtin_rules)?];
            let names = [name(Some(old)), name(Some(new))];
            Ok(Named { sides: Sides::Rules(Box::new(sources), paths.to_vec()), names, from_git: false })
        }
        _ => bail!("--rules can be given twice at most"),
    }
}

fn rules(dir: &Path, alone: bool) -> anyhow::Result<RuleSources> {
    let mut sources = if alone { RuleSources::none() } else { RuleSources::builtin() };
    crate::cli::rule_args::add(&mut sources, dir)?;
    Ok(sources)
}

/// Reads the inputs with those rules while the other side is read.
pub(super) fn extraction(
    sources: &RuleSources,
    feed: Feed,
    jobs: usize,
    reading: &Arc<Reading>,
) -> Producer<'static> {
    let extractor = LazyExtractor::new(sources.clone());
    let problems = Problems(Arc::clone(reading));
    Box::new(move |take| extract(&extractor, feed, jobs, problems, take))
}

fn extract(
    extractor: &LazyExtractor,
    feed: Feed,
    jobs: usize,
    mut problems: Problems,
    take: &mut Take<'_>,
) -> Result<(), SinkError> {
    let (sender, lines) = sync_channel(WAITING);
    let reading = Arc::clone(&problems.0);
    thread::scope(|scope| {
        let run = scope.spawn(move || {
            let options = Options { jobs, ..Options::default() };
            pipeline::run(feed, extractor, &options, Box::new(Channel(sender)), &mut problems)
        });
        // The loop owns the receiver, so that the run ends where `take` fails.
        let taken = lines.into_iter().try_for_each(|block| take(&block));
        came_to(run.join(), taken, &reading)
    })
}

/// The result of both threads: of the run, which may have panicked, and of taking what it found.
fn came_to(
    run: thread::Result<Result<Tally, RunError>>,
    taken: Result<(), SinkError>,
    reading: &Reading,
) -> Result<(), SinkError> {
    let failed = |message: String| Err(SinkError::new(Failure::Usage, "extraction", message));
    match run {
        Ok(Ok(tally)) => {
            reading.pages(tally.pages);
            taken
        }
        Ok(Err(RunError::Rules(rule))) => {
            let message = rule.to_string();
            reading.broken(rule);
            failed(message)
        }
        Ok(Err(RunError::Sink(error))) => taken.and(Err(error)),
        Ok(Err(error)) => failed(error.to_string()),
        Err(_) => failed("internal error: it panicked".to_owned()),
    }
}

/// Facts to the thread that compares.
struct Channel(SyncSender<Vec<u8>>);

impl Sink for Channel {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.0.send(lines.to_vec()).map_err(|_| SinkError::new(Failure::Closed, "", "nobody listens"))
    }

    fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
        Ok(Summary::default())
    }
}

/// Hears of the problems of one side.
struct Problems(Arc<Reading>);

impl Reporter for Problems {
    fn problem(&mut self, problem: &Problem) {
        self.0.problem(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_and_no_difference() {
        let run = thread::spawn(|| panic!("broken")).join();
        let error = came_to(run, Ok(()), &Reading::default()).unwrap_err();
        assert_eq!(error.failure.status(), 2);
        assert_eq!(error.to_string(), "extraction: internal error: it panicked");
    }
}

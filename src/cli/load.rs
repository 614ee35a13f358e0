//! `solieu load`: facts files into a destination.

use clap::Args;
use solieu::rules::{Catalog, RuleSources};
use solieu::sink::{self, Failure, Listener, Options, Sink as _, SinkError, Tee};
use xxhash_rust::xxh3::Xxh3;

use super::STANDARD_INPUT;

/// Load facts into a database or another destination
#[derive(Debug, Args)]
#[command(
    after_help = "Loading the same facts twice changes nothing. A fact that a later run reads otherwise is \
    updated, and what it was is kept in the history.\n\n\
    Examples:\n  \
    solieu load facts.jsonl --to sqlite:facts.db\n  \
    solieu load facts.jsonl --to postgres://me@host/news --decisions decisions.jsonl\n\nExit status:\n  \
    0  all facts are there\n  \
    1  --retire was asked for, but there were no facts, so nothing was retired\n  \
    2  wrong usage, or a line that is no fact\n  \
    3  no room is left\n  \
    4  the destination may not be written\n  \
    5  it is not a database of this program, or one of a newer version\n  \
    6  it cannot be reached, or refuses the password\n  \
    7  others kept it locked for too long\n\
    What whole batches went into a database before a failure stays, and files are as they were; loading again goes on from \
    there. Where one of several destinations fails, the others are given up, and standard error says what stands in each."
)]
pub(crate) struct LoadArgs {
    /// Facts files as `extract` writes them (`-`: standard input), or what facts were loaded into: csv:FILE, parquet:DIR,
    /// sqlite:FILE, postgres://…
    #[arg(value_name = "FACTS", required = true)]
    facts: Vec<String>,
    /// Where to: sqlite:FILE, postgres://…, parquet:DIR, csv:FILE, jsonl:FILE (of these two, `-` is standard output); may
    /// be given several times
    #[arg(long, value_name = "URL", required = true)]
    to: Vec<String>,
    /// Name of the run; loading the newest run again changes nothing [default: a hash over the facts files]
    #[arg(long, value_name = "NAME")]
    run: Option<String>,
    /// Retire what this run no longer finds (in files, which are written anew, it is not there anyway); with PREFIX, only
    /// on pages whose path begins so
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    retire: Option<String>,
    /// No counts on standard error; what goes wrong is still said
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    decide: super::decide::DecideArgs,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: LoadArgs) -> anyhow::Result<u8> {
    refuse_to_retire_in_files(args.retire.as_deref(), &args.to)?;
    super::refuse_stdin_twice(&args.facts)?;
    sink::refuse_twice(None, &args.to)?;
    sink::refuse_read(&args.facts, None, &args.to)?;
    let mut decided = args.decide.read(&super::tell)?;
    let run = match args.run {
        Some(name) => Some(name),
        None => digest(&args.facts, decided.as_ref().map_or(0, |decided| decided.hash))?,
    };
    let catalog = Catalog::read(&RuleSources::builtin())?;
    let options = Options {
        run,
        retire: args.retire.as_deref().map(solieu::source::shown_prefix),
        catalog,
        resumable: None,
        tell: Listener::new(super::tell),
    };
    let mut sinks = if args.quiet {
        Tee::default()
    } else {
        Tee::new(Box::new(|place, summary| super::tell(&format!("{place}: {summary}"))))
    };
    for url in &args.to {
        let sink = sink::open(url, &options).map_err(|error| sinks.give_up(error))?;
        let sink = match &mut decided {
            Some(decided) => decided.apply(sink),
            None => sink,
        };
        sinks.add(url, sink);
    }
    let any = fill(sinks, &args.facts, &args.to)?;
    if let Some(decided) = decided {
        decided.finish(&args.to, args.quiet, &super::tell)?;
    }
    if any || args.retire.is_none() {
        return Ok(0);
    }
    super::tell(&format!("nothing was retired: there are no facts in {}", args.facts.join(" and ")));
    Ok(1)
}

/// Gives the facts to the destinations; whether there are any.
fn fill(mut sinks: Tee, facts: &[String], to: &[String]) -> Result<bool, SinkError> {
    // All others parse what they are given.
    let unchecked = to.iter().all(|url| url.starts_with("jsonl:"));
    let mut piped = Piped::default();
    let mut any = false;
    let written = facts.iter().try_for_each(|place| {
        sink::blocks(place, &mut |lines| {
            any = any || !lines.trim_ascii().is_empty();
            if place == STANDARD_INPUT {
                piped.remember(lines);
            }
            if unchecked {
                sink::check(lines, place)?;
            }
            sinks.write(lines)
        })
    });
    let done = match written {
        Ok(()) => {
            // More likely something went wrong with the facts than that there are none any more.
            if !any {
                sinks.retire_nothing();
            }
            Box::new(sinks).finish()
        }
        Err(error) => Err(sinks.give_up(error)),
    };
    done.map(|_| any).map_err(|error| located(error, facts, &piped))
}

/// The last lines of standard input, which cannot be read twice: more than a destination holds back.
#[derive(Default)]
struct Piped {
    last: [Vec<u8>; 2],
    /// Lines before them.
    before: usize,
}

impl Piped {
    const HELD: usize = 8 << 20;

    fn remember(&mut self, lines: &[u8]) {
        if self.last[1].len() >= Self::HELD {
            self.before += memchr::memchr_iter(b'\n', &self.last[0]).count();
            self.last.swap(0, 1);
            self.last[1].clear();
        }
        self.last[1].extend_from_slice(lines);
    }

    fn no_fact(&self) -> Option<SinkError> {
        sink::no_fact_in("standard input", &self.last.concat(), self.before)
    }
}

/// Says which line is no fact: a destination takes many at once, and knows no files.
fn located(error: SinkError, facts: &[String], piped: &Piped) -> SinkError {
    if error.failure != Failure::NoFact {
        return error;
    }
    match sink::first_no_fact(facts).or_else(|| piped.no_fact()) {
        Some(found) => SinkError { others: error.others, ..found },
        None => error,
    }
}

/// Refuses `--retire` where no destination keeps what an earlier run found.
pub(crate) fn refuse_to_retire_in_files(retire: Option<&str>, to: &[String]) -> anyhow::Result<()> {
    if retire.is_some() && !to.iter().any(|url| sink::keeps(url)) {
        anyhow::bail!(
            "--retire has nothing to do for {}: the file is written anew and holds only what this run finds; facts are \
             kept and retired in sqlite:FILE, postgres://… and parquet:DIR",
            to.join(" and ")
        );
    }
    Ok(())
}

/// A name for the run from the content of the files and of the decisions; none for standard input, which cannot be read twice.
fn digest(places: &[String], decisions: u64) -> Result<Option<String>, SinkError> {
    if places.iter().any(|place| place == STANDARD_INPUT) {
        return Ok(None);
    }
    let mut hash = Xxh3::with_seed(decisions);
    for place in places {
        sink::blocks(place, &mut |lines| {
            hash.update(lines);
            Ok(())
        })?;
    }
    Ok(Some(format!("{:032x}", hash.digest128())))
}

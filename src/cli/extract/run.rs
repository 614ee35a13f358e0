//! A run from its destinations to its summary.

use std::io;

use anyhow::{Context, bail};
use solieu::Tally;
use solieu::pipeline::{self, Duplicates, LazyExtractor, Options, Resume, RunError};
use solieu::rules::{Catalog, RuleSources};
use solieu::sink::{self, Earlier, JsonLines, Listener, Opened, Resumable, RunName, Sink, Together};
use solieu::source::Fields;

use super::complete::mark_complete;
use super::messages::Messages;
use super::notes::{going_on, left_as_was, notes};
use super::report::Report;
use super::retiring::Retire;
use super::seen::SeenFile;
use super::{Dedup, ExtractArgs, Pages};
use crate::cli::decide::Decided;

/// What a run is asked for, and who tells what comes of it.
pub(super) struct Run<'a> {
    pub(super) args: &'a ExtractArgs,
    pub(super) messages: Messages,
    pub(super) decided: Option<Decided>,
    pub(super) retire: Retire,
}

impl Run<'_> {
    /// Opens what the facts go to.
    pub(super) fn open_sink(&self, run: &RunName, sources: &RuleSources) -> anyhow::Result<Opened> {
        let args = self.args;
        if args.filter.shard().is_some() && args.output().is_none() {
            bail!("--shard needs --output, whose name with .done added marks the shard as complete");
        }
        if args.resume && args.output().is_none() && args.to.is_empty() {
            bail!("--resume needs --output or --to: what went to standard output cannot be gone on with");
        }
        let resumable = Resumable { run: run.clone(), resume: args.resume };
        let mut all = Together::new(self.messages.of_each(&args.to));
        if let Some(path) = args.output() {
            let (sink, earlier) = JsonLines::open(path, Some(&resumable)).context(CANNOT_WRITE)?;
            all.add(&path.display().to_string(), (sink.map(|sink| Box::new(sink) as _), earlier));
        }
        let catalog = if args.to.is_empty() { Catalog::default() } else { Catalog::read(sources)? };
        let run = args.run.clone();
        let messages = self.messages.clone();
        let tell = Listener::new(move |notice| messages.notice(notice));
        let options =
            sink::Options { run, retire: self.retire.prefix(), catalog, resumable: Some(resumable), tell };
        for url in &args.to {
            match sink::open_resumable(url, &options) {
                Ok(opened) => all.add(url, opened),
                Err(error) => return Err(all.give_up(error)).context(CANNOT_WRITE),
            }
        }
        if args.writes_to_stdout() {
            let stdout = JsonLines::new(io::stdout(), STANDARD_OUTPUT);
            all.add(STANDARD_OUTPUT, (Some(Box::new(stdout)), Earlier::Nothing));
        }
        Ok(all.join())
    }

    /// Reads the pages into `sink`, behind what an `earlier` run has done.
    pub(super) fn read(
        mut self,
        pages: Pages,
        sources: RuleSources,
        seen: Option<SeenFile>,
        mut sink: Box<dyn Sink>,
        earlier: Earlier,
    ) -> anyhow::Result<u8> {
        let args = self.args;
        if args.resume {
            self.messages.notice(&going_on(&earlier));
        }
        if let Some(decided) = &mut self.decided {
            sink = decided.apply(sink);
        }
        let options = options(args, earlier, seen.as_ref())?;
        let fields = args.fields.fields();
        let feed = pages.feed(args, fields.clone());
        let done = options.resume.as_ref().map(|earlier| &earlier.tally);
        let mut report = Report::open(&args.messages, self.messages.clone(), &feed, seen, done)?;
        let extractor = LazyExtractor::new(sources);
        let outcome = pipeline::run(feed, &extractor, &options, sink, &mut report);
        // The process ends soon, and its memory with it: taking rules apart would only take time.
        std::mem::forget(extractor);
        // What an earlier run passed over is not known.
        let fields = options.resume.is_none().then_some(&fields);
        self.finish(outcome, report, fields)
    }

    /// Tells what the run came to. `fields` are those that records were to have.
    fn finish(
        &self,
        outcome: Result<Tally, RunError>,
        report: Report,
        fields: Option<&Fields>,
    ) -> anyhow::Result<u8> {
        let tally = match outcome {
            Ok(tally) => tally,
            Err(RunError::Sink(error)) => return Err(error).context(CANNOT_WRITE),
            // It has been told.
            Err(RunError::Strict(_)) => return Ok(2),
            Err(error) => return Err(error.into()),
        };
        let args = self.args;
        if let (Some(output), Some(shard), false) = (args.output(), args.filter.shard(), tally.is_lost()) {
            mark_complete(output, shard, &tally)?;
        }
        let not_retired = self.retire.refusal(&tally);
        report.finish(&tally, &notes(args, &tally, fields), not_retired.as_deref())?;
        let warn = |text: &str| self.messages.warning(text);
        if tally.is_lost() {
            for line in left_as_was(args) {
                warn(&line);
            }
        } else if let Some(decided) = &self.decided {
            decided.finish(&args.to, args.messages.quiet, &warn)?;
        }
        Ok(u8::from(tally.problems > 0 || not_retired.is_some()))
    }

    /// Says and does what remains where a run was complete already.
    pub(super) fn complete_already(&self, tally: &Tally) -> anyhow::Result<u8> {
        let args = self.args;
        self.messages.notice("this run is complete already");
        self.messages.summary(tally, 0);
        let warn = |text: &str| self.messages.warning(text);
        // All but these, perhaps, where it was killed at its very end.
        if let Some(decided) = &self.decided {
            decided.finish(&args.to, true, &warn)?;
        }
        if let (Some(output), Some(shard)) = (args.output(), args.filter.shard()) {
            mark_complete(output, shard, tally)?;
        }
        let not_retired = self.retire.too_late();
        if let Some(why) = &not_retired {
            warn(why);
        }
        Ok(u8::from(tally.problems > 0 || not_retired.is_some()))
    }
}

fn options(args: &ExtractArgs, earlier: Earlier, seen: Option<&SeenFile>) -> anyhow::Result<Options> {
    let mut filter = args.filter.filter()?;
    filter.seen = seen.map(SeenFile::contents);
    let resume = match earlier {
        Earlier::Units(units, tally) => Some(Resume { units, tally }),
        Earlier::Nothing | Earlier::Complete(_) => None,
    };
    let jobs =
        args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let duplicates = args.dedup.map(|mode| match mode {
        Dedup::Drop => Duplicates::Drop,
        Dedup::Mark => Duplicates::Mark,
    });
    let (limit, strict) = (args.filter.limit, args.messages.strict);
    let (encoding, published) = (args.encoding.encoding, args.day.published);
    Ok(Options { jobs, filter, limit, strict, encoding, published, duplicates, resume })
}

const CANNOT_WRITE: &str = "cannot write the facts";
const STANDARD_OUTPUT: &str = "standard output";

//! PostgreSQL: new facts go by binary `COPY` into the schema; those that are there with other content go into a staging
//! table, and from there in one merge.
//!
//! PostgreSQL cannot hold U+0000 in a text. It is written as U+FDD0 `0`, and U+FDD0 itself as U+FDD0 `1` ([`copy`]);
//! reading turns both back.

mod connect;
mod copy;
mod decisions;
mod documents;
mod labels;
mod merge;
mod migrate;
mod names;
mod open;
mod password;
mod read;
mod runs;
mod tls;
mod update;

use std::time::Duration;

use postgres::Client;

pub(crate) use decisions::store_decisions;
pub(super) use read::{facts, facts_of_metric};

use super::background::{Background, End, Ready, Writer};
use super::prepare::Rows;
use super::{Earlier, Listener, Options, SinkError, Summary};
use connect::Error;
use labels::Labels;
use merge::Batch;
use runs::Begun;
use tls::Server;

/// How long to wait before each new attempt to reach a server that was lost, a minute in all.
const BACK_OFF: [Duration; 7] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(32),
];

struct PostgresWriter {
    server: Server,
    client: Client,
    run: i64,
    /// Whether no earlier load began the run.
    new: bool,
    /// Whether no fact of this load was there yet.
    all_new: bool,
    retire: Option<String>,
    tell: Listener,
    summary: Summary,
    /// Those that are in the tables.
    labels: Labels,
}

/// Opens the database to load facts into it, unless the run is complete there.
pub(super) fn open(url: &str, options: &Options) -> Result<(Option<Background>, Earlier), SinkError> {
    let server = Server::of(url)?;
    let mut client = open::open_to_write(&server)?;
    let begun = runs::begin(&mut client, options).map_err(|e| connect::sink_error(url, &e))?;
    let Begun { run, new, earlier, first } = begun;
    if matches!(earlier, Earlier::Complete(_)) {
        return Ok((None, earlier));
    }
    let summary = Summary::default();
    let labels = Labels::default();
    let resumable = options.resumable.as_ref().map(|resumable| resumable.run.clone());
    let (retire, tell) = (options.retire.clone(), options.tell.clone());
    let writer = PostgresWriter { server, client, run, new, all_new: first, retire, tell, summary, labels };
    Ok((Some(Background::start(url, resumable, &earlier, writer)?), earlier))
}

impl PostgresWriter {
    /// Does `work`; where the connection is lost in it, connects again and does it once more. A transaction whose end
    /// was not heard of may have been committed: doing it again in the same run changes nothing.
    fn retrying<T>(&mut self, work: impl Fn(&mut Client) -> Result<T, Error>) -> Result<T, SinkError> {
        let mut failed = match work(&mut self.client) {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        for pause in BACK_OFF {
            match &failed {
                Error::Sql(lost) if connect::is_lost(lost) => self.tell(lost, pause),
                _ => break,
            }
            std::thread::sleep(pause);
            let again = self.server.connect().map_err(Error::from).and_then(|mut client| {
                let done = work(&mut client);
                self.client = client;
                done
            });
            match again {
                Ok(done) => return Ok(done),
                Err(error) => failed = error,
            }
        }
        Err(failed.at(self.server.url(), connect::sink_error))
    }
}

impl PostgresWriter {
    fn tell(&self, lost: &postgres::Error, pause: Duration) {
        let (lost, pause) = (connect::sink_error(self.server.url(), lost), pause.as_secs_f64());
        self.tell.tell(&format!("{lost}; trying again in {pause} s"));
    }
}

impl Writer for PostgresWriter {
    fn write(&mut self, batches: &mut Ready<'_>) -> Result<(), SinkError> {
        let batch: Vec<Rows> = batches.by_ref().flatten().collect();
        let (progress, rejected) = (batches.progress(), batches.rejected());
        let count = batch.iter().map(|rows| rows.len() as u64).sum::<u64>();
        let labels = self.labels.new_in(&batch);
        let (run, progress, all_new) = (self.run, progress.as_deref(), self.all_new);
        let batch = Batch { run, rows: &batch, labels: &labels, progress, all_new, rejected: &rejected };
        let done = self.retrying(|client| merge::write(client, &batch))?;
        self.labels.know(labels);
        self.all_new &= !done.met;
        self.summary.added += done.added;
        self.summary.changed += done.changed;
        self.summary.retired += done.retired;
        self.summary.same += count - (done.added + done.changed).min(count);
        Ok(())
    }

    fn so_far(&self) -> Summary {
        self.summary
    }

    fn finish(&mut self, end: &End) -> Result<Summary, SinkError> {
        let (run, retire) = (self.run, self.retire.clone().filter(|_| end.retire));
        let complete = end.progress.as_deref();
        self.summary.retired +=
            self.retrying(|client| merge::finish(client, run, retire.as_deref(), complete))?;
        Ok(self.summary)
    }

    fn undo(mut self) {
        if self.new {
            // Where the server is gone, a run without facts is left, as if the program had been killed.
            let _ = runs::remove(&mut self.client, self.run);
        }
    }
}

//! Decisions applied to facts on their way to a destination: rejected ones are left out, corrected ones put in place.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::decisions::{Decision, Decisions, Ruling, correct};
use crate::fact::Fact;
use crate::sink::{Checkpoint, Failure, Left, Sink, SinkError, Summary};

/// A decision that could not be applied, or was not for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unapplied {
    /// The id of the fact.
    pub fact: String,
    /// Where the fact stands: path, record, line.
    pub place: String,
    /// Its number.
    pub quote: String,
    /// Who decided.
    pub by: String,
    /// Why it is not applied.
    pub reason: String,
}

impl std::fmt::Display for Unapplied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { fact, place, quote, by, reason } = self;
        write!(f, "decision of {by} on {fact} ({place}, {quote:?}) is not applied: {reason}")
    }
}

/// What applying decisions came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Facts that were left out.
    pub rejected: u64,
    /// Facts that were corrected.
    pub corrected: u64,
    /// Facts that were accepted as they are.
    pub accepted: u64,
    /// Decisions whose fact says something else now, or whose correction is not possible.
    pub unapplied: Vec<Unapplied>,
    /// Facts with a decision that were met.
    met: BTreeSet<String>,
}

impl Tally {
    /// Facts on which there is a verdict, but which were not met.
    pub fn unmet(&self, decisions: &Decisions) -> u64 {
        let decided = decisions.facts().filter(|fact| decisions.verdict(fact).is_some());
        decided.filter(|fact| !self.met.contains(*fact)).count() as u64
    }
}

/// Passes facts on as decisions say.
pub struct Reviewed {
    inner: Box<dyn Sink>,
    decisions: Arc<Decisions>,
    tally: Arc<Mutex<Tally>>,
    lines: Vec<u8>,
    rejected: Vec<String>,
}

impl Reviewed {
    /// In front of `inner`. The tally can be read when the sink is finished.
    pub fn new(inner: Box<dyn Sink>, decisions: Arc<Decisions>) -> (Self, Arc<Mutex<Tally>>) {
        let tally = Arc::new(Mutex::new(Tally::default()));
        let (lines, rejected) = (Vec::new(), Vec::new());
        (Self { inner, decisions, tally: Arc::clone(&tally), lines, rejected }, tally)
    }

    /// Appends the line, what takes its place, or nothing.
    fn add(&mut self, line: &[u8]) -> Result<(), SinkError> {
        let decisions = Arc::clone(&self.decisions);
        let Some((decision, ruling)) = id(line).and_then(|id| decisions.verdict(&id)) else {
            self.lines.extend_from_slice(line);
            return Ok(());
        };
        let fact: Fact<'_> = serde_json::from_slice(line).map_err(|error| no_fact(&error))?;
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        match tally.decide(decision, ruling, &fact) {
            Outcome::Keep => self.lines.extend_from_slice(line),
            Outcome::LeaveOut => self.rejected.push(fact.id.into_owned()),
            Outcome::Replace(fact) => {
                serde_json::to_writer(&mut self.lines, &fact).map_err(|error| no_fact(&error))?;
                // Writing to memory does not fail.
                let _ = self.lines.write_all(b"\n");
            }
        }
        Ok(())
    }
}

impl Sink for Reviewed {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        if self.decisions.is_empty() {
            return self.inner.write(lines);
        }
        self.lines.clear();
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            self.add(line)?;
        }
        if !self.lines.is_empty() {
            self.inner.write(&self.lines)?;
        }
        if !self.rejected.is_empty() {
            self.inner.reject(&self.rejected)?;
            self.rejected.clear();
        }
        Ok(())
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.inner.checkpoint(checkpoint)
    }

    fn reject(&mut self, facts: &[String]) -> Result<(), SinkError> {
        self.inner.reject(facts)
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        self.inner.flush()
    }

    fn retire_nothing(&mut self) {
        self.inner.retire_nothing();
    }

    fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
        self.inner.finish()
    }

    fn abandon(self: Box<Self>) -> Left {
        self.inner.abandon()
    }
}

enum Outcome {
    Keep,
    LeaveOut,
    Replace(Box<Fact<'static>>),
}

impl Tally {
    fn decide(&mut self, decision: &Decision, ruling: Ruling<'_>, fact: &Fact<'_>) -> Outcome {
        self.met.insert(decision.fact.clone());
        if decision.is_stale(fact) {
            self.note(decision, fact, "the fact says something else now".to_owned());
            return Outcome::Keep;
        }
        match ruling {
            Ruling::Reject => {
                self.rejected += 1;
                Outcome::LeaveOut
            }
            Ruling::Correct(fields) => match correct(fact, fields) {
                Ok(corrected) => {
                    self.corrected += 1;
                    Outcome::Replace(Box::new(corrected))
                }
                Err(error) => {
                    self.note(decision, fact, error.to_string());
                    Outcome::Keep
                }
            },
            Ruling::Accept => {
                self.accepted += 1;
                Outcome::Keep
            }
        }
    }

    fn note(&mut self, decision: &Decision, fact: &Fact<'_>, reason: String) {
        let record = fact.source.record.as_ref().map_or(String::new(), |record| format!("#{record}"));
        self.unapplied.push(Unapplied {
            fact: fact.id.to_string(),
            place: format!("{}{record}:{}", fact.source.path, fact.source.line),
            quote: fact.source.quote.to_string(),
            by: decision.by.clone(),
            reason,
        });
    }
}

/// The id of the fact on a line. Lines that this program wrote begin with it, and need no parsing.
fn id(line: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Id {
        id: String,
    }
    let plain = line.strip_prefix(b"{\"id\":\"").and_then(|rest| Some((rest.get(..32)?, *rest.get(32)?)));
    match plain {
        Some((id, b'"')) if id.iter().all(u8::is_ascii_hexdigit) => String::from_utf8(id.to_vec()).ok(),
        _ => serde_json::from_slice::<Id>(line).ok().map(|line| line.id),
    }
}

fn no_fact(error: &serde_json::Error) -> SinkError {
    SinkError::new(Failure::Usage, "decisions", format!("a line is no fact: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::decisions::content_hash;
    use crate::sink::samples::{lines, plain};

    /// Keeps what it is given.
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Sink for Kept {
        fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
            self.0.lock().unwrap().extend_from_slice(lines);
            Ok(())
        }

        fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
            Ok(Summary::default())
        }
    }

    fn decision(fact: &Fact<'_>, verdict: &str, fields: &str) -> String {
        format!(
            "{{\"at\":\"2024-05-01T08:00:00Z\",\"by\":\"An\",\"fact\":\"{}\",\"of\":\"{}\",\"verdict\":\"{verdict}\",\
             \"fields\":{fields}}}\n",
            fact.id,
            content_hash(fact)
        )
    }

    #[test]
    fn decisions_are_applied_and_stale_ones_are_noted() {
        let stale = Fact { is_change: true, ..plain(4) };
        let text = [
            decision(&plain(1), "reject", "{}"),
            decision(&plain(2), "correct", "{\"value\":2.50,\"unit\":\"hộ\"}"),
            decision(&plain(3), "accept", "{}"),
            decision(&stale, "reject", "{}"),
            decision(&plain(99), "reject", "{}"),
        ];
        let decisions = Arc::new(Decisions::parse(text.concat().as_bytes()));
        assert_eq!(decisions.problems, []);
        let kept = Arc::new(Mutex::new(Vec::new()));
        let (mut sink, tally) = Reviewed::new(Box::new(Kept(Arc::clone(&kept))), Arc::clone(&decisions));
        let facts: Vec<_> = (0..6).map(plain).collect();
        sink.write(&lines(&facts)).unwrap();
        let corrected = Fact {
            value: "2.5".parse().unwrap(),
            unit: Some("hộ".into()),
            rule: "review".into(),
            ..plain(2)
        };
        let expected = [plain(0), corrected, plain(3), plain(4), plain(5)];
        assert_eq!(String::from_utf8(kept.lock().unwrap().clone()), String::from_utf8(lines(&expected)));
        let tally = tally.lock().unwrap();
        assert_eq!((tally.rejected, tally.corrected, tally.accepted), (1, 1, 1));
        assert_eq!(tally.unapplied.len(), 1);
        assert_eq!(tally.unapplied[0].fact, plain(4).id);
        assert_eq!(tally.unmet(&decisions), 1);
    }

    #[test]
    fn ids_are_found_however_the_line_is_written() {
        let line = lines(&[plain(7)]);
        let spaced = String::from_utf8(line.clone()).unwrap().replace("{\"id\":", "{ \"id\": ");
        assert_eq!(id(&line), Some(plain(7).id.into_owned()));
        assert_eq!(id(spaced.as_bytes()), id(&line));
        assert_eq!(id(b"{}"), None);
    }
}

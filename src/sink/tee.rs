//! Several destinations at once.

use super::{Checkpoint, Failure, Left, Sink, SinkError, Summary, without_password};

/// Hears what went into each destination when it is finished, by how the user names it.
pub type Finished = Box<dyn FnMut(&str, Summary) + Send>;

/// Gives all facts to each of its destinations in turn. Where one fails, the others are given up, and the error says what
/// stands in them. One whose reader has enough is left out from then on.
#[derive(Default)]
pub struct Tee {
    /// Each with how the user names it.
    all: Vec<(String, Box<dyn Sink>)>,
    /// What stands in those that get no more.
    over: Vec<(String, Left)>,
    finished: Option<Finished>,
}

impl Tee {
    /// Without destinations so far; `finished` hears of each.
    pub fn new(finished: Finished) -> Self {
        Self { finished: Some(finished), ..Self::default() }
    }

    /// Adds a destination, with how the user names it.
    pub fn add(&mut self, place: &str, sink: Box<dyn Sink>) {
        self.all.push((without_password(place), sink));
    }

    /// Remembers one that has everything already.
    pub(super) fn add_complete(&mut self, place: &str) {
        self.over.push((without_password(place), Left::Complete));
    }

    /// Whether there is none that facts could be given to.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn each(&mut self, work: impl Fn(&mut dyn Sink) -> Result<(), SinkError>) -> Result<(), SinkError> {
        let mut place = 0;
        while let Some((_, sink)) = self.all.get_mut(place) {
            match work(&mut **sink) {
                Ok(()) => place += 1,
                Err(error) if error.failure == Failure::Closed && self.all.len() > 1 => {
                    self.all.remove(place);
                }
                Err(error) => return Err(self.failed(place, error)),
            }
        }
        Ok(())
    }

    fn failed(&mut self, place: usize, error: SinkError) -> SinkError {
        // It is not to blame for what it was given.
        if error.failure != Failure::NoFact {
            self.all.remove(place);
        }
        self.give_up(error)
    }

    /// Gives up all destinations because of `error`, which then says what stands in them.
    #[must_use]
    pub fn give_up(&mut self, mut error: SinkError) -> SinkError {
        error.others.append(&mut self.over);
        error.others.extend(self.all.drain(..).map(|(place, sink)| (place, sink.abandon())));
        error
    }
}

impl Sink for Tee {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.each(|sink| sink.write(lines))
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.each(|sink| sink.checkpoint(checkpoint))
    }

    fn reject(&mut self, facts: &[String]) -> Result<(), SinkError> {
        self.each(|sink| sink.reject(facts))
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        self.each(|sink| sink.flush())
    }

    fn retire_nothing(&mut self) {
        self.all.iter_mut().for_each(|(_, sink)| sink.retire_nothing());
    }

    /// The summary is that of the last destination.
    fn finish(mut self: Box<Self>) -> Result<Summary, SinkError> {
        self.flush()?;
        let mut last = Summary::default();
        while !self.all.is_empty() {
            let (place, sink) = self.all.remove(0);
            match sink.finish() {
                Ok(summary) => {
                    if let Some(finished) = &mut self.finished {
                        finished(&place, summary);
                    }
                    last = summary;
                    self.over.push((place, Left::Complete));
                }
                Err(error) if error.failure == Failure::Closed && !self.all.is_empty() => {}
                Err(error) => return Err(self.give_up(error)),
            }
        }
        Ok(last)
    }

    /// What is said is of the first destination.
    fn abandon(mut self: Box<Self>) -> Left {
        let all = self.all.drain(..).map(|(_, sink)| sink.abandon());
        all.collect::<Vec<_>>().into_iter().next().unwrap_or(Left::AsBefore)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Takes so many pieces, then fails.
    struct Takes(usize, Failure, Arc<Mutex<usize>>);

    impl Sink for Takes {
        fn write(&mut self, _: &[u8]) -> Result<(), SinkError> {
            let Some(left) = self.0.checked_sub(1) else { return Err(SinkError::new(self.1, "", "")) };
            self.0 = left;
            *self.2.lock().unwrap() += 1;
            Ok(())
        }

        fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
            if self.0 == 0 { Err(SinkError::new(self.1, "", "")) } else { Ok(Summary::default()) }
        }

        fn abandon(self: Box<Self>) -> Left {
            Left::Batches(*self.2.lock().unwrap() as u64)
        }
    }

    fn tee(all: &[(usize, Failure)]) -> (Box<Tee>, Vec<Arc<Mutex<usize>>>) {
        let mut tee = Tee::default();
        tee.add_complete("before");
        let counts: Vec<_> = all.iter().map(|_| Arc::new(Mutex::new(0))).collect();
        for ((place, &(takes, failure)), count) in ["a", "b", "c"].iter().zip(all).zip(&counts) {
            tee.add(place, Box::new(Takes(takes, failure, Arc::clone(count))));
        }
        (Box::new(tee), counts)
    }

    fn others(error: &SinkError) -> Vec<String> {
        error.others.iter().map(|(place, left)| format!("{place} {left:?}")).collect()
    }

    #[test]
    fn where_one_fails_the_error_says_what_stands_in_the_others() {
        let (mut all, _) = tee(&[(9, Failure::Full), (1, Failure::Full), (9, Failure::Full)]);
        all.write(b"").unwrap();
        let error = all.write(b"").unwrap_err();
        assert_eq!(others(&error), ["before Complete", "a Batches(2)", "c Batches(1)"]);
        // Nobody is to blame for a line that is no fact.
        let error = tee(&[(0, Failure::NoFact), (9, Failure::Full)]).0.write(b"").unwrap_err();
        assert_eq!(others(&error), ["before Complete", "a Batches(0)", "b Batches(0)"]);
        let error =
            tee(&[(1, Failure::Full), (0, Failure::Full), (1, Failure::Full)]).0.finish().unwrap_err();
        assert_eq!(others(&error), ["before Complete", "a Complete", "c Batches(0)"]);
    }

    #[test]
    fn who_has_enough_does_not_stop_the_others() {
        let (mut all, counts) = tee(&[(1, Failure::Closed), (9, Failure::Full)]);
        for _ in 0..3 {
            all.write(b"").unwrap();
        }
        all.finish().unwrap();
        assert_eq!((*counts[0].lock().unwrap(), *counts[1].lock().unwrap()), (1, 3));
        let (mut alone, _) = tee(&[(0, Failure::Closed)]);
        assert_eq!(alone.write(b"").unwrap_err().failure, Failure::Closed);
    }
}

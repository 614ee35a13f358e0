//! Several destinations of one run, each of which may have come a different way before the run was interrupted.

use super::{Checkpoint, Earlier, Finished, Left, Sink, SinkError, Summary, Tee};

/// A destination, unless it has everything already, and what an earlier run left in it.
pub type Opened = (Option<Box<dyn Sink>>, Earlier);

/// Joins destinations into one, and says where a run has to go on so that each gets what it lacks. One that has more than
/// another is not given it again.
pub struct Together {
    tee: Tee,
    least: Earlier,
}

impl Default for Together {
    fn default() -> Self {
        Self { tee: Tee::default(), least: Earlier::Complete(crate::Tally::default()) }
    }
}

impl Together {
    /// Without destinations so far; `finished` hears of each.
    pub fn new(finished: Finished) -> Self {
        Self { tee: Tee::new(finished), ..Self::default() }
    }

    /// Adds a destination, with how the user names it.
    pub fn add(&mut self, place: &str, (sink, earlier): Opened) {
        let Some(sink) = sink else {
            self.tee.add_complete(place);
            // The counts are of the run, the same in all of them.
            if matches!(self.least, Earlier::Complete(_)) {
                self.least = earlier;
            }
            return;
        };
        let has = units(&earlier);
        if has < units(&self.least) {
            self.least = earlier;
        }
        self.tee.add(place, Box::new(Ahead { sink, has, at: 0 }));
    }

    /// Gives up all that were added because of `error`, which then says what stands in them.
    #[must_use]
    pub fn give_up(mut self, error: SinkError) -> SinkError {
        self.tee.give_up(error)
    }

    /// All as one; no sink where all are complete.
    pub fn join(self) -> Opened {
        let sink = (!self.tee.is_empty()).then(|| Box::new(self.tee) as Box<dyn Sink>);
        (sink, self.least)
    }
}

fn units(earlier: &Earlier) -> u64 {
    match earlier {
        Earlier::Nothing => 0,
        Earlier::Units(units, _) => *units,
        Earlier::Complete(_) => u64::MAX,
    }
}

/// Passes over the units that a destination has.
struct Ahead {
    sink: Box<dyn Sink>,
    has: u64,
    /// Units done so far.
    at: u64,
}

impl Sink for Ahead {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        if self.at < self.has { Ok(()) } else { self.sink.write(lines) }
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.at = checkpoint.units;
        if self.at > self.has { self.sink.checkpoint(checkpoint) } else { Ok(()) }
    }

    fn reject(&mut self, facts: &[String]) -> Result<(), SinkError> {
        if self.at < self.has { Ok(()) } else { self.sink.reject(facts) }
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        self.sink.flush()
    }

    fn retire_nothing(&mut self) {
        self.sink.retire_nothing();
    }

    fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
        self.sink.finish()
    }

    fn abandon(self: Box<Self>) -> Left {
        self.sink.abandon()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::Tally;

    #[derive(Clone, Default)]
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

    #[test]
    fn each_gets_what_it_lacks() {
        let (near, far) = (Kept::default(), Kept::default());
        let opened = |kept: &Kept, units| -> Opened {
            (Some(Box::new(kept.clone())), Earlier::Units(units, Tally::default()))
        };
        let join = |all: Vec<Opened>| {
            let mut together = Together::default();
            for opened in all {
                together.add("", opened);
            }
            together.join()
        };
        let (sink, earlier) =
            join(vec![opened(&far, 4), (None, Earlier::Complete(Tally::default())), opened(&near, 2)]);
        assert_eq!(earlier, Earlier::Units(2, Tally::default()));
        let mut sink = sink.unwrap();
        for unit in 0..6u8 {
            // Units that all have are passed over by the run itself.
            if unit >= 2 {
                sink.write(&[b'0' + unit]).unwrap();
            }
            let (units, tally) = (u64::from(unit) + 1, &Tally::default());
            sink.checkpoint(&Checkpoint { units, tally }).unwrap();
        }
        assert_eq!(*near.0.lock().unwrap(), b"2345");
        assert_eq!(*far.0.lock().unwrap(), b"45");
        let complete = || Earlier::Complete(Tally { problems: 3, ..Tally::default() });
        assert_eq!(join(vec![(None, complete()), (None, complete())]).1, complete());
    }
}

//! Several destinations at once.

use super::{Checkpoint, Sink, SinkError, Summary};

/// Gives all facts to each of its destinations in turn.
#[derive(Default)]
pub struct Tee(pub Vec<Box<dyn Sink>>);

impl Sink for Tee {
    fn write(&mut self, lines: &[u8]) -> Result<(), SinkError> {
        self.0.iter_mut().try_for_each(|sink| sink.write(lines))
    }

    fn checkpoint(&mut self, checkpoint: &Checkpoint<'_>) -> Result<(), SinkError> {
        self.0.iter_mut().try_for_each(|sink| sink.checkpoint(checkpoint))
    }

    /// The summary is that of the last destination.
    fn finish(self: Box<Self>) -> Result<Summary, SinkError> {
        self.0.into_iter().try_fold(Summary::default(), |_, sink| sink.finish())
    }
}

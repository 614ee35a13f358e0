//! Equal lines of both sides cancel each other while they are read, so that only what differs is held and parsed.

use std::collections::VecDeque;
use std::thread;

use rustc_hash::FxHashMap;

use super::lines::{Lines, Producer};
use crate::sink::SinkError;

/// A line that the other side does not have.
#[derive(Debug)]
pub(super) struct UnmatchedLine {
    /// Its number among the lines of its side, from 0.
    pub(super) number: u64,
    pub(super) line: Box<[u8]>,
}

/// What is left of both sides, in their order, and how many lines each had.
#[derive(Debug)]
pub(super) struct Unmatched {
    pub(super) lines: [Vec<UnmatchedLine>; 2],
    pub(super) counts: [u64; 2],
}

/// Lines that wait for their like, by hash. Of equal ones the first goes first.
#[derive(Default)]
struct Waiting(FxHashMap<u128, (UnmatchedLine, VecDeque<UnmatchedLine>)>);

impl Waiting {
    fn hold(&mut self, hash: u128, lines: &Lines) {
        let held = UnmatchedLine { number: lines.passed, line: lines.bytes().into() };
        match self.0.get_mut(&hash) {
            Some((_, more)) => more.push_back(held),
            None => {
                self.0.insert(hash, (held, VecDeque::new()));
            }
        }
    }

    /// Lets one line of that hash go, if there is one.
    fn cancel(&mut self, hash: u128) -> bool {
        let Some((first, more)) = self.0.get_mut(&hash) else { return false };
        match more.pop_front() {
            Some(next) => *first = next,
            None => {
                self.0.remove(&hash);
            }
        }
        true
    }

    fn into_lines(self) -> Vec<UnmatchedLine> {
        let all = self.0.into_values().flat_map(|(first, more)| std::iter::once(first).chain(more));
        let mut all: Vec<UnmatchedLine> = all.collect();
        all.sort_unstable_by_key(|held| held.number);
        all
    }
}

/// Reads both sides at the same pace. Memory depends on how much differs, and on how far apart equal lines stand.
pub(super) fn merge(old: Producer<'_>, new: Producer<'_>) -> Result<Unmatched, SinkError> {
    thread::scope(|scope| {
        let (mut old, mut new) = (Lines::start(scope, old), Lines::start(scope, new));
        let (mut old_waits, mut new_waits) = (Waiting::default(), Waiting::default());
        loop {
            match (old.peek()?, new.peek()?) {
                (None, None) => break,
                (Some(a), Some(b)) if a == b => {
                    old.pass();
                    new.pass();
                }
                (Some(a), _) if new_waits.cancel(a) => old.pass(),
                (_, Some(b)) if old_waits.cancel(b) => new.pass(),
                (a, b) => {
                    if let Some(a) = a {
                        old_waits.hold(a, &old);
                        old.pass();
                    }
                    if let Some(b) = b {
                        new_waits.hold(b, &new);
                        new.pass();
                    }
                }
            }
        }
        let counts = [old.passed, new.passed];
        Ok(Unmatched { lines: [old_waits.into_lines(), new_waits.into_lines()], counts })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn producer(lines: &[u8]) -> Producer<'_> {
        Box::new(move |take| {
            // In small blocks.
            lines.iter().try_for_each(|line| take(format!("{line}\n").as_bytes()))
        })
    }

    proptest! {
        #[test]
        fn what_is_left_is_the_difference_of_multisets(old in prop::collection::vec(0u8..6, 0..40),
                                                       new in prop::collection::vec(0u8..6, 0..40)) {
            let left = merge(producer(&old), producer(&new)).unwrap();
            prop_assert_eq!(left.counts, [old.len() as u64, new.len() as u64]);
            for value in 0u8..6 {
                let count = |lines: &[u8]| memchr::memchr_iter(value, lines).count();
                let held = |side: usize| {
                    let text = value.to_string();
                    left.lines[side].iter().filter(|held| *held.line == *text.as_bytes()).count()
                };
                prop_assert_eq!(held(0), count(&old).saturating_sub(count(&new)));
                prop_assert_eq!(held(1), count(&new).saturating_sub(count(&old)));
            }
        }
    }
}

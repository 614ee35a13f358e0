//! The form of expected facts as people write them by hand: `fixtures` writes it, `score` reads it.

pub(super) mod interval;
mod lines;
pub(super) mod occurrence;

use crate::fact::Direction;

pub(super) use lines::Lines;

/// The word for a direction.
pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Increase => "up",
        Direction::Decrease => "down",
    }
}

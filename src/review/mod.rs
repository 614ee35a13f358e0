//! What people look at to trust an extraction: whether citations hold, what changed between two runs, how good a run
//! is, and facts for reading.

pub mod archive;
pub mod decisions;
pub mod diff;
pub mod field;
pub mod mark;
pub mod page;
pub mod pages;
pub mod plain;
pub mod terminal;
pub mod verify;

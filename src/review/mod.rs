//! What people look at to trust an extraction: whether citations hold, what changed between two runs, how good a run
//! is, facts for reading, and a page in the browser to decide on them.

pub mod apply;
pub mod archive;
pub mod collection;
pub mod decisions;
pub mod desk;
pub mod diff;
mod field;
pub mod fit;
pub mod fixtures;
mod gold;
pub mod page_view;
pub mod pages;
pub mod report;
pub mod score;
pub mod server;
pub mod show;
pub mod terminal;
pub mod verify;

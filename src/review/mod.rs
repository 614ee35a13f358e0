//! From facts back to their pages.

pub mod archive;
pub mod decisions;
pub mod verify;

//! From facts back to their pages.

pub mod archive;
pub mod verify;

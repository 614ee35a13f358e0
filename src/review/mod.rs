//! From facts back to their pages.

pub mod verify;

//! The rules of entities: the form of their files, and compiled to phrase tries and word classes.

pub(super) mod classes;
pub(super) mod common;
mod compile;
pub(super) mod file;
pub(super) mod files;
pub(super) mod name_words;
pub(super) mod standing;
pub(super) mod tables;

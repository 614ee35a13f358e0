//! The rules of entities: the form of their files, and compiled to phrase tries and word classes.

pub(super) mod anaphor;
pub(super) mod capitals;
pub(super) mod classes;
pub(super) mod common;
mod compile;
pub(super) mod example;
pub(super) mod file;
pub(super) mod files;
mod foreign;
pub(crate) mod holder;
mod name_words;
mod standing;
pub(super) mod tables;

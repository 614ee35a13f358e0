//! What the program knows of the language: the files of `rules/`, built in, extended or replaced by a folder.
//!
//! [`RuleSources`] holds the texts of the rule files; each stage parses and compiles its own files from it
//! ([`crate::page::PageRules`] from `page.toml`, and so on). An entry of a later source replaces the entry of the
//! same name in an earlier one ([`merge_named`]).

mod error;
mod patterns;
mod sources;

pub use error::RuleError;
pub use patterns::Patterns;
pub use sources::{Loaded, Named, RuleSources, merge_named};

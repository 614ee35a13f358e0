//! What the program knows of the language: the files of `rules/`, built in, extended or replaced by a folder.
//!
//! [`RuleSources`] holds the texts of the rule files; each stage parses and compiles its own files from it
//! ([`crate::page::PageRules`] from `page.toml`, and so on). An entry of a later source replaces the entry of the
//! same name in an earlier one ([`merge_named`]).

mod anchored;
mod catalog;
mod error;
mod merge;
mod named_values;
mod narrow;
mod outcome;
mod pattern;
mod patterns;
mod per_thread;
mod places;
mod sources;
mod syntax;
mod twins;

pub(crate) use anchored::{Anchored, Cache, Direction, Ended, StateId, Unbuildable};
pub use catalog::{Catalog, EntityEntry, MetricEntry};
pub use error::RuleError;
pub(crate) use merge::{Named, merge_named, merged, named};
pub(crate) use named_values::named_values;
pub(crate) use narrow::uncounted;
#[cfg(test)]
pub(crate) use outcome::assert_right;
pub use outcome::{ExampleOutcome, Verdict};
pub(crate) use pattern::{Groups, Pattern, group_names};
pub(crate) use patterns::{Patterns, stretch_spaces};
pub(crate) use per_thread::{Own, PerThread};
pub(crate) use sources::Loaded;
pub use sources::RuleSources;
pub(crate) use syntax::parse;

//! Rules compiled when the first page needs them.

use once_cell::sync::OnceCell;

use crate::Extractor;
use crate::rules::{RuleError, RuleSources};

/// An [`Extractor`] that is compiled on first use, once for all threads: a run without pages costs nothing.
#[derive(Debug)]
pub struct LazyExtractor {
    sources: RuleSources,
    cell: OnceCell<Extractor>,
}

impl LazyExtractor {
    /// Will compile `sources`.
    pub fn new(sources: RuleSources) -> Self {
        Self { sources, cell: OnceCell::new() }
    }

    /// The compiled rules.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn get(&self) -> Result<&Extractor, RuleError> {
        self.cell.get_or_try_init(|| Extractor::new(&self.sources))
    }
}

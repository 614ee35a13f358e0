//! All rules compiled, ready to read pages.

use crate::fact::Fact;
use crate::rules::{RuleError, RuleSources};
use crate::source::RawPage;

/// Reads pages into facts. Make one and share it between threads: it does not change while reading.
#[derive(Debug)]
pub struct Extractor {}

impl Extractor {
    /// Compiles all rules.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn new(_sources: &RuleSources) -> Result<Self, RuleError> {
        Ok(Self {})
    }

    /// Reads one page and gives its facts to `sink`, in the order of the text.
    pub fn extract(&self, _page: &RawPage<'_>, _sink: &mut dyn FnMut(Fact<'_>)) -> PageReport {
        PageReport::default()
    }
}

/// What reading one page came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageReport {
    /// Facts given to the sink.
    pub facts: usize,
    /// Invalid byte sequences replaced in decoding.
    pub replaced: usize,
}

//! Themes: what a figure is about beyond its metric, savings first of all.

use serde::Deserialize;

use crate::rules::Named;

/// A theme as its rule file states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThemeRule {
    pub(super) name: String,
}

impl Named for ThemeRule {
    fn name(&self) -> &str {
        &self.name
    }
}

//! `--rules`; all commands that take rules share it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use solieu::Extractor;
use solieu::page::PageRules;
use solieu::rules::RuleSources;

/// Rules of the user.
#[derive(Debug, Args)]
pub(super) struct RuleArgs {
    /// Add the rules in DIR to the built-in ones; a rule of the same name replaces the built-in one
    #[arg(id = "rules", long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl RuleArgs {
    /// The built-in rules and those of the folder.
    pub(super) fn sources(&self) -> anyhow::Result<RuleSources> {
        let mut sources = RuleSources::builtin();
        if let Some(dir) = &self.dir {
            add(&mut sources, dir)?;
        }
        Ok(sources)
    }

    /// All of them compiled.
    pub(super) fn extractor(&self) -> anyhow::Result<Extractor> {
        Ok(Extractor::new(&self.sources()?)?)
    }

    /// Those compiled that find the article of a page.
    pub(super) fn page_rules(&self) -> anyhow::Result<PageRules> {
        Ok(PageRules::compile(&self.sources()?)?)
    }
}

/// Adds the rules in `dir`.
pub(super) fn add(sources: &mut RuleSources, dir: &Path) -> anyhow::Result<()> {
    sources.add_dir(dir).context("cannot read the rules")
}

//! Runs that are complete, and the file that says so of a shard.

use std::path::{Path, PathBuf};

use anyhow::Context;
use solieu::Tally;
use solieu::sink;

use super::Run;

impl Run<'_> {
    /// Says and does what remains where a run was complete already.
    pub(super) fn complete_already(&self, tally: &Tally) -> anyhow::Result<u8> {
        let args = self.args;
        self.messages.notice("this run is complete already");
        self.messages.summary(tally, 0);
        let warn = |text: &str| self.messages.warning(text);
        // All but these, perhaps, where it was killed at its very end.
        if let Some(decided) = &self.decided {
            decided.finish(&args.to, true, &warn)?;
        }
        if let (Some(output), Some(shard)) = (args.output(), args.filter.shard()) {
            mark_complete(output, shard, tally)?;
        }
        let not_retired = self.retire.too_late();
        if let Some(why) = &not_retired {
            warn(why);
        }
        Ok(u8::from(tally.problems > 0 || not_retired.is_some()))
    }
}

/// Writes `OUTPUT.done`, which tells a scheduler that the shard is complete, with counts that can be added up.
pub(super) fn mark_complete(output: &Path, shard: (u64, u64), tally: &Tally) -> anyhow::Result<()> {
    let name = marker(output);
    let counts = serde_json::json!({ "shard": shard.0, "of": shard.1, "summary": tally });
    sink::write_whole(&name, format!("{counts}\n"))
        .with_context(|| format!("cannot write {}", name.display()))
}

fn marker(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".done");
    name.into()
}

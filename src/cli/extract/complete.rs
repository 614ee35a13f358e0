//! Runs that are complete, and the file that says so of a shard.

use std::path::{Path, PathBuf};

use anyhow::Context;
use solieu::Tally;
use solieu::sink;

use super::ExtractArgs;
use super::report::Messages;
use super::retiring::Retire;
use crate::cli::decide::Decided;

/// What is said and done where there is nothing left to do.
pub(super) fn complete_already(
    args: &ExtractArgs,
    tally: &Tally,
    messages: &Messages,
    decided: Option<&Decided>,
    retire: &Retire,
) -> anyhow::Result<u8> {
    messages.notice("this run is complete already");
    messages.summary(tally, 0);
    let warn = |text: &str| messages.warning(text);
    // All but these, perhaps, where it was killed at its very end.
    if let Some(decided) = decided {
        decided.finish(&args.to, true, &warn)?;
    }
    if let (Some(output), Some(shard)) = (args.output(), args.filter.shard()) {
        mark_complete(output, shard, tally)?;
    }
    let not_retired = retire.too_late();
    if let Some(why) = &not_retired {
        warn(why);
    }
    Ok(u8::from(tally.problems > 0 || not_retired.is_some()))
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

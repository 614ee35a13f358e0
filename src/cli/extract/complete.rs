//! The file that says of a shard that it is complete.

use std::path::{Path, PathBuf};

use anyhow::Context;
use solieu::Tally;
use solieu::sink;

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

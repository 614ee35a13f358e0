//! `solieu schema`: the form of the records.

use std::io::{self, Write};

use solieu::fact::Fact;

/// Prints the JSON Schema of the record and gives the exit status.
pub(crate) fn run() -> anyhow::Result<u8> {
    let schema = schemars::schema_for!(Fact<'_>);
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)?;
    Ok(0)
}

//! `solieu show`: facts for reading.

use std::io::Write as _;

use clap::Args;
use solieu::review::show::{Form, Shown};
use solieu::sink;

use super::terminal::TerminalArgs;

/// Print facts for reading, page by page
#[derive(Debug, Args)]
#[command(after_help = "Makes `git diff` of facts files readable:\n  \
    echo '*.jsonl diff=solieu' >> .gitattributes\n  \
    git config diff.solieu.textconv 'solieu show'\n\n\
    Exit status: 0; 2 where the facts cannot be read (of databases 4 to 7, as in `solieu load --help`)")]
pub(crate) struct ShowArgs {
    /// A facts file (also compressed; `-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// One line a fact
    #[arg(short, long, conflicts_with = "all")]
    brief: bool,
    /// Every field, hashes and byte ranges included
    #[arg(short, long)]
    all: bool,
    #[command(flatten)]
    terminal: TerminalArgs,
}

/// How much is held back before it is written, in bytes.
const BUFFER: usize = 64 << 10;

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<u8> {
    let form = match (args.brief, args.all) {
        (true, _) => Form::Brief,
        (_, true) => Form::All,
        _ => Form::Fields,
    };
    let mut shown = Shown::new(args.terminal.look(), form);
    let mut out = args.terminal.open();
    let mut text = String::new();
    let mut written = Ok(());
    sink::facts(&args.facts, &mut |fact| {
        if written.is_ok() {
            shown.write(&fact, &mut text);
            if text.len() > BUFFER {
                written = out.write_all(text.as_bytes());
                text.clear();
            }
        }
    })?;
    written?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(0)
}

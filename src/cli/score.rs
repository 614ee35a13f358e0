//! `solieu score`: how good an extraction is, against annotated pages.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use solieu::fact::Fact;
use solieu::review::score::{self, StrippedLine};
use solieu::sink;

use super::terminal::TerminalArgs;

/// Score facts against annotated pages: precision, recall, each field, each rule
#[derive(Debug, Args)]
#[command(
    after_help = "GOLD holds NAME.jsonl for each page NAME.txt: one annotated fact a line, as described in \
    fixtures/gold/README.md of the source code. What matches, and how fields are compared, is described there.\n\n\
    Example:\n  \
    solieu extract fixtures/gold/articles -o facts.jsonl\n  \
    solieu score fixtures/gold/articles facts.jsonl --errors\n  \
    solieu strip --json fixtures/gold/articles | solieu score fixtures/gold/articles facts.jsonl --lines -\n\n\
    Exit status: 0; 2 where annotations or facts cannot be read (of databases 4 to 7, as in `solieu load --help`)"
)]
pub(crate) struct ScoreArgs {
    /// Folder of annotated facts
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// A facts file (also compressed; `-`: standard input), csv:FILE, parquet:DIR, or a database (sqlite:FILE, postgres://…)
    #[arg(value_name = "FACTS")]
    facts: String,
    /// Where NAME.txt is [default: GOLD, else a folder `seeds` above it]
    #[arg(long, value_name = "DIR")]
    text_dir: Option<PathBuf>,
    /// Also score the lines kept as the article: what `solieu strip --json` printed (`-`: standard input), against
    /// NAME.lines.json
    #[arg(long, value_name = "FILE")]
    lines: Option<PathBuf>,
    /// List every disagreement
    #[arg(long)]
    errors: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    #[command(flatten)]
    terminal: TerminalArgs,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    Table,
    /// One object
    Json,
}

/// Runs the command and gives the exit status.
pub(crate) fn run(args: &ScoreArgs) -> anyhow::Result<u8> {
    super::refuse_stdin_twice(std::iter::once(Path::new(&args.facts)).chain(args.lines.as_deref()))?;
    let mut facts: Vec<Fact<'static>> = Vec::new();
    sink::facts(&args.facts, &mut |fact| facts.push(fact))?;
    let lines = args.lines.as_deref().map(read_lines).transpose()?;
    let score = score::score(&args.gold, args.text_dir.as_deref(), &facts, lines)
        .with_context(|| format!("cannot score against {}", args.gold.display()))?;
    let text = match args.format {
        Form::Table => score.table(args.terminal.look(), args.errors),
        Form::Json => score.json(args.errors).to_string() + "\n",
    };
    let mut out = args.terminal.open();
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(0)
}

fn read_lines(path: &Path) -> anyhow::Result<Vec<StrippedLine>> {
    let text = if path == Path::new(super::STANDARD_INPUT) {
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(path)
    };
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    let row = |(number, line)| {
        serde_json::from_str(line)
            .with_context(|| format!("{}:{number}: not a line of `solieu strip --json`", path.display()))
    };
    (1..).zip(text.lines()).map(row).collect()
}

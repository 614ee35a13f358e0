//! Files that a run reads and writes, and what names a run.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use solieu::rules::RuleSources;
use solieu::sink::{self, RunName};
use solieu::source::{self, Census, Input, Problem, Written};
use xxhash_rust::xxh3::xxh3_128;

use super::ExtractArgs;

/// What the run writes.
pub(super) fn written(args: &ExtractArgs) -> Written {
    Written::new(sink::written(files_written(args), &args.to))
}

/// The same, but for destinations of `--to`.
pub(super) fn files_written(args: &ExtractArgs) -> impl Iterator<Item = &Path> {
    let files = [args.output(), args.messages.problems.as_deref(), args.filter.seen.as_deref()];
    files.into_iter().flatten()
}

/// Refuses to write over what is to be read.
pub(super) fn refuse_lost(args: &ExtractArgs, inputs: &[Input], written: &Written) -> anyhow::Result<()> {
    let anew = [args.output(), args.messages.problems.as_deref()];
    let overwritten = Written::new(sink::overwritten(anew.into_iter().flatten(), &args.to));
    if let Some(path) = source::overwritten_input(inputs, written, &overwritten, &sink::is_written_here) {
        return Err(sink::also_read(&path.display().to_string()).into());
    }
    let read = [args.decide.file(), args.files_from.as_deref()].into_iter().flatten();
    let read: Vec<String> = read.map(|path| path.display().to_string()).collect();
    Ok(sink::refuse_read(&read, files_written(args), &args.to)?)
}

/// Names what the run reads and how, so that another run is not taken for it.
pub(super) fn run_name(
    args: &ExtractArgs,
    inputs: &[Input],
    written: &Written,
    sources: &RuleSources,
    decisions: u64,
) -> RunName {
    let how = format!("{:?}{:?}{:?}{:?}{:?}", args.filter, args.fields, args.encoding, args.day, args.dedup);
    let parts = [
        ("inputs", xxh3_128(format!("{inputs:?}").as_bytes())),
        ("options", xxh3_128(how.as_bytes())),
        ("rules", sources.fingerprint()),
        ("decisions", decisions.into()),
    ];
    // What goes to standard output alone is never gone on with.
    let resumable = args.output().is_some() || !args.to.is_empty();
    let files = if resumable { Census::of(inputs, args.filter.since(), written) } else { Census::default() };
    RunName::new(&parts, files)
}

/// The paths that `--files-from` names.
pub(super) fn listed(file: Option<&Path>) -> anyhow::Result<Vec<Input>> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let mut list = Vec::new();
    let read = if file == Path::new(crate::cli::STANDARD_INPUT) {
        io::stdin().read_to_end(&mut list)
    } else {
        fs::File::open(file).and_then(|mut file| file.read_to_end(&mut list))
    };
    read.with_context(|| format!("cannot read the list {}", file.display()))?;
    // As `find -print0` writes it, or one a line.
    let end = if list.contains(&0) { 0 } else { b'\n' };
    let lines = list.split(|&byte| byte == end);
    let paths = lines.map(|line| if end == 0 { line } else { line.strip_suffix(b"\r").unwrap_or(line) });
    Ok(paths.filter(|path| !path.is_empty()).map(|path| Input::from_arg(path_of(path))).collect())
}

/// What is said of an empty list, as of an empty folder.
pub(super) fn no_paths(list: &Path) -> Problem {
    Problem::note(list.display().to_string(), "no path in this list")
}

/// File names are bytes, where the system has them so.
fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        std::ffi::OsStr::from_bytes(bytes).into()
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(bytes).into_owned().into()
    }
}

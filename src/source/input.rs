//! What the user names, and the files below it.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use globset::{GlobBuilder, GlobMatcher};
use walkdir::WalkDir;

use super::Problem;
use super::shown::shown;
use super::sidecar;
use super::written::Written;

/// One place to read pages from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, or a folder that is walked in the order of file names; where there is neither, a pattern such as
    /// `crawl/**/*.warc.gz`.
    Path(PathBuf),
}

impl Input {
    /// What a command-line argument means: `-` is standard input.
    pub fn from_arg(arg: impl Into<PathBuf>) -> Self {
        let path = arg.into();
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path) }
    }
}

/// A file found by [`Walk`].
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Named by the user, not met in a folder.
    pub(super) named: bool,
}

impl Found {
    /// Size in bytes; 0 where it cannot be known.
    pub(super) fn size(&self) -> u64 {
        self.path.metadata().map_or(0, |meta| meta.len())
    }

    /// Whether it was met in a folder and is `written` by the run.
    pub(super) fn is_of(&self, written: &Written) -> bool {
        !self.named && written.has(&self.path)
    }

    fn changed(&self) -> Option<SystemTime> {
        self.path.metadata().and_then(|meta| meta.modified()).ok()
    }
}

/// The size of all files of the inputs, in bytes, without what is `written`; `None` where it cannot be known.
pub fn total_size(inputs: &[Input], written: &Written) -> Option<u64> {
    let size = |input: &Input| match input {
        Input::Stdin => None,
        Input::Path(path) => {
            let read = Walk::new(path, None).flatten().filter(|found| !found.is_of(written));
            Some(read.map(|found| found.size()).sum::<u64>())
        }
    };
    inputs.iter().map(size).sum()
}

/// A file of `inputs` that the run would write over: one that the user names, where it is `written`; one that is met in a
/// folder, where it is `overwritten` and, as `is_output` says, not what an earlier run wrote there.
pub fn overwritten_input(
    inputs: &[Input],
    written: &Written,
    overwritten: &Written,
    is_output: &dyn Fn(&Path) -> bool,
) -> Option<PathBuf> {
    // No walk through millions of files where nothing could be met.
    let met = overwritten.any_is_there();
    let is_lost = |found: &Found| {
        let met = || overwritten.has(&found.path) && !is_output(&found.path);
        if found.named { written.has(&found.path) } else { met() }
    };
    inputs.iter().find_map(|input| match input {
        Input::Path(path) if met || path.is_file() => {
            Walk::new(path, None).flatten().find(is_lost).map(|found| found.path)
        }
        _ => None,
    })
}

/// The files of one path: itself, or all below it in the order of their names. Hidden files and sidecars are left out.
pub(super) struct Walk {
    root: PathBuf,
    entries: walkdir::IntoIter,
    /// Files changed before are left out.
    since: Option<SystemTime>,
    /// The path is a pattern: files that match, or are in folders that do.
    glob: Option<GlobMatcher>,
    found: usize,
    /// How many were left out so far because they were changed before.
    pub(super) unchanged: u64,
    done: bool,
}

impl Walk {
    pub(super) fn new(root: &Path, since: Option<SystemTime>) -> Self {
        let (start, glob) = split_glob(root);
        let entries = WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter();
        Self { root: root.to_owned(), entries, since, glob, found: 0, unchanged: 0, done: false }
    }

    fn nothing(&self) -> Problem {
        match self.glob {
            Some(_) => Problem::error(shown(&self.root), "no file matches"),
            None => Problem::note(shown(&self.root), "no pages in this folder"),
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Found, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.entries.next() {
                Some(Ok(entry)) if is_hidden(&entry) => {
                    if entry.file_type().is_dir() {
                        self.entries.skip_current_dir();
                    }
                }
                Some(Ok(entry)) => {
                    if let Some(found) = accept(&entry, self.glob.as_ref()) {
                        self.found += 1;
                        if self.since.is_some_and(|since| found.changed().is_some_and(|at| at < since)) {
                            self.unchanged += 1;
                            continue;
                        }
                        return Some(Ok(found));
                    }
                }
                Some(Err(error)) => {
                    self.found += 1;
                    if self.glob.is_some() && error.depth() == 0 {
                        // Not even the folder is there in which the pattern begins.
                        return Some(Err(self.nothing()));
                    }
                    return Some(Err(walk_problem(&self.root, &error)));
                }
                None if self.found == 0 && !self.done => {
                    self.done = true;
                    return Some(Err(self.nothing()));
                }
                None => return None,
            }
        }
    }
}

/// Where to start looking for the files of `path`, and the pattern that it is where there is no such file.
fn split_glob(path: &Path) -> (PathBuf, Option<GlobMatcher>) {
    let is_pattern = |part: &std::ffi::OsStr| part.as_encoded_bytes().iter().any(|b| b"*?[{".contains(b));
    let text = path.to_str().filter(|_| path.symlink_metadata().is_err() && is_pattern(path.as_os_str()));
    // Paths that are compared with it do not begin so either.
    let text = text.map(|text| text.trim_start_matches("./"));
    let glob = text.and_then(|text| GlobBuilder::new(text).literal_separator(true).build().ok());
    let Some(glob) = glob else { return (path.to_owned(), None) };
    let start: PathBuf = path.components().take_while(|part| !is_pattern(part.as_os_str())).collect();
    let start = if start.as_os_str().is_empty() { PathBuf::from(".") } else { start };
    (start, Some(glob.compile_matcher()))
}

fn accept(entry: &walkdir::DirEntry, glob: Option<&GlobMatcher>) -> Option<Found> {
    if let Some(glob) = glob {
        let path = entry.path();
        let path = path.strip_prefix(".").unwrap_or(path);
        let wanted = entry.file_type().is_file() && !sidecar::is_sidecar(path);
        let hit = wanted && path.ancestors().any(|part| glob.is_match(part));
        return hit.then(|| Found { path: path.to_owned(), named: false });
    }
    let named = entry.depth() == 0;
    let page = named || !sidecar::is_sidecar(entry.path());
    let wanted = page && !entry.file_type().is_dir() && (named || entry.file_type().is_file());
    wanted.then(|| Found { path: entry.path().to_owned(), named })
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn walk_problem(root: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(root);
    match error.io_error() {
        Some(io) => Problem::error(shown(path), io),
        None => Problem::error(shown(path), "a link that leads back into its own folder"),
    }
}

/// Whether there is any file to read in one of the inputs: not where it is missing, empty but for what is `written`, or a
/// pattern without a match.
pub fn has_files(input: &Input, written: &Written) -> bool {
    match input {
        Input::Stdin => true,
        Input::Path(path) => {
            let mut found =
                Walk::new(path, None).filter(|found| !found.as_ref().is_ok_and(|f| f.is_of(written)));
            found.next().is_some_and(|found| found.is_ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_in_order_without_sidecars_and_hidden_files() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", "a.meta.json", ".c.txt", "a/z.txt", ".git/x.txt"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let names: Vec<_> = Walk::new(dir.path(), None)
            .map(|found| found.unwrap().path.strip_prefix(dir.path()).unwrap().to_owned())
            .collect();
        assert_eq!(names, ["a/z.txt", "a.txt", "b.txt"].map(PathBuf::from));
    }

    #[test]
    fn an_input_without_files_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| Input::Path(dir.path().join(name));
        std::fs::create_dir(dir.path().join("empty")).unwrap();
        std::fs::write(dir.path().join("a.txt"), "x").unwrap();
        let has = |name: &str| has_files(&at(name), &Written::default());
        assert!(has("a.txt") && has("*.txt") && has(""));
        assert!(!has("empty") && !has("missing") && !has("*.gz"));
    }

    #[test]
    fn a_pattern_that_matches_nothing_says_so() {
        let dir = tempfile::tempdir().unwrap();
        for pattern in ["*.gz", "none/**/*.gz"] {
            let all: Vec<_> = Walk::new(&dir.path().join(pattern), None).collect();
            assert_eq!(all.len(), 1);
            assert_eq!(all[0].as_ref().unwrap_err().what, "no file matches");
        }
        let (start, glob) = split_glob(Path::new("./none/*.txt"));
        assert_eq!(start, Path::new("./none"));
        assert!(glob.unwrap().is_match("none/a.txt"));
    }

    #[test]
    fn an_empty_folder_is_noted_once() {
        let dir = tempfile::tempdir().unwrap();
        let all: Vec<_> = Walk::new(dir.path(), None).collect();
        assert_eq!(all.len(), 1);
        assert!(all[0].is_err());
    }
}

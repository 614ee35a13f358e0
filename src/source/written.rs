//! Files that a run writes, and must not take for pages where they lie among them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What stands beside a file while it is written, or is kept beside it.
const BESIDE: [&str; 8] = ["", ".part", ".journal", ".journal.new", ".done", "-wal", "-shm", "-journal"];

/// Files, and folders of Parquet files, that are written.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Folder and name of each.
    files: Vec<(PathBuf, OsString)>,
    folders: Vec<PathBuf>,
}

impl Written {
    pub(super) fn new(paths: &[PathBuf]) -> Self {
        let mut written = Self::default();
        for path in paths {
            if let (true, Ok(folder)) = (path.is_dir(), path.canonicalize()) {
                written.folders.push(folder);
            } else if let (Some(folder), Some(name)) = (folder(path), path.file_name()) {
                written.files.extend(BESIDE.map(|ending| (folder.clone(), with_ending(name, ending))));
            }
        }
        written
    }

    /// Whether the file at `path` is one of them. Only where its name is that of one are folders looked up.
    pub(super) fn has(&self, path: &Path) -> bool {
        let named = |(_, name): &&(PathBuf, OsString)| path.file_name() == Some(name);
        let mut same = self.files.iter().filter(named).peekable();
        if same.peek().is_some() {
            let at = folder(path);
            if same.any(|(folder, _)| at.as_ref() == Some(folder)) {
                return true;
            }
        }
        // What else lies in such a folder was there before.
        !self.folders.is_empty()
            && path.extension().is_some_and(|ending| ending == "parquet")
            && path
                .canonicalize()
                .is_ok_and(|path| self.folders.iter().any(|folder| path.starts_with(folder)))
    }
}

/// The folder that a file lies in.
fn folder(path: &Path) -> Option<PathBuf> {
    let parent = path.parent()?;
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    parent.canonicalize().ok()
}

fn with_ending(name: &OsStr, ending: &str) -> OsString {
    let mut name = name.to_owned();
    name.push(ending);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_any_path_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir_all(at("a/parquet")).unwrap();
        let written = Written::new(&[at("a/out.jsonl"), at("a/parquet"), at("none/x")]);
        assert!(written.has(&at("a/out.jsonl")) && written.has(&at("a/../a/out.jsonl.part")));
        assert!(!written.has(&at("out.jsonl")) && !written.has(&at("a/out.jsonl.txt")));
        std::fs::write(at("a/parquet/f.parquet"), "").unwrap();
        assert!(written.has(&at("a/parquet/f.parquet")) && !written.has(&at("a/parquet/f.txt")));
    }
}

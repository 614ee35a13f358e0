//! Files that a run writes, and must not take for pages where they lie among them.

use std::path::{Path, PathBuf};

/// Files, and folders of Parquet files, that are written.
#[derive(Debug, Clone, Default)]
pub struct Written(Vec<PathBuf>);

impl Written {
    /// The files and folders at `paths`, which have no links and detours, as [`crate::sink::written`] gives them.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self(paths)
    }

    /// Whether there is any of them already.
    pub(super) fn any_is_there(&self) -> bool {
        self.0.iter().any(|path| path.exists())
    }

    /// Whether the file at `path` is one of them. Only where its name is that of one are links looked up.
    pub(super) fn has(&self, path: &Path) -> bool {
        // What else lies in such a folder was there before.
        let part = path.extension().is_some_and(|ending| ending == "parquet");
        let named = |own: &PathBuf| own.file_name() == path.file_name();
        (part && !self.0.is_empty() || self.0.iter().any(named))
            && path.canonicalize().is_ok_and(|path| {
                self.0.iter().any(|own| if part { path.starts_with(own) } else { path == *own })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_any_path_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir_all(at("a/parquet")).unwrap();
        let real = dir.path().canonicalize().unwrap();
        let own = ["a/out.jsonl", "a/out.jsonl.part", "a/parquet"];
        let written = Written::new(own.map(|name| real.join(name)).to_vec());
        for name in ["a/out.jsonl", "a/out.jsonl.part", "a/out.jsonl.txt", "out.jsonl", "a/parquet/f.txt"] {
            std::fs::write(at(name), "").unwrap();
        }
        assert!(written.has(&at("a/out.jsonl")) && written.has(&at("a/../a/out.jsonl.part")));
        assert!(!written.has(&at("out.jsonl")) && !written.has(&at("a/out.jsonl.txt")));
        std::fs::write(at("a/parquet/f.parquet"), "").unwrap();
        assert!(written.has(&at("a/parquet/f.parquet")) && !written.has(&at("a/parquet/f.txt")));
    }
}

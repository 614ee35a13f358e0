//! Which lines of a page are its article: `NAME.lines.json`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::sink::write_whole;

/// Numbers of lines, from 1. Every other line that is not blank is boilerplate or spam.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::review) struct Lines {
    /// Lines of the article.
    pub(in crate::review) content: Vec<usize>,
    /// Lines that may be kept or dropped.
    pub(in crate::review) either: Vec<usize>,
}

impl Lines {
    /// Those of the page `name` in the folder `dir`; `None` where nobody labelled them.
    pub(in crate::review) fn read(dir: &Path, name: &str) -> io::Result<Option<Self>> {
        let path = path(dir, name);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let wrong =
            |error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()));
        serde_json::from_slice(&text).map(Some).map_err(wrong)
    }

    /// Writes them.
    pub(in crate::review) fn write(&self, dir: &Path, name: &str) -> io::Result<()> {
        write_whole(&path(dir, name), serde_json::to_string(self)? + "\n")
    }
}

fn path(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}.lines.json"))
}

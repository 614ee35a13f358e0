//! The file of contents that are known already.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// A text file with one content hash a line, 32 hexadecimal digits each.
#[derive(Debug)]
pub(super) struct SeenFile {
    path: PathBuf,
    /// Open from the beginning, so that a run does not go all the way for a file that cannot be written.
    file: File,
    known: HashSet<u128>,
    new: Vec<u128>,
}

impl SeenFile {
    /// Reads the file, and makes it where there is none yet.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let context = || format!("cannot read --seen {}", path.display());
        let file = File::options().create(true).read(true).append(true).open(path);
        let mut file = file.with_context(|| format!("cannot read and write --seen {}", path.display()))?;
        let mut text = String::new();
        file.read_to_string(&mut text).with_context(context)?;
        let parse = |line: &str| u128::from_str_radix(line, 16).with_context(context);
        let known = text.lines().filter(|line| !line.is_empty()).map(parse).collect::<Result<_, _>>()?;
        Ok(Self { path: path.to_owned(), file, known, new: Vec::new() })
    }

    /// What it names.
    pub(super) fn contents(&self) -> HashSet<u128> {
        self.known.clone()
    }

    /// Remembers contents until [`Self::save`].
    pub(super) fn add(&mut self, contents: &[u128]) {
        self.new.extend(contents.iter().filter(|hash| self.known.insert(**hash)));
    }

    /// Adds the new contents to the file.
    pub(super) fn save(&self) -> anyhow::Result<()> {
        let mut file = BufWriter::new(&self.file);
        let mut hashes = self.new.iter();
        let written = hashes.try_for_each(|hash| writeln!(file, "{hash:032x}")).and_then(|()| file.flush());
        written.with_context(|| format!("cannot write --seen {}", self.path.display()))
    }
}

//! The file of contents that are known already.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// A text file with one content hash a line, 32 hexadecimal digits each.
#[derive(Debug)]
pub(super) struct SeenFile {
    path: PathBuf,
    known: HashSet<u128>,
    new: Vec<u128>,
}

impl SeenFile {
    /// Reads the file, which need not exist yet.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let context = || format!("cannot read --seen {}", path.display());
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(context),
        };
        let parse = |line: &str| u128::from_str_radix(line, 16).with_context(context);
        let known = text.lines().filter(|line| !line.is_empty()).map(parse).collect::<Result<_, _>>()?;
        Ok(Self { path: path.to_owned(), known, new: Vec::new() })
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
        let file = File::options().create(true).append(true).open(&self.path);
        let write = |file: File| {
            let mut file = BufWriter::new(file);
            self.new.iter().try_for_each(|hash| writeln!(file, "{hash:032x}"))?;
            file.flush()
        };
        file.and_then(write).with_context(|| format!("cannot write --seen {}", self.path.display()))
    }
}

//! What facts were before they changed or were retired: files of JSON Lines below `_history`.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use tempfile::{Builder, NamedTempFile};
use xxhash_rust::xxh3::Xxh3;

use crate::fact::Fact;

/// The folder; readers pass over names that begin so.
const FOLDER: &str = "_history";

/// How the names of unfinished files begin.
const UNFINISHED: &str = ".history-";

/// Removes what killed loads left; no other may be at its end meanwhile.
pub(super) fn clean(dir: &Path) -> io::Result<()> {
    let folder = match fs::read_dir(dir.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        folder => folder?,
    };
    for file in folder {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// A line.
#[derive(Serialize)]
struct Line<'a> {
    fact: &'a str,
    /// The run that read it otherwise or no longer found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'a str>,
    retired: bool,
    /// What it was.
    record: &'a Fact<'a>,
}

/// The history that one load makes of one year.
#[derive(Default)]
pub(super) struct History {
    file: Option<BufWriter<NamedTempFile>>,
    hash: Xxh3,
}

impl History {
    /// Keeps a fact.
    pub(super) fn keep(
        &mut self,
        dir: &Path,
        record: &Fact<'_>,
        run: Option<&str>,
        retired: bool,
    ) -> io::Result<()> {
        let file = if let Some(file) = &mut self.file {
            file
        } else {
            fs::create_dir_all(dir.join(FOLDER))?;
            let file = Builder::new().prefix(UNFINISHED).tempfile_in(dir.join(FOLDER))?;
            self.file.insert(BufWriter::new(file))
        };
        let mut line = serde_json::to_vec(&Line { fact: &record.id, run, retired, record })?;
        line.push(b'\n');
        self.hash.update(&line);
        file.write_all(&line)
    }

    /// Puts the file in its place. It is named by what it holds, so that a load that was killed and is done again keeps
    /// nothing twice.
    pub(super) fn put(self, dir: &Path, year: i16) -> io::Result<()> {
        let Some(file) = self.file else { return Ok(()) };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_data()?;
        let name = format!("{year}-{:016x}.jsonl", self.hash.digest());
        file.persist(dir.join(FOLDER).join(name)).map_err(|error| error.error)?;
        Ok(())
    }
}

//! A file of facts under its temporary name.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use parquet::basic::Compression;
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::rows::{FACTS_IN_GROUP, order};
use super::{folder, rows};
use crate::fact::Fact;
use crate::sink::column::{VERSION, VERSION_KEY};
use crate::sink::files::remove;

/// Tells the unfinished files of one process apart.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// A file that is being written.
pub(super) struct Part {
    writer: SerializedFileWriter<File>,
    file: Unfinished,
}

/// A file that is whole, but not in its place; it is removed where it does not get there.
pub(super) struct Unfinished {
    path: PathBuf,
    /// Locked as long as its program lives: by this it is told from what a killed program left.
    handle: File,
}

impl Part {
    /// Begins a file in the folder of that year.
    pub(super) fn create(dir: &Path, year: i16) -> Result<Self> {
        let file = Unfinished::create(&folder(dir, year))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_sorting_columns(Some(rows::sorting()))
            .set_created_by(concat!("solieu ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(vec![KeyValue::new(VERSION_KEY.to_owned(), VERSION.to_string())]))
            .build();
        let to = file.handle.try_clone()?;
        Ok(Self { writer: SerializedFileWriter::new(to, rows::schema()?, properties.into())?, file })
    }

    /// Adds the facts, sorted, as row groups.
    pub(super) fn write(&mut self, mut facts: Vec<Fact<'static>>) -> Result<()> {
        facts.sort_by(|a, b| order(a).cmp(&order(b)));
        facts.chunks(FACTS_IN_GROUP).try_for_each(|facts| rows::write(&mut self.writer, facts))
    }

    /// Ends the file.
    pub(super) fn close(self) -> Result<Unfinished> {
        self.writer.close()?;
        self.file.handle.sync_data()?;
        Ok(self.file)
    }
}

impl Unfinished {
    fn create(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let name = format!(".facts-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        // Its name says that it can be taken for left over once the lock is there.
        let (fresh, path) = (folder.join(format!("{name}.new")), folder.join(format!("{name}.part")));
        let handle = File::create(&fresh)?;
        let file = Self { path: fresh, handle };
        file.handle.lock()?;
        fs::rename(&file.path, &path)?;
        Ok(Self { path, handle: file.handle.try_clone()? })
    }

    /// Puts the file in its place at once.
    pub(super) fn put(self, place: &Path) -> io::Result<()> {
        fs::rename(&self.path, place)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone already where it took its place.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes what killed programs left in a folder.
pub(super) fn clean(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !(name.starts_with(".facts-") && name.ends_with(".part")) {
            continue;
        }
        match File::open(&path) {
            Ok(file) if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) => remove(&path)?,
            _ => {}
        }
    }
    Ok(())
}

//! Where a run writes. No two destinations in one place: both would write the same file, and neither would be whole.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Failure, STANDARD, SinkError};

/// What a file is called while it is written, and what stands beside it then or afterwards.
const BESIDE: [&str; 8] = ["", ".part", ".journal", ".journal.new", ".done", "-wal", "-shm", "-journal"];

/// The files and folders that a run writes to `paths` and the destinations `urls`, with what stands beside them, as paths
/// without links and detours.
pub fn written<'p>(paths: impl IntoIterator<Item = &'p Path>, urls: &[String]) -> Vec<PathBuf> {
    let named = paths.into_iter().flat_map(files);
    named.chain(urls.iter().flat_map(|url| places(url))).collect()
}

/// Of the files that [`written`] names, those that are written anew, whatever they hold: a database is not.
pub fn overwritten<'p>(paths: impl IntoIterator<Item = &'p Path>, urls: &[String]) -> Vec<PathBuf> {
    let file = |url: &String| match url.split_once(':') {
        Some(("jsonl" | "csv", path)) => canonical(path.as_ref()),
        _ => None,
    };
    paths.into_iter().filter_map(canonical).chain(urls.iter().filter_map(file)).collect()
}

/// Refuses destinations of which two are one: those of `paths` and those of `urls`.
///
/// # Errors
/// Where there are such two; names both.
pub fn refuse_twice<'p>(paths: impl IntoIterator<Item = &'p Path>, urls: &[String]) -> Result<(), SinkError> {
    let paths = paths.into_iter().map(|path| (path.display().to_string(), files(path)));
    let named = urls.iter().map(|url| (url.clone(), places(url)));
    let mut earlier: Vec<(String, Vec<PathBuf>)> = Vec::new();
    for (name, places) in paths.chain(named) {
        let same = earlier.iter().find(|(_, taken)| taken.iter().any(|place| places.contains(place)));
        if let Some((other, _)) = same {
            let other = super::without_password(other);
            let message = format!("is the same place as {other}: give each destination one of its own");
            return Err(SinkError::new(Failure::Usage, &name, message));
        }
        earlier.push((name, places));
    }
    Ok(())
}

/// Refuses to write what is also read: `facts` as [`super::facts`] takes them, into `paths` or `urls`.
///
/// # Errors
/// Where a place of facts is also a destination; names it.
pub fn refuse_read<'p>(
    facts: &[String],
    paths: impl IntoIterator<Item = &'p Path>,
    urls: &[String],
) -> Result<(), SinkError> {
    let written = written(paths, urls);
    let place_of = |place: &String| match place.split_once(':') {
        Some(("jsonl" | "csv" | "sqlite" | "parquet", path)) => canonical(path.as_ref()),
        _ => canonical(place.as_ref()),
    };
    let also = facts.iter().find(|place| place_of(place).is_some_and(|place| written.contains(&place)));
    also.map_or(Ok(()), |place| Err(also_read(place)))
}

/// What is said of a place that is read and written.
pub fn also_read(place: &str) -> SinkError {
    let message = "is also read, and would be overwritten: give the output a place of its own";
    SinkError::new(Failure::Usage, place, message)
}

/// What a destination writes.
fn places(url: &str) -> Vec<PathBuf> {
    match url.split_once(':') {
        Some(("jsonl" | "csv" | "sqlite", path)) => files(path.as_ref()),
        Some(("parquet", path)) => canonical(path.as_ref()).into_iter().collect(),
        // Of a server there is nothing to compare but its name.
        _ => vec![url.into()],
    }
}

/// A file, and what stands beside it while it is written. Of standard output there is only one.
fn files(path: &Path) -> Vec<PathBuf> {
    if path == Path::new(STANDARD) {
        return vec![STANDARD.into()];
    }
    let Some(path) = canonical(path) else { return Vec::new() };
    let named = |ending: &&str| {
        let mut name = OsString::from(&path);
        name.push(ending);
        name.into()
    };
    BESIDE.iter().map(named).collect()
}

/// The path without links and detours, whether there is such a file already or not; none of a device, which many may write.
fn canonical(path: &Path) -> Option<PathBuf> {
    if path == Path::new(STANDARD) || is_device(path) {
        return None;
    }
    let there = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?.join(path.file_name()?))
    };
    Some(fs::canonicalize(path).ok().or_else(there).unwrap_or_else(|| path.components().collect()))
}

#[cfg(unix)]
fn is_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    fs::metadata(path).is_ok_and(|meta| meta.file_type().is_char_device())
}

#[cfg(not(unix))]
fn is_device(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_under_two_names_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().display().to_string();
        fs::create_dir(dir.path().join("sub")).unwrap();
        fs::write(dir.path().join("there.csv"), "").unwrap();
        let said = |output: Option<&str>, urls: &[&str]| {
            let urls: Vec<String> = urls.iter().map(|url| url.replace("DIR", &place)).collect();
            let output = output.map(|path| PathBuf::from(path.replace("DIR", &place)));
            refuse_twice(output.as_deref(), &urls).err().map(|error| error.to_string())
        };
        for (output, urls) in [
            (None, ["jsonl:DIR/d", "csv:DIR/d"]),
            (None, ["csv:DIR/d", "csv:DIR/./sub/../d"]),
            (None, ["csv:DIR/there.csv", "jsonl:DIR//there.csv"]),
            (None, ["sqlite:DIR/d", "csv:DIR/d"]),
            (None, ["parquet:DIR/sub", "parquet:DIR/sub/"]),
            (None, ["jsonl:DIR/d", "csv:DIR/d.part"]),
            (None, ["postgres://me@db/x", "postgres://me@db/x"]),
            (Some("DIR/d"), ["csv:DIR/e", "jsonl:DIR/d"]),
        ] {
            let error = said(output, &urls).unwrap_or_default();
            assert!(error.contains("is the same place as"), "{urls:?}: {error}");
        }
        let error = said(None, &["postgres://me:s3cret@db/x"; 2]).unwrap_or_default();
        assert!(!error.contains("s3cret"), "{error}");
        let apart = ["csv:DIR/d.csv", "jsonl:DIR/d.jsonl", "csv:DIR/sub/d.csv", "parquet:DIR/sub"];
        assert_eq!(said(Some("DIR/d"), &apart), None);
        if cfg!(unix) {
            assert_eq!(said(None, &["csv:/dev/null", "jsonl:/dev/null"]), None);
        }
    }
}

//! What is done with files everywhere: written in one go, as reports are, named by others, and removed.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Removes a file that may be gone.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file beside `path` that is called as it is, with `ending` behind.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Writes `bytes` to `FILE.part`, which then takes the name of `path`: what was there before stays where there is no room.
/// A device, pipe or link keeps its place, and a file its rights.
///
/// # Errors
/// Where it cannot be written.
pub fn write_whole(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    let before = fs::metadata(path).ok();
    let leads_nowhere = before.is_none() && path.is_symlink();
    if leads_nowhere || before.as_ref().is_some_and(|meta| !meta.is_file()) {
        return fs::write(path, bytes);
    }
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if before.is_some() {
        // A file that may not be written is not to be replaced either.
        File::options().write(true).open(&path)?;
    }
    let part = with_ending(&path, ".part");
    let written = File::create(&part).and_then(|mut file| {
        before.map_or(Ok(()), |meta| file.set_permissions(meta.permissions()))?;
        file.write_all(bytes.as_ref())?;
        fs::rename(&part, &path)
    });
    written.inspect_err(|_| {
        // Half a file is of no use, and perhaps in the way of others.
        let _ = remove(&part);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("r.html");
        write_whole(&path, "one").unwrap();
        write_whole(&path, "two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        // Nothing can be written beside it.
        fs::create_dir(dir.path().join("r.html.part")).unwrap();
        assert!(write_whole(&path, "three").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("r.html"), dir.path().join("link"));
        fs::write(&file, "one").unwrap();
        std::os::unix::fs::symlink("r.html", &link).unwrap();
        write_whole(&link, "two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");
        fs::remove_file(&file).unwrap();
        write_whole(&link, "three").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"three");
    }
}

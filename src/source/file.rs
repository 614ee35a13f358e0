//! Files that are one page each.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::input::shown;
use super::sidecar::{self, Sidecar};
use super::{Problem, RawPage};

/// The largest page that is read, in bytes; larger ones are reported and skipped, so that memory stays bounded.
pub const MAX_PAGE_BYTES: u64 = 256 << 20;

/// Reads the page in the file `path`, with its sidecar. Problems with the sidecar go to `problems`; the page is read
/// all the same.
///
/// # Errors
/// Where the file itself cannot be read.
pub fn load(path: &Path, problems: &mut Vec<Problem>) -> Result<RawPage<'static>, Problem> {
    let bytes = read_bounded(path)?;
    let sidecar = sidecar::read(path).unwrap_or_else(|what| {
        problems.push(Problem::warning(shown(path), what));
        None
    });
    Ok(with_sidecar(path, bytes, sidecar.unwrap_or_default(), problems))
}

fn with_sidecar(
    path: &Path,
    bytes: Vec<u8>,
    sidecar: Sidecar,
    problems: &mut Vec<Problem>,
) -> RawPage<'static> {
    let published = sidecar.published().unwrap_or_else(|what| {
        problems.push(Problem::warning(shown(path), format!("sidecar: {what}")));
        None
    });
    RawPage {
        path: shown(path).into(),
        uri: sidecar.uri.map(Into::into),
        title: sidecar.title.map(Into::into),
        published,
        bytes: bytes.into(),
        ..RawPage::default()
    }
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |error: std::io::Error| Problem::error(shown(path), error);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MAX_PAGE_BYTES)).unwrap_or(0) + 1);
    file.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_PAGE_BYTES { Err(too_large(&shown(path))) } else { Ok(bytes) }
}

pub(super) fn too_large(path: &str) -> Problem {
    Problem::error(path, format!("larger than a page may be ({} MiB)", MAX_PAGE_BYTES >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_sidecar_costs_only_itself() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "nội dung").unwrap();
        std::fs::write(dir.path().join("a.meta.json"), r#"{"title":"T","published":"hôm qua"}"#).unwrap();
        let mut problems = Vec::new();
        let page = load(&path, &mut problems).unwrap();
        assert_eq!((page.title.as_deref(), page.published), (Some("T"), None));
        assert_eq!(problems.len(), 1);
    }
}

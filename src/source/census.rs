//! What the files of a run are like, so that a later one can tell whether they changed.

use std::fmt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::input::{Input, Walk};
use super::sidecar;
use super::written::Written;

/// Number and size of files, with a hash over the name, size and time of change of each and of its sidecar. Standard input
/// has none of these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Census {
    files: u64,
    bytes: u64,
    hash: String,
}

impl Census {
    /// Of the files of `inputs` that were changed at `since` or later, without what is `written`.
    pub fn of(inputs: &[Input], since: Option<SystemTime>, written: &Written) -> Self {
        let (mut census, mut hash) = (Self::default(), Xxh3::new());
        let paths = inputs.iter().filter_map(|input| match input {
            Input::Path(path) => Some(path),
            Input::Stdin => None,
        });
        for found in paths.flat_map(|path| Walk::new(path, since)).flatten() {
            if found.is_of(written) {
                continue;
            }
            census.files += 1;
            census.bytes += hash_file(&found.path, &mut hash);
            hash_file(&sidecar::sidecar_of(&found.path), &mut hash);
        }
        census.hash = format!("{:032x}", hash.digest128());
        census
    }
}

/// Hashes what tells a file from what it was; gives its size.
fn hash_file(path: &Path, hash: &mut Xxh3) -> u64 {
    let meta = path.metadata().ok();
    let changed = meta.as_ref().and_then(|meta| meta.modified().ok());
    let since_1970 = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let size = meta.map_or(0, |meta| meta.len());
    hash.update(path.as_os_str().as_encoded_bytes());
    // No name has a zero.
    hash.update(&[0]);
    hash.update(&size.to_le_bytes());
    hash.update(&since_1970.map_or(0, |time| time.as_nanos()).to_le_bytes());
    size
}

impl fmt::Display for Census {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.files == 1 { "" } else { "s" };
        write!(f, "{} file{s} of {} bytes", self.files, self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_changed_shows() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let inputs = [Input::from_arg(dir.path()), Input::Stdin];
        let written = Written::new(vec![at("out.jsonl").canonicalize().unwrap_or(at("out.jsonl"))]);
        let census = || Census::of(&inputs, None, &written);
        fs::write(at("a.txt"), "một").unwrap();
        let mut before = census();
        fs::write(at("out.jsonl"), "{}").unwrap();
        assert_eq!(census(), before, "what the run writes itself");
        assert_eq!(before.to_string(), "1 file of 5 bytes");
        let mut differs = |what: &str| {
            let now = census();
            assert_ne!(now, before, "{what}");
            assert_eq!(now, census(), "{what}");
            before = now;
        };
        fs::write(at("b.txt"), "hai").unwrap();
        differs("one more");
        let later = UNIX_EPOCH + Duration::from_secs(5);
        fs::File::options().append(true).open(at("b.txt")).unwrap().set_modified(later).unwrap();
        differs("written anew");
        fs::write(at("b.meta.json"), "{}").unwrap();
        differs("its sidecar");
        fs::rename(at("b.txt"), at("c.txt")).unwrap();
        differs("another name");
    }
}

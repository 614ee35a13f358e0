//! Compression of files that are written, by their names.

use std::io::{self, Write};
use std::path::Path;

/// How a file is compressed. Whatever is packed is a stream of its own, and streams may follow each other in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Zstd,
    Gzip,
    Bzip2,
    Xz,
}

impl Packing {
    /// What the name asks for.
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "zst" => Some(Self::Zstd),
            "gz" => Some(Self::Gzip),
            "bz2" => Some(Self::Bzip2),
            "xz" => Some(Self::Xz),
            _ => None,
        }
    }

    /// The bytes as one stream: the same for the same bytes.
    pub(super) fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Zstd => zstd::encode_all(bytes, 3),
            Self::Gzip => {
                let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
                to.write_all(bytes)?;
                to.finish()
            }
            Self::Bzip2 => {
                let mut to = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(6));
                to.write_all(bytes)?;
                to.finish()
            }
            Self::Xz => {
                let mut to = liblzma::write::XzEncoder::new(Vec::new(), 3);
                to.write_all(bytes)?;
                to.finish()
            }
        }
    }
}

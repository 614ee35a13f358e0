//! ZIP archives. Entries are read by the central directory, or by their own headers where it is missing; their names are
//! names of records only, never of files.

mod content;
mod directory;
mod scan;

use std::io;

use ::zip::ZipArchive;
use ::zip::result::ZipResult;

use self::directory::{Directory, Zip};
use self::scan::ZipScan;
use super::seekable::Origin;
use super::{Archive, Opened, Piece};
use crate::source::Item;
use crate::source::stream::Stream;

/// Opens a ZIP archive: a file by its name, one that is a stream (such as one within another archive) from memory.
pub(super) fn open(mut stream: Stream) -> Opened {
    match open_archive(&mut stream) {
        Ok((origin, Ok(archive))) => Opened::Archive(Box::new(Zip::new(stream, origin, archive))),
        Ok((origin, Err(why))) => match ZipScan::new(stream.without_bytes(), origin, 0, &why) {
            Ok(scan) => Opened::Archive(Box::new(scan)),
            Err(error) => Opened::Item(Item::Problem(stream.problem(error))),
        },
        Err(error) => {
            let what = format!("a ZIP archive that cannot be read: {error}");
            Opened::Item(Item::Problem(stream.problem(what)))
        }
    }
}

/// Where the archive is, and its directory, or what is wrong with that.
fn open_archive(stream: &mut Stream) -> io::Result<(Origin, ZipResult<Directory>)> {
    let origin = Origin::of(stream)?;
    stream.bytes = Box::new(io::empty());
    let archive = ZipArchive::new(origin.open()?);
    Ok((origin, archive))
}

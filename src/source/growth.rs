//! How much a compressed stream may grow.

use std::io;

use super::stream::invalid;

/// Beyond so many decompressed bytes the ratio is watched …
pub(super) const WATCHED_FROM: u64 = 256 << 20;
/// … and a stream that has grown by more than this factor is given up. Text compresses some 3 to 20 times.
const MAX_RATIO: u64 = 500;

/// Checks a stream of which `taken` bytes gave `given`, which is watched `from` so many on.
///
/// # Errors
/// Where it grew too much.
pub(super) fn check(taken: u64, given: u64, from: u64) -> io::Result<()> {
    if given > from && given / taken.max(1) > MAX_RATIO {
        return Err(invalid(format!("decompresses to more than {MAX_RATIO} times its size; given up")));
    }
    Ok(())
}

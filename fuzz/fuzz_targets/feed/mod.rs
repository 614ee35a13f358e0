//! What must hold for the readers of archives.

#![allow(dead_code, reason = "each target uses a part")]

use solieu::source::Feed;

/// Reads `data`: pages lie within bounds, and problems are named. Half of the inputs start as the format does, so that
/// they are not taken for something else.
pub fn read(start: &[u8], data: &[u8]) {
    let bytes = match data.split_first() {
        Some((first, rest)) if first % 2 == 0 => [start, rest].concat(),
        _ => data.to_vec(),
    };
    read_bytes(bytes);
}

/// Reads them as they are.
pub fn read_bytes(bytes: Vec<u8>) {
    let mut problems = Vec::new();
    for item in Feed::of_bytes("fuzz", bytes) {
        for page in item.pages(&mut problems) {
            assert_eq!(page.path, "fuzz");
        }
    }
    assert!(problems.iter().all(|problem| !problem.what.is_empty()));
}

//! JSON Lines, arrays and everything else that starts like them: pages lie within bounds and nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use solieu::source::Feed;

fuzz_target!(|data: &[u8]| {
    // Half of the inputs start as the format does, so that they are not taken for something else.
    let bytes = match data.split_first() {
        Some((first, rest)) if first % 2 == 0 => [&b"{\"text\":"[..], rest].concat(),
        _ => data.to_vec(),
    };
    let mut problems = Vec::new();
    for item in Feed::of_bytes("fuzz", bytes) {
        for page in item.pages(&mut problems) {
            assert_eq!(page.path, "fuzz");
        }
    }
    assert!(problems.iter().all(|problem| !problem.what.is_empty()));
});

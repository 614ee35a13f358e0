//! Parquet: broken footers, data pages that are not what they say, blocks that do not decompress.
//!
//! Half of the inputs replace bytes of a file that is whole, at the places that they name: a footer that fits is not
//! found by chance.

#![no_main]

mod feed;

use libfuzzer_sys::fuzz_target;

/// One file a codec, by the tests' own hand.
const FILES: [&[u8]; 6] = [
    include_bytes!("../../tests/data/pages-none.parquet"),
    include_bytes!("../../tests/data/pages-snappy.parquet"),
    include_bytes!("../../tests/data/pages-gzip.parquet"),
    include_bytes!("../../tests/data/pages-zstd.parquet"),
    include_bytes!("../../tests/data/pages-brotli.parquet"),
    include_bytes!("../../tests/data/pages-lz4.parquet"),
];

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let Some(file) = FILES.get(usize::from(first)) else { return feed::read_bytes(data.to_vec()) };
    let mut bytes = file.to_vec();
    for change in rest.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    feed::read_bytes(bytes);
});

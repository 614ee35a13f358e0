//! WARC: wrong lengths, cut records, broken HTTP. Reading ends, and names every record.

#![no_main]

mod feed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| feed::read(b"WARC/1.0\r\nWARC-Type: response\r\n", data));

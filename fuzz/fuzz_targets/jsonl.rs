//! JSON Lines, arrays and everything else that starts like them: pages lie within bounds and nothing panics.

#![no_main]

mod feed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| feed::read(b"{\"text\":", data));

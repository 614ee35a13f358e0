//! Any bytes, in the encoding found and in every encoding: offsets stay in bounds and in order, normalizing twice
//! changes nothing, and valid UTF-8 is never taken for anything else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use solieu::text::{Encoding, Text, normalized};

fuzz_target!(|bytes: &[u8]| {
    let found = Text::read(bytes);
    assert!(std::str::from_utf8(bytes).is_err() || found.encoding() == Encoding::Utf8);
    check(&found, bytes);
    for encoding in Encoding::all() {
        check(&Text::read_as(bytes, encoding), bytes);
    }
});

fn check(text: &Text<'_>, bytes: &[u8]) {
    let norm = text.as_str();
    assert_eq!(normalized(norm), norm);
    let mut last = 0..0;
    for (at, c) in norm.char_indices() {
        let raw = text.raw(at..at + c.len_utf8());
        assert!(raw.start >= last.start && raw.end >= last.end);
        assert!(raw.start < raw.end && raw.end <= bytes.len());
        last = raw;
    }
    let whole = text.raw(0..norm.len());
    let again = Text::read_as(&bytes[whole], text.encoding());
    assert_eq!(again.as_str(), norm, "read again from what the whole text cites");
}

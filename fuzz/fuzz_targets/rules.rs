//! Any rule file: it compiles or is refused with a message that can be shown; then it reads a page without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use solieu::Extractor;
use solieu::rules::RuleSources;

const FILES: [&str; 6] =
    ["units/fuzz.toml", "not-facts/fuzz.toml", "qualifiers/fuzz.toml", "page.toml", "time/fuzz.toml", "metrics/fuzz.toml"];

fuzz_target!(|input: (u8, &str)| {
    let (which, text) = input;
    let mut sources = RuleSources::builtin();
    sources.add_text(FILES[usize::from(which) % FILES.len()], text);
    if let Err(error) = Extractor::new(&sources) {
        assert!(error.render(false).contains("error"));
    }
});

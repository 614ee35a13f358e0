//! Any text: every non-blank line becomes one block, in order; cuts lie in kept blocks and do not overlap; headline and
//! author lie within the page.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use solieu::page::PageRules;
use solieu::rules::RuleSources;
use solieu::text::Text;

static RULES: LazyLock<PageRules> =
    LazyLock::new(|| PageRules::compile(&RuleSources::builtin()).expect("the built-in rules compile"));

fuzz_target!(|bytes: &[u8]| {
    let read = Text::read(bytes);
    let text = read.as_str();
    let page = RULES.read(text);
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    assert!(page.blocks.iter().map(|block| &text[block.span.clone()]).eq(lines));
    let mut last = 0;
    for cut in &page.cuts {
        assert!(last <= cut.span.start && cut.span.start < cut.span.end);
        assert!(page.blocks.iter().any(|b| b.keep && b.span.start < cut.span.end && cut.span.start < b.span.end));
        assert!(text.get(cut.span.clone()).is_some());
        last = cut.span.end;
    }
    for span in [&page.title, &page.author].into_iter().flatten() {
        assert!(!text[span.clone()].trim().is_empty());
    }
});

//! HTML: every character of the text leads to bytes of the page, in order.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use solieu::page::html::{HtmlPage, HtmlRules};
use solieu::rules::RuleSources;

static RULES: LazyLock<HtmlRules> =
    LazyLock::new(|| HtmlRules::compile(&RuleSources::builtin()).expect("the built-in rules are tested"));

fuzz_target!(|data: &[u8]| {
    let page = HtmlPage::read(data, &RULES);
    let mut last = 0;
    for (at, c) in page.text.as_str().char_indices() {
        let raw = page.text.raw(at..at + c.len_utf8());
        assert!(raw.start >= last && raw.end <= data.len());
        last = raw.start;
    }
    HtmlPage::whole_text(data);
});

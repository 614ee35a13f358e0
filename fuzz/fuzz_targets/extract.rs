//! Any page: reading it ends, every citation lies in the page, and every quote stands in its sentence.

#![no_main]

use std::borrow::Cow;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use solieu::Extractor;
use solieu::rules::RuleSources;
use solieu::source::{Format, RawPage};

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::new(&RuleSources::builtin()).expect("the built-in rules compile"));

fuzz_target!(|bytes: &[u8]| {
    let raw = RawPage {
        path: Cow::Borrowed("page"),
        record: None,
        uri: None,
        title: None,
        published: None,
        format: Format::Text,
        encoding: None,
        bytes: Cow::Borrowed(bytes),
    };
    EXTRACTOR.extract(&raw, &mut |fact| {
        assert!(bytes.get(fact.source.bytes.clone()).is_some_and(|cited| !cited.is_empty()));
        assert!(fact.source.sentence.contains(&*fact.source.quote));
    });
});

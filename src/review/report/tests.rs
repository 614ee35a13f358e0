use super::*;
use crate::sink::samples::full;
use crate::source::Fields;

/// Texts that would act, were they not escaped.
const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "a\u{202E}b\u{2066}c",
    "</style></title><!--",
];

fn report(text: &str) -> String {
    let mut fact = full(1, text);
    fact.source.sentence = format!("{text} 1 {text}").into();
    let mut builder = Builder::new(10);
    builder.add(fact);
    builder.finish(&Options { title: text.to_owned(), archive: None, fields: Fields::default(), rules: None })
}

#[test]
fn no_text_of_a_page_acts() {
    let plain = report("x");
    for text in HOSTILE {
        let page = report(text);
        let tags = |page: &str| page.matches('<').count();
        assert_eq!(tags(&page), tags(&plain), "{text}");
        assert!(!page.contains("href=\"javascript:"), "{text}");
        assert!(!page.contains(['\u{202E}', '\u{2066}']), "{text}");
        assert_eq!(page.matches("<script>").count(), 1, "{text}");
    }
}

#[test]
fn the_list_ends_at_its_limit_and_the_sums_do_not() {
    let mut builder = Builder::new(2);
    (0..5).for_each(|n| builder.add(crate::sink::samples::plain(n)));
    let page =
        builder.finish(&Options { title: "t".into(), archive: None, fields: Fields::default(), rules: None });
    assert_eq!(page.matches("<li ").count(), 2);
    assert!(page.contains("first 2 of 5 facts"));
}

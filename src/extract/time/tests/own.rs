//! Rules of one's own beside the built-in ones.

use super::*;

#[test]
fn a_space_in_a_class_of_characters_is_no_pattern() {
    let mut sources = RuleSources::builtin();
    sources.add_text(
        "time.toml",
        r#"
        [[rule]]
        name = "month-of-a-form"
        comment = "Tháng khai 5/2019"
        pattern = '''tháng khai[ :](?<month>{{m}})/(?<year>{{y}})'''
        reads = "month"
        examples = [{ text = "tháng khai 5/2019", today = "2019-06-02", gives = "2019-05-01/2019-05-31" }]
        "#,
    );
    let rules = TimeRules::compile(&sources).unwrap();
    let starts = |text| {
        let mut times = Vec::new();
        rules.find(text, &mut times);
        times.iter().map(|time| time.span.start).collect::<Vec<_>>()
    };
    assert_eq!(starts("tháng khai 5/2019"), [0]);
    assert_ne!(starts("tháng khai+5/2019"), [0]);
}

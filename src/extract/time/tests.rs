//! Tests of the whole: a suite of expressions, which time governs which figure, and any text at all.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::extract::mention::Mention;
use crate::extract::sentence::Sentence;
use crate::fact::Kind;

static RULES: LazyLock<TimeRules> = LazyLock::new(|| TimeRules::compile(&RuleSources::builtin()).unwrap());

#[test]
fn expressions_mean_what_news_means_by_them() {
    let suite = include_str!("../../../fixtures/dates/suite.tsv");
    for line in suite.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let day = |i: usize| columns[i].parse::<Date>().unwrap();
        let mut memory = TimeMemory::new(Some(day(1)));
        let found = RULES.read(columns[0], &mut memory);
        let right = matches!(found.as_slice(), [one] if one.resolved.map(|r| r.interval) == Some(Interval::new(day(2), day(3))));
        assert_eq!(right, columns.len() == 4, "{line}: {found:?}");
    }
}

/// Dates the figures between `«` and `»`; one in `«…»+` is a change.
fn dated(text: &str, memory: &mut TimeMemory) -> Vec<Dating<'static>> {
    let (mut plain, mut mentions) = (String::new(), Vec::new());
    for (i, piece) in text.split(['«', '»']).enumerate() {
        let is_change = piece.starts_with('+');
        if is_change && let Some(Mention { is_change, .. }) = mentions.last_mut() {
            *is_change = true;
        }
        let start = plain.len();
        plain.push_str(piece.strip_prefix('+').unwrap_or(piece));
        if i % 2 == 1 {
            mentions.push(Mention::bare(start..plain.len(), Kind::Percentage));
        }
    }
    let plain: &'static str = plain.leak();
    let mut times = Vec::new();
    RULES.find(plain, &mut times);
    let sentence = Sentence { text: plain, tokens: Vec::new() };
    RULES.date(&Scene { sentence: &sentence, mentions: &mentions, times: &times, entities: &[] }, memory)
}

fn years(text: &str) -> Vec<Option<i16>> {
    let mut memory = TimeMemory::default();
    dated(text, &mut memory).iter().map(|d| d.time.as_ref()?.start.map(Date::year)).collect()
}

#[test]
fn a_leading_time_governs_until_another_comes() {
    assert_eq!(years("Năm 2018 lãi «3%», nợ «4%»; năm 2019 lãi «5%»."), [Some(2018), Some(2018), Some(2019)]);
    assert_eq!(years("Tỷ lệ tăng từ «3%» năm 2018 lên «9%» năm 2021."), [Some(2018), Some(2021)]);
    assert_eq!(
        years("Năm 2020 đạt «65%» (năm 2018 chỉ là «3%»), vượt «2%»."),
        [Some(2020), Some(2018), Some(2020)]
    );
}

#[test]
fn what_is_compared_with_is_the_base() {
    let mut memory = TimeMemory::default();
    let found =
        dated("Tháng 6/2020, tỷ lệ là «14%», tăng «7%»+ so với cùng kỳ năm trước («7%»).", &mut memory);
    let base = found[1].base.as_ref().unwrap();
    assert_eq!(base.text, "cùng kỳ năm trước");
    assert_eq!((base.start, base.end), (Some(date(2019, 6, 1)), Some(date(2019, 6, 30))));
    let starts: Vec<_> = found.iter().map(|d| d.time.as_ref().unwrap().start).collect();
    assert_eq!(starts, [Some(date(2020, 6, 1)), Some(date(2020, 6, 1)), Some(date(2019, 6, 1))]);
}

#[test]
fn undated_figures_continue_the_paragraph_or_take_the_date_of_the_page() {
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    dated("Năm 2020, lãi đạt «8%».", &mut memory);
    let next = dated("Nợ xấu là «1%».", &mut memory);
    assert_eq!(next[0].time.as_ref().unwrap().source, TimeSource::Context);
    memory.new_paragraph();
    let last = dated("Lãi suất là «6%».", &mut memory);
    assert_eq!(last[0].time.as_ref().unwrap().start, Some(date(2021, 4, 23)));
    assert_eq!(last[0].time.as_ref().unwrap().source, TimeSource::Document);
}

proptest! {
    #[test]
    fn any_text_is_read_in_order_and_without_overlap(text in r"(?:[ ,.()/–-]|[0-9]{1,4}|ngày|tháng|năm|quý|đến|từ|Tết|cùng kỳ|so với|\PC){0,40}") {
        let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
        let found = RULES.read(&text, &mut memory);
        let mut end = 0;
        for one in found {
            prop_assert!(one.time.span.start >= end && one.time.span.end > one.time.span.start);
            end = one.time.span.end;
            if let Some(Interval { first: Some(first), last: Some(last) }) = one.resolved.map(|r| r.interval) {
                prop_assert!(first <= last, "{}", one.text);
            }
        }
    }
}

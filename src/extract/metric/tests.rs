//! What holds for any sentence.

use std::ops::Range;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::markup::Marked;
use super::{MetricMemory, MetricRules};
use crate::extract::sentence::Sentence;
use crate::extract::weigh::WordClasses;
use crate::extract::words::vocabulary::Vocabulary;
use crate::rules::RuleSources;

static RULES: LazyLock<(MetricRules, Vocabulary)> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let rules = MetricRules::compile(
        &RuleSources::builtin(),
        &WordClasses::compile(&RuleSources::builtin()).unwrap(),
        &mut vocabulary,
    )
    .unwrap();
    (rules, vocabulary)
});

/// Words of all classes, marks and figures.
fn sentence() -> impl Strategy<Value = String> {
    let words = vec![
        "doanh thu",
        "tỷ lệ",
        "số",
        "của",
        "các",
        "tỉnh",
        "bộ",
        "đạt",
        "là",
        "tăng",
        "giảm",
        "chiếm",
        "có",
        "được",
        "và",
        "về",
        "với",
        "trong đó",
        "khoảng",
        "cả nước",
        "người dân",
        "hồ sơ",
        "xây dựng",
        "lần",
        "con số này",
        "DVCTT",
        "(BHYT)",
        "bảo hiểm y tế",
        ",",
        ";",
        ":",
        "(",
        ")",
        "/",
        "-",
        "\"",
        "…",
        "so với",
        "kế hoạch",
        "mức",
        "{money 5 tỷ đồng}",
        "{percentage 7%}",
        "{count 12}",
        "{count 3 lần}",
        "{rank 2/5}",
        "{quantity 4 km}",
        "{percentage+ 9%}",
        "{multiple 2 lần}",
        "{share 1/3}",
        "{time năm 2020}",
        "{entity Hà Nội}",
        "x",
        "😀",
    ];
    prop::collection::vec(prop::sample::select(words), 0..40).prop_map(|words| words.join(" "))
}

fn spans(ranges: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> + '_ {
    ranges.iter().cloned()
}

proptest! {
    #[test]
    fn every_metric_is_a_run_of_words_of_its_sentence_or_an_earlier_one(texts in prop::collection::vec(sentence(), 1..4)) {
        let (rules, vocabulary) = &*RULES;
        let mut memory = MetricMemory::default();
        let mut before = String::new();
        for text in &texts {
            let marked = Marked::read(text).unwrap();
            let sentence = Sentence::new(&marked.text, vocabulary);
            let (times, entities) = (spans(&marked.times), spans(&marked.entities));
            let names = rules.name_in(&sentence, &marked.mentions, times, entities, &mut memory, None);
            prop_assert_eq!(names.len(), marked.mentions.len());
            before.push_str(&marked.text);
            before.push('\n');
            for name in names {
                if let Some(metric) = name.metric {
                    prop_assert!(!metric.text.is_empty() && before.contains(&*metric.text), "{}", metric.text);
                }
            }
        }
    }
}

/// The metrics of the figures in `sentences`, which follow each other.
fn metrics(sentences: &[&str]) -> Vec<String> {
    metrics_by(&RULES, sentences)
}

fn metrics_by((rules, vocabulary): &(MetricRules, Vocabulary), sentences: &[&str]) -> Vec<String> {
    let mut memory = MetricMemory::default();
    let mut found = Vec::new();
    for marked in sentences {
        let marked = Marked::read(marked).unwrap();
        let sentence = Sentence::new(&marked.text, vocabulary);
        let (times, entities) = (marked.times.into_iter(), marked.entities.into_iter());
        let names = rules.name_in(&sentence, &marked.mentions, times, entities, &mut memory, None);
        found.extend(names.into_iter().map(|n| n.metric.map_or_else(String::new, |m| m.text.into_owned())));
    }
    found
}

#[test]
fn a_name_in_the_next_sentence_has_another_sum_of_the_same_measure() {
    let first = "Kim ngạch của {entity Lào} là {money 9 tỷ USD}, chiếm {percentage 33%} tổng nhập khẩu.";
    let next = "Kế đến là {entity Hàn Quốc} với {money 4 tỷ USD}, {entity Nga} gần {money 3 tỷ USD}.";
    assert_eq!(metrics(&[first, next])[2..], ["Kim ngạch", "Kim ngạch"]);
}

/// Rules by which what the lists of words come to is always right.
fn lists_alone() -> (MetricRules, Vocabulary) {
    let mut sources = RuleSources::builtin();
    sources.add_text("metric-weights.toml", "[weights]\nmargin = 100000\n");
    let mut vocabulary = Vocabulary::default();
    let classes = WordClasses::compile(&sources).unwrap();
    let rules = MetricRules::compile(&sources, &classes, &mut vocabulary).unwrap();
    (rules, vocabulary)
}

#[test]
fn two_words_that_no_rule_knows_are_not_the_same() {
    let again = |word: &str| {
        let text = format!("Cả tỉnh thực hiện {{count 40}} quẻo thanh tra; cấp xã: {{count 90}} {word}.");
        metrics_by(&lists_alone(), &[&text]).remove(1)
    };
    assert_eq!(again("quẻo"), "quẻo thanh tra");
    assert_eq!(again("Quẻo"), "quẻo thanh tra");
    assert_ne!(again("xẹo"), "quẻo thanh tra");
}

#[test]
fn what_a_subject_counts_is_the_same_in_any_letter_case() {
    let text = "Đơn khiếu nại trong năm là {count 35} đơn.";
    assert_eq!(metrics_by(&lists_alone(), &[text]), ["Đơn khiếu nại"]);
}

#[test]
fn a_sum_is_not_spent_as_the_one_in_the_sentence_before() {
    let first = "Hắn mang đi biếu người quen {money 9 triệu đồng}.";
    let found = metrics_by(&lists_alone(), &[first, "Trong nhà còn lại {money 3 triệu đồng}."]);
    assert_eq!(found[1], "");
}

#[test]
fn the_measure_that_heads_a_list_is_that_of_its_items() {
    let head = "Doanh thu của ba xưởng {time quý II/2020}:";
    let items = [
        "- {entity Nova}: {money 8 tỷ đồng}, tăng {percentage+ 4%}.",
        "- {entity Lotus}: {money 3 tỷ đồng}.",
    ];
    assert_eq!(metrics(&[head, items[0], items[1]]), ["Doanh thu"; 3]);
    // Without a colon no list follows, and things that are counted are no measure.
    assert_ne!(metrics(&["Doanh thu của ba xưởng ra sao.", items[1]])[0], "Doanh thu");
    assert_ne!(metrics(&[head, "- {entity Nova}: {count 12} thợ."])[0], "Doanh thu");
}

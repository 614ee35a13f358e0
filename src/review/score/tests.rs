use super::*;
use crate::fact::Kind;
use crate::sink::samples;

const TEXT: &str = "Chợ có 45 gian hàng, 3 lối vào và một nhà kho, mở cửa từ 5 giờ.\n";
const GOLD: &str = r#"{"n":"45","at":1,"kind":"count","value":"45","unit":"gian hàng"}
{"n":"3","at":1,"kind":"count","value":"3","unit":"lối vào","optional":true}
{"n":"45 gian","at":1,"kind":"count","value":"45","unit":"gian"}
"#;

/// A count of that quote.
fn fact(quote: &str, value: u32) -> Fact<'static> {
    let start = TEXT.find(quote).unwrap();
    let mut fact = samples::plain(0);
    (fact.kind, fact.value, fact.unit) = (Kind::Count, value.into(), Some("gian hàng".into()));
    fact.source.path = "chợ.txt".into();
    fact.source.bytes = start..start + quote.len();
    fact.source.quote = quote.to_owned().into();
    fact
}

fn scored(facts: &[Fact<'_>]) -> Score {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("chợ.txt"), TEXT).unwrap();
    std::fs::write(dir.path().join("chợ.jsonl"), GOLD).unwrap();
    score(dir.path(), None, facts, None).unwrap()
}

fn counts(score: &Score) -> (u64, u64, u64) {
    (score.right, score.wrong, score.missed)
}

#[test]
fn an_annotation_is_matched_once_and_by_a_right_reading() {
    assert_eq!(counts(&scored(&[])), (0, 0, 2), "what is optional may be missed");
    assert_eq!(counts(&scored(&[fact("45", 44), fact("45", 45)])), (1, 1, 1));
    assert_eq!(counts(&scored(&[fact("45", 45), fact("45", 45), fact("45", 45)])), (2, 1, 0));
}

#[test]
fn what_is_optional_does_not_count_either_way() {
    assert_eq!(counts(&scored(&[fact("3", 3)])), (0, 0, 2));
    assert_eq!(counts(&scored(&[fact("3", 4)])), (0, 0, 2), "a wrong reading of it neither");
}

#[test]
fn a_wrong_fact_is_another_one_or_none() {
    let mut money = fact("45", 45);
    (money.kind, money.rule) = (Kind::Money, "r".into());
    let mut hour = fact("5 giờ", 5);
    hour.rule = "r".into();
    let score = scored(&[money, hour, fact("một", 1)]);
    assert_eq!(counts(&score), (0, 2, 2), "a fact without a digit that touches nothing does not count");
    let rule = &score.rules["r"];
    assert_eq!((rule.right, rule.no_fact), (0, 1));
    assert_eq!(rule.confused, BTreeMap::from([("count → money".to_owned(), 1)]));
}

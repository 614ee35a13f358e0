use super::*;
use crate::fact::Fact;

const FACT: &str = r#"{"id":"f1","kind":"money","value":1234567890123456789.25,"unit":"VND","status":"actual",
    "metric":{"text":"vốn vay"},"source":{"path":"a.txt","sha256":"00","bytes":[3,9],"line":1,"column":4,
    "quote":"1.234 tỷ","sentence":"Vốn vay là 1.234 tỷ đồng."},"rule":"dong"}"#;

fn fact() -> Fact<'static> {
    serde_json::from_str(FACT).unwrap()
}

fn said(second: i64, by: &str, verdict: Verdict) -> Decision {
    Decision {
        at: Timestamp::from_second(second).unwrap(),
        by: by.to_owned(),
        fact: "f1".to_owned(),
        of: content_hash(&fact()),
        verdict,
        fields: Fields::new(),
        comment: None,
    }
}

fn fields(json: &str) -> Fields {
    serde_json::from_str(json).unwrap()
}

fn verdict(decisions: &[Decision]) -> Option<Verdict> {
    let mut all = Decisions::default();
    for decision in decisions {
        all.add(decision.clone());
    }
    all.verdict("f1").map(|(decision, _)| decision.verdict)
}

#[test]
fn the_last_verdict_stands_whatever_the_order_of_lines() {
    use Verdict::{Accept, Comment, Reject};
    let lines = [said(3, "an", Reject), said(1, "an", Accept), said(4, "an", Comment), said(3, "an", Reject)];
    assert_eq!(verdict(&lines), Some(Reject));
}

#[test]
fn undo_takes_back_what_the_same_person_said_last() {
    use Verdict::{Accept, Reject, Undo};
    let lines = [said(1, "an", Accept), said(2, "an", Reject), said(3, "an", Undo)];
    assert_eq!(verdict(&lines), Some(Accept));
    let lines = [said(1, "an", Accept), said(2, "be", Reject), said(3, "an", Undo)];
    assert_eq!(verdict(&lines), Some(Reject));
    assert_eq!(verdict(&[said(1, "an", Accept), said(3, "an", Undo), said(3, "an", Undo)]), None);
}

#[test]
fn a_merged_file_is_read_and_what_is_no_decision_is_reported() {
    let line = said(1, "an", Verdict::Accept).to_line().unwrap();
    let text = format!("<<<<<<< ours\n{line}\n=======\n\n{line}\n>>>>>>> theirs\n{}", &line[..30]);
    let all = Decisions::parse(text.as_bytes());
    assert_eq!(all.verdict("f1").map(|(d, _)| d.verdict), Some(Verdict::Accept));
    assert_eq!(all.of("f1").unwrap().standing().len(), 1);
    assert_eq!(all.problems.iter().map(|p| p.line).collect::<Vec<_>>(), [1, 3, 6, 7]);
    assert!(all.problems[3].to_string().contains("cut off"));
}

#[test]
fn a_correction_is_exact_and_marked() {
    let corrected = correct(&fact(), &fields(r#"{"unit":"USD","metric":null,"value_max":"2x3"}"#));
    assert!(corrected.is_err(), "2x3 is no decimal");
    let corrected = correct(&fact(), &fields(r#"{"unit":"USD","metric":null,"value_max":"2.50"}"#)).unwrap();
    assert_eq!(corrected.value.to_string(), "1234567890123456789.25");
    assert_eq!(corrected.value_max.unwrap().normalize().to_string(), "2.5");
    assert_eq!(
        (corrected.unit.as_deref(), corrected.metric, &*corrected.rule),
        (Some("USD"), None, "review")
    );
}

#[test]
fn what_is_no_fact_is_refused() {
    for wrong in [
        r#"{"id":"x"}"#,
        r#"{"source":{}}"#,
        r#"{"rule":"x"}"#,
        r#"{"kind":"weight"}"#,
        r#"{"value":null}"#,
        r#"{"colour":"red"}"#,
    ] {
        assert!(correct(&fact(), &fields(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn a_fact_that_says_something_else_makes_decisions_stale() {
    let decision = said(1, "an", Verdict::Accept);
    let mut now = fact();
    (now.source.line, now.source.bytes, now.rule) = (7, 70..76, "dong-2".into());
    assert!(!decision.is_stale(&now));
    now.unit = Some("USD".into());
    assert!(decision.is_stale(&now));
}

#[test]
fn the_file_is_made_with_the_first_decision() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("decisions.jsonl");
    let mut log = DecisionLog::open(&path).unwrap();
    assert!(log.len().unwrap() == 0 && log.read().unwrap().is_empty() && !path.exists());
    log.append(&said(1, "an", Verdict::Accept)).unwrap();
    assert!(log.len().unwrap() > 0 && path.exists());
    assert!(DecisionLog::open(&dir.path().join("nosuch/decisions.jsonl")).is_err());
}

#[test]
fn what_was_appended_is_read_and_a_torn_line_is_mended() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("decisions.jsonl");
    let mut log = DecisionLog::open(&path).unwrap();
    log.append(&said(1, "an", Verdict::Accept)).unwrap();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&whole[..], &whole[..40]].concat()).unwrap();
    assert_eq!(log.read().unwrap().problems.len(), 1);
    log.append(&said(2, "an", Verdict::Reject)).unwrap();
    let read = log.read().unwrap();
    assert!(read.problems.is_empty());
    assert_eq!(read.verdict("f1").unwrap().0.verdict, Verdict::Reject);
    assert_eq!(read.of("f1").unwrap().standing().len(), 2);
}

#[test]
fn a_last_line_without_its_end_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("decisions.jsonl");
    std::fs::write(&path, said(1, "an", Verdict::Accept).to_line().unwrap()).unwrap();
    let mut log = DecisionLog::open(&path).unwrap();
    log.append(&said(2, "be", Verdict::Comment)).unwrap();
    assert_eq!(log.read().unwrap().of("f1").unwrap().standing().len(), 2);
}

#[test]
fn moments_increase() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = DecisionLog::open(&dir.path().join("d.jsonl")).unwrap();
    let moments: Vec<_> = (0..1000).map(|_| log.now()).collect();
    assert!(moments.is_sorted_by(|a, b| a < b));
}

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{PageState, Report, State, Verifier};
use crate::fact::{Fact, Source};
use crate::page::PageRules;
use crate::rules::RuleSources;
use crate::sink::samples;

const SENTENCE: &str = "Cả tỉnh có 12 trạm.";
const PAGE: &str = "Đầu trang\nCả\u{A0}tỉnh có 12 trạm. Hết.\n";

fn rules() -> PageRules {
    PageRules::compile(&RuleSources::builtin()).unwrap()
}

fn hash(page: &str) -> String {
    Sha256::digest(page).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn cited(path: &str, record: Option<&'static str>) -> Fact<'static> {
    let start = PAGE.find("12").unwrap();
    let source = samples::plain(1).source;
    Fact {
        source: Source {
            path: path.to_owned().into(),
            record: record.map(Into::into),
            sha256: hash(PAGE).into(),
            bytes: start..start + 2,
            quote: "12".into(),
            sentence: SENTENCE.into(),
            ..source
        },
        ..samples::plain(1)
    }
}

fn verify(archive: &Path, fact: &Fact<'_>) -> Report {
    let mut verifier = Verifier::new(Some(archive.to_owned()), rules());
    verifier.add(fact);
    verifier.run()
}

#[test]
fn every_state_is_told_from_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let fact = cited("old/place/a.txt", None);
    let state_of = |page: &str| {
        std::fs::write(dir.path().join("a.txt"), page).unwrap();
        let report = verify(dir.path(), &fact);
        assert_eq!(report.facts, report.intact + report.moved + report.changed + report.missing);
        report.findings.first().map(|finding| (finding.state, finding.page, finding.now))
    };
    assert_eq!(state_of(PAGE), None);
    let elsewhere = Some((State::Intact, Some(PageState::Changed), None));
    assert_eq!(state_of(&format!("{PAGE}more")), elsewhere, "changed elsewhere only");
    assert_eq!(verify(dir.path(), &fact).intact_on_changed_page, 1);
    let (state, page, now) = state_of(&format!("Mới. {PAGE}")).unwrap();
    assert_eq!((state, page), (State::Moved, Some(PageState::Changed)));
    let moved = PAGE.find("12").unwrap() + "Mới. ".len();
    assert_eq!(now, Some([moved, moved + 2]));
    let changed = Some((State::Changed, Some(PageState::Changed), None));
    assert_eq!(state_of(&PAGE.replace("12", "13")), changed);
    std::fs::remove_file(dir.path().join("a.txt")).unwrap();
    let report = verify(dir.path(), &fact);
    assert_eq!(
        (report.missing, report.findings[0].state, report.findings[0].page),
        (1, State::Missing, None)
    );
}

#[test]
fn a_citation_outside_the_page_or_inside_a_character_is_no_panic() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.txt"), PAGE).unwrap();
    for bytes in [0..1, 1..3, 5..usize::MAX, usize::MAX - 1..usize::MAX] {
        let mut fact = cited("a.txt", None);
        fact.source.bytes = bytes;
        let report = verify(dir.path(), &fact);
        // The page is as it was: the fact is otherwise.
        assert_eq!((report.moved, report.findings[0].page), (1, Some(PageState::Same)));
    }
    let mut fact = cited("a.txt", None);
    fact.source.sentence = "".into();
    fact.source.quote = "".into();
    verify(dir.path(), &fact);
}

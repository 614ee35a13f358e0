use proptest::prelude::*;

use super::*;
use crate::sink::samples::{lines, plain};

fn producer(facts: &[Fact<'_>]) -> Producer<'static> {
    let bytes = lines(facts);
    Box::new(move |take| take(&bytes))
}

fn run(old: &[Fact<'_>], new: &[Fact<'_>], options: &Options) -> (Vec<(ChangeKind, String)>, Totals) {
    let mut seen = Vec::new();
    let totals = compare(producer(old), producer(new), options, &mut |page| {
        seen.extend(page.changes.iter().map(|change| (change.kind(), change.fact().id.to_string())));
        Ok(())
    });
    (seen, totals.unwrap())
}

fn said(n: usize, sentence: &str, quote: &str) -> Fact<'static> {
    let mut fact = plain(n);
    fact.value = quote.parse().unwrap();
    (fact.source.sentence, fact.source.quote) = (sentence.to_owned().into(), quote.to_owned().into());
    fact
}

#[test]
fn each_sort_of_change_is_told_from_the_others() {
    let text = "Bến xe đón 70 chuyến mỗi ngày";
    let old = [plain(1), plain(2), plain(3), said(4, text, "70")];
    let mut new = [
        plain(1),
        plain(2),
        said(5, "Hồ chứa còn đầy nước", "8"),
        said(6, "Nay bến xe đón 70 chuyến mỗi ngày", "70"),
    ];
    new[0].source.line += 1;
    new[1].unit = Some("hộ".into());
    let (seen, totals) = run(&old, &new, &Options::default());
    let id = |n: usize| format!("{n:032x}");
    let count = |kind: ChangeKind| {
        seen.iter().filter(|(found, _)| *found == kind).map(|(_, id)| id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(count(ChangeKind::Moved), [id(1)]);
    assert_eq!(count(ChangeKind::Changed), [id(2), id(6)]);
    assert_eq!(count(ChangeKind::Removed), [id(3)]);
    assert_eq!(count(ChangeKind::Added), [id(5)]);
    assert_eq!(totals.counts, Counts { added: 1, removed: 1, changed: 2, moved: 1 });
    assert_eq!(totals.fields.into_iter().collect::<Vec<_>>(), [("source.sentence", 1), ("unit", 1)]);
}

#[test]
fn what_is_ignored_is_no_change() {
    let mut new = plain(1);
    new.rule = "better".into();
    let options = Options { ignore: vec!["rule".to_owned()], ..Options::default() };
    assert_eq!(run(&[plain(1)], &[new.clone()], &options).1.counts, Counts::default());
    assert_eq!(run(&[plain(1)], &[new], &Options::default()).1.counts.changed, 1);
    let wrong = Options { ignore: vec!["tim".to_owned()], ..Options::default() };
    assert_eq!(wrong.unknown_field(), Some("tim"));
}

#[test]
fn a_page_that_moved_is_known_by_its_content() {
    let mut new = said(2, &plain(1).source.sentence, "1");
    new.source.path = "elsewhere/page.txt".into();
    let mut old = said(1, &plain(1).source.sentence, "1");
    (old.source.sha256, new.source.sha256) = ("same".into(), "same".into());
    let (seen, _) = run(&[old], &[new], &Options::default());
    assert_eq!(seen.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [ChangeKind::Moved]);
}

#[test]
fn pages_of_two_copies_of_a_folder_are_paired_by_the_end_of_their_paths() {
    let at = |n: usize, path: &str, sentence: &str| {
        let mut fact = said(n, sentence, "70");
        (fact.source.path, fact.source.sha256) = (path.to_owned().into(), format!("{n}").into());
        fact
    };
    let (text, edited) = ("Bến xe đón 70 chuyến mỗi ngày", "Nay bến xe đón 70 chuyến mỗi ngày");
    let sorts = |old: &[&str], new: &[&str]| {
        let old: Vec<_> = old.iter().zip(1..).map(|(path, n)| at(n, path, text)).collect();
        let new: Vec<_> = new.iter().zip(11..).map(|(path, n)| at(n, path, edited)).collect();
        let counts = run(&old, &new, &Options::default()).1.counts;
        (counts.added, counts.removed, counts.changed)
    };
    assert_eq!(sorts(&["old/a.txt"], &["new/a.txt"]), (0, 0, 1));
    assert_eq!(sorts(&["old/x/index", "old/y/index"], &["new/x/index", "new/y/index"]), (0, 0, 2));
    assert_eq!(sorts(&["old/a.txt"], &["new/a.txt", "new/b/a.txt"]), (2, 1, 0));
    assert_eq!(sorts(&["old/a.txt"], &["new/b.txt"]), (1, 1, 0));
}

#[test]
fn the_same_fact_written_otherwise_is_no_difference() {
    let spaced = String::from_utf8(lines(&[plain(1)])).unwrap().replace(',', ", ");
    let new: Producer<'_> = Box::new(move |take| take(spaced.as_bytes()));
    let totals = compare(producer(&[plain(1)]), new, &Options::default(), &mut |_| panic!()).unwrap();
    assert_eq!(totals.counts, Counts::default());
}

#[test]
fn a_line_that_is_no_fact_is_named() {
    let new: Producer<'_> = Box::new(|take| take(b"\n{\"id\": 3}\n"));
    let error = compare(producer(&[]), new, &Options::default(), &mut |_| Ok(())).unwrap_err();
    assert!(error.to_string().starts_with("line 1: is no fact"), "{error}");
}

proptest! {
    #[test]
    fn every_fact_is_accounted_for(old in prop::collection::vec(0usize..12, 0..12),
                                   new in prop::collection::vec(0usize..12, 0..12),
                                   edited in 0usize..12) {
        let facts = |side: &[usize]| side.iter().map(|&n| plain(n)).collect::<Vec<_>>();
        let (old, mut new) = (facts(&old), facts(&new));
        new.iter_mut().filter(|fact| fact.value == edited.into()).for_each(|fact| fact.is_change = true);
        let (_, totals) = run(&old, &new, &Options::default());
        prop_assert_eq!(totals.old + totals.counts.added, totals.new + totals.counts.removed);
        let (_, back) = run(&new, &old, &Options::default());
        prop_assert_eq!((back.counts.added, back.counts.removed), (totals.counts.removed, totals.counts.added));
        prop_assert_eq!(run(&old, &old, &Options::default()).1.counts, Counts::default());
    }
}

use jiff::civil::date;

use super::{Builder, Confidence, Selection, Series, chart, sdmx, table};
use crate::fact::{Fact, Kind, Label, Qualifier, Status, Time, TimeRole, TimeSource};
use crate::rules::Catalog;
use crate::sink::samples;

/// Of a province.
fn fact(n: usize, value: &str, quote: &'static str, year: i16) -> Fact<'static> {
    let entity = Some(Label { id: Some("VN-DN".into()), text: "Đà Nẵng".into() });
    Fact { entity, ..nameless(n, value, quote, year) }
}

fn nameless(n: usize, value: &str, quote: &'static str, year: i16) -> Fact<'static> {
    let mut fact = samples::plain(n);
    fact.kind = Kind::Percentage;
    fact.value = value.parse().unwrap();
    fact.unit = Some("%".into());
    fact.metric = Some(Label { id: Some("egov.level4".into()), text: "tỷ lệ".into() });
    fact.time = Some(Time {
        start: Some(date(year, 1, 1)),
        end: Some(date(year, 12, 31)),
        role: TimeRole::During,
        text: None,
        source: TimeSource::Sentence,
    });
    fact.source.quote = quote.into();
    fact.source.path = format!("page{n}.txt").into();
    fact.source.sha256 = format!("{n:064x}").into();
    fact
}

fn series(facts: &[Fact<'_>], selection: Selection) -> Vec<Series> {
    let mut builder = Builder::new(Selection { metric: "egov.level4".to_owned(), ..selection });
    for fact in facts {
        builder.add(fact);
    }
    builder.finish().series
}

fn undated(n: usize, value: &str, quote: &'static str) -> Fact<'static> {
    Fact { time: None, ..nameless(n, value, quote, 2020) }
}

#[test]
fn figures_of_things_without_a_name_do_not_contradict_each_other() {
    let of = |n, value, quote, whom: &'static str| {
        let entity = (!whom.is_empty()).then(|| Label { id: None, text: whom.into() });
        Fact { entity, ..nameless(n, value, quote, 2020) }
    };
    let contradicted = |whom| {
        let all = series(&[of(1, "30", "30%", whom), of(2, "45", "45%", whom)], Selection::default());
        assert_eq!(all[0].observations.len(), 2, "{whom}");
        all[0].observations.iter().all(|observation| observation.contradicted)
    };
    for (whom, expected) in [
        ("", false),
        ("doanh nghiệp", false),
        ("Người dân", false),
        ("Xe", false),
        ("Sở Y tế", true),
        ("Đảng Cộng hòa", true),
        ("VNPT", true),
        ("A320", true),
        ("Công ty Sao Mai", true),
        ("quận 3", true),
        ("Bến Tre", true),
    ] {
        assert_eq!(contradicted(whom), expected, "{whom}");
    }
    // Two pages that say 30 % may mean two things; two that say 82,6 % hardly.
    for (value, quote, confidence) in [("30", "30%", Confidence::Medium), ("82.6", "82,6%", Confidence::High)]
    {
        let all = series(&[of(1, value, quote, ""), of(2, value, quote, "")], Selection::default());
        let observation = &all[0].observations[0];
        assert_eq!((observation.citations.len(), observation.confidence), (2, confidence), "{quote}");
    }
    let rounded = [of(1, "82.6", "82,6%", ""), of(2, "83", "83%", "")];
    assert_eq!(series(&rounded, Selection::default())[0].observations.len(), 2);
}

#[test]
fn figures_without_a_date_are_left_out_where_days_are_asked_for() {
    let facts = [fact(1, "82.6", "82,6%", 2020), undated(2, "82.61", "82,61%"), undated(3, "41.7", "41,7%")];
    let from = |year| {
        let selection = Selection { from: Some(date(year, 1, 1)), ..Selection::default() };
        let mut builder = Builder::new(Selection { metric: "egov.level4".to_owned(), ..selection });
        for fact in &facts {
            builder.add(fact);
        }
        builder.finish()
    };
    // What a figure corroborates is the same as without.
    let development = from(2020);
    assert_eq!((development.series.len(), development.undated(), development.left_out), (1, 0, 1));
    assert_eq!(development.series[0].observations[0].citations.len(), 2);
    let development = from(2021);
    assert_eq!((development.series.len(), development.left_out), (0, 1));
}

#[test]
fn a_precise_figure_without_a_date_is_cited_where_just_one_says_the_same() {
    let mut of_hanoi = fact(1, "82.6", "82,6%", 2020);
    of_hanoi.entity = Some(Label { id: Some("VN-HN".into()), text: "Hà Nội".into() });
    let all = series(&[of_hanoi.clone(), undated(2, "82.61", "82,61%")], Selection::default());
    assert_eq!((all.len(), all[0].observations.len(), all[0].undated.len()), (1, 1, 0));
    let observation = &all[0].observations[0];
    assert_eq!((observation.amount.value.to_string(), observation.citations.len()), ("82.61".to_owned(), 2));
    assert_eq!(observation.confidence, Confidence::Medium, "a figure alone makes nothing more certain");
    assert!(table::text(&all).contains("page1.txt (page2.txt)"), "{}", table::text(&all));

    // Of two that say the same it could be either, and two digits are too few.
    let twice =
        [of_hanoi, fact(3, "82.6", "82,6%", 2019), undated(2, "82.61", "82,61%"), undated(4, "83", "83%")];
    let all = series(&twice, Selection::default());
    let left: Vec<_> = all.iter().flat_map(|series| &series.undated).collect();
    assert_eq!(left.len(), 2);
    assert!(table::text(&all).contains("without a date"), "{}", table::text(&all));
    assert!(!sdmx::csv(&all).contains("page2"));
}

#[test]
fn what_is_left_out_is_counted() {
    let mut builder = Builder::new(Selection { metric: "egov.level4".to_owned(), ..Selection::default() });
    let change = Fact { is_change: true, ..fact(1, "5", "5%", 2020) };
    for fact in [change, undated(2, "30", "30%"), fact(3, "9", "9%", 2020)] {
        builder.add(&fact);
    }
    let development = builder.finish();
    assert_eq!((development.facts, development.changes, development.undated()), (3, 1, 1));
    assert!(!development.is_empty());
}

#[test]
fn corroborating_figures_merge_and_others_contradict() {
    let mut target = fact(5, "90", "90%", 2020);
    target.status = Status::Target;
    let mut change = fact(6, "5", "5%", 2020);
    change.is_change = true;
    let facts = [
        fact(1, "82.6", "82,6%", 2020),
        fact(2, "82.61", "82,61%", 2020),
        fact(3, "14.1", "14,1%", 2019),
        fact(4, "15", "15%", 2019),
        target,
        change,
    ];
    let all = series(&facts, Selection::default());
    assert_eq!(all.len(), 1);
    let got: Vec<_> = all[0]
        .observations
        .iter()
        .map(|o| {
            (
                o.period.name(),
                o.amount.value.to_string(),
                o.status,
                o.contradicted,
                o.confidence,
                o.citations.len(),
            )
        })
        .collect();
    let row = |year: &str, value: &str, status, contradicted, confidence, citations| {
        (year.to_owned(), value.to_owned(), status, contradicted, confidence, citations)
    };
    assert_eq!(
        got,
        [
            row("2019", "14.1", Status::Actual, true, Confidence::Low, 1),
            row("2019", "15", Status::Actual, true, Confidence::Low, 1),
            row("2020", "82.61", Status::Actual, false, Confidence::High, 2),
            row("2020", "90", Status::Target, false, Confidence::Medium, 1),
        ]
    );
    let sdmx = sdmx::csv(&all);
    assert!(
        sdmx.contains("A,egov.level4,VN-DN,percentage,%,_Z,actual,2,2019,15,,,,U,0,1,page4.txt"),
        "{sdmx}"
    );
    assert_eq!(table::csv(&all).lines().count(), 5);
    assert_eq!(chart::svg(&all, &Catalog::default()).matches("<title>").count(), 4);
}

#[test]
fn a_line_joins_periods_of_one_length() {
    let quarter = |n: usize, value, year| {
        let mut fact = fact(n, value, "12,5%", year);
        fact.time.as_mut().unwrap().end = Some(date(year, 3, 31));
        fact
    };
    let facts = [
        fact(1, "12.5", "12,5%", 2018),
        fact(2, "13.5", "13,5%", 2019),
        fact(3, "14.5", "14,5%", 2020),
        quarter(4, "3.5", 2019),
        quarter(5, "4.5", 2020),
    ];
    let joined = |facts: &[Fact<'_>]| {
        let picture = chart::svg(&series(facts, Selection::default()), &Catalog::default());
        let points = picture.split("<polyline points=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        points.map(|points| points.split(' ').count()).collect::<Vec<_>>()
    };
    assert_eq!(joined(&facts), [3, 2]);
    // A point by itself is joined with nothing.
    assert_eq!(joined(&facts[2..4]), [] as [usize; 0]);
}

#[test]
fn ranges_and_bounds_reach_statistical_offices() {
    let mut range = fact(1, "35", "35-40%", 2020);
    (range.value_max, range.qualifier) = (Some("40".parse().unwrap()), Some(Qualifier::AtLeast));
    let sdmx = sdmx::csv(&series(&[range], Selection::default()));
    let rows: Vec<Vec<&str>> = sdmx.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| rows[1][rows[0].iter().position(|found| *found == name).unwrap()];
    assert_eq!(column("OBS_VALUE"), "35");
    assert_eq!(column("OBS_VALUE_MAX"), "40");
    assert_eq!(column("QUALIFIER"), "at_least");
}

#[test]
fn the_selection_bounds_days_and_entities() {
    let mut of_hanoi = fact(3, "3", "3%", 2020);
    of_hanoi.entity = Some(Label { id: Some("VN-HN".into()), text: "Hà Nội".into() });
    let facts = [fact(1, "1", "1%", 2018), fact(2, "2", "2%", 2019), of_hanoi];
    let count = |selection| series(&facts, selection).iter().map(|s| s.observations.len()).sum::<usize>();
    assert_eq!(count(Selection::default()), 3);
    assert_eq!(count(Selection { from: Some(date(2019, 12, 31)), ..Selection::default() }), 2);
    assert_eq!(count(Selection { to: Some(date(2019, 12, 31)), ..Selection::default() }), 2);
    assert_eq!(count(Selection { entity: Some("hà nội".to_owned()), ..Selection::default() }), 1);
}

#[test]
fn pages_cannot_put_markup_into_the_chart() {
    let mut fact = fact(1, "1", "1%", 2020);
    let acting = ['\u{1B}', '\u{61C}', '\u{200E}', '\u{2028}', '\u{202E}', '\u{2067}'];
    let hostile = format!("</title><script>alert(1)</script>{}", acting.iter().collect::<String>());
    fact.source.sentence = hostile.clone().into();
    fact.source.title = Some(hostile.clone().into());
    fact.source.uri = Some("javascript:alert(1)".into());
    fact.unit = Some(hostile.into());
    let all = series(&[fact], Selection::default());
    let names = Catalog::default();
    for shown in [chart::html(&all, &names), chart::svg(&all, &names)] {
        assert!(!shown.contains("<script") && !shown.contains("href=\"javascript"), "{shown}");
        assert!(!shown.contains(acting) && !shown.contains("unsafe-inline"), "{shown}");
    }
}

#[test]
fn the_number_itself_is_marked_where_another_holds_it() {
    let mut fact = fact(1, "12", "12", 2020);
    fact.source.sentence = "Có 1.12 xã và 12 trạm.".into();
    let html = chart::html(&series(&[fact], Selection::default()), &Catalog::default());
    assert!(html.contains("Có 1.12 xã và <mark>12</mark> trạm."), "{html}");
}

#[test]
fn pages_cannot_steer_the_terminal() {
    let mut fact = fact(1, "1", "1%", 2020);
    fact.unit = Some("%\u{1B}[2J".into());
    fact.source.path = "a\u{202E}\0.txt".into();
    let text = table::text(&series(&[fact], Selection::default()));
    assert!(!text.contains(['\u{1B}', '\u{202E}', '\0']), "{text:?}");
}

#[test]
fn periods_have_the_names_that_statistics_give_them() {
    let day = |text: &str| text.parse().unwrap();
    for (start, end, name) in [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-01-01", "2020-06-30", "2020-S1"),
        ("2020-07-01", "2020-09-30", "2020-Q3"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2020-06-18", "2020-06-18", "2020-06-18"),
        ("2020-01-01", "2020-09-30", "2020-01-01/P9M"),
        ("2016-01-01", "2020-12-31", "2016-01-01/P5Y"),
        ("2020-03-12", "2020-06-19", "2020-03-12/P100D"),
    ] {
        assert_eq!(super::Period { start: Some(day(start)), end: day(end) }.name(), name);
    }
}

#[test]
fn ranks_among_other_numbers_are_other_figures() {
    let rank = |n, of: Option<i64>| Fact {
        kind: Kind::Rank,
        unit: None,
        denominator: of.map(Into::into),
        ..fact(n, "86", "86", 2020)
    };
    let all = series(&[rank(1, Some(193)), rank(2, Some(63)), rank(3, None)], Selection::default());
    let seen: Vec<_> =
        all[0].observations.iter().map(|o| (table::shown(&o.amount), o.contradicted)).collect();
    assert_eq!(seen, [("86/63".to_owned(), true), ("86/193".to_owned(), true)]);
    assert_eq!(all[0].observations[0].citations.len() + all[0].observations[1].citations.len(), 3);
    assert!(table::csv(&all).contains(",86,,63,"));
    assert!(sdmx::csv(&all).contains(",86,,193,"));
}

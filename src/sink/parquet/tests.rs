use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use jiff::civil::date;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::read;
use crate::fact::{Fact, Label};
use crate::sink::column::{COLUMNS, VERSION, VERSION_KEY};
use crate::sink::samples::{hostile, lines, plain};
use crate::sink::{Failure, Options, SinkError, Summary, open};

fn of_year(n: usize, year: i16) -> Fact<'static> {
    let mut fact = plain(n);
    fact.source.published = Some(date(year, 5, 1));
    fact
}

fn try_load(dir: &Path, facts: &[Fact<'_>], options: &Options) -> Result<Summary, SinkError> {
    let mut sink = open(&format!("parquet:{}", dir.display()), options)?;
    sink.write(&lines(facts))?;
    sink.finish()
}

fn load(dir: &Path, run: &str, facts: &[Fact<'_>]) -> Summary {
    try_load(dir, facts, &Options { run: Some(run.to_owned()), ..Options::default() }).unwrap()
}

fn facts(dir: &Path) -> Vec<Fact<'static>> {
    let mut facts = Vec::new();
    let mut keep = |fact| {
        facts.push(fact);
        Ok(())
    };
    read::facts(dir.to_str().unwrap(), &mut keep).unwrap();
    facts.sort_by(|a, b| a.id.cmp(&b.id));
    facts
}

/// All files below a folder with their bytes.
fn bytes(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files.map(|file| (file.path().display().to_string(), std::fs::read(file.path()).unwrap())).collect()
}

fn history(dir: &Path) -> Vec<serde_json::Value> {
    let files = bytes(&dir.join("_history"));
    let lines = files.values().flat_map(|bytes| bytes.split(|&b| b == b'\n')).filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

#[test]
fn facts_come_back_as_they_went_in() {
    let dir = tempfile::tempdir().unwrap();
    let wanted = hostile();
    load(dir.path(), "a", &wanted);
    assert_eq!(facts(dir.path()), wanted);
}

#[test]
fn loading_twice_changes_nothing_whatever_the_name_of_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let wanted = [of_year(1, 2019), of_year(2, 2020), plain(3)];
    assert_eq!(load(dir.path(), "a", &wanted), Summary { added: 3, ..Summary::default() });
    let before = bytes(dir.path());
    for run in ["a", "b"] {
        assert_eq!(load(dir.path(), run, &wanted), Summary { same: 3, ..Summary::default() });
        assert_eq!(bytes(dir.path()), before);
    }
}

#[test]
fn a_later_run_updates_and_keeps_what_was() {
    let dir = tempfile::tempdir().unwrap();
    load(dir.path(), "a", &[of_year(1, 2019), of_year(2, 2020), of_year(3, 2020), of_year(4, 2021)]);
    let before = bytes(dir.path());
    let better = Fact { rule: "better".into(), ..of_year(2, 2020) };
    // One page has another date now.
    let moved = of_year(4, 2022);
    let summary = load(dir.path(), "b", &[better.clone(), moved.clone(), of_year(5, 2020)]);
    assert_eq!(summary, Summary { added: 1, changed: 2, same: 0, retired: 0 });
    assert_eq!(facts(dir.path()), [of_year(1, 2019), better, of_year(3, 2020), moved, of_year(5, 2020)]);
    let was = history(dir.path());
    assert_eq!(was.len(), 2);
    assert_eq!((&was[0]["run"], &was[0]["record"]["rule"]), (&"b".into(), &"count".into()));
    let of_2019 = before.iter().find(|(path, _)| path.contains("=2019")).unwrap();
    assert_eq!(bytes(dir.path()).get(of_2019.0), Some(of_2019.1), "nothing was read of that year");
    assert!(!dir.path().join("published_year=2021").exists(), "no fact of that year is left");
}

#[test]
fn what_is_no_longer_found_can_be_retired() {
    let dir = tempfile::tempdir().unwrap();
    load(dir.path(), "a", &[of_year(1, 2019), of_year(2, 2020), of_year(30, 2020)]);
    let retire = |prefix: &str| Options { retire: Some(prefix.to_owned()), ..Options::default() };
    let summary = try_load(dir.path(), &[of_year(2, 2020)], &retire("page 0000")).unwrap();
    assert_eq!(summary, Summary { same: 1, retired: 1, ..Summary::default() });
    assert_eq!(facts(dir.path()), [of_year(2, 2020), of_year(30, 2020)]);
    assert_eq!(history(dir.path())[0]["retired"], true);
    assert_eq!(load(dir.path(), "c", &[of_year(1, 2019)]).added, 1, "it comes back");
}

#[test]
fn within_a_run_the_first_reading_stands() {
    let dir = tempfile::tempdir().unwrap();
    let summary = load(dir.path(), "a", &[plain(1), Fact { rule: "other".into(), ..plain(1) }]);
    assert_eq!((summary.added, summary.same), (1, 1));
    assert_eq!(facts(dir.path()), [plain(1)]);
}

#[test]
fn two_loads_at_once_leave_the_facts_of_both() {
    let dir = tempfile::tempdir().unwrap();
    let all: Vec<_> =
        (0..4_000).zip([2018, 2019, 2020].into_iter().cycle()).map(|(n, year)| of_year(n, year)).collect();
    std::thread::scope(|scope| {
        for part in all.chunks(1_000) {
            let dir = dir.path();
            scope.spawn(move || load(dir, "a", part));
        }
    });
    assert_eq!(facts(dir.path()), all);
}

#[test]
fn what_killed_loads_left_goes_and_what_others_write_stays() {
    let dir = tempfile::tempdir().unwrap();
    load(dir.path(), "a", &[of_year(1, 2019)]);
    let left = dir.path().join("published_year=2019/.facts-1-1.part");
    std::fs::write(&left, "half").unwrap();
    let mut other = open(&format!("parquet:{}", dir.path().display()), &Options::default()).unwrap();
    assert!(!left.exists());
    let many: Vec<_> = (0..super::FACTS_AT_ONCE).map(|n| of_year(n, 2019)).collect();
    other.write(&lines(&many)).unwrap();
    load(dir.path(), "b", &[of_year(200_000, 2019)]);
    other.finish().unwrap();
    assert_eq!(facts(dir.path()).len(), super::FACTS_AT_ONCE + 1);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    load(dir.path(), "a", &[of_year(1, 2019)]);
    let place = dir.path().join("published_year=2019/facts.parquet");
    let ours = std::fs::read(&place).unwrap();
    let refused = |said: &str| {
        let error = try_load(dir.path(), &[of_year(2, 2019)], &Options::default()).unwrap_err();
        assert_eq!(error.failure, Failure::NotOurs, "{error}");
        assert!(error.message.contains(said), "{error}");
    };
    std::fs::write(&place, "no Parquet").unwrap();
    refused("no Parquet file");
    let at = memchr::memmem::rfind(&ours, VERSION_KEY.as_bytes()).unwrap() + VERSION_KEY.len();
    let version = b'0' + u8::try_from(VERSION).unwrap();
    let newer: Vec<u8> =
        (0..).zip(&ours).map(|(i, &b)| if i > at && b == version && i < at + 5 { b'9' } else { b }).collect();
    std::fs::write(&place, newer).unwrap();
    refused("newer solieu");
}

#[test]
fn row_groups_are_sorted_say_so_and_part_the_metrics() {
    let dir = tempfile::tempdir().unwrap();
    let of = |n: usize| {
        let mut fact = of_year(n, 2020);
        let id = (!n.is_multiple_of(9)).then(|| format!("metric.{}", n % 9).into());
        fact.metric = Some(Label { id, text: "số".into() });
        fact
    };
    load(dir.path(), "a", &(0..50_000).map(of).collect::<Vec<_>>());
    let file = File::open(dir.path().join("published_year=2020/facts.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let metric = COLUMNS.iter().position(|column| column.name == "metric_id").unwrap() + 3;
    let mut ends: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for group in reader.metadata().row_groups() {
        assert!(group.num_rows() <= 20_000, "{}", group.num_rows());
        let names = group.sorting_columns().unwrap().iter().map(|by| {
            assert!(!by.descending && by.nulls_first);
            group.column(usize::try_from(by.column_idx).unwrap()).column_descr().name().to_owned()
        });
        assert_eq!(names.collect::<Vec<_>>(), ["metric_id", "entity_id", "time_end", "id"]);
        assert_eq!(group.column(metric).column_descr().name(), "metric_id");
        let statistics = group.column(metric).statistics().unwrap();
        ends.push((
            statistics.min_bytes_opt().unwrap().to_vec(),
            statistics.max_bytes_opt().unwrap().to_vec(),
        ));
    }
    assert_eq!(ends.len(), 3);
    assert!(ends.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{ends:?}");
    // Within a group, too.
    let mut ids: Vec<Option<String>> = Vec::new();
    read::facts(dir.path().to_str().unwrap(), &mut |fact| {
        ids.push(fact.metric.and_then(|metric| metric.id).map(Into::into));
        Ok(())
    })
    .unwrap();
    assert!(ids.is_sorted() && ids[0].is_none());
}

//! What a killed load left: whole batches, with all that belongs to them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{FACTS, id};

/// How much of a facts file is one batch; facts of one batch are written in one transaction.
const BATCH_BYTES: usize = 4 << 20;

/// What is asked of a database, each row as one text; nothing where the tables are not there yet.
pub(crate) type Answers<'a> = &'a dyn Fn(&str) -> Option<Vec<String>>;

/// What a killed load left: facts of whole batches, with all that belongs to them, and besides them what was there.
pub(crate) fn assert_whole(ask: Answers<'_>, batches: &BTreeSet<usize>, before: bool) {
    let Some(rows) = ask("SELECT id || ' ' || line || ' ' || first_seen || ' ' || last_seen FROM facts")
    else {
        return assert!(!before);
    };
    let count = rows.len();
    let there: BTreeMap<String, String> =
        rows.iter().map(|row| (row[..32].to_owned(), row[33..].to_owned())).collect();
    assert_eq!(there.len(), count);
    let (old, run) = if before { (FACTS / 2, 2) } else { (0, 1) };
    let read = there.values().filter(|row| row.starts_with('1')).count();
    assert!(batches.contains(&read), "{read} facts are no whole batches");
    assert_eq!(count, read.max(old));
    for n in 0..count {
        let first = if n < old { 1 } else { run };
        let expected = if n < read { format!("1 {first} {run}") } else { "2 1 1".to_owned() };
        assert_eq!(there.get(&id(n)), Some(&expected), "fact {n} of {read}");
    }
    let kept =
        ask("SELECT fact || ' ' || first_seen || ' ' || last_seen || ' ' || run FROM history").unwrap();
    let expected = (0..read.min(old)).map(|n| format!("{} 1 1 2", id(n)));
    assert!(kept.into_iter().collect::<BTreeSet<_>>() == expected.collect());
    for wrong in WRONG {
        assert_eq!(ask(wrong).unwrap(), [] as [&str; 0], "{wrong}");
    }
    let runs =
        ask("SELECT id || CASE WHEN finished IS NULL THEN '' ELSE ' finished' END FROM runs ORDER BY id");
    let runs = runs.unwrap();
    let (earlier, this) = runs.split_at(usize::from(before));
    assert!(earlier.iter().all(|run| run == "1 finished"), "{runs:?}");
    match this {
        [] => assert_eq!(read, 0),
        [one] if *one == format!("{run} finished") => assert_eq!(read, FACTS),
        [one] => assert_eq!(*one, run.to_string()),
        more => panic!("{more:?}"),
    }
}

/// What there may never be a row of.
const WRONG: [&str; 8] = [
    "SELECT id FROM facts WHERE quote <> CAST(byte_start AS TEXT) OR CAST(value AS TEXT) <> quote",
    "SELECT id FROM facts WHERE document NOT IN (SELECT id FROM documents)",
    "SELECT id FROM facts WHERE metric_id IS NULL OR metric_id NOT IN (SELECT id FROM metrics)",
    "SELECT id FROM facts WHERE entity_id IS NULL OR entity_id NOT IN (SELECT id FROM entities)",
    "SELECT id FROM facts WHERE first_seen NOT IN (SELECT id FROM runs) OR last_seen NOT IN (SELECT id FROM runs)",
    "SELECT path FROM documents WHERE id NOT IN (SELECT document FROM facts)",
    "SELECT id FROM metrics WHERE name_vi IS NULL AND id NOT IN (SELECT metric_id FROM facts)",
    "SELECT fact FROM history WHERE record NOT LIKE '%\"line\":2%'",
];

/// After how many facts a batch ends.
pub(crate) fn ends_of_batches(facts: &Path) -> BTreeSet<usize> {
    let text = std::fs::read(facts).unwrap();
    let lines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
    let whole = (0..=text.len()).step_by(BATCH_BYTES).map(|end| lines(&text[..end]));
    whole.chain([FACTS]).collect()
}

/// Asks what a killed load into SQLite left, in a copy: whoever opens a database tidies up.
pub(crate) fn assert_whole_in_sqlite(url: &str, batches: &BTreeSet<usize>, before: bool) {
    let file = url.trim_start_matches("sqlite:");
    for ending in ["", "-wal", "-journal"] {
        let copy = format!("{file}.copy{ending}");
        // It may not be there, and an earlier copy may.
        let _ = std::fs::remove_file(&copy);
        let _ = std::fs::copy(format!("{file}{ending}"), copy);
    }
    let database = rusqlite::Connection::open(format!("{file}.copy")).unwrap();
    let ask = |sql: &str| {
        let texts = |sql: &str| -> Vec<String> {
            let mut statement = database.prepare(sql).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        (!texts("SELECT name FROM sqlite_schema").is_empty()).then(|| texts(sql))
    };
    assert!(ask("PRAGMA integrity_check").is_none_or(|said| said == ["ok"]));
    assert_whole(&ask, batches, before);
}

/// Each year is as the earlier load left it, or as this one leaves it.
#[cfg(feature = "parquet")]
pub(crate) fn assert_whole_in_parquet(url: &str) {
    let mut years: BTreeMap<i16, Vec<(String, usize)>> = BTreeMap::new();
    let each = &mut |fact: solieu::fact::Fact<'static>| {
        let year = years.entry(fact.source.published.unwrap().year()).or_default();
        year.push((fact.id.into_owned(), fact.source.line));
    };
    solieu::sink::facts(url, each).unwrap();
    assert_eq!(years.keys().copied().collect::<Vec<_>>(), [2018, 2019, 2020]);
    for (year, mut found) in years {
        let of_year = |count: usize, line: usize| {
            let all = (0..count).filter(|n| 2018 + n / 20 % 3 == usize::try_from(year).unwrap());
            let mut all: Vec<_> = all.map(|n| (id(n), line)).collect();
            all.sort();
            all
        };
        found.sort();
        assert!(found == of_year(FACTS, 1) || found == of_year(FACTS / 2, 2), "{year}: {}", found.len());
    }
}

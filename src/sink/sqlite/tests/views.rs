//! What the views answer.

use rusqlite::Connection;

use super::Database;
use crate::fact::{Fact, Status, Time};
use crate::sink::Options;
use crate::sink::samples::full;

#[test]
fn months_have_exact_ends_and_count_ranges_and_copies() {
    let of = |n: usize, value: &str, max: Option<&str>, sha256: &'static str| {
        let mut fact = full(n, "hộ");
        fact.value = value.parse().unwrap();
        fact.value_max = max.map(|max| max.parse().unwrap());
        (fact.is_change, fact.status) = (false, Status::Actual);
        fact.source.sha256 = sha256.into();
        fact
    };
    let month = |facts: &[Fact<'_>]| {
        let database = Database::new();
        database.load("a", facts);
        let connection = Connection::open(database.path()).unwrap();
        let sql =
            "SELECT lowest, highest, mean, facts, pages, lowest_real, highest_real FROM metric_by_month";
        connection
            .query_row(sql, [], |row| {
                let ends: (String, String) = (row.get(0)?, row.get(1)?);
                let numbers: (f64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
                assert_eq!(ends.0.parse::<f64>(), Ok(row.get(5)?));
                assert_eq!(ends.1.parse::<f64>(), Ok(row.get(6)?));
                Ok((ends, numbers))
            })
            .unwrap()
    };
    let texts = |low: &str, high: &str| (low.to_owned(), high.to_owned());
    let ranges = [of(1, "80", Some("95"), "a"), of(2, "90", None, "a"), of(3, "87.5", None, "b")];
    assert_eq!(month(&ranges), (texts("80", "95"), ((87.5 + 90.0 + 87.5) / 3.0, 3, 2)));
    // All of these are the same double-precision float.
    let digits = ["12345678901234567891", "12345678901234567891.5", "12345678901234567890.25"];
    let facts = |sign: &str| [1, 2, 3].map(|n| of(n, &format!("{sign}{}", digits[n - 1]), None, "a"));
    assert_eq!(month(&facts("")).0, texts(digits[2], digits[1]));
    assert_eq!(month(&facts("-")).0, texts(&format!("-{}", digits[1]), &format!("-{}", digits[2])));
    assert_eq!(month(&[of(1, "9", None, "a"), of(2, "10", None, "b")]).0, texts("9", "10"));
}

#[test]
fn views_answer() {
    let day = |month| Some(jiff::civil::date(2020, month, 28));
    let of = |n: usize, month, theme: Option<&'static str>| {
        let mut fact = full(n, "hộ");
        (fact.value, fact.value_max) = (n.into(), None);
        (fact.is_change, fact.status) = (false, Status::Actual);
        fact.time = fact.time.map(|time| Time { end: day(month), ..time });
        fact.theme = theme.map(Into::into);
        fact
    };
    let facts =
        [of(1, 3, Some("savings")), of(2, 5, None), of(3, 5, Some("savings")), of(4, 6, Some("savings"))];
    let database = Database::new();
    database.load("a", &facts);
    // The last one is retired.
    let options = Options { run: Some("b".to_owned()), retire: Some(String::new()), ..Options::default() };
    database.try_load(&facts[..3], &options).unwrap();
    let connection = Connection::open(database.path()).unwrap();
    let rows = |sql: &str| {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    assert_eq!(rows("SELECT value || ' ' || quote FROM current_facts ORDER BY id"), ["1 hộ", "2 hộ", "3 hộ"]);
    let latest = "SELECT value || ' ' || time_end FROM latest_by_metric ORDER BY value_real, value_max_real";
    assert_eq!(rows(latest), ["2 2020-05-28"]);
    let months =
        "SELECT month || ' ' || lowest || ' ' || highest || ' ' || facts FROM metric_by_month ORDER BY month";
    assert_eq!(rows(months), ["2020-03 1 1 1", "2020-05 2 3 2"]);
    assert_eq!(rows("SELECT value || ' ' || path FROM savings ORDER BY value_real"), ["1 hộ", "3 hộ"]);
}

mod views;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::fact::Fact;
use crate::sink::samples::{hostile, lines, plain};
use crate::sink::{Failure, Options, SinkError, Summary, open};

struct Database {
    dir: TempDir,
}

impl Database {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> String {
        self.dir.path().join("facts.db").display().to_string()
    }

    fn try_load(&self, facts: &[Fact<'_>], options: &Options) -> Result<Summary, SinkError> {
        let mut sink = open(&format!("sqlite:{}", self.path()), options)?;
        sink.write(&lines(facts))?;
        sink.finish()
    }

    fn load(&self, run: &str, facts: &[Fact<'_>]) -> Summary {
        self.try_load(facts, &Options { run: Some(run.to_owned()), ..Options::default() }).unwrap()
    }

    fn facts(&self) -> Vec<Fact<'static>> {
        let mut facts = Vec::new();
        crate::sink::facts(&format!("sqlite:{}", self.path()), &mut |fact| facts.push(fact)).unwrap();
        facts.sort_by(|a, b| a.id.cmp(&b.id));
        facts
    }

    /// The first and the last run of each earlier reading, and the one that read otherwise.
    fn history(&self) -> Vec<(Option<i64>, i64, Option<i64>)> {
        let connection = Connection::open(self.path()).unwrap();
        let sql = "SELECT first_seen, last_seen, run FROM history ORDER BY fact, last_seen";
        let mut all = connection.prepare(sql).unwrap();
        let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Every row of every table, without the moments.
    fn dump(&self) -> Vec<String> {
        let connection = Connection::open(self.path()).unwrap();
        let mut rows = Vec::new();
        for table in ["runs", "documents", "metrics", "entities", "facts", "history"] {
            let mut all = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
            let mut found = all.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let cells = 0..if table == "runs" { 2 } else { row.as_ref().column_count() };
                let cells: Vec<_> = cells.map(|i| format!("{:?}", row.get_ref(i).unwrap())).collect();
                rows.push(format!("{table} {}", cells.join("|")));
            }
        }
        rows
    }
}

#[test]
fn facts_come_back_as_they_went_in() {
    let database = Database::new();
    let facts = hostile();
    assert_eq!(database.load("a", &facts), Summary { added: 28, ..Summary::default() });
    assert_eq!(database.facts(), facts);
}

#[test]
fn loading_twice_changes_nothing() {
    let database = Database::new();
    let mut facts = hostile();
    // The same id twice, as when a page stands in an archive twice.
    facts.push(Fact { rule: "other".into(), ..plain(100) });
    database.load("a", &facts);
    let before = database.dump();
    assert_eq!(database.load("a", &facts), Summary { same: 29, ..Summary::default() });
    assert_eq!(database.dump(), before);
}

#[test]
fn a_later_run_updates_and_keeps_what_was() {
    let database = Database::new();
    database.load("a", &[plain(1), plain(2), plain(3)]);
    let changed = Fact { rule: "better".into(), ..plain(2) };
    let options =
        Options { run: Some("b".to_owned()), retire: Some("page".to_owned()), ..Options::default() };
    let summary = database.try_load(&[plain(1), changed.clone()], &options).unwrap();
    assert_eq!(summary, Summary { added: 0, changed: 1, same: 1, retired: 1 });
    assert_eq!(database.facts(), [plain(1), changed]);
    let history: Vec<_> = database.dump().into_iter().filter(|row| row.starts_with("history")).collect();
    assert_eq!(history.len(), 1);
    assert_eq!(database.history(), [(Some(1), 1, Some(2))]);
    // What comes back is no longer retired.
    assert_eq!(database.load("c", &[plain(3)]).changed, 1);
    assert_eq!(database.facts().len(), 3);
}

#[test]
fn the_history_says_from_when_to_when_a_fact_was_read_so() {
    let database = Database::new();
    let read = |rule: &'static str| Fact { rule: rule.into(), ..plain(1) };
    for (run, rule) in [("a", "first"), ("b", "first"), ("c", "second"), ("d", "third"), ("e", "third")] {
        database.load(run, &[read(rule)]);
    }
    assert_eq!(database.history(), [(Some(1), 2, Some(3)), (Some(3), 3, Some(4))]);
    let connection = Connection::open(database.path()).unwrap();
    let seen = connection
        .query_row("SELECT first_seen, last_seen FROM facts", [], |row| Ok((row.get(0)?, row.get(1)?)));
    assert_eq!(seen.unwrap(), (1, 5));
}

#[test]
fn the_documented_question_what_changed_is_answered() {
    let docs = include_str!("../../../docs/schema.md");
    let (_, question) = docs.split_once("What changed between the last two runs:\n\n```sql\n").unwrap();
    let question = question.split("```").next().unwrap();
    let database = Database::new();
    let read = |n, rule: &'static str| Fact { rule: rule.into(), ..plain(n) };
    for (run, one, two) in [("a", "first", "first"), ("b", "second", "first"), ("c", "second", "second")] {
        database.load(run, &[read(1, one), read(2, two)]);
    }
    let connection = Connection::open(database.path()).unwrap();
    let mut asked = connection.prepare(question).unwrap();
    let answer: Vec<String> = asked.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(answer, [&*plain(2).id]);
}

#[test]
fn two_loads_at_once_leave_the_same_as_one_after_the_other() {
    let facts: Vec<_> = (0..20_000).map(plain).collect();
    let database = Database::new();
    std::thread::scope(|scope| {
        for part in facts.chunks(10_000) {
            scope.spawn(|| database.load("a", part));
        }
    });
    assert_eq!(database.facts(), facts);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let database = Database::new();
    let refused = |expected: Failure| {
        let error = database.try_load(&[plain(1)], &Options::default()).unwrap_err();
        assert_eq!(error.failure, expected, "{error}");
    };
    std::fs::write(database.path(), "no database, but long enough to be taken for one".repeat(99)).unwrap();
    refused(Failure::NotOurs);
    std::fs::remove_file(database.path()).unwrap();
    Connection::open(database.path()).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    refused(Failure::NotOurs);
    std::fs::remove_file(database.path()).unwrap();
    database.load("a", &[plain(1)]);
    Connection::open(database.path()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    refused(Failure::NotOurs);
}

#[test]
fn an_older_schema_is_migrated_and_keeps_its_facts() {
    let database = Database::new();
    database.load("a", &[plain(1), plain(2)]);
    database.load("later", &[plain(1), plain(2)]);
    let connection = Connection::open(database.path()).unwrap();
    // As the first version was; the history of one fact is that of a run which came late.
    connection
        .execute_batch(
            "DROP TABLE history; CREATE TABLE history (fact TEXT NOT NULL REFERENCES facts (id), \
             last_seen INTEGER NOT NULL REFERENCES runs (id), record TEXT NOT NULL, PRIMARY KEY (fact, last_seen)) STRICT; \
             INSERT INTO history SELECT id, 1, '{}' FROM facts; \
             PRAGMA foreign_keys = 0; UPDATE facts SET first_seen = 2 WHERE rowid = 2",
        )
        .unwrap();
    let views = ["savings", "metric_by_month", "latest_by_metric", "current_facts"];
    let columns =
        [("metrics", "field kinds"), ("entities", "kind iso since until successor"), ("runs", "progress")];
    for view in views {
        connection.execute_batch(&format!("DROP VIEW {view}")).unwrap();
    }
    for (table, columns) in columns {
        for column in columns.split(' ') {
            connection.execute_batch(&format!("ALTER TABLE {table} DROP COLUMN {column}")).unwrap();
        }
    }
    connection.pragma_update(None, "user_version", 1).unwrap();
    drop(connection);
    assert_eq!(database.load("b", &[plain(2), plain(3)]).added, 1);
    assert_eq!(database.facts(), [plain(1), plain(2), plain(3)]);
    assert_eq!(database.history(), [(Some(1), 1, None), (None, 1, None)]);
    let connection = Connection::open(database.path()).unwrap();
    connection.query_row("SELECT count(field), count(*) FROM metrics, savings", [], |_| Ok(())).unwrap();
}

#[test]
fn the_end_of_a_load_makes_the_indexes_that_are_missing() {
    let database = Database::new();
    let indexes = || {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
        let connection = Connection::open(database.path()).unwrap();
        connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    database.load("a", &[plain(1)]);
    assert_eq!(indexes(), 2);
    // As a first load leaves it that was killed.
    let sql = "DROP INDEX facts_by_metric; DROP INDEX facts_by_document";
    Connection::open(database.path()).unwrap().execute_batch(sql).unwrap();
    database.load("b", &[plain(2)]);
    assert_eq!(indexes(), 2);
}

#[test]
fn who_reads_leaves_nothing_behind() {
    let database = Database::new();
    database.load("a", &[plain(1)]);
    assert_eq!(database.facts().len(), 1);
    assert_eq!(std::fs::read_dir(database.dir.path()).unwrap().count(), 1);
}

#[test]
fn a_row_that_is_no_fact_is_told_and_not_lost() {
    let database = Database::new();
    database.load("a", &[plain(1)]);
    let connection = Connection::open(database.path()).unwrap();
    connection.pragma_update(None, "ignore_check_constraints", true).unwrap();
    connection.execute("UPDATE facts SET status = 'draft'", []).unwrap();
    let read = crate::sink::facts(&format!("sqlite:{}", database.path()), &mut |_| {});
    let other = Fact { rule: "other".into(), ..plain(1) };
    let loaded = database.try_load(&[other], &Options::default()).map(|_| ());
    for error in [read.unwrap_err(), loaded.unwrap_err()] {
        assert_eq!(error.failure, Failure::NotOurs, "{error}");
        assert!(error.message.starts_with("column `status` has \"draft\": "), "{error}");
    }
}

//! `docs/tables.md` is what this makes of the schema: `BLESS=1 cargo test tables_md` writes it anew.

use std::fmt::Write as _;

use super::{Entry, comments, tables};
use crate::sink::column::{COLUMNS, Table, Type};
use crate::sink::ddl::{Dialect, TABLES, type_name};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tables.md");

const HEAD: &str = "# Tables and columns\n\nMade from `src/sink/schema/tables.sql`, which has the same words; how to use them is in \
    [schema.md](schema.md).\nWhat the source does not state is NULL.\n";

const FILES: &str = "\n## CSV and Parquet\n\nOne row a fact, with the columns of its page among its own, in this order. In Parquet each column \
    may be null, and\nbehind each decimal `name` stands `name_exact`: its digits as text where it has more than nine decimals, else null.\n\
    The folder adds `published_year`.\n\n| column | Parquet | as in |\n| --- | --- | --- |\n";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for table in tables(TABLES) {
        let _ = write!(page, "\n## {}\n\n{}\n\n", table.name, table.about);
        page.push_str(
            "| column | SQLite | PostgreSQL | NOT NULL | meaning |\n| --- | --- | --- | --- | --- |\n",
        );
        table.columns.iter().for_each(|column| row(column, &mut page));
        if table.name == "facts" {
            page.push_str("\nSQLite has `value_real` and `value_max_real` besides: the same as double-precision floats, to sort and count by.\n");
        }
    }
    page.push_str(FILES);
    for column in COLUMNS {
        let type_ = match column.type_ {
            Type::Text => "text",
            Type::Decimal => "DECIMAL(38, 9)",
            Type::Day => "DATE",
            Type::Bool => "BOOLEAN",
            Type::Int => "INT64",
        };
        let table = if column.table == Table::Facts { "facts" } else { "documents" };
        let _ = writeln!(page, "| `{}` | {type_} | `{table}` |", column.name);
    }
    page
}

fn row(column: &Entry<'_>, page: &mut String) {
    let Entry { name, definition, about } = column;
    let word = definition.split([' ', ',']).next().unwrap();
    let always = definition.contains("NOT NULL") || definition.contains("KEY");
    let always = if always { "always" } else { "" };
    let words = definition.split_once(" IN (").map(|(_, list)| list.split_once(')').unwrap().0);
    let words = words.map_or(String::new(), |list| format!(" One of {}.", list.replace('\'', "`")));
    let (sqlite, postgres) = (type_name(Dialect::Sqlite, word), type_name(Dialect::Postgres, word));
    let _ = writeln!(page, "| `{name}` | {sqlite} | {postgres} | {always} | {about}{words} |");
}

#[test]
fn tables_md_is_what_the_schema_says() {
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(FILE, &page).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap();
    assert!(page == written, "docs/tables.md is not what the schema says: run this test with BLESS=1");
}

#[test]
fn every_table_and_column_is_described() {
    let all = tables(TABLES);
    assert_eq!(all.len() + 1, TABLES.matches("CREATE TABLE ").count());
    for table in &all {
        assert!(table.about.ends_with('.'), "{}: {:?}", table.name, table.about);
        for Entry { name, about, .. } in &table.columns {
            assert!(!about.is_empty() && !about.contains('|'), "{}.{name}: {about:?}", table.name);
        }
    }
    let of = |name: &str| all.iter().find(|table| table.name == name).unwrap();
    for column in COLUMNS {
        let table = of(if column.table == Table::Facts { "facts" } else { "documents" });
        assert!(table.columns.iter().any(|entry| entry.name == column.name), "{}", column.name);
    }
    assert!(
        comments(TABLES)
            .contains("COMMENT ON COLUMN facts.denominator IS 'Of a rank or share: 193 in 86/193.';")
    );
}

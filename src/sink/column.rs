//! The record as flat columns: one list for every destination that has columns.

use std::borrow::Cow;
use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::fact::{Base, Direction, Fact, Label, Qualifier, Source, Time};

/// Where files of these columns say which version of the schema they have.
pub const VERSION_KEY: &str = "solieu.schema";

/// The version of the schema that this program writes. Each step from one to the next is a migration.
pub const VERSION: i64 = 6;

/// One value of a flat record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Absent.
    Null,
    /// Text.
    Text(&'a str),
    /// Exact decimal without trailing zeros.
    Decimal(Decimal),
    /// Day.
    Day(Date),
    /// Truth value.
    Bool(bool),
    /// Whole number.
    Int(i64),
}

impl<'a> Cell<'a> {
    fn text(value: Option<&'a Cow<'_, str>>) -> Self {
        value.map_or(Self::Null, |text| Self::Text(text))
    }

    fn word(value: Option<&'static str>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }

    fn decimal(value: Option<Decimal>) -> Self {
        value.map_or(Self::Null, |value| Self::Decimal(value.normalize()))
    }

    fn day(value: Option<Date>) -> Self {
        value.map_or(Self::Null, Self::Day)
    }

    fn int(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// The value as text, the same in every destination; absent for null.
    pub(crate) fn to_text(self) -> Option<Cow<'a, str>> {
        Some(match self {
            Self::Null => return None,
            Self::Text(text) => Cow::Borrowed(text),
            Self::Decimal(value) => Cow::Owned(value.to_string()),
            Self::Day(day) => Cow::Owned(day.to_string()),
            Self::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
            Self::Int(value) => Cow::Owned(value.to_string()),
        })
    }
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// Exact decimal.
    Decimal,
    /// Day.
    Day,
    /// Truth value.
    Bool,
    /// Whole number.
    Int,
}

/// The table that holds a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row a fact.
    Facts,
    /// One row a page.
    Documents,
}

/// One column of the flat record.
pub struct Column {
    /// Its name in every destination.
    pub name: &'static str,
    /// Where it is kept in a database.
    pub table: Table,
    /// Its type.
    pub type_: Type,
    /// Its value in a fact.
    pub get: for<'f> fn(&'f Fact<'_>) -> Cell<'f>,
}

macro_rules! columns {
    ($($table:ident $name:ident $type:ident |$fact:ident| $get:expr;)+) => {
        /// All columns, in the order of the record.
        pub static COLUMNS: &[Column] = &[$(Column {
            name: stringify!($name),
            table: Table::$table,
            type_: Type::$type,
            get: { fn get<'f>($fact: &'f Fact<'_>) -> Cell<'f> { $get } get },
        }),+];
    };
}

columns! {
    Facts id Text |f| Cell::Text(&f.id);
    Facts kind Text |f| Cell::Text(f.kind.as_str());
    Facts value Decimal |f| Cell::decimal(Some(f.value));
    Facts value_max Decimal |f| Cell::decimal(f.value_max);
    Facts denominator Decimal |f| Cell::decimal(f.denominator);
    Facts unit Text |f| Cell::text(f.unit.as_ref());
    Facts per Text |f| Cell::text(f.per.as_ref());
    Facts qualifier Text |f| Cell::word(f.qualifier.map(Qualifier::as_str));
    Facts direction Text |f| Cell::word(f.direction.map(Direction::as_str));
    Facts is_change Bool |f| Cell::Bool(f.is_change);
    Facts status Text |f| Cell::Text(f.status.as_str());
    Facts time_start Day |f| Cell::day(f.time.as_ref().and_then(|t| t.start));
    Facts time_end Day |f| Cell::day(f.time.as_ref().and_then(|t| t.end));
    Facts time_role Text |f| Cell::word(f.time.as_ref().map(|t| t.role.as_str()));
    Facts time_text Text |f| Cell::text(f.time.as_ref().and_then(|t| t.text.as_ref()));
    Facts time_source Text |f| Cell::word(f.time.as_ref().map(|t| t.source.as_str()));
    Facts base_text Text |f| Cell::text(f.base.as_ref().map(|b| &b.text));
    Facts base_start Day |f| Cell::day(f.base.as_ref().and_then(|b| b.start));
    Facts base_end Day |f| Cell::day(f.base.as_ref().and_then(|b| b.end));
    Facts metric_id Text |f| Cell::text(f.metric.as_ref().and_then(|m| m.id.as_ref()));
    Facts metric_text Text |f| Cell::text(f.metric.as_ref().map(|m| &m.text));
    Facts entity_id Text |f| Cell::text(f.entity.as_ref().and_then(|e| e.id.as_ref()));
    Facts entity_text Text |f| Cell::text(f.entity.as_ref().map(|e| &e.text));
    Facts theme Text |f| Cell::text(f.theme.as_ref());
    Documents path Text |f| Cell::Text(&f.source.path);
    Documents record Text |f| Cell::text(f.source.record.as_ref());
    Documents uri Text |f| Cell::text(f.source.uri.as_ref());
    Documents title Text |f| Cell::text(f.source.title.as_ref());
    Documents published Day |f| Cell::day(f.source.published);
    Documents sha256 Text |f| Cell::Text(&f.source.sha256);
    Facts byte_start Int |f| Cell::int(f.source.bytes.start);
    Facts byte_end Int |f| Cell::int(f.source.bytes.end);
    Facts line Int |f| Cell::int(f.source.line);
    Facts col Int |f| Cell::int(f.source.column);
    Facts quote Text |f| Cell::Text(&f.source.quote);
    Facts sentence Text |f| Cell::Text(&f.source.sentence);
    Facts rule Text |f| Cell::Text(&f.rule);
}

/// The columns of one table.
pub(crate) fn of(table: Table) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| column.table == table)
}

/// Where the column of that name stands in [`COLUMNS`]; past their end where there is none.
pub(crate) fn place(name: &str) -> usize {
    COLUMNS.iter().take_while(|column| column.name != name).count()
}

/// Cells as text in the order of [`COLUMNS`], back to the record.
pub(crate) struct Cells<I>(pub(crate) I);

impl<I: Iterator<Item = Option<String>>> Cells<I> {
    fn text(&mut self) -> Option<Cow<'static, str>> {
        self.0.next().flatten().map(Cow::Owned)
    }

    fn needed(&mut self) -> Result<Cow<'static, str>, String> {
        self.text().ok_or_else(|| "a column that every fact has is empty".to_owned())
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self) -> Result<Option<T>, String> {
        let text = self.0.next().flatten();
        text.map(|text| text.parse().map_err(|e| format!("{text:?}: {e}"))).transpose()
    }

    fn must<T: FromStr<Err: std::fmt::Display>>(&mut self) -> Result<T, String> {
        self.parsed()?.ok_or_else(|| "a column that every fact has is empty".to_owned())
    }

    fn label(&mut self) -> Option<Label<'static>> {
        let (id, text) = (self.text(), self.text());
        text.map(|text| Label { id, text })
    }

    fn time(&mut self) -> Result<Option<Time<'static>>, String> {
        let (start, end, role, text) = (self.parsed()?, self.parsed()?, self.parsed()?, self.text());
        let source = self.parsed()?;
        Ok(role.zip(source).map(|(role, source)| Time { start, end, role, text, source }))
    }

    fn base(&mut self) -> Result<Option<Base<'static>>, String> {
        let (text, start, end) = (self.text(), self.parsed()?, self.parsed()?);
        Ok(text.map(|text| Base { text, start, end }))
    }

    fn source(&mut self) -> Result<Source<'static>, String> {
        Ok(Source {
            path: self.needed()?,
            record: self.text(),
            uri: self.text(),
            title: self.text(),
            published: self.parsed()?,
            sha256: self.needed()?,
            bytes: self.must()?..self.must()?,
            line: self.must()?,
            column: self.must()?,
            quote: self.needed()?,
            sentence: self.needed()?,
        })
    }

    /// The record, or what is wrong with the cells.
    pub(crate) fn fact(mut self) -> Result<Fact<'static>, String> {
        let fact = Fact {
            id: self.needed()?,
            kind: self.must()?,
            value: self.must()?,
            value_max: self.parsed()?,
            denominator: self.parsed()?,
            unit: self.text(),
            per: self.text(),
            qualifier: self.parsed()?,
            direction: self.parsed()?,
            is_change: matches!(&*self.needed()?, "1" | "true" | "t"),
            status: self.must()?,
            time: self.time()?,
            base: self.base()?,
            metric: self.label(),
            entity: self.label(),
            theme: self.text(),
            source: self.source()?,
            rule: self.needed()?,
            duplicates_of: None,
        };
        fact.check_ids()?;
        Ok(fact)
    }
}

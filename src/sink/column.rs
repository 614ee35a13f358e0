//! The record as flat columns: one list for every destination that has columns.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::fact::{Direction, Fact, Qualifier};

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

/// Digits of the decimal columns of Parquet and Arrow: enough for all whole numbers of a record.
pub const PRECISION: u8 = 38;
/// Those of them behind the point.
pub const SCALE: u8 = 9;

impl Column {
    /// The name of the column behind a decimal one that has the exact digits where that cannot hold them.
    pub fn exact_name(&self) -> String {
        format!("{}_exact", self.name)
    }
}

/// The digits of a value that has more decimals than a decimal column.
pub fn exact(value: Decimal) -> Option<String> {
    (value.scale() > u32::from(SCALE)).then(|| value.to_string())
}

/// What a decimal column has for a value, which is rounded where it has more decimals.
pub fn unscaled(value: Decimal) -> i128 {
    let rounded = value.round_dp(SCALE.into()).normalize();
    rounded.mantissa() * 10i128.pow(u32::from(SCALE) - rounded.scale())
}

/// The value that a decimal column has so; nothing where a record cannot hold it.
pub fn scaled(mut unscaled: i128) -> Option<Decimal> {
    let mut scale = u32::from(SCALE);
    // With noughts behind it, a value may be wider than what a record holds.
    while scale > 0 && unscaled % 10 == 0 {
        unscaled /= 10;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(unscaled, scale).ok()
}

/// The first day that is counted from.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Days from 1970 on, as columns of days have them.
pub fn days_since_1970(day: Date) -> Option<i32> {
    EPOCH.until(day).ok().map(|span| span.get_days())
}

/// The day that so many days lead to.
pub fn day_since_1970(days: i32) -> Option<Date> {
    EPOCH.checked_add(days.days()).ok()
}

/// The columns of one table.
pub(crate) fn of(table: Table) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| column.table == table)
}

/// Where the column of that name stands in [`COLUMNS`]; past their end where there is none.
pub(crate) fn place(name: &str) -> usize {
    COLUMNS.iter().take_while(|column| column.name != name).count()
}

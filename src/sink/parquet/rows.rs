//! Facts as the columns of a row group.

use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type,
};
use parquet::errors::Result;
use parquet::file::metadata::SortingColumn;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type as Schema, TypePtr};

use crate::fact::Fact;
use crate::sink::column::{self, COLUMNS, Cell, Column, PRECISION, SCALE, Type};

/// Facts in one row group, at most: a reader leaves out whole ones, and each costs it some work.
pub(super) const FACTS_IN_GROUP: usize = 20_000;

/// The columns by which rows are sorted, in [`order`].
const SORTED_BY: [&str; 4] = ["metric_id", "entity_id", "time_end", "id"];

/// The order of rows: what is absent goes first.
pub(super) fn order<'f>(fact: &'f Fact<'_>) -> (Option<&'f str>, Option<&'f str>, Option<Date>, &'f str) {
    let metric = fact.metric.as_ref().and_then(|metric| metric.id.as_deref());
    let entity = fact.entity.as_ref().and_then(|entity| entity.id.as_deref());
    (metric, entity, fact.time.as_ref().and_then(|time| time.end), &fact.id)
}

/// A column of the file.
#[derive(Clone, Copy)]
enum Field {
    /// One of the record.
    Plain(&'static Column),
    /// The digits of a decimal that has more decimals than its column.
    Exact(&'static Column),
}

impl Field {
    fn cell<'f>(self, fact: &'f Fact<'_>) -> Cell<'f> {
        match self {
            Self::Plain(column) | Self::Exact(column) => (column.get)(fact),
        }
    }
}

/// The columns of the record; behind each decimal, its exact digits.
fn fields() -> Vec<Field> {
    let mut fields = Vec::new();
    for column in COLUMNS {
        fields.push(Field::Plain(column));
        if column.type_ == Type::Decimal {
            fields.push(Field::Exact(column));
        }
    }
    fields
}

/// By what the rows of each group are sorted.
pub(super) fn sorting() -> Vec<SortingColumn> {
    let fields = fields();
    let place = |name: &str| {
        fields.iter().position(|field| matches!(field, Field::Plain(column) if column.name == name))
    };
    let places = SORTED_BY.iter().filter_map(|name| i32::try_from(place(name)?).ok());
    places.map(|column_idx| SortingColumn { column_idx, descending: false, nulls_first: true }).collect()
}

/// The schema of all files.
pub(super) fn schema() -> Result<TypePtr> {
    let fields = fields().into_iter().map(|field| node(field).map(Arc::new)).collect::<Result<Vec<_>>>()?;
    Schema::group_type_builder("fact").with_fields(fields).build().map(Arc::new)
}

fn node(field: Field) -> Result<Schema> {
    let (name, physical, logical) = match field {
        Field::Exact(column) => (column.exact_name(), Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Field::Plain(column) => {
            let (physical, logical) = match column.type_ {
                Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                Type::Decimal => (
                    Physical::FIXED_LEN_BYTE_ARRAY,
                    Some(LogicalType::decimal(SCALE.into(), PRECISION.into())),
                ),
                Type::Day => (Physical::INT32, Some(LogicalType::Date)),
                Type::Bool => (Physical::BOOLEAN, None),
                Type::Int => (Physical::INT64, None),
            };
            (column.name.to_owned(), physical, logical)
        }
    };
    let node = Schema::primitive_type_builder(&name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    match physical {
        Physical::FIXED_LEN_BYTE_ARRAY => {
            node.with_length(16).with_precision(PRECISION.into()).with_scale(SCALE.into()).build()
        }
        _ => node.build(),
    }
}

/// Writes the facts as one row group.
pub(super) fn write(to: &mut SerializedFileWriter<std::fs::File>, facts: &[Fact<'_>]) -> Result<()> {
    let mut group = to.next_row_group()?;
    for field in fields() {
        let Some(mut column) = group.next_column()? else { break };
        let cells = facts.iter().map(|fact| field.cell(fact));
        match field {
            Field::Exact(_) => {
                let (values, levels) = split(cells.map(exact));
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
            Field::Plain(Column { type_, .. }) => match type_ {
                Type::Text => {
                    let (values, levels) = split(cells.map(text));
                    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                Type::Decimal => {
                    let (values, levels) = split(cells.map(decimal));
                    column.typed::<FixedLenByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                Type::Day => {
                    let (values, levels) = split(cells.map(day));
                    column.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
                }
                Type::Bool => {
                    let (values, levels) =
                        split(cells.map(|cell| if let Cell::Bool(b) = cell { Some(b) } else { None }));
                    column.typed::<BoolType>().write_batch(&values, Some(&levels), None)?;
                }
                Type::Int => {
                    let (values, levels) =
                        split(cells.map(|cell| if let Cell::Int(i) = cell { Some(i) } else { None }));
                    column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                }
            },
        }
        column.close()?;
    }
    group.close().map(drop)
}

/// The values that are there, and for each row whether there is one.
fn split<T>(cells: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    (values, levels)
}

fn text(cell: Cell<'_>) -> Option<ByteArray> {
    match cell {
        Cell::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
        _ => None,
    }
}

fn exact(cell: Cell<'_>) -> Option<ByteArray> {
    match cell {
        Cell::Decimal(value) => column::exact(value).map(|digits| ByteArray::from(digits.into_bytes())),
        _ => None,
    }
}

/// Sixteen bytes, the highest first, in two's complement.
fn decimal(cell: Cell<'_>) -> Option<FixedLenByteArray> {
    let Cell::Decimal(value) = cell else { return None };
    Some(ByteArray::from(column::unscaled(value).to_be_bytes().to_vec()).into())
}

/// Days since 1970.
fn day(cell: Cell<'_>) -> Option<i32> {
    let Cell::Day(day) = cell else { return None };
    column::days_since_1970(day)
}

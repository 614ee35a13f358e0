//! Facts as Arrow columns: those of the Parquet files that the program writes, in the same types.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use solieu::fact::Fact;
use solieu::sink::column::{
    self, COLUMNS, Cell, PRECISION, SCALE, Type, VERSION, VERSION_KEY, days_since_1970,
};

/// The type of decimal columns.
const DECIMAL: DataType = DataType::Decimal128(PRECISION, SCALE.cast_signed());

/// The columns of the record; behind each decimal, its exact digits where its column cannot hold them. As files of
/// the program do, it says which version it is.
pub(crate) fn schema() -> SchemaRef {
    let mut fields = Vec::new();
    for column in COLUMNS {
        let type_ = match column.type_ {
            Type::Text => DataType::Utf8,
            Type::Decimal => DECIMAL,
            Type::Day => DataType::Date32,
            Type::Bool => DataType::Boolean,
            Type::Int => DataType::Int64,
        };
        fields.push(Field::new(column.name, type_, true));
        if column.type_ == Type::Decimal {
            fields.push(Field::new(column.exact_name(), DataType::Utf8, true));
        }
    }
    Arc::new(Schema::new_with_metadata(fields, [(VERSION_KEY.to_owned(), VERSION.to_string())].into()))
}

enum Builder {
    Text(StringBuilder),
    Decimal(Decimal128Builder, StringBuilder),
    Day(Date32Builder),
    Bool(BooleanBuilder),
    Int(Int64Builder),
}

impl Builder {
    fn new(type_: Type) -> Self {
        match type_ {
            Type::Text => Self::Text(StringBuilder::new()),
            Type::Decimal => {
                Self::Decimal(Decimal128Builder::new().with_data_type(DECIMAL), StringBuilder::new())
            }
            Type::Day => Self::Day(Date32Builder::new()),
            Type::Bool => Self::Bool(BooleanBuilder::new()),
            Type::Int => Self::Int(Int64Builder::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match self {
            Self::Text(to) => to.append_option(if let Cell::Text(text) = cell { Some(text) } else { None }),
            Self::Decimal(to, exact) => {
                let value = if let Cell::Decimal(value) = cell { Some(value) } else { None };
                to.append_option(value.map(column::unscaled));
                exact.append_option(value.and_then(column::exact));
            }
            Self::Day(to) => {
                to.append_option(if let Cell::Day(day) = cell { days_since_1970(day) } else { None });
            }
            Self::Bool(to) => to.append_option(if let Cell::Bool(value) = cell { Some(value) } else { None }),
            Self::Int(to) => to.append_option(if let Cell::Int(value) = cell { Some(value) } else { None }),
        }
    }

    fn finish(self, to: &mut Vec<ArrayRef>) {
        match self {
            Self::Text(mut from) => to.push(Arc::new(from.finish())),
            Self::Decimal(mut from, mut exact) => {
                to.push(Arc::new(from.finish()));
                to.push(Arc::new(exact.finish()));
            }
            Self::Day(mut from) => to.push(Arc::new(from.finish())),
            Self::Bool(mut from) => to.push(Arc::new(from.finish())),
            Self::Int(mut from) => to.push(Arc::new(from.finish())),
        }
    }
}

/// Facts on their way into one batch.
pub(crate) struct Columns {
    builders: Vec<Builder>,
    rows: usize,
}

impl Columns {
    pub(crate) fn new() -> Self {
        Self { builders: COLUMNS.iter().map(|column| Builder::new(column.type_)).collect(), rows: 0 }
    }

    pub(crate) fn push(&mut self, fact: &Fact<'_>) {
        self.rows += 1;
        for (builder, column) in self.builders.iter_mut().zip(COLUMNS) {
            builder.push((column.get)(fact));
        }
    }

    /// The batch; none without rows.
    pub(crate) fn finish(self, schema: &SchemaRef) -> Result<Option<RecordBatch>, ArrowError> {
        if self.rows == 0 {
            return Ok(None);
        }
        let mut arrays = Vec::with_capacity(schema.fields().len());
        self.builders.into_iter().for_each(|builder| builder.finish(&mut arrays));
        RecordBatch::try_new(Arc::clone(schema), arrays).map(Some)
    }
}

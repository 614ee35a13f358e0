//! The values of a column, one row after another.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::page::PageReader;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType, Int96};
use parquet::errors::Result;
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};

use crate::source::sidecar::parse_date;

/// Hours that Vietnam is ahead of UTC, all year round.
const VIETNAM: i64 = 7;

/// A column that is read row by row.
pub(super) struct Column {
    reader: ColumnReader,
    clock: Option<Clock>,
}

/// What the numbers of a column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Days,
    /// So many a second, since 1970; in UTC, or else local.
    Ticks(i64, bool),
}

/// A value.
pub(super) enum Cell {
    Bytes(ByteArray),
    Number(i64),
    Day(Option<Date>),
}

impl Cell {
    /// As text; nothing where it is empty.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Bytes(bytes) => {
                let text = bytes.data().trim_ascii();
                (!text.is_empty()).then(|| String::from_utf8_lossy(text).into_owned())
            }
            Self::Number(number) => Some(number.to_string()),
            Self::Day(day) => day.map(|day| day.to_string()),
        }
    }

    pub(super) fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => *day,
            _ => self.text().and_then(|text| parse_date(&text).ok()),
        }
    }
}

impl Column {
    pub(super) fn open(column: ColumnDescPtr, pages: Box<dyn PageReader>) -> Self {
        let clock = clock(&column);
        Self { reader: get_column_reader(column, pages), clock }
    }

    /// The value of the next row.
    pub(super) fn next(&mut self) -> Result<Next> {
        let clock = self.clock;
        let cell = |value: i64| match clock {
            Some(clock) => Cell::Day(clock.day(value)),
            None => Cell::Number(value),
        };
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => next(reader, Cell::Bytes),
            ColumnReader::Int64ColumnReader(reader) => next(reader, cell),
            ColumnReader::Int32ColumnReader(reader) => next(reader, |value| cell(value.into())),
            ColumnReader::Int96ColumnReader(reader) => next(reader, |value| Cell::Day(spark_day(&value))),
            _ => Ok(Next::End),
        }
    }
}

/// What a column gives for a row.
pub(super) enum Next {
    Value(Cell),
    /// The row has no value.
    Null,
    /// There are no more rows.
    End,
}

fn next<T: DataType>(reader: &mut ColumnReaderImpl<T>, cell: impl FnOnce(T::T) -> Cell) -> Result<Next> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (rows, _, _) = reader.read_records(1, Some(&mut levels), None, &mut values)?;
    Ok(match values.pop() {
        Some(value) => Next::Value(cell(value)),
        None if rows > 0 => Next::Null,
        None => Next::End,
    })
}

fn clock(column: &ColumnDescriptor) -> Option<Clock> {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Timestamp(time)), _) => {
            let second = match time.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            };
            Some(Clock::Ticks(second, time.is_adjusted_to_u_t_c))
        }
        (_, ConvertedType::TIMESTAMP_MILLIS) => Some(Clock::Ticks(1_000, true)),
        (_, ConvertedType::TIMESTAMP_MICROS) => Some(Clock::Ticks(1_000_000, true)),
        (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => Some(Clock::Days),
        _ => None,
    }
}

impl Clock {
    /// The day in Vietnam.
    fn day(self, value: i64) -> Option<Date> {
        match self {
            Self::Days => day_of(value.checked_mul(86_400)?),
            Self::Ticks(second, utc) => {
                let shift = if utc { VIETNAM * 3_600 } else { 0 };
                day_of(value.div_euclid(second).checked_add(shift)?)
            }
        }
    }
}

fn day_of(seconds: i64) -> Option<Date> {
    let moment = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds)).ok()?;
    Some(TimeZone::UTC.to_datetime(moment).date())
}

/// The day of an `INT96`: nanoseconds of a Julian day, in UTC.
fn spark_day(value: &Int96) -> Option<Date> {
    let &[low, high, julian] = value.data() else { return None };
    let nanoseconds = i64::from(high) << 32 | i64::from(low);
    let seconds = (i64::from(julian) - 2_440_588) * 86_400 + nanoseconds / 1_000_000_000;
    day_of(seconds + VIETNAM * 3_600)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_those_of_vietnam() {
        // 2020-05-05 20:00 UTC.
        let moment = 1_588_708_800;
        assert_eq!(Clock::Ticks(1_000, true).day(moment * 1_000), Some(date(2020, 5, 6)));
        assert_eq!(Clock::Ticks(1, false).day(moment), Some(date(2020, 5, 5)));
        assert_eq!(Clock::Days.day(18_388), Some(date(2020, 5, 6)));
        assert_eq!(Clock::Days.day(i64::MAX), None);
        let mut spark = Int96::new();
        let nanoseconds: u64 = 20 * 3_600 * 1_000_000_000;
        spark.set_data(nanoseconds as u32, (nanoseconds >> 32) as u32, 2_440_588 + 18_387);
        assert_eq!(spark_day(&spark), Some(date(2020, 5, 6)));
    }
}

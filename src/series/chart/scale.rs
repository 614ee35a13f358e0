//! From values to places in the picture.

use jiff::civil::{Date, date};

use crate::series::Period;

/// A linear scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// From the range of the values to places from `start` to `end`. With `zero`, the range begins at zero unless that
    /// would squeeze the values into less than the upper half.
    pub(super) fn new(values: impl Iterator<Item = f64>, start: f64, end: f64, zero: bool) -> Self {
        let (mut low, mut high) =
            values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if zero && low > 0.0 && low < high / 2.0 {
            low = 0.0;
        }
        let room = if high > low { (high - low) * 0.05 } else { high.abs().max(1.0) * 0.1 };
        if low != 0.0 || !zero {
            low -= room;
        }
        Self { low, high: high + room, start, end }
    }

    /// Where a value lies, in units of the drawing.
    pub(super) fn at(&self, value: f64) -> f64 {
        self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)
    }

    /// About five round values.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let rough = (self.high - self.low) / 5.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|n| n * power).into_iter().find(|&step| step >= rough);
        let step = step.unwrap_or(rough);
        let first = (self.low / step).ceil();
        (0..12).map(|i| (first + f64::from(i)) * step).take_while(|&value| value <= self.high).collect()
    }

    /// Years whose middle is within, at most twelve; where there are fewer than two, months.
    pub(super) fn spans(&self) -> Vec<Span> {
        let years =
            (1900..2200).map(|year| Span::new(format!("{year}"), date(year, 1, 1), date(year + 1, 1, 1)));
        let years = self.thinned(years);
        if years.len() >= 2 {
            return years;
        }
        let month = |(year, month): (i16, i8)| {
            let next = if month == 12 { date(year + 1, 1, 1) } else { date(year, month + 1, 1) };
            Span::new(format!("{year}-{month:02}"), date(year, month, 1), next)
        };
        self.thinned((1900..2200).flat_map(|year| (1..=12).map(move |number| (year, number))).map(month))
    }

    /// Those whose middle is within, or, of more than twelve, each second, third …
    fn thinned(&self, all: impl Iterator<Item = Span>) -> Vec<Span> {
        let inside: Vec<Span> = all.filter(|span| self.has(span.middle())).collect();
        let every = inside.len().div_ceil(12).max(1);
        inside.into_iter().step_by(every).collect()
    }

    /// Whether a value is within.
    pub(super) fn has(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }
}

/// A year or month on the axis of time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) name: String,
    /// Where it begins.
    pub(super) start: f64,
    /// Where the next one begins.
    pub(super) end: f64,
}

impl Span {
    fn new(name: String, first: Date, next: Date) -> Self {
        Self { name, start: day_number(first), end: day_number(next) }
    }

    /// The middle of the period, in days as the axis counts them.
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.start, self.end)
    }
}

/// Where a value of a period stands: in its middle.
pub(super) fn middle(period: Period) -> f64 {
    let end = day_number(period.end) + 1.0;
    let start = period.start.map_or(end - 1.0, day_number);
    f64::midpoint(start, end)
}

/// Days since the year 2000.
pub(super) fn day_number(day: Date) -> f64 {
    f64::from(date(2000, 1, 1).until(day).map_or(0, |span| span.get_days()))
}

/// A tick's value with a letter for large ones: `50 G` for fifty thousand million.
pub(super) fn tick_label(value: f64) -> String {
    let (scaled, letter) = match value.abs() {
        v if v >= 1e12 => (value / 1e12, " T"),
        v if v >= 1e9 => (value / 1e9, " G"),
        v if v >= 1e6 => (value / 1e6, " M"),
        _ => (value, ""),
    };
    // Two decimals are enough for ticks; `-0` would look odd.
    let text = format!("{:.4}", scaled + 0.0);
    format!("{}{letter}", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(first: Date, last: Date) -> Scale {
        Scale::new([day_number(first), day_number(last)].into_iter(), 0.0, 100.0, false)
    }

    #[test]
    fn the_value_of_a_year_stands_below_the_middle_of_its_name() {
        let year = |year| Period { start: Some(date(year, 1, 1)), end: date(year, 12, 31) };
        let axis = Scale::new([2016, 2019].map(|n| middle(year(n))).into_iter(), 0.0, 100.0, false);
        let spans = axis.spans();
        let names: Vec<_> = spans.iter().map(|span| span.name.as_str()).collect();
        assert_eq!(names, ["2016", "2017", "2018", "2019"]);
        for (span, n) in spans.iter().zip(2016..) {
            assert!((span.middle() - middle(year(n))).abs() < 0.01, "{n}");
        }
        let day = Period { start: None, end: date(2016, 12, 31) };
        assert!(spans[0].middle() < middle(day) && middle(day) < spans[0].end);
    }

    #[test]
    fn short_times_are_told_apart_by_months_and_long_ones_are_thinned() {
        let names = |scale: Scale| scale.spans().into_iter().map(|span| span.name).collect::<Vec<_>>();
        assert_eq!(
            names(scale(date(2019, 11, 10), date(2020, 2, 20))),
            ["2019-11", "2019-12", "2020-01", "2020-02"]
        );
        assert_eq!(names(scale(date(1990, 1, 1), date(2020, 12, 31))).len(), 12);
    }
}

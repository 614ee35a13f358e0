//! From values to places in the picture.

use jiff::civil::{Date, date};

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

    /// The first days of years within, at most twelve; where there are fewer than two, those of months.
    pub(super) fn years(&self) -> Vec<(String, f64)> {
        let inside = |day: f64| day >= self.low && day <= self.high;
        let first_days = (1900..2200).map(|year| (format!("{year}"), day_number(date(year, 1, 1))));
        let years: Vec<_> = first_days.filter(|(_, day)| inside(*day)).collect();
        if years.len() >= 2 {
            let every = years.len().div_ceil(12);
            return years.into_iter().step_by(every).collect();
        }
        let months = (1900..2200).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let first_days = months.map(|(y, m)| (format!("{y}-{m:02}"), day_number(date(y, m, 1))));
        let months: Vec<_> = first_days.filter(|(_, day)| inside(*day)).collect();
        let every = months.len().div_ceil(12).max(1);
        months.into_iter().step_by(every).collect()
    }
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

//! Intervals as `2020`, `2020-H1`, `2020-Q3`, `2020-06`, `2020-06-18`, or two of them.

use jiff::civil::Date;

/// First and last day, each where there is one.
pub(in crate::review) type Interval = (Option<Date>, Option<Date>);

/// The interval in this form; none where neither day is known.
pub(in crate::review) fn write(interval: Interval) -> Option<String> {
    match interval {
        (None, None) => None,
        (Some(start), Some(end)) => Some(period(start, end)),
        (start, end) => {
            let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
            Some(format!("{}/{}", day(start), day(end)))
        }
    }
}

/// A year, half, quarter, month or day where it is one, else first and last day.
fn period(start: Date, end: Date) -> String {
    if start == end {
        return start.to_string();
    }
    let whole = start.year() == end.year() && start.day() == 1 && end == end.last_of_month();
    let year = start.year();
    match (start.month(), end.month()) {
        (1, 12) if whole => format!("{year:04}"),
        (1, 6) if whole => format!("{year:04}-H1"),
        (7, 12) if whole => format!("{year:04}-H2"),
        (first, last) if whole && first == last => format!("{year:04}-{first:02}"),
        (first, last) if whole && last - first == 2 && first % 3 == 1 => format!("{year:04}-Q{}", last / 3),
        _ => format!("{start}/{end}"),
    }
}

/// First and last day of a date, month, quarter, half, year, or `A/B` of these, where `..` leaves an end open.
pub(in crate::review) fn read(text: &str) -> Option<Interval> {
    if let Some((from, to)) = text.split_once('/') {
        let end = |part: &str| if part == ".." { Some((None, None)) } else { read(part) };
        return Some((end(from)?.0, end(to)?.1));
    }
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let (first, last) = match (parts.next(), parts.next()) {
        (None, _) => (1, 12),
        (Some(month), Some(day)) => {
            let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok();
            return day.map(|day| (Some(day), Some(day)));
        }
        (Some(part), None) => months(part)?,
    };
    let day = |month| Date::new(year, month, 1).ok();
    Some((Some(day(first)?), Some(day(last)?.last_of_month())))
}

/// First and last month of `Q3`, `H1` or `06`.
fn months(part: &str) -> Option<(i8, i8)> {
    let span = |n: &str, length: i8| {
        let n: i8 = n.parse().ok()?;
        (1..=12 / length).contains(&n).then(|| (length * (n - 1) + 1, length * n))
    };
    match part.as_bytes().first()? {
        b'Q' => span(&part[1..], 3),
        b'H' => span(&part[1..], 6),
        _ => span(part, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(String, String)> {
        let shown = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
        read(text).map(|(first, last)| (shown(first), shown(last)))
    }

    #[test]
    fn intervals_are_read() {
        let both = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(days("2020-02"), both("2020-02-01", "2020-02-29"));
        assert_eq!(days("2020-Q4"), both("2020-10-01", "2020-12-31"));
        assert_eq!(days("2019/2020-H1"), both("2019-01-01", "2020-06-30"));
        assert_eq!(days("../2020-06-18"), both("..", "2020-06-18"));
        for bad in ["", "x", "2020-13", "2020-Q5", "2020-02-31", "2020-", "2020-Qé"] {
            assert_eq!(days(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for text in
            ["2020", "2020-H1", "2020-H2", "2020-Q3", "2020-02", "2020-06-18", "2020-06-18/2020-07-01"]
        {
            assert_eq!(write(read(text).unwrap()).as_deref(), Some(text));
        }
        assert_eq!(write(read("2019/2020-H1").unwrap()).as_deref(), Some("2019-01-01/2020-06-30"));
        assert_eq!(write(read("../2020-06-18").unwrap()).as_deref(), Some("../2020-06-18"));
        assert_eq!(write((None, None)), None);
    }
}

//! Dates of metadata.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

/// Hours that Vietnam is ahead of UTC, all year round.
const VIETNAM: i64 = 7;

/// The day that a date or time of metadata means in Vietnam: `2021-03-04T22:10:00Z`, `2015-03-23 08:06 +07:00`,
/// `04/03/2021 …`. A time without a zone is local.
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(moment) = text.replacen(' ', "T", 1).replace(' ', "").parse::<Timestamp>() {
        let local = jiff::tz::TimeZone::UTC.to_datetime(moment);
        return local.checked_add(SignedDuration::from_hours(VIETNAM)).ok().map(DateTime::date);
    }
    iso(text)
        .or_else(|| month_first(text))
        .or_else(|| day_first(text))
        .filter(|day| (1990..2100).contains(&day.year()))
}

/// The first date of metadata; those of which the order of day and month is sure come before others.
pub(super) fn first<'a>(texts: impl Iterator<Item = Cow<'a, str>>) -> Option<Date> {
    let mut unsure = None;
    for text in texts {
        let day = parse(&text);
        if day.is_some() && text.trim().get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
        {
            return day;
        }
        unsure = unsure.or(day);
    }
    unsure
}

/// `3/4/2021 10:00:00 PM`: a clock with seconds and AM or PM is American, as some servers write it.
fn month_first(text: &str) -> Option<Date> {
    let upper = text.trim().to_ascii_uppercase();
    let clock = upper.ends_with("AM") || upper.ends_with("PM");
    if !clock || upper.bytes().filter(|&b| b == b':').count() != 2 {
        return None;
    }
    let mut parts = text.trim().split(|c: char| !c.is_ascii_digit());
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::new(parts.next()?.parse().ok()?, month, day).ok()
}

fn iso(text: &str) -> Option<Date> {
    text.get(..10)?.replace('/', "-").parse().ok()
}

/// `4/3/2021` or `04-03-2021`.
fn day_first(text: &str) -> Option<Date> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let day = numbers.next()?.parse().ok()?;
    let month = numbers.next()?.parse().ok()?;
    let year = numbers.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}

/// Most bytes between day, month and year of a date in words.
const BETWEEN: usize = 12;

/// Whether a line shows a date: `05/03/2021`, or day, month and year with a word between them.
pub(super) fn is_shown(line: &str) -> bool {
    is_in_digits(line) || is_in_words(line)
}

/// A day, a month and a year, not far from each other.
fn is_in_words(line: &str) -> bool {
    let mut last: [(u32, usize); 3] = [(0, 0); 3];
    let mut at = 0;
    for part in line.split(|c: char| !c.is_ascii_digit()) {
        let end = at + part.len();
        if let Ok(number) = part.parse() {
            let near = at - last[2].1 <= BETWEEN && last[2].1.saturating_sub(last[1].1) <= BETWEEN;
            last = [last[1], last[2], (number, end)];
            let [(day, _), (month, _), (year, _)] = last;
            if near && (1..=31).contains(&day) && (1..=12).contains(&month) && (1990..2100).contains(&year) {
                return true;
            }
        }
        // What separates two parts is a character of one byte or more.
        at = end + line[end..].chars().next().map_or(0, char::len_utf8);
    }
    false
}

/// Digits, a separator, digits, a separator, a year.
fn is_in_digits(line: &str) -> bool {
    let bytes = line.as_bytes();
    let year = |at: usize| {
        let four = bytes.get(at..at + 4);
        four.is_some_and(|y| {
            y.iter().all(u8::is_ascii_digit) && (b"19".as_slice() == &y[..2] || &y[..2] == b"20")
        })
    };
    (0..bytes.len()).any(|i| {
        let separator = matches!(bytes[i], b'/' | b'-' | b'.');
        let before = i > 2
            && bytes[i - 1].is_ascii_digit()
            && bytes[..i - 1].iter().rev().take(2).any(|b| matches!(b, b'/' | b'-' | b'.'));
        separator && before && year(i + 1)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_those_of_vietnam() {
        for (text, day) in [
            ("2021-03-04T22:10:00Z", date(2021, 3, 5)),
            ("2015-03-23 08:06 +07:00", date(2015, 3, 23)),
            ("2026-03-07T00:01:00", date(2026, 3, 7)),
            ("2026-03-01T09:51:00+07:00", date(2026, 3, 1)),
            ("4/3/2021 10:00", date(2021, 3, 4)),
            ("2021-03-04", date(2021, 3, 4)),
            ("3/4/2021 10:00:00 PM", date(2021, 3, 4)),
            ("30/4/2021 10:00:00 PM", date(2021, 4, 30)),
        ] {
            assert_eq!(parse(text), Some(day), "{text}");
        }
        assert_eq!(parse("0001-01-01T00:00:00"), None);
        assert_eq!(parse("mới đây"), None);
    }

    #[test]
    fn shown_dates() {
        assert!(is_shown("Thứ sáu, 05/03/2021 05:10"));
        assert!(is_shown("5-3-2021"));
        assert!(is_shown("Thứ Sáu, ngày 5 tháng 3 năm 2021"));
        assert!(!is_shown("12/2021") && !is_shown("1.200 - 2.000"));
        assert!(!is_shown("Có 12 xã, 5 phường và hơn một nghìn hộ, từ năm 2021") && !is_shown(""));
    }
}

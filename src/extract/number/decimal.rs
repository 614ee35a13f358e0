//! Digits to exact decimals, in the Vietnamese (`1.234,5`) and the English (`1,234.5`) convention.

use rust_decimal::Decimal;

/// Longest number that is read, in digits and a decimal mark: a decimal holds fewer digits.
const LONGEST: usize = 40;

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Convention {
    /// `1.234,5`.
    #[default]
    Comma,
    /// `1,234.5`.
    Point,
    /// `5.2`, and nothing that shows a comma between thousands: writers of Vietnamese who put a point before decimals
    /// put one between thousands too.
    Mixed,
}

/// What the numbers of a document say about its convention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeparatorCounts {
    /// How often commas stand before the decimals, by [`Strength`].
    comma: [u32; 3],
    /// How often points do.
    point: [u32; 3],
    /// Numbers with commas between thousands, beyond doubt.
    grouped_by_comma: u32,
}

/// How much a number token says: only of equal ones of more strength, others are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// It may be a day and a month (`14.7`).
    Day,
    /// It shows decimals, or thousands more than once.
    Decimals,
    /// It shows both marks (`1.228,77`).
    Whole,
}

impl SeparatorCounts {
    /// Takes one number token into account, unless it rather names a version (`4.0`), which all write with a point.
    pub fn add(&mut self, digits: &str) {
        if matches!(digits.as_bytes(), [b'1'..=b'9', b'.', b'0']) {
            return;
        }
        let shape = shape(digits);
        let grouped = matches!(shape, Shape::Grouped(',') | Shape::Decimal('.')) && digits.contains(',');
        self.grouped_by_comma += u32::from(grouped);
        let strength = strength(digits, shape) as usize;
        match shape.certain_mark() {
            Some(Mark::Comma) => self.comma[strength] += 1,
            Some(Mark::Point) => self.point[strength] += 1,
            None => {}
        }
    }

    /// The convention of the document, where its numbers show one.
    pub(crate) fn convention(self) -> Option<Convention> {
        let (comma, point) = (self.comma.iter().rev(), self.point.iter().rev());
        match comma.cmp(point) {
            std::cmp::Ordering::Greater => Some(Convention::Comma),
            std::cmp::Ordering::Less if self.grouped_by_comma > 0 => Some(Convention::Point),
            std::cmp::Ordering::Less => Some(Convention::Mixed),
            std::cmp::Ordering::Equal => None,
        }
    }
}

fn strength(digits: &str, shape: Shape) -> Strength {
    let both = digits.contains('.') && digits.contains(',');
    match shape {
        Shape::Decimal('.') if !both && is_day(digits) => Strength::Day,
        _ if both => Strength::Whole,
        _ => Strength::Decimals,
    }
}

/// Whether a number with one point may be a day and a month.
fn is_day(digits: &str) -> bool {
    let parts = digits.split_once('.').map(|(day, month)| (day.parse::<u8>(), month.parse::<u8>()));
    matches!(parts, Some((Ok(1..=31), Ok(1..=12))))
}

/// What may stand before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Comma,
    Point,
}

/// How the separators of a number token stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// No separator.
    Plain,
    /// One kind of separator, before groups of three digits only, once: grouping or decimals.
    Ambiguous(char),
    /// This mark stands before the decimals; the other one, if any, groups thousands.
    Decimal(char),
    /// Only this mark, grouping thousands, more than once.
    Grouped(char),
    /// Neither: a version, a phone number, an address.
    Other,
}

impl Shape {
    /// The mark before decimals that the shape alone shows.
    fn certain_mark(self) -> Option<Mark> {
        match self {
            Self::Decimal(',') | Self::Grouped('.') => Some(Mark::Comma),
            Self::Decimal('.') | Self::Grouped(',') => Some(Mark::Point),
            _ => None,
        }
    }
}

/// The value of a number token. `scaled` says that a magnitude or a `%` follows, which makes decimals likelier than
/// grouping where the document shows no convention. `None` where the token is no number (`1.2.3`).
pub fn parse(digits: &str, convention: Option<Convention>, scaled: bool) -> Option<Decimal> {
    value(digits, decimal_mark(digits, convention, scaled))
}

/// The value of the lower end of a range whose `upper` end has the magnitude of both, written in the same way.
pub(crate) fn parse_lower(digits: &str, upper: &str, convention: Option<Convention>) -> Option<Decimal> {
    let alike = matches!(shape(digits), Shape::Ambiguous(_)) && shape(digits) == shape(upper);
    value(digits, decimal_mark(if alike { upper } else { digits }, convention, true))
}

/// The mark before the decimals of a number token, if any.
fn decimal_mark(digits: &str, convention: Option<Convention>, scaled: bool) -> Option<char> {
    match shape(digits) {
        Shape::Decimal(mark) => Some(mark),
        Shape::Plain | Shape::Grouped(_) | Shape::Other => None,
        // Nobody writes zeros at the end of three decimals.
        Shape::Ambiguous(_) if digits.ends_with("00") => None,
        Shape::Ambiguous(mark) => ambiguous_mark(mark, convention, scaled),
    }
}

/// What digits state with this mark before the decimals; `None` where they are no number.
fn value(digits: &str, decimal_mark: Option<char>) -> Option<Decimal> {
    if shape(digits) == Shape::Other {
        return None;
    }
    let mut plain = [0_u8; LONGEST];
    let mut length = 0;
    for byte in digits.bytes() {
        let out = match byte {
            b'0'..=b'9' => byte,
            _ if Some(byte as char) == decimal_mark => b'.',
            _ => continue,
        };
        *plain.get_mut(length)? = out;
        length += 1;
    }
    std::str::from_utf8(&plain[..length]).ok()?.parse().ok()
}

/// The decimal mark of `1.200` or `1,200`: none where the mark groups thousands.
fn ambiguous_mark(mark: char, convention: Option<Convention>, scaled: bool) -> Option<char> {
    let decimal = match (convention, mark) {
        (Some(Convention::Comma), ',') | (Some(Convention::Point), '.') => true,
        (None, ',') => scaled,
        _ => false,
    };
    decimal.then_some(mark)
}

fn shape(digits: &str) -> Shape {
    let bytes = digits.as_bytes();
    let Some(first) = bytes.iter().position(|b| !b.is_ascii_digit()) else { return Shape::Plain };
    let mark = bytes[first] as char;
    let last = bytes.iter().rposition(|b| !b.is_ascii_digit()).unwrap_or(first);
    let tail = bytes.len() - last - 1;
    let head_groups = first <= 3 && bytes[0] != b'0';
    if first == last {
        return if tail == 3 && head_groups { Shape::Ambiguous(mark) } else { Shape::Decimal(mark) };
    }
    let inner_marks = digits[..last].bytes().filter(|b| !b.is_ascii_digit());
    if !head_groups
        || inner_marks.clone().any(|b| b as char != mark)
        || !groups_of_three(&digits[first..last])
    {
        return Shape::Other;
    }
    match bytes[last] as char == mark {
        true if tail == 3 => Shape::Grouped(mark),
        true => Shape::Other,
        false => Shape::Decimal(bytes[last] as char),
    }
}

/// Whether every mark of `.234.567` is followed by three digits.
fn groups_of_three(text: &str) -> bool {
    text.split(['.', ',']).skip(1).all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(digits: &str, convention: Option<Convention>, scaled: bool) -> String {
        parse(digits, convention, scaled).map_or("none".into(), |d| d.normalize().to_string())
    }

    #[test]
    fn conventions() {
        let cases = [
            ("7,6", "7.6"),
            ("1.200", "1200"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("9.615.453", "9615453"),
            ("1,234,567", "1234567"),
            ("0,6667", "0.6667"),
            ("0.123", "0.123"),
            ("08", "8"),
            ("12.5", "12.5"),
            ("1.2.3", "none"),
            ("1.234,567.8", "none"),
        ];
        for (digits, want) in cases {
            assert_eq!(value(digits, None, false), want, "{digits}");
        }
    }

    #[test]
    fn versions_show_no_convention() {
        let mut counts = SeparatorCounts::default();
        for digits in ["4.0", "2.0", "77,5"] {
            counts.add(digits);
        }
        assert_eq!(counts.convention(), Some(Convention::Comma));
    }

    #[test]
    fn days_say_less_than_decimals_and_these_less_than_whole_numbers() {
        let convention = |numbers: &[&str]| {
            let mut counts = SeparatorCounts::default();
            for digits in numbers {
                counts.add(digits);
            }
            counts.convention()
        };
        assert_eq!(convention(&["14.7", "15.7", "999,9"]), Some(Convention::Comma));
        assert_eq!(convention(&["5.2", "14.7"]), Some(Convention::Mixed));
        assert_eq!(convention(&["0.5", "44.7", "1.228,77"]), Some(Convention::Comma));
        assert_eq!(convention(&["77,5", "77,6", "1,228.77"]), Some(Convention::Point));
        assert_eq!(convention(&["12,5", "13,5", "1,000,000"]), Some(Convention::Comma));
    }

    #[test]
    fn ambiguous_numbers_follow_the_document() {
        assert_eq!(value("1,200", Some(Convention::Point), false), "1200");
        assert_eq!(value("1,276", Some(Convention::Comma), false), "1.276");
        assert_eq!(value("7,800", Some(Convention::Comma), true), "7800");
        assert_eq!(value("270,000", Some(Convention::Comma), false), "270000");
        assert_eq!(value("1.200", Some(Convention::Mixed), false), "1200");
        assert_eq!(value("1,200", None, false), "1200");
        assert_eq!(value("1,841", None, true), "1.841");
        assert_eq!(value("1.230", Some(Convention::Point), false), "1.23");
    }
}

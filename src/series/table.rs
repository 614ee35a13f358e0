//! Series as a table for reading and as CSV.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Citation, Observation, Series, Undated};
use crate::fact::Qualifier;
use crate::text::plain::visible;

/// The table: one block a series, one line an observation.
pub fn text(all: &[Series]) -> String {
    let mut out = String::new();
    for series in all {
        // Writing to a String does not fail.
        let _ = writeln!(out, "{}", visible(&format!("{}: {}", series.key.metric, series.key.label())));
        let widths = series.observations.iter().map(|o| shown(o).chars().count());
        let width =
            widths.chain(series.undated.iter().map(|u| of_undated(u).chars().count())).max().unwrap_or(0);
        for observation in &series.observations {
            let _ = writeln!(out, "{}", line(observation, width));
        }
        for undated in &series.undated {
            let (value, status) = (of_undated(undated), undated.status.as_str());
            let places = places(&undated.citations);
            let _ = writeln!(out, "  {:16} {value:>width$}  {status:8} {:19} {places}", "without a date", "");
        }
        out.push('\n');
    }
    out
}

fn line(observation: &Observation, width: usize) -> String {
    let mark = if observation.contradicted { "contradicted" } else { "" };
    let confidence = observation.confidence.as_str();
    let row = format!(
        "  {:16} {:>width$}  {:8} {confidence:6} {mark:12} {}",
        observation.period.name(),
        shown(observation),
        observation.status.as_str(),
        places(&observation.citations)
    );
    row.trim_end().to_owned()
}

/// Where they stand; in brackets where the page leaves out when or of whom.
fn places(citations: &[Citation]) -> String {
    let named = |c: &Citation| if c.by_figure { format!("({})", c.place()) } else { c.place() };
    let mut places: Vec<String> = citations.iter().map(named).collect();
    places.dedup();
    visible(&places.join(" ")).into_owned()
}

/// The value with its qualifier as a sign, its range, and what it is of.
pub(super) fn shown(observation: &Observation) -> String {
    let Observation { value, value_max, denominator, qualifier, .. } = observation;
    signed(*value, *value_max, *denominator, *qualifier)
}

/// The same of a figure without a date.
pub(super) fn of_undated(undated: &Undated) -> String {
    signed(undated.value, undated.value_max, undated.denominator, undated.qualifier)
}

fn signed(value: Decimal, max: Option<Decimal>, of: Option<Decimal>, qualifier: Option<Qualifier>) -> String {
    let sign = match qualifier {
        None => "",
        Some(Qualifier::About) => "≈",
        Some(Qualifier::Nearly | Qualifier::Under) => "<",
        Some(Qualifier::Over) => ">",
        Some(Qualifier::AtLeast) => "≥",
        Some(Qualifier::AtMost) => "≤",
    };
    let max = max.map_or(String::new(), |max| format!("–{}", max.normalize()));
    let of = of.map_or(String::new(), |of| format!("/{of}"));
    format!("{sign}{}{max}{of}", value.normalize())
}

/// As [`shown`], with the digits in groups of three.
pub(super) fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 3 * 3);
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        // What stands behind a point is not grouped, and a year's length needs none.
        let whole = !out.ends_with('.') && digits.len() > 4;
        for (i, digit) in digits.chars().enumerate() {
            if whole && i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push('\u{202F}');
            }
            out.push(digit);
        }
        out.push_str(&part[digits.len()..]);
    }
    out
}

const HEADING: &str = "metric,entity,kind,unit,per,period,start,end,status,value,value_max,denominator,qualifier,contradicted,\
                       confidence,citations,facts,places\r\n";

/// One row an observation; several facts and places stand in one field, separated by spaces.
pub fn csv(all: &[Series]) -> String {
    let mut out = String::from(HEADING);
    for series in all {
        for observation in &series.observations {
            let cells = cells(series, observation);
            out.push_str(&cells.iter().map(|cell| field(cell)).collect::<Vec<_>>().join(","));
            out.push_str("\r\n");
        }
    }
    out
}

fn cells(series: &Series, observation: &Observation) -> Vec<String> {
    let (key, o) = (&series.key, observation);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let join =
        |get: &dyn Fn(&super::Citation) -> String| o.citations.iter().map(get).collect::<Vec<_>>().join(" ");
    vec![
        key.metric.clone(),
        text(&key.entity),
        key.kind.as_str().to_owned(),
        text(&key.unit),
        text(&key.per),
        o.period.name(),
        o.period.start.map_or(String::new(), |day| day.to_string()),
        o.period.end.to_string(),
        o.status.as_str().to_owned(),
        o.value.normalize().to_string(),
        number(o.value_max),
        number(o.denominator),
        o.qualifier.map_or("", Qualifier::as_str).to_owned(),
        o.contradicted.to_string(),
        o.confidence.as_str().to_owned(),
        o.citations.len().to_string(),
        join(&|citation| citation.fact.clone()),
        join(&super::Citation::place),
    ]
}

/// A number that may be absent.
pub(super) fn number(value: Option<Decimal>) -> String {
    value.map_or(String::new(), |value| value.normalize().to_string())
}

/// A field after RFC 4180.
pub(super) fn field(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

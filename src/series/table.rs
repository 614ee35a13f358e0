//! Series as a table for reading and as CSV.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Amount, Citation, Observation, Series};
use crate::fact::Qualifier;
use crate::text::digits::groups;
use crate::text::plain::visible;

/// The table: one block a series, one line an observation.
pub fn text(all: &[Series]) -> String {
    let mut out = String::new();
    for series in all {
        // Writing to a String does not fail.
        let _ = writeln!(out, "{}", visible(&format!("{}: {}", series.key.metric, series.key.label())));
        let dated = series.observations.iter().map(|observation| &observation.amount);
        let amounts = dated.chain(series.undated.iter().map(|undated| &undated.amount));
        let width = amounts.map(|amount| shown(amount).chars().count()).max().unwrap_or(0);
        for observation in &series.observations {
            let _ = writeln!(out, "{}", line(observation, width));
        }
        for undated in &series.undated {
            let (value, status) = (shown(&undated.amount), undated.status.as_str());
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
        shown(&observation.amount),
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
pub(super) fn shown(amount: &Amount) -> String {
    let sign = match amount.qualifier {
        None => "",
        Some(Qualifier::About) => "≈",
        Some(Qualifier::Nearly | Qualifier::Under) => "<",
        Some(Qualifier::Over) => ">",
        Some(Qualifier::AtLeast) => "≥",
        Some(Qualifier::AtMost) => "≤",
    };
    let max = amount.value_max.map_or(String::new(), |max| format!("–{}", max.normalize()));
    let of = amount.denominator.map_or(String::new(), |of| format!("/{of}"));
    format!("{sign}{}{max}{of}", amount.value.normalize())
}

/// Groups digits in threes.
pub(super) fn grouped(text: &str) -> String {
    groups(text).into_iter().flat_map(|(piece, apart)| [if apart { "\u{202F}" } else { "" }, piece]).collect()
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
        o.amount.value.normalize().to_string(),
        number(o.amount.value_max),
        number(o.amount.denominator),
        o.amount.qualifier.map_or("", Qualifier::as_str).to_owned(),
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

//! Statistics as an HTML page that stands by itself, with bars as inline SVG.

use std::fmt::Write;

use super::{Stats, ranked};

/// Bars of each part.
const ROWS: usize = 40;
/// Longest bar, in pixels.
const LONGEST: u64 = 400;

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Archive statistics</title>\
    <style>body{font:14px sans-serif;margin:2em;max-width:60em}td{padding:.1em .6em}td.n{text-align:right}\
    rect{fill:#4878a8}tr.u{color:#666}h2{margin-top:1.6em}</style></head><body><h1>Archive statistics</h1>\n";

impl Stats {
    /// The page.
    pub fn html(&self) -> String {
        let mut out = HEAD.to_owned();
        out.push_str("<table>");
        for (name, value) in self.totals() {
            // Writing to a String does not fail.
            let _ = write!(out, "<tr><td>{name}<td class=n>{value}");
        }
        out.push_str("</table>\n");
        for (heading, map) in self.maps() {
            let _ = write!(out, "<h2>{heading}</h2>");
            bars(&mut out, &ranked(heading, map, ROWS));
        }
        out.push_str("</body></html>\n");
        out
    }
}

/// What is not known has no bar: it would leave the others none to be seen.
fn bars(out: &mut String, rows: &[(String, u64)]) {
    let known = |name: &str| name != "?";
    let most = rows.iter().filter(|(name, _)| known(name)).map(|(_, count)| *count).max().unwrap_or(1).max(1);
    out.push_str("<table>");
    for (name, count) in rows {
        if !known(name) {
            let _ = write!(out, "<tr class=u><td>not known<td class=n>{count}<td>");
            continue;
        }
        let width = (count * LONGEST).div_ceil(most);
        let _ = write!(
            out,
            "<tr><td>{}<td class=n>{count}<td><svg width={LONGEST} height=12><rect width={width} height=12 /></svg>",
            escape(name)
        );
    }
    out.push_str("</table>\n");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

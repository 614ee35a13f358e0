//! Statistics as an HTML page that stands by itself, with bars as inline SVG.

use maud::{Markup, html};

use super::{Stats, ranked};
use crate::html::{document, safe};

const CSS: &str = include_str!("stats.css");
/// Bars of each part.
const ROWS: usize = 40;
/// Longest bar, in pixels.
const LONGEST: u64 = 400;

impl Stats {
    /// The page.
    pub fn html(&self) -> String {
        let body = html! {
            h1 { "Archive statistics" }
            table { @for (name, value) in self.totals() { tr { td { (name) } td.n { (value) } } } }
            @for (heading, map, order) in self.maps() {
                h2 { (heading) }
                (bars(&ranked(map, order, ROWS)))
            }
        };
        document("Archive statistics", CSS, None, &body)
    }
}

/// What is not known has no bar: it would leave the others none to be seen.
fn bars(rows: &[(String, u64)]) -> Markup {
    let known = |name: &str| name != "?";
    let most = rows.iter().filter(|(name, _)| known(name)).map(|(_, count)| *count).max().unwrap_or(1).max(1);
    html! {
        table {
            @for (name, count) in rows {
                @if known(name) {
                    tr {
                        td { (safe(name)) }
                        td.n { (count) }
                        td { svg width=(LONGEST) height="12" { rect width=((count * LONGEST).div_ceil(most)) height="12" {} } }
                    }
                } @else {
                    tr.u { td { "not known" } td.n { (count) } td {} }
                }
            }
        }
    }
}

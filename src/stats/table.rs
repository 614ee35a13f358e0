//! Statistics as a table for a terminal.

use std::fmt::Write;

use super::{Stats, ranked};
use crate::text::plain::visible;

/// Rows of each part.
const ROWS: usize = 20;
/// Width of names, in characters.
const WIDTH: usize = 36;

impl Stats {
    /// A table: totals, then each part with its most frequent entries.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.totals() {
            row(&mut out, name, &value);
        }
        for (heading, map, order) in self.maps() {
            let _ = writeln!(out, "\n{heading}");
            for (name, count) in ranked(map, order, ROWS) {
                row(&mut out, &format!("  {}", visible(&name)), &count.to_string());
            }
        }
        out
    }
}

/// Writing to a `String` does not fail.
fn row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name:WIDTH$} {value:>12}");
}

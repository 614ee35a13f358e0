//! Statistics: a bar for each page, and sums by kind, metric, rule and field.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{Render, page_name, summary};
use crate::review::diff::{Change, Counts, PageDiff, Totals, ranked};
use crate::review::terminal::{TerminalStyle, paint};
use crate::text::plain::visible;

/// Rows of each sum.
const ROWS: usize = 15;
/// Widest bar where the terminal does not say.
const BAR: usize = 40;

/// Statistics without the facts themselves.
#[derive(Debug)]
pub struct Stat {
    look: TerminalStyle,
    pages: Vec<(String, Counts)>,
}

impl Stat {
    /// In that look.
    pub fn new(look: TerminalStyle) -> Self {
        Self { look, pages: Vec::new() }
    }
}

impl Render for Stat {
    fn page(&mut self, page: &PageDiff, shown: &[&Change], _: &mut String) {
        if !shown.is_empty() {
            self.pages.push((page_name(page), page.counts()));
        }
    }

    fn finish(&mut self, totals: &Totals, _: u64, out: &mut String) {
        let most = self.pages.iter().map(|(_, counts)| counts.differing()).max().unwrap_or(0);
        let digits = most.to_string().len();
        let name = self.pages.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
        let name = name.min(self.look.width.map_or(usize::MAX, |width| (width / 2).max(20)));
        let bar = self.look.width.map_or(BAR, |width| width.saturating_sub(name + digits + 5).max(8));
        for (page, counts) in &self.pages {
            let page = tail(page, name);
            let pad = " ".repeat(name.saturating_sub(page.width()));
            let _ = write!(out, "{page}{pad} | {:>digits$} ", counts.differing());
            write_bar(counts, most, bar as u64, self.look, out);
            out.push('\n');
        }
        if totals.counts != Counts::default() {
            out.push_str(&summary(totals));
            sums(totals, self.look, out);
        }
    }
}

/// `+` for what was added, `-` for what was removed, `~` for what changed; scaled down where there is too much.
fn write_bar(counts: &Counts, most: u64, width: u64, look: TerminalStyle, out: &mut String) {
    let scaled = |count: u64| if most <= width { count } else { (count * width).div_ceil(most) };
    let parts = [
        (counts.added, "+", look.added()),
        (counts.removed, "-", look.removed()),
        (counts.changed, "~", look.changed()),
    ];
    for (count, mark, style) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        paint(out, style, &mark.repeat(usize::try_from(scaled(count)).unwrap_or(0)));
    }
}

/// The end of a name that is too wide.
fn tail(name: &str, width: usize) -> String {
    if name.width() <= width {
        return name.to_owned();
    }
    let keep = name.char_indices().rev().take(width.saturating_sub(1)).last().map_or(0, |(i, _)| i);
    format!("…{}", &name[keep..])
}

/// Sums by kind, metric and rule, and the fields that differ.
pub(super) fn sums(totals: &Totals, look: TerminalStyle, out: &mut String) {
    for (heading, by) in totals.sums().into_iter().filter(|(_, by)| !by.is_empty()) {
        out.push('\n');
        paint(out, look.heading(), &format!("{heading:32} {:>8} {:>8} {:>8}", "added", "removed", "changed"));
        out.push('\n');
        let rows = ranked(by);
        for (name, Counts { added, removed, changed, .. }) in rows.iter().take(ROWS) {
            let _ = writeln!(out, "{:32} {added:>8} {removed:>8} {changed:>8}", visible(name));
        }
        if rows.len() > ROWS {
            let _ = writeln!(out, "… {} more", rows.len() - ROWS);
        }
    }
    if !totals.fields.is_empty() {
        out.push('\n');
        paint(out, look.heading(), "fields that changed");
        out.push('\n');
        for (name, count) in &totals.fields {
            let _ = writeln!(out, "{name:32} {:>8} {:>8} {count:>8}", "", "");
        }
    }
}

/// The names of the pages that differ.
#[derive(Debug, Default)]
pub struct Names;

impl Render for Names {
    fn page(&mut self, page: &PageDiff, shown: &[&Change], out: &mut String) {
        if !shown.is_empty() {
            out.push_str(&page_name(page));
            out.push('\n');
        }
    }

    fn finish(&mut self, _: &Totals, _: u64, _: &mut String) {}
}

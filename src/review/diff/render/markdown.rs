//! A comparison for a comment on a pull request: sums as tables, the facts of each page in a block that folds.

use std::fmt::Write as _;

use super::text::{summary, write_change};
use super::{Render, Style, not_shown, page_name};
use crate::review::diff::{Change, Counts, PageDiff, Totals, ranked};
use crate::review::terminal::TerminalStyle;
use crate::text::plain::visible;

/// Where lines are broken: hosts show blocks of code about so wide.
const WIDTH: usize = 100;
/// Rows of each sum.
const ROWS: usize = 15;

/// Markdown as GitHub and GitLab read it.
#[derive(Debug)]
pub struct Markdown {
    style: Style,
    body: String,
}

impl Markdown {
    /// With that context around what changed; colours and width do not apply.
    pub fn new(style: Style) -> Self {
        Self {
            style: Style { look: TerminalStyle { colour: false, width: Some(WIDTH) }, ..style },
            body: String::new(),
        }
    }
}

// Writing to a String does not fail, so the results of `write!` below are not looked at.

impl Render for Markdown {
    fn page(&mut self, page: &PageDiff, shown: &[&Change], _: &mut String) {
        if shown.is_empty() {
            return;
        }
        let mut block = String::new();
        for change in shown {
            write_change(change, &self.style, &mut block);
        }
        // A fence that is longer than any in the block cannot be closed from within.
        let fence = "`".repeat(longest_run(&block).max(2) + 1);
        let title = page.fact().source.title.as_deref().map_or(String::new(), |title| format!(" · {title}"));
        let counts = page.counts();
        let _ = writeln!(
            self.body,
            "\n<details><summary>{}{}: +{} −{} ~{}</summary>\n\n{fence}diff\n{block}{fence}\n\n</details>",
            in_html(&page_name(page)),
            in_html(&title),
            counts.added,
            counts.removed,
            counts.changed
        );
    }

    fn finish(&mut self, totals: &Totals, hidden: u64, out: &mut String) {
        let [old, new] = &self.style.names;
        let _ = writeln!(out, "### Facts: {} → {}\n", escaped(old), escaped(new));
        out.push_str(&summary(totals));
        for (heading, by) in totals.sums().into_iter().filter(|(_, by)| !by.is_empty()) {
            let _ = writeln!(out, "\n| {heading} | added | removed | changed |\n| :-- | --: | --: | --: |");
            let rows = ranked(by);
            for (name, Counts { added, removed, changed, .. }) in rows.iter().take(ROWS) {
                let _ = writeln!(out, "| {} | {added} | {removed} | {changed} |", escaped(name));
            }
            if rows.len() > ROWS {
                let _ = writeln!(out, "| … {} more | | | |", rows.len() - ROWS);
            }
        }
        if !totals.fields.is_empty() {
            let fields: Vec<_> =
                totals.fields.iter().map(|(name, count)| format!("`{name}` {count}")).collect();
            let _ = writeln!(out, "\nFields that changed: {}", fields.join(", "));
        }
        out.push_str(&self.body);
        if hidden > 0 {
            let _ = writeln!(out, "\n{}.", not_shown(hidden, "change"));
        }
    }
}

pub(crate) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// The same within an element of HTML, where Markdown is not read.
pub(crate) fn in_html(text: &str) -> String {
    let mut out = visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Hosts link these even where they are escaped: a word joiner keeps them apart.
    for start in ["@", "#", "!", "://", "www."] {
        out = out.replace(start, &format!("{start}\u{2060}"));
    }
    out
}

/// Text that Markdown and HTML take for nothing but text, that links nowhere and that notifies nobody.
pub(crate) fn escaped(text: &str) -> String {
    let html = in_html(text);
    let mut out = String::with_capacity(html.len());
    for c in html.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pages_are_nothing_but_text() {
        assert_eq!(escaped("a_b|c.txt"), "a\\_b\\|c.txt");
        assert_eq!(escaped("<img src=x>"), "&lt;img src=x&gt;");
        assert_eq!(escaped("@all"), "@\u{2060}all");
    }

    #[test]
    fn runs_of_backticks_are_measured() {
        assert_eq!(longest_run("a ``` b ````` c"), 5);
        assert_eq!(longest_run("abc"), 0);
    }
}

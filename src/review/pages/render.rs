//! Differences of articles as text, statistics, Markdown, HTML and JSON.

use std::fmt::Write as _;

use anstyle::Style as Paint;
use maud::{Markup, html};
use serde::Serialize;
use similar::ChangeTag;

use super::{Line, Lines, PageChange, Totals};
use crate::html::{document, safe};
use crate::review::diff::render::markdown::{escaped, in_html, longest_run};
use crate::review::diff::render::{Style, not_shown};
use crate::review::terminal::{TerminalStyle, Wrapped, paint};
use crate::text::plain::visible;

const CSS: &str = include_str!("../diff/render/diff.css");
/// Where Markdown breaks lines.
const WIDTH: usize = 100;

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Like a unified diff.
    Text,
    /// Counts for each page, and sums by rule.
    Stat,
    /// Names of the pages that differ.
    Names,
    /// For a comment on a pull request.
    Markdown,
    /// A page of its own.
    Html,
    /// One object.
    Json,
}

// Writing to a String does not fail, so the results of `write!` below are not looked at.

/// The whole comparison: the pages to show, how many more differ, and the sums over all.
pub fn render(pages: &[PageChange], hidden: u64, totals: &Totals, style: &Style, form: Form) -> String {
    match form {
        Form::Text => text(pages, hidden, totals, style),
        Form::Stat => stat(pages, totals, style.look),
        Form::Names => pages.iter().fold(String::new(), |out, page| out + &visible(&page.name) + "\n"),
        Form::Markdown => markdown(pages, hidden, totals, style),
        Form::Html => page(pages, hidden, totals, style),
        Form::Json => json(pages, hidden, totals),
    }
}

fn text(pages: &[PageChange], hidden: u64, totals: &Totals, style: &Style) -> String {
    let look = style.look;
    let mut out = String::new();
    if totals.pages == 0 {
        return out;
    }
    for (mark, name) in ["---", "+++"].iter().zip(&style.names) {
        paint(&mut out, look.heading(), &format!("{mark} {}", visible(name)));
        out.push('\n');
    }
    for page in pages {
        out.push('\n');
        paint(&mut out, look.heading(), &visible(&page.name));
        out.push('\n');
        hunks(page, style, &mut out);
    }
    out.push('\n');
    if hidden > 0 {
        let _ = writeln!(out, "{}", not_shown(hidden, "page"));
    }
    out.push_str(&summary(totals));
    sums(totals, look, &mut out);
    out
}

fn hunks(page: &PageChange, style: &Style, out: &mut String) {
    let look = style.look;
    for hunk in page.hunks(style.context) {
        paint(out, look.place(), "@@");
        out.push('\n');
        for line in hunk {
            let (mark, paint) = match line.tag {
                ChangeTag::Equal => (" ", Paint::new()),
                ChangeTag::Delete => ("-", look.removed()),
                ChangeTag::Insert => ("+", look.added()),
            };
            write_line(line, mark, paint, look, out);
        }
    }
}

fn write_line(line: Line<'_>, mark: &str, style: Paint, look: TerminalStyle, out: &mut String) {
    let mut first = String::new();
    paint(&mut first, style, mark);
    let mut wrapped = Wrapped::new(out, look, &first, mark);
    if let Some(rule) = line.rule {
        wrapped.write(look.faint(), &format!("[{rule}] "));
    }
    wrapped.write(style, line.text);
    wrapped.end();
}

fn summary(totals: &Totals) -> String {
    let Totals { old, new, pages, lines, .. } = totals;
    let word = if *pages == 1 { "page" } else { "pages" };
    format!(
        "lines: {} added, {} removed on {pages} {word} ({old} → {new} pages)\n",
        lines.added, lines.removed
    )
}

fn stat(pages: &[PageChange], totals: &Totals, look: TerminalStyle) -> String {
    let mut out = String::new();
    for page in pages {
        let Lines { added, removed } = page.counts();
        paint(&mut out, look.added(), &format!("{:>7} ", format!("+{added}")));
        paint(&mut out, look.removed(), &format!("{:>7} ", format!("-{removed}")));
        let _ = writeln!(out, "{}", visible(&page.name));
    }
    if totals.pages > 0 {
        out.push_str(&summary(totals));
        sums(totals, look, &mut out);
    }
    out
}

fn sums(totals: &Totals, look: TerminalStyle, out: &mut String) {
    out.push('\n');
    paint(
        out,
        look.heading(),
        &format!("{:32} {:>8} {:>8}", "dropped on the other side by", "added", "removed"),
    );
    out.push('\n');
    for (rule, Lines { added, removed }) in &totals.rules {
        let _ = writeln!(out, "{rule:32} {added:>8} {removed:>8}");
    }
}

fn markdown(pages: &[PageChange], hidden: u64, totals: &Totals, style: &Style) -> String {
    let [old, new] = &style.names;
    let mut out = format!("### Articles: {} → {}\n\n{}", escaped(old), escaped(new), summary(totals));
    if !totals.rules.is_empty() {
        out.push_str("\n| dropped on the other side by | added | removed |\n| :-- | --: | --: |\n");
    }
    for (rule, Lines { added, removed }) in &totals.rules {
        let _ = writeln!(out, "| {} | {added} | {removed} |", escaped(rule));
    }
    let plain = Style { look: TerminalStyle { colour: false, width: Some(WIDTH) }, ..style.clone() };
    for page in pages {
        let mut block = String::new();
        hunks(page, &plain, &mut block);
        let fence = "`".repeat(longest_run(&block).max(2) + 1);
        let Lines { added, removed } = page.counts();
        let name = in_html(&page.name);
        let _ = writeln!(
            out,
            "\n<details><summary>{name}: +{added} −{removed}</summary>\n\n{fence}diff\n{block}{fence}\n\n</details>"
        );
    }
    if hidden > 0 {
        let _ = writeln!(out, "\n{}.", not_shown(hidden, "page"));
    }
    out
}

fn page(pages: &[PageChange], hidden: u64, totals: &Totals, style: &Style) -> String {
    let [old, new] = &style.names;
    let body = html! {
        header {
            h1 { "Articles: " bdi { (safe(old)) } " → " bdi { (safe(new)) } }
            p { (summary(totals)) }
        }
        main {
            @for page in pages {
                section {
                    h2 { bdi { (safe(&page.name)) } }
                    @for hunk in page.hunks(style.context) {
                        article lang="vi" { @for line in hunk { (html_line(line)) } }
                    }
                }
            }
            @if hidden > 0 { p { (not_shown(hidden, "page")) "." } }
        }
    };
    document("Differences of articles", CSS, None, &body)
}

fn html_line(line: Line<'_>) -> Markup {
    let text = safe(line.text);
    html! {
        p {
            @if let Some(rule) = line.rule { code { (rule) } " " }
            @match line.tag {
                ChangeTag::Equal => (text),
                ChangeTag::Delete => del { (text) },
                ChangeTag::Insert => ins { (text) },
            }
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    change: &'static str,
    line: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonPage<'a> {
    page: &'a str,
    lines: Vec<Row<'a>>,
}

fn json(pages: &[PageChange], hidden: u64, totals: &Totals) -> String {
    let rows: Vec<_> = pages.iter().map(|page| JsonPage { page: &page.name, lines: rows(page) }).collect();
    // Texts and numbers only: this cannot fail.
    serde_json::to_string(&serde_json::json!({ "pages": rows, "hidden": hidden, "summary": totals }))
        .unwrap_or_default()
        + "\n"
}

fn rows(page: &PageChange) -> Vec<Row<'_>> {
    let lines = page.hunks(0).into_iter().flatten();
    let changed = lines.filter(|line| line.tag != ChangeTag::Equal);
    let word = |tag| if tag == ChangeTag::Insert { "added" } else { "removed" };
    changed.map(|line| Row { change: word(line.tag), line: line.text, rule: line.rule }).collect()
}

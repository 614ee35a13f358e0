//! A comparison as one HTML page that needs nothing but itself and runs no script.

use maud::{Markup, html};

use super::segment::{self, Segment};
use super::text::summary;
use super::{Render, Style, fields_shown, not_shown, page_name};
use crate::html::{document, safe};
use crate::review::diff::{Change, Counts, PageDiff, Totals, ranked};
use crate::review::field::{NAMES, values};

const CSS: &str = include_str!("diff.css");
/// Rows of each sum.
const ROWS: usize = 30;

/// One HTML page.
#[derive(Debug)]
pub struct Html {
    style: Style,
    body: Vec<Markup>,
}

impl Html {
    /// With that context around what changed.
    pub fn new(style: Style) -> Self {
        Self { style, body: Vec::new() }
    }
}

impl Render for Html {
    fn page(&mut self, page: &PageDiff, shown: &[&Change], _: &mut String) {
        if shown.is_empty() {
            return;
        }
        let source = &page.fact().source;
        self.body.push(html! {
            section {
                h2 { bdi { (safe(&page_name(page))) } }
                p.about {
                    @if let Some(title) = &source.title { bdi lang="vi" { (safe(title)) } }
                    @if let Some(day) = source.published { " · " time datetime=(day.to_string()) { (day.to_string()) } }
                }
                @for change in shown { (one(change, self.style.context)) }
            }
        });
    }

    fn finish(&mut self, totals: &Totals, hidden: u64, out: &mut String) {
        let [old, new] = &self.style.names;
        let body = html! {
            header {
                h1 { "Facts: " bdi { (safe(old)) } " → " bdi { (safe(new)) } }
                p { (summary(totals)) }
            }
            main {
                div.sums { @for (heading, by) in totals.sums() { @if !by.is_empty() { (sums(heading, by)) } } }
                @for page in &self.body { (page) }
                @if hidden > 0 { p { (not_shown(hidden, "change")) "." } }
            }
        };
        out.push_str(&document("Differences of facts", CSS, None, &body));
    }
}

fn sums(heading: &str, by: &crate::review::diff::By) -> Markup {
    let rows = ranked(by);
    html! {
        table {
            thead { tr { th scope="col" { (heading) } th scope="col" { "added" } th scope="col" { "removed" } th scope="col" { "changed" } } }
            tbody {
                @for (name, Counts { added, removed, changed, .. }) in rows.iter().take(ROWS) {
                    tr { th scope="row" { (safe(name)) } td { (added) } td { (removed) } td { (changed) } }
                }
            }
        }
        @if rows.len() > ROWS { p { "… " (rows.len() - ROWS) " more" } }
    }
}

fn one(change: &Change, context: usize) -> Markup {
    let fact = change.fact();
    html! {
        article.(change.kind().as_str()) {
            h3 {
                span.sort { (change.kind().as_str()) } " "
                "line " (fact.source.line) ", column " (fact.source.column) " "
                code { (safe(&fact.id)) }
                @if let Some(similarity) = change.pair().and_then(|pair| pair.similarity) { " " (similarity / 10) " % similar" }
            }
            (sentences(change))
            (fields(change, context))
        }
    }
}

fn sentences(change: &Change) -> Markup {
    let paragraph = |segments: &[Segment<'_>]| {
        html! { @for segment in segments { (piece(*segment)) } }
    };
    match change.pair() {
        Some(pair) if pair.old.source.sentence != pair.new.source.sentence => {
            let [old, new] = segment::of_both(&pair.old, &pair.new);
            html! { p.old lang="vi" { (paragraph(&old)) } p.new lang="vi" { (paragraph(&new)) } }
        }
        _ => html! { p lang="vi" { (paragraph(&segment::of(change.fact()))) } },
    }
}

fn piece(segment: Segment<'_>) -> Markup {
    let text = safe(segment.text);
    html! {
        @if segment.number { mark.edited[segment.edited] { (text) } }
        @else if segment.edited { span.edited { (text) } }
        @else { (text) }
    }
}

fn fields(change: &Change, context: usize) -> Markup {
    let row = |i: usize, old: Option<&str>, new: Option<&str>| {
        html! {
            tr {
                th scope="row" { (NAMES[i]) }
                td { @if let Some(old) = old { @if differs(change, i) { del { (safe(old)) } } @else { (safe(old)) } } }
                td { @if let Some(new) = new { @if differs(change, i) { ins { (safe(new)) } } @else { (safe(new)) } } }
            }
        }
    };
    let none = || [const { None }; NAMES.len()];
    let (old, new) = (change.before().map_or_else(none, values), change.after().map_or_else(none, values));
    let shown = fields_shown(change, context);
    html! {
        @if !shown.is_empty() {
            table.fields {
                thead { tr { th scope="col" { "field" } th scope="col" { "old" } th scope="col" { "new" } } }
                tbody {
                    @for i in shown { (row(i, old[i].as_deref(), new[i].as_deref())) }
                }
            }
        }
    }
}

/// Whether the field counts as changed, added or removed.
fn differs(change: &Change, field: usize) -> bool {
    change.pair().is_none_or(|pair| pair.differing.contains(&field))
}

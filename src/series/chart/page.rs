//! The chart in an HTML page of its own, with every citation below it.

use maud::{Markup, PreEscaped, html};

use super::{DARK, entity, picture, title};
use crate::fact::mark;
use crate::html::{document, safe, web_address};
use crate::rules::Catalog;
use crate::series::table::{grouped, shown};
use crate::series::{Citation, Series};

const CSS: &str = include_str!("page.css");

/// A page that needs nothing but itself.
pub fn html(all: &[Series], names: &Catalog) -> String {
    let id = all.first().map_or("", |series| &*series.key.metric);
    let name = title(id, names);
    let body = html! {
        h1 lang="vi" { (safe(&name)) }
        p { code { (safe(id)) } }
        (PreEscaped(picture(all, names, false)))
        @for series in all { (table(series, names)) }
    };
    document(&name, &format!("{CSS}{DARK}"), None, &body)
}

fn table(series: &Series, names: &Catalog) -> Markup {
    let heading = format!("{}, {}", entity(&series.key, names), series.key.measure());
    html! {
        h2 lang="vi" { (safe(&heading)) }
        table {
            tr { th { "period" } th.n { "value" } th { "status" } th { "confidence" } th { "sources" } }
            @for observation in &series.observations {
                tr {
                    td.t { (observation.period.words()) }
                    td.n { (grouped(&shown(&observation.amount))) }
                    td { (observation.status.as_str()) }
                    td {
                        (observation.confidence.as_str())
                        @if observation.contradicted { " " span.c { "contradicted" } }
                    }
                    td { (sources(&observation.citations)) }
                }
            }
            @for undated in &series.undated {
                tr {
                    td.t { "without a date" }
                    td.n { (grouped(&shown(&undated.amount))) }
                    td { (undated.status.as_str()) }
                    td {}
                    td { (sources(&undated.citations)) }
                }
            }
        }
    }
}

fn sources(citations: &[Citation]) -> Markup {
    html! { @for citation in citations { p { (source(citation)) } } }
}

fn source(citation: &Citation) -> Markup {
    let place = citation.place();
    let title = safe(citation.title.as_deref().unwrap_or(&place));
    let [before, quote, after] = mark::parts(&citation.sentence, &citation.quote);
    html! {
        @match citation.uri.as_deref().and_then(web_address) {
            Some(address) => a rel="noreferrer" href=(address) { bdi lang="vi" { (title) } },
            None => bdi lang="vi" title=(safe(&place)) { (title) },
        }
        @if let Some(day) = citation.published { " " (day.to_string()) }
        @if citation.by_figure { " (by the figure alone)" }
        ": "
        bdi lang="vi" { (safe(before)) @if !quote.is_empty() { mark { (safe(quote)) } } (safe(after)) }
    }
}

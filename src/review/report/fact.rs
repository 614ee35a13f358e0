//! The list of facts.

use maud::{Markup, html};

use crate::fact::Fact;
use crate::html::safe;
use crate::review::show;
use crate::text::digits::groups;

/// All facts, each with a link to its article.
pub(super) fn list(pages: &[&[Fact<'_>]]) -> Markup {
    let mut number = 0;
    html! {
        @for (page, facts) in pages.iter().enumerate() {
            @for fact in *facts { (one(fact, next(&mut number), page)) }
        }
    }
}

fn next(number: &mut usize) -> usize {
    *number += 1;
    *number - 1
}

fn one(fact: &Fact<'_>, number: usize, page: usize) -> Markup {
    let metric = fact.metric.as_ref().and_then(|metric| metric.id.as_deref()).unwrap_or("");
    let [before, quote, after] = fact.source.parts();
    html! {
        li #(format!("f{number}")) data-kind=(fact.kind.as_str()) data-metric=(safe(metric)) data-rule=(safe(&fact.rule)) data-status=(fact.status.as_str()) {
            p.head {
                strong lang="vi" { bdi { (grouped(&safe(&show::value(fact)))) } }
                @for word in show::words(fact).chain([fact.status.as_str()]) { " " span.tag { (word) } }
            }
            dl {
                @for (name, value) in details(fact) { div { dt { (name) } dd { bdi lang="vi" { (safe(&value)) } } } }
            }
            p.sentence lang="vi" { bdi { (safe(before)) mark.(fact.kind.as_str()) { (safe(quote)) } (safe(after)) } }
            p.place { a href=(format!("#p{page}")) { bdi { (safe(fact.source.title.as_deref().unwrap_or(&fact.source.path))) } } ", line " (fact.source.line) }
        }
    }
}

/// Text with its long numbers in groups of three digits. Style alone sets them apart: a search finds the plain number.
fn grouped(text: &str) -> Markup {
    html! { @for (piece, apart) in groups(text) { @if apart { span.group { (piece) } } @else { (piece) } } }
}

fn details(fact: &Fact<'_>) -> Vec<(&'static str, String)> {
    let base = fact.base.as_ref().map(|base| base.text.to_string());
    let fields = [
        ("metric", fact.metric.as_ref().map(ToString::to_string)),
        ("of", fact.entity.as_ref().map(ToString::to_string)),
        ("when", fact.time.as_ref().map(show::period)),
        ("against", base),
        ("theme", fact.theme.as_ref().map(ToString::to_string)),
        ("rule", Some(fact.rule.to_string())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

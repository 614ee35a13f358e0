//! The list of facts.

use maud::{Markup, html};

use crate::fact::Fact;
use crate::review::mark;
use crate::review::page::safe;
use crate::review::show;

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
    let [before, quote, after] = mark::parts(fact);
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
    html! { @for (piece, apart) in pieces(text) { @if apart { span.group { (piece) } } @else { (piece) } } }
}

/// The text in pieces, each with whether it stands apart from the one before it.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let run = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let mut end = run;
        if run > 4 && !text[..at].ends_with('.') {
            let first = (run - 1) % 3 + 1;
            pieces.push((&rest[..first], false));
            pieces.extend((first..run).step_by(3).map(|start| (&rest[start..start + 3], true)));
        } else {
            end += rest[run..].find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len() - run);
            pieces.push((&rest[..end], false));
        }
        at += end;
    }
    pieces
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

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn long_numbers_are_in_groups_and_decimals_are_not() {
        let shown = |text: &str| {
            pieces(text)
                .into_iter()
                .map(|(piece, apart)| [if apart { "_" } else { "" }, piece].concat())
                .collect::<String>()
        };
        assert_eq!(shown("480000000000 VND"), "480_000_000_000 VND");
        assert_eq!(shown("10000–1234567.123456 hộ / 1000"), "10_000–1_234_567.123456 hộ / 1000");
        assert_eq!((shown("7 ổ"), shown("")), ("7 ổ".to_owned(), String::new()));
    }
}

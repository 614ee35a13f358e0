//! The articles with their facts marked.

use std::ops::Range;

use maud::{Markup, PreEscaped, html};

use super::{Options, page};
use crate::export;
use crate::fact::Fact;
use crate::html::{safe, web_address};
use crate::page::{Article, PageRules};
use crate::review::archive::{self, Placed};
use crate::source::RawPage;

/// A fact with its place in the list.
struct Listed<'f> {
    fact: &'f Fact<'static>,
    number: usize,
}

impl Placed for Listed<'_> {
    fn path(&self) -> &str {
        &self.fact.source.path
    }

    fn record(&self) -> Option<&str> {
        self.fact.source.record.as_deref()
    }
}

/// The text of each page as HTML; nothing where it cannot be read. Facts must be in the order of pages.
pub(super) fn all(facts: &[Fact<'static>], options: &Options<'_>) -> Vec<Option<String>> {
    let Some(rules) = options.rules else {
        return vec![None; facts.chunk_by(|a, b| page(a) == page(b)).count()];
    };
    let listed: Vec<Listed<'_>> =
        facts.iter().enumerate().map(|(number, fact)| Listed { fact, number }).collect();
    let visit = |raw: &RawPage<'static>, facts: &[Listed<'_>]| text(raw, facts, rules);
    let pages = archive::visit(&listed, options.archive, &options.fields, &visit);
    pages.into_iter().map(|(_, text)| text.flatten()).collect()
}

/// The paragraphs of the article; nothing where the page no longer has one of the facts.
fn text(raw: &RawPage<'_>, facts: &[Listed<'_>], rules: &PageRules) -> Option<String> {
    let article = rules.read_raw(raw);
    let mut marks = Vec::with_capacity(facts.len());
    for listed in facts {
        marks.push((export::place(&article.text, listed.fact)?, listed));
    }
    marks.sort_by_key(|(span, _)| span.start);
    let kept = article.page.blocks.iter().filter(|block| block.keep);
    Some(
        html! { @for block in kept { p { (paragraph(&article, block.span.clone(), &marks)) } } }
            .into_string(),
    )
}

fn paragraph(article: &Article<'_>, block: Range<usize>, marks: &[(Range<usize>, &Listed<'_>)]) -> Markup {
    let kept = |span: Range<usize>| article.page.kept_text(article.text.as_str(), span);
    let first = marks.partition_point(|(span, _)| span.start < block.start);
    let mut at = block.start;
    let mut pieces = Vec::new();
    for (span, listed) in marks[first..].iter().take_while(|(span, _)| span.end <= block.end) {
        if span.start < at {
            continue;
        }
        pieces.push((kept(at..span.start), Some((kept(span.clone()), *listed))));
        at = span.end;
    }
    pieces.push((kept(at..block.end), None));
    html! {
        @for (before, marked) in pieces {
            (safe(&before))
            @if let Some((quote, listed)) = marked {
                a href=(format!("#f{}", listed.number)) { mark.(listed.fact.kind.as_str()) { (safe(&quote)) } }
            }
        }
    }
}

/// A page: its article where that could be read, else the sentences of its facts.
pub(super) fn one(number: usize, facts: &[Fact<'_>], text: Option<&str>) -> Markup {
    let source = &facts[0].source;
    let title = source.title.as_deref().unwrap_or(&source.path);
    html! {
        details.page #(format!("p{number}")) {
            summary {
                bdi lang="vi" { (safe(title)) }
                span.about { @if let Some(day) = source.published { " · " (day.to_string()) } " · " (facts.len()) @if facts.len() == 1 { " fact" } @else { " facts" } }
            }
            p.place {
                bdi { (safe(&crate::review::diff::render::place_name(&facts[0]))) }
                @if let Some(uri) = &source.uri {
                    " · "
                    @match web_address(uri) {
                        Some(address) => a rel="noreferrer noopener" href=(address) { bdi { (safe(uri)) } },
                        None => bdi { (safe(uri)) },
                    }
                }
            }
            div.text lang="vi" {
                @match text {
                    Some(text) => (PreEscaped(text)),
                    None => (sentences(facts)),
                }
            }
        }
    }
}

fn sentences(facts: &[Fact<'_>]) -> Markup {
    let groups = facts.chunk_by(|a, b| a.source.sentence == b.source.sentence);
    html! {
        @for facts in groups {
            @let [before, quote, after] = facts[0].source.parts();
            p { (safe(before)) mark.(facts[0].kind.as_str()) { (safe(quote)) } (safe(after)) }
        }
    }
}

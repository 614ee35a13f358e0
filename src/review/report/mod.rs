//! A report to send around: one HTML file with sums as plots, the facts to search in, and the articles they are from.

mod article;
mod chart;
mod fact;
mod summary;

use std::path::Path;

use maud::{Markup, html};

use crate::fact::Fact;
use crate::html::{document, safe};
use crate::page::PageRules;
use crate::source::Fields;
use summary::Summary;

const CSS: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");
/// Most choices of a filter.
const CHOICES: usize = 300;

/// What a report is made with.
#[derive(Debug)]
pub struct Options<'o> {
    /// Its heading.
    pub title: String,
    /// Where the pages are, if not where the facts say.
    pub archive: Option<&'o Path>,
    /// Where records have their pages.
    pub fields: Fields,
    /// The rules that find the articles; absent: sentences are shown alone.
    pub rules: Option<&'o PageRules>,
}

/// Collects facts for a report.
#[derive(Debug, Default)]
pub struct Builder {
    summary: Summary,
    kept: Vec<Fact<'static>>,
    limit: usize,
}

impl Builder {
    /// Will list so many facts; the sums are over all.
    pub fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Takes a fact.
    pub fn add(&mut self, fact: Fact<'static>) {
        self.summary.add(&fact);
        if self.kept.len() < self.limit {
            self.kept.push(fact);
        }
    }

    /// The report.
    pub fn finish(mut self, options: &Options<'_>) -> String {
        self.kept.sort_by(|a, b| place(a).cmp(&place(b)));
        let pages: Vec<&[Fact<'_>]> = self.kept.chunk_by(|a, b| page(a) == page(b)).collect();
        let articles = article::all(&self.kept, options);
        let body = html! {
            a.skip href="#facts" { "Skip to the facts" }
            header {
                h1 { bdi { (safe(&options.title)) } }
                (self.summary.tiles())
                nav aria-label="Parts" { a href="#sums" { "Sums" } " " a href="#facts" { "Facts" } " " a href="#articles" { "Articles" } }
            }
            main {
                section #sums { h2 { "Sums" } div.charts { (chart::all(&self.summary)) } }
                section #facts {
                    h2 { "Facts" }
                    @if self.summary.facts > self.kept.len() as u64 {
                        p.note { "Listed are the first " (self.kept.len()) " of " (self.summary.facts) " facts; the sums are over all." }
                    }
                    (self.filters())
                    ol #list { (fact::list(&pages)) }
                    p #none hidden { "No fact matches." }
                }
                section #articles {
                    h2 { "Articles" }
                    @for (number, facts) in pages.iter().enumerate() { (article::one(number, facts, articles[number].as_deref())) }
                }
            }
        };
        document(&options.title, CSS, Some(SCRIPT), &body)
    }

    /// The choices that narrow the list; the script shows them.
    fn filters(&self) -> Markup {
        html! {
            div #filters role="search" hidden {
                label { "Search" input #query type="search" autocomplete="off" spellcheck="false"; }
                @for (name, by) in [("kind", &self.summary.kinds), ("metric", &self.summary.metrics), ("rule", &self.summary.rules), ("status", &self.summary.statuses)] {
                    label {
                        (name)
                        select data-field=(name) {
                            option value="" { "all" }
                            @for (value, _) in by.iter().take(CHOICES) { option value=(safe(value)) { (safe(value)) } }
                        }
                    }
                }
                p #count role="status" {}
            }
        }
    }
}

/// What names the page of a fact.
fn page<'f>(fact: &'f Fact<'_>) -> (&'f str, Option<&'f str>) {
    (&fact.source.path, fact.source.record.as_deref())
}

fn place<'f>(fact: &'f Fact<'_>) -> ((&'f str, Option<&'f str>), usize, &'f str) {
    (page(fact), fact.source.bytes.start, &fact.id)
}

#[cfg(test)]
mod tests;

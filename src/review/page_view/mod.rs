//! A page as found, cut into pieces: what the article keeps, what was dropped, and where each fact stands.

mod pieces;
mod reader;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::collection::{Collection, PageEntry};
use crate::fact::Fact;
use crate::page::{Article, Block, Found, OUTSIDE, PageRules, Role};
use crate::source::RawPage;
use crate::text::Text;
use pieces::{Mark, Piece, cut};

pub use reader::PageReader;

/// A page for reading. Everything in it is plain text; whoever shows it must not take it for markup.
#[derive(Debug, Serialize)]
pub struct PageView<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// Whether the page could be read; if not, there are no blocks.
    found: bool,
    blocks: Vec<BlockView>,
    /// Rows whose quote does not stand where the citation says.
    unplaced: Vec<u32>,
}

/// One line of the page.
#[derive(Debug, Serialize)]
struct BlockView {
    line: usize,
    role: &'static str,
    keep: bool,
    rule: &'static str,
    pieces: Vec<Piece>,
}

impl<'a> PageView<'a> {
    /// The page `entry`, of which the archive has `raw`, if it has it.
    pub fn new(
        facts: &Collection,
        entry: &'a PageEntry,
        raw: Option<&RawPage<'_>>,
        rules: &PageRules,
    ) -> Self {
        match raw {
            Some(raw) => Self::of_page(facts, entry, raw, rules),
            None => Self {
                path: &entry.path,
                record: entry.record.as_deref(),
                title: entry.title.as_deref().map(Into::into),
                uri: entry.uri.as_deref().map(Into::into),
                published: entry.published.map(|day| day.to_string()),
                author: None,
                found: false,
                blocks: Vec::new(),
                unplaced: (entry.first..entry.first + entry.count).collect(),
            },
        }
    }

    fn of_page(facts: &Collection, entry: &'a PageEntry, raw: &RawPage<'_>, rules: &PageRules) -> Self {
        let article = rules.read_raw(raw);
        let mut marks = Vec::new();
        let mut unplaced = Vec::new();
        // Every row was written from a fact, so each has one.
        let of_page: Vec<Fact<'_>> = facts.rows_of(entry).iter().filter_map(|row| row.fact().ok()).collect();
        for (row, place) in (entry.first..).zip(places(&article.text, &of_page)) {
            match place {
                Some(span) => marks.push(Mark { span, row }),
                None => unplaced.push(row),
            }
        }
        Self {
            path: &entry.path,
            record: entry.record.as_deref(),
            title: article.title.as_deref().map(Into::into),
            uri: article.uri.as_deref().map(Into::into),
            published: article.published.map(|day| day.to_string()),
            author: article.author.as_deref().map(Into::into),
            found: true,
            blocks: blocks(rules, raw, &article, &marks),
            unplaced,
        }
    }
}

/// Where the quote of each fact stands in the text: where its bytes say. Time is linear in the text for each different
/// quote.
pub(super) fn places(text: &Text<'_>, facts: &[Fact<'_>]) -> Vec<Option<Range<usize>>> {
    let mut by_quote: BTreeMap<&str, Vec<(usize, Range<usize>)>> = BTreeMap::new();
    for (number, fact) in facts.iter().enumerate() {
        by_quote.entry(&fact.source.quote).or_default().push((number, fact.source.bytes.clone()));
    }
    let mut places = vec![None; facts.len()];
    for (quote, wanted) in by_quote.into_iter().filter(|(quote, _)| !quote.is_empty()) {
        let mut raw: FxHashMap<usize, Range<usize>> = FxHashMap::default();
        for at in memchr::memmem::find_iter(text.as_str().as_bytes(), quote.as_bytes()) {
            let span = at..at + quote.len();
            raw.entry(text.raw(span.clone()).start).or_insert(span);
        }
        for (number, bytes) in wanted {
            let found = raw.get(&bytes.start).filter(|span| text.raw((*span).clone()) == bytes);
            places[number] = found.cloned();
        }
    }
    places
}

fn blocks(rules: &PageRules, raw: &RawPage<'_>, article: &Article<'_>, marks: &[Mark]) -> Vec<BlockView> {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.row));
    let lines = rules.found(raw, article).into_iter();
    let view = |(line, found)| match found {
        Found::Block(block) => of_block(article, &marks, line, block),
        Found::Outside(outside) => BlockView {
            line,
            role: Role::Boilerplate.as_str(),
            keep: false,
            rule: OUTSIDE,
            pieces: vec![Piece { text: outside.text, rows: Vec::new(), cut: None }],
        },
    };
    lines.map(view).collect()
}

fn of_block(article: &Article<'_>, marks: &[&Mark], line: usize, block: &Block) -> BlockView {
    let from = marks.partition_point(|mark| mark.span.end <= block.span.start);
    let marks = marks[from..].iter().copied().take_while(|mark| mark.span.start < block.span.end);
    BlockView {
        line,
        role: block.role.as_str(),
        keep: block.keep,
        rule: block.rule,
        pieces: cut(article.text.as_str(), block.span.clone(), marks, article.page.cuts_in(&block.span)),
    }
}

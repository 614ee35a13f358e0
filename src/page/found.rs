//! A page as found: its blocks, and of an HTML page also what stands outside the article.

use super::html::OutsideLine;
use super::{Article, Block, PageRules};
use crate::source::{Format, RawPage};

/// The rule that is named for what an HTML page shows outside its article.
pub const OUTSIDE: &str = "outside-article";

/// A line of a page as found.
#[derive(Debug)]
pub enum Found<'a> {
    /// A line of the text, kept or dropped.
    Block(&'a Block),
    /// A line of an HTML page that did not come into the text.
    Outside(OutsideLine),
}

impl PageRules {
    /// All lines of a page in the order in which it stores them, with the number of the stored line on which each
    /// begins, from 1.
    pub fn found<'a>(&self, raw: &RawPage<'_>, article: &'a Article<'_>) -> Vec<(usize, Found<'a>)> {
        let blocks = article.page.blocks.iter();
        if raw.format == Format::Text {
            return blocks.map(|block| (block.line, Found::Block(block))).collect();
        }
        let start = |block: &Block| article.text.raw(block.span.clone()).start;
        let mut lines: Vec<_> = blocks.map(|block| (start(block), Found::Block(block))).collect();
        let outside = self.html.outside(&raw.bytes, raw.encoding).into_iter();
        lines.extend(outside.map(|line| (line.bytes.start, Found::Outside(line))));
        lines.sort_by_key(|(at, _)| *at);
        number(&raw.bytes, &mut lines);
        lines
    }
}

/// Puts the number of a line in the place of its offset.
fn number(bytes: &[u8], lines: &mut [(usize, Found<'_>)]) {
    let (mut passed, mut line) = (0, 1);
    for (at, _) in lines {
        let here = (*at).min(bytes.len());
        line += memchr::memchr_iter(b'\n', &bytes[passed..here]).count();
        passed = here;
        *at = line;
    }
}

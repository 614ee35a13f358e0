//! Text to article: blocks, boilerplate, spam, title, dateline and byline.

use std::ops::Range;

use jiff::civil::Date;

use crate::rules::{RuleError, RuleSources};

/// What a block of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Headline of the article.
    Title,
    /// Paragraph, sub-heading, list item or caption of the article.
    Body,
    /// Line that says when (and often by whom) the article was published.
    Dateline,
    /// Line that names the author or the original source.
    Byline,
    /// Menus, footers, forms, related links, CMS debris.
    Boilerplate,
    /// Text put there by others: betting keywords, link farms.
    Spam,
}

/// One non-blank line of a page.
#[derive(Debug, Clone)]
pub struct Block {
    /// Byte range in the normalized text, without surrounding white space.
    pub span: Range<usize>,
    /// Line number, from 1.
    pub line: usize,
    /// Whether the article keeps it.
    pub keep: bool,
    /// What it is.
    pub role: Role,
    /// Name of the rule or feature that decided.
    pub rule: &'static str,
}

/// A run of spam inside a block that is otherwise kept.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Byte range in the normalized text.
    pub span: Range<usize>,
    /// Name of the rule that cut it.
    pub rule: &'static str,
}

/// A page taken apart.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Every non-blank line, in order.
    pub blocks: Vec<Block>,
    /// Spam inside kept blocks, in order, without overlap.
    pub cuts: Vec<Cut>,
    /// Where the headline stands, without cuts.
    pub title: Option<Range<usize>>,
    /// The day of publication that the page itself states.
    pub published: Option<Date>,
    /// Where the author's name stands.
    pub author: Option<Range<usize>>,
}

/// Compiled `rules/page.toml`.
#[derive(Debug)]
pub struct PageRules {}

impl PageRules {
    /// Compiles the page rules.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(_sources: &RuleSources) -> Result<Self, RuleError> {
        Ok(Self {})
    }

    /// Takes a page apart.
    pub fn read(&self, _text: &str) -> Page {
        Page::default()
    }
}

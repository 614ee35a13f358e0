//! Text to article: blocks, boilerplate, spam, title, dateline and byline.

mod article;
mod bracketed;
mod classify;
mod cues;
mod cut;
mod dateline;
mod examples;
mod features;
mod found;
pub mod html;
mod rules;
mod segment;
mod spam;
mod teasers;
mod title;

use std::ops::Range;

pub use article::Article;
pub use cut::Cut;
pub use found::{Found, OUTSIDE};

use jiff::civil::Date;

use crate::rules::{ExampleOutcome, RuleError, RuleSources};
use rules::Compiled;

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

impl Role {
    /// Its name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Boilerplate => "boilerplate",
            Self::Spam => "spam",
        }
    }
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

/// A page taken apart.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Every non-blank line, in order.
    pub blocks: Vec<Block>,
    /// What is cut out of kept blocks, in order, without overlap.
    pub cuts: Vec<Cut>,
    /// Where the headline stands, without cuts.
    pub title: Option<Range<usize>>,
    /// The day of publication that the page itself states.
    pub published: Option<Date>,
    /// Where the author's name stands.
    pub author: Option<Range<usize>>,
}

impl Page {
    /// The cuts that touch a part of the page's text.
    pub fn cuts_in(&self, span: &Range<usize>) -> impl Iterator<Item = &Cut> {
        cut::cuts_in(&self.cuts, span)
    }

    /// What is kept of a part of the page's text: without what was cut out of it.
    pub fn kept_text(&self, text: &str, span: Range<usize>) -> String {
        cut::kept_text(text, &span, &self.cuts)
    }
}

/// Compiled `rules/page.toml`.
#[derive(Debug)]
pub struct PageRules {
    compiled: Compiled,
    html: html::HtmlRules,
}

impl PageRules {
    /// Compiles the page rules.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        Ok(Self { compiled: rules::compile(sources)?, html: html::HtmlRules::compile(sources)? })
    }

    /// Takes a page apart. `text` is normalized text, one block per line. Time is linear in its length.
    pub fn read(&self, text: &str) -> Page {
        let lines = features::lines(text, &self.compiled.cues);
        let mut page = classify::classify(text, &lines, &self.compiled);
        let mut cuts = self.compiled.spam.cuts(text);
        cuts.extend(bracketed::cuts(text, page.title.as_ref()));
        page.cuts = cut::without_overlap(cuts);
        page.cuts.retain(|cut| kept(&page.blocks, &cut.span));
        page.title = page.title.and_then(|title| cut::without_cuts(text, &title, &page.cuts));
        page
    }

    /// Runs the examples of the rules.
    pub fn test(&self) -> Vec<ExampleOutcome> {
        let mut outcomes = examples::run(&self.compiled);
        outcomes.extend(self.html.test());
        outcomes
    }
}

/// Whether the span lies in a block that is kept.
fn kept(blocks: &[Block], span: &Range<usize>) -> bool {
    let at = blocks.partition_point(|b| b.span.end <= span.start);
    blocks.get(at).is_some_and(|b| b.keep && b.span.start < span.end)
}

//! A raw page of any format to its article.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use super::html::HtmlPage;
use super::{Page, PageRules, Role};
use crate::source::{Format, RawPage};
use crate::text::{Encoding, Text};

/// A page as text, taken apart, with what its archive, its metadata and its text say about it, in this order of trust.
#[derive(Debug)]
pub struct Article<'a> {
    /// The text: of an HTML page, that of the article and what is near it.
    pub text: Text<'a>,
    /// Its blocks.
    pub page: Page,
    /// The headline.
    pub title: Option<Cow<'a, str>>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The author as printed.
    pub author: Option<Cow<'a, str>>,
    /// The address: as the archive gives it, or the canonical one.
    pub uri: Option<Cow<'a, str>>,
    /// The encoding of the page.
    pub encoding: Encoding,
    /// How many invalid byte sequences were replaced by U+FFFD.
    pub replaced: usize,
}

impl PageRules {
    /// Reads a raw page of any format.
    pub fn read_raw<'a>(&self, raw: &'a RawPage<'a>) -> Article<'a> {
        match raw.format {
            Format::Text => self.read_text(raw),
            Format::Html => self.read_html(raw),
        }
    }

    fn read_text<'a>(&self, raw: &'a RawPage<'a>) -> Article<'a> {
        let text = match raw.encoding {
            Some(encoding) => Text::read_as(&raw.bytes, encoding),
            None => Text::read(&raw.bytes),
        };
        let page = self.read(text.as_str());
        let part =
            |span: &Option<Range<usize>>| span.clone().map(|s| Cow::Owned(text.as_str()[s].to_owned()));
        Article {
            title: borrowed(raw.title.as_ref()).or_else(|| part(&page.title)),
            published: raw.published.or(page.published),
            author: part(&page.author),
            uri: borrowed(raw.uri.as_ref()),
            encoding: text.encoding(),
            replaced: text.replaced(),
            page,
            text,
        }
    }

    fn read_html<'a>(&self, raw: &'a RawPage<'a>) -> Article<'a> {
        let html = HtmlPage::read_as(&raw.bytes, raw.encoding, &self.html);
        let mut page = self.read(html.text.as_str());
        if let Some(title) = &html.title {
            put_title(&mut page, html.text.as_str(), title);
        }
        let part =
            |span: &Option<Range<usize>>| span.clone().map(|s| Cow::Owned(html.text.as_str()[s].to_owned()));
        Article {
            title: borrowed(raw.title.as_ref()).or(html.title.map(Cow::Owned)).or_else(|| part(&page.title)),
            published: raw.published.or(html.published).or(page.published),
            author: html.author.map(Cow::Owned).or_else(|| part(&page.author)),
            uri: borrowed(raw.uri.as_ref()).or(html.canonical.map(Cow::Owned)),
            encoding: html.encoding,
            replaced: html.replaced,
            page,
            text: html.text,
        }
    }
}

fn borrowed<'a>(value: Option<&'a Cow<'a, str>>) -> Option<Cow<'a, str>> {
    value.map(|text| Cow::Borrowed(text.as_ref()))
}

/// Marks the block that is the headline by the markup: markup knows better than looks.
fn put_title(page: &mut Page, text: &str, title: &str) {
    let Some(at) = page.blocks.iter().position(|block| &text[block.span.clone()] == title) else { return };
    for block in page.blocks.iter_mut().filter(|block| block.role == Role::Title) {
        block.role = Role::Body;
    }
    let block = &mut page.blocks[at];
    (block.keep, block.role, block.rule) = (true, Role::Title, "html-title");
    page.title = Some(block.span.clone());
}

//! HTML to the text of its article.
//!
//! The document is read into lines, each in its place in the tree of blocks ([`tree`]). The block that holds most of
//! the prose is the article ([`select`]); the headline stands before it. What is left is given as [`Text`], one block
//! a line, with a map to the bytes of the document **as stored**; [`crate::page::PageRules`] then reads it as it reads
//! any text. The method is that of Arc90's Readability and of boilerpipe (Kohlschütter, Fankhauser and Nejdl 2010): link
//! density, text density and marks of sentences, here with the names of classes as a hint.

mod date;
mod elements;
mod entities;
mod linked_data;
mod meta;
mod outside;
mod render;
mod rules;
mod select;
mod tokens;
mod tree;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::text::{Decoded, Encoding, Text};
pub use outside::OutsideLine;
pub use rules::HtmlRules;
use tree::Tree;

/// The article of an HTML page, and what the page says about it.
#[derive(Debug)]
pub struct HtmlPage {
    /// The article, one block a line; rows of tables are lines, with `|` between cells.
    pub text: Text<'static>,
    /// The headline, normalized.
    pub title: Option<String>,
    /// The day of publication by the page's metadata, in Vietnam's time.
    pub published: Option<Date>,
    /// The author by the page's metadata.
    pub author: Option<String>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The encoding of the page.
    pub encoding: Encoding,
    /// How many invalid byte sequences were replaced by U+FFFD.
    pub replaced: usize,
}

impl HtmlPage {
    /// Reads a page. Never fails: broken markup is read as browsers read it, in time linear in its length.
    pub fn read(bytes: &[u8], rules: &HtmlRules) -> Self {
        Self::read_as(bytes, None, rules)
    }

    /// The same, in the given encoding where there is one.
    pub fn read_as(bytes: &[u8], encoding: Option<Encoding>, rules: &HtmlRules) -> Self {
        let decoded = decode(bytes, encoding);
        let html: &str = &decoded.text;
        let (tree, about, chosen) = choose(html, rules);
        let (text, map) = render::render(html, &tree, &chosen.lines);
        let title = chosen.title.map(|line| render::line_text(html, &tree, line)).or(about.title);
        Self {
            text: Text::from_parts(Cow::Owned(text), decoded.map.then(&map)),
            title,
            published: about.published.or_else(|| meta::shown_time(&tree, &chosen.lines)),
            author: about.author,
            canonical: about.canonical,
            encoding: decoded.encoding,
            replaced: decoded.replaced,
        }
    }

    /// The text of a whole page, with its boilerplate, as [`Self::read`] renders lines.
    pub fn whole_text(bytes: &[u8]) -> Text<'static> {
        let decoded = Encoding::decode_detected(bytes);
        let tree = Tree::read(&decoded.text, None);
        let lines: Vec<usize> = (0..tree.lines.len()).collect();
        let (text, map) = render::render(&decoded.text, &tree, &lines);
        Text::from_parts(Cow::Owned(text), decoded.map.then(&map))
    }

    /// The text of a piece of HTML, as [`Self::read`] renders it: without tags, with references decoded. With it a
    /// cited byte range can be checked against its quote.
    pub fn text_of(fragment: &str) -> String {
        render::fragment_text(fragment)
    }
}

impl HtmlRules {
    /// The lines of a document that its article leaves out, in order: menus, comments, related pages.
    pub fn outside(&self, bytes: &[u8], encoding: Option<Encoding>) -> Vec<OutsideLine> {
        outside::read(bytes, encoding, self)
    }
}

fn decode(bytes: &[u8], encoding: Option<Encoding>) -> Decoded<'_> {
    encoding.map_or_else(|| Encoding::decode_detected(bytes), |encoding| encoding.decode(bytes))
}

/// A document taken apart, what it says of itself, and the lines of its article.
fn choose<'h>(html: &'h str, rules: &HtmlRules) -> (Tree<'h>, meta::About, select::Chosen) {
    let tree = Tree::read(html, Some(rules));
    let about = meta::About::read(html, &tree);
    let chosen = select::select(html, &tree, about.title.as_deref());
    (tree, about, chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSources;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Xã Tân Lập trồng 120 ha rừng - Báo Xứ Này</title>
<meta property="article:published_time" content="2021-03-04T22:10:00Z"><link rel="canonical" href="https://bao.example/1">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Xã Tân Lập trồng 120&nbsp;ha rừng","author":{"name":"Lê Na"}}</script>
<script>var x = "<p>không phải chữ</p>";</script></head><body>
<nav class="main-menu"><ul><li><a href="/">Trang chủ</a><li><a href="/kt">Kinh tế</a></ul></nav>
<h1>Xã Tân Lập trồng 120&nbsp;ha rừng</h1><span class="date">05/03/2021 05:10</span>
<div class="body"><p>Từ đầu năm đến nay, xã đã trồng được <b>120</b>&nbsp;ha rừng, tăng 4,5% so với kế hoạch đề ra, theo báo cáo của ủy ban.</p>
<p style="display: none">Đoạn văn này được giấu đi và không ai trông thấy nó trên trang, dù nó khá dài, khá đầy đủ.</p>
<table><tr><th>Thôn<th>Diện tích<tr><td>Đồi Chè<td>45 ha</table>
<p>Theo kế hoạch, diện tích rừng của xã sẽ đạt 1.300&#160;ha vào cuối năm, cao nhất từ trước đến nay, ông Hà nói.</p>
<div class="box-related"><p>Một huyện khác trồng được 999 ha rừng, cao hơn nhiều so với cùng kỳ năm ngoái, theo thống kê mới nhất.</p></div></div>
<div class="comment-list"><p>Tôi thấy 77% bà con chưa đồng tình với kế hoạch này, mong xã xem xét lại, vì đất rừng còn ít.</p></div>
<footer><p>Giấy phép số 12, cấp ngày 1/1/2001, điện thoại 0123, chịu trách nhiệm: ông A, bà B, cô C.</p></footer></body></html>"#;

    fn read(html: &str) -> HtmlPage {
        HtmlPage::read(html.as_bytes(), &HtmlRules::compile(&RuleSources::builtin()).unwrap())
    }

    #[test]
    fn what_is_outside_the_article_is_told() {
        let rules = HtmlRules::compile(&RuleSources::builtin()).unwrap();
        let outside = rules.outside(PAGE.as_bytes(), None);
        let first = outside.first().unwrap();
        assert_eq!((first.text.as_str(), &PAGE[first.bytes.clone()]), ("Trang chủ", "Trang chủ"));
        let has = |words: &str| outside.iter().any(|line| line.text.contains(words));
        assert!(has("77%") && has("Giấy phép số 12") && has("999 ha"));
        assert!(!has("120 ha rừng, tăng"), "the article is not outside of itself");
    }

    #[test]
    fn the_article_is_found_with_its_metadata() {
        let page = read(PAGE);
        let lines: Vec<&str> = page.text.as_str().lines().collect();
        assert_eq!(lines[0], "Xã Tân Lập trồng 120 ha rừng");
        assert_eq!(lines[1], "05/03/2021 05:10");
        assert!(lines[2].contains("đã trồng được 120 ha rừng, tăng 4,5%"));
        assert_eq!(&lines[3..5], ["Thôn | Diện tích", "Đồi Chè | 45 ha"]);
        assert_eq!(lines.len(), 6, "{lines:#?}");
        assert_eq!(page.title.as_deref(), Some("Xã Tân Lập trồng 120 ha rừng"));
        assert_eq!(page.published, Some(jiff::civil::date(2021, 3, 5)));
        assert_eq!(page.author.as_deref(), Some("Lê Na"));
        assert_eq!(page.canonical.as_deref(), Some("https://bao.example/1"));
    }

    #[test]
    fn citations_are_bytes_of_the_document() {
        let page = read(PAGE);
        for quote in ["120 ha rừng, tăng", "4,5%", "1.300 ha", "45 ha"] {
            let at = page.text.as_str().find(quote).unwrap();
            let raw = page.text.raw(at..at + quote.len());
            assert_eq!(crate::text::normalized(&HtmlPage::text_of(&PAGE[raw])), quote);
        }
    }

    #[test]
    fn the_whole_page_reads_the_same_lines() {
        let (page, whole) = (read(PAGE), HtmlPage::whole_text(PAGE.as_bytes()));
        for line in page.text.as_str().lines() {
            let (a, b) = (page.text.as_str().find(line).unwrap(), whole.as_str().find(line).unwrap());
            assert_eq!(page.text.raw(a..a + line.len()), whole.raw(b..b + line.len()), "{line}");
        }
    }

    #[test]
    fn anything_is_read() {
        for html in ["", "<", "<p", "chỉ là chữ", "<table><td><td>", "</p></p>", "<a><b><p>x</a></b>y"] {
            let _ = read(html);
        }
        let deep = "<div>".repeat(100_000) + "x";
        let _ = read(&deep);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_and_mapped(bytes in proptest::collection::vec(0u8..128, 0..400)) {
            let html = String::from_utf8_lossy(&bytes).replace('\u{1}', "<p>").replace('\u{2}', "&nbsp;");
            let page = read(&html);
            let text = page.text.as_str();
            for (i, c) in text.char_indices() {
                let raw = page.text.raw(i..i + c.len_utf8());
                proptest::prop_assert!(raw.end <= html.len());
            }
        }
    }
}

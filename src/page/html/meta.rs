//! What the head of a page says about its article.

use std::borrow::Cow;

use jiff::civil::Date;

use super::tokens::Attributes;
use super::tree::Tree;
use super::{date, entities, linked_data};

/// Names of `<meta>` that give the time of publication, the surest first.
const DATES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "published_time",
    "og:published_time",
    "article:published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "datecreated",
    "date",
];
const TITLES: &[&str] = &["og:title", "twitter:title", "title", "headline"];
const AUTHORS: &[&str] = &["author", "article:author", "dc.creator"];
const SITES: &[&str] = &["og:site_name", "application-name"];
/// Between a title and the name of the site.
const SEPARATORS: &[&str] = &[" - ", " | ", " – ", " — ", " :: ", " » "];

/// Metadata of the article.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Normalized, without the name of the site where that could be told.
    pub(super) title: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) author: Option<String>,
    pub(super) canonical: Option<String>,
}

impl About {
    pub(super) fn read(html: &str, tree: &Tree<'_>) -> Self {
        let scripts: Vec<&str> = tree.linked_data.iter().map(|range| &html[range.clone()]).collect();
        let linked = linked_data::LinkedData::read(&scripts);
        let published = linked.published.as_deref().into_iter().map(Cow::Borrowed).chain(metas(tree, DATES));
        Self {
            title: linked.headline.or_else(|| title(html, tree)).map(|text| normalize(&text)),
            published: date::first(published),
            author: linked
                .author
                .or_else(|| metas(tree, AUTHORS).next().map(Cow::into_owned))
                .map(|text| normalize(&text)),
            canonical: canonical(tree),
        }
    }
}

fn normalize(text: &str) -> String {
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::text::normalized(&squeezed).into_owned()
}

/// The values of `<meta>` of the given names, in the order of the names.
fn metas<'a>(tree: &'a Tree<'_>, names: &'a [&str]) -> impl Iterator<Item = Cow<'a, str>> {
    names.iter().flat_map(|name| {
        tree.head_elements.iter().filter(|(tag, _)| tag.is("meta")).filter_map(|(_, attributes)| {
            let is_named = ["property", "name", "itemprop"]
                .iter()
                .any(|key| attributes.get(key).is_some_and(|value| value.trim().eq_ignore_ascii_case(name)));
            let content = is_named.then(|| attributes.get("content"))??.trim();
            (!content.is_empty()).then(|| entities::decode(content))
        })
    })
}

/// Lines after those of the article whose `<time>` counts.
const NEAR: usize = 4;

/// The first `<time>` with a date in the lines of the article or right below: others date teasers.
pub(super) fn shown_time(tree: &Tree<'_>, lines: &[usize]) -> Option<Date> {
    let (first, last) = (*lines.first()?, lines.last()? + NEAR);
    let near = tree.times.iter().filter(|(line, _)| (first..=last).contains(line));
    near.filter_map(|(_, attributes)| attributes.get("datetime")).find_map(date::parse)
}

fn title(html: &str, tree: &Tree<'_>) -> Option<String> {
    let shown = tree.title.clone().map(|range| entities::decode(&html[range]));
    let text = metas(tree, TITLES).next().or(shown)?;
    let site = metas(tree, SITES).next();
    Some(without_site(&text, site.as_deref()).to_owned())
}

/// Takes ` - Name of the site` off a title, where the site's name is known.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let Some(site) = site.map(str::trim).filter(|site| !site.is_empty()) else { return title };
    SEPARATORS
        .iter()
        .find_map(|separator| {
            let (head, tail) = title.rsplit_once(separator)?;
            tail.trim().eq_ignore_ascii_case(site).then_some(head)
        })
        .unwrap_or(title)
}

fn canonical(tree: &Tree<'_>) -> Option<String> {
    let links = tree.head_elements.iter().filter(|(tag, _)| tag.is("link"));
    let is_canonical = |a: &Attributes<'_>| a.get("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
    let link = links.map(|(_, a)| *a).find(is_canonical).and_then(|a| a.get("href"));
    let link = link.map(|href| entities::decode(href.trim()).into_owned());
    link.or_else(|| metas(tree, &["og:url"]).next().map(Cow::into_owned)).filter(|href| !href.is_empty())
}

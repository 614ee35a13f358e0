//! Which fields of a record hold the page, its address, title and date.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Names under which common corpora keep the text of a page, the surest first.
const TEXT: &[&str] =
    &["text", "content", "body", "maintext", "article", "article_text", "raw_content", "html", "raw_html"];
const URI: &[&str] = &["uri", "url", "link", "source_url", "canonical_url", "WARC-Target-URI"];
const TITLE: &[&str] = &["title", "headline"];
/// A crawl time (`timestamp` in several corpora) is no date of publication, and stands in none of these.
const DATE: &[&str] = &[
    "published",
    "published_at",
    "publishedAt",
    "publish_date",
    "published_date",
    "date_publish",
    "date_published",
    "datePublished",
    "pub_date",
    "pubDate",
    "date",
];
const ID: &[&str] = &["id", "_id", "record"];
/// A record with one of these comes from a crawl, whose plain `date` is the day of the crawl.
const CRAWLED: &[&str] = &["dump", "warc_record_id", "WARC-Record-ID"];

/// The role of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Uri,
    Title,
    Date,
    Id,
    /// Tells that a plain `date` is the day of a crawl.
    Crawled,
}

/// Field names of records in JSON, CSV and Parquet; a name given by the user takes the place of the common ones.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// Where the page is.
    pub text: Option<String>,
    /// Where its address is.
    pub uri: Option<String>,
    /// Where its title is.
    pub title: Option<String>,
    /// Where its date of publication is.
    pub date: Option<String>,
    /// Which of these names a record had.
    pub met: Met,
}

/// Which of the names that the user gave were met in records; clones know the same.
#[derive(Debug, Clone, Default)]
pub struct Met(Arc<[AtomicBool; 4]>);

impl Met {
    fn note(&self, role: Role) {
        let met = &self.0[role as usize];
        // All threads read it, so it is written once.
        if !met.load(Ordering::Relaxed) {
            met.store(true, Ordering::Relaxed);
        }
    }
}

impl Fields {
    /// The role of the field `name` and its place in the order of preference, lower is surer.
    pub(super) fn role(&self, name: &str) -> Option<(Role, usize)> {
        let own = [
            (Role::Text, &self.text, TEXT),
            (Role::Uri, &self.uri, URI),
            (Role::Title, &self.title, TITLE),
            (Role::Date, &self.date, DATE),
        ];
        for (role, given, common) in own {
            let place = match given {
                Some(given) => (given == name).then(|| {
                    self.met.note(role);
                    0
                }),
                None => common.iter().position(|known| *known == name),
            };
            if let Some(place) = place {
                return Some((role, place));
            }
        }
        let place = |names: &[&str]| names.iter().position(|known| *known == name);
        place(ID).map(|i| (Role::Id, i)).or_else(|| place(CRAWLED).map(|i| (Role::Crawled, i)))
    }

    /// The names of addresses, titles and dates that the user gave and no record had so far, each with what it is of.
    pub fn unmet(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let given = [
            (Role::Uri, "uri", &self.uri),
            (Role::Title, "title", &self.title),
            (Role::Date, "date", &self.date),
        ];
        given.into_iter().filter_map(|(role, what, name)| {
            let met = self.met.0[role as usize].load(Ordering::Relaxed);
            Some((what, name.as_deref().filter(|_| !met)?))
        })
    }

    /// For messages: the names under which the text is looked for.
    pub(super) fn looked_for(&self) -> String {
        format!("(looked for {})", self.text.clone().unwrap_or_else(|| TEXT.join(", ")))
    }

    /// Whether the user named the date field, so that it is believed even in a crawl.
    pub(super) fn date_is_named(&self) -> bool {
        self.date.is_some()
    }
}

/// Which column of a table holds what.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) text: usize,
    pub(super) uri: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) date: Option<usize>,
    pub(super) id: Option<usize>,
}

impl Columns {
    /// The surest column for each role, of columns with these names; `None` where no column holds a page.
    pub(super) fn find<'a>(names: &(impl Iterator<Item = &'a str> + Clone), fields: &Fields) -> Option<Self> {
        let best = |wanted: Role| {
            let ranked = names.clone().enumerate().filter_map(|(i, name)| {
                fields.role(name).filter(|(role, _)| *role == wanted).map(|(_, rank)| (rank, i))
            });
            ranked.min().map(|(_, i)| i)
        };
        let date = best(Role::Date).filter(|_| fields.date_is_named() || best(Role::Crawled).is_none());
        let (uri, title, id) = (best(Role::Uri), best(Role::Title), best(Role::Id));
        Some(Self { text: best(Role::Text)?, uri, title, date, id })
    }
}

/// Whether one of the names commonly holds the text of a page.
pub(super) fn any_text_name<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|name| TEXT.contains(&name))
}

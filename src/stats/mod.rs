//! What an archive holds, counted page by page.
//!
//! [`collect`] reads pages and gives [`Stats`], which add up: those of several machines can be joined with
//! [`Stats::add`]. They are shown as a table, as JSON, or as an HTML page with bars.

mod html;
mod table;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Extractor;
use crate::source::{Feed, Problem, RawPage, Severity};
use crate::text::Encoding;

/// Pages that are in memory at once.
const BATCH: usize = 128;

/// Counts over many pages. Maps are sorted by key, so equal archives give equal bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Pages read.
    pub pages: u64,
    /// Their size as stored, in bytes.
    pub bytes: u64,
    /// Characters of their text.
    pub characters: u64,
    /// Characters of lines that were dropped as boilerplate or spam.
    pub dropped: u64,
    /// Pages or files that could not be read well.
    pub problems: u64,
    /// Facts found.
    pub facts: u64,
    /// Pages by the host of their address; `?` without one.
    pub sites: BTreeMap<String, u64>,
    /// Pages by month of publication (`2020-06`); `?` where it is not known.
    pub months: BTreeMap<String, u64>,
    /// Pages by encoding.
    pub encodings: BTreeMap<String, u64>,
    /// Facts by kind.
    pub kinds: BTreeMap<String, u64>,
    /// Facts by canonical metric; `?` where there is none.
    pub metrics: BTreeMap<String, u64>,
}

impl Stats {
    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Self) {
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.characters += other.characters;
        self.dropped += other.dropped;
        self.problems += other.problems;
        self.facts += other.facts;
        for (to, from) in [
            (&mut self.sites, other.sites),
            (&mut self.months, other.months),
            (&mut self.encodings, other.encodings),
            (&mut self.kinds, other.kinds),
            (&mut self.metrics, other.metrics),
        ] {
            for (key, count) in from {
                *to.entry(key).or_default() += count;
            }
        }
    }

    /// The counts of one page.
    fn of_page(raw: &RawPage<'_>, extractor: &Extractor) -> Self {
        let article = extractor.page_rules().read_raw(raw);
        let text = article.text.as_str();
        let mut stats = Self { pages: 1, bytes: raw.bytes.len() as u64, ..Self::default() };
        for block in &article.page.blocks {
            let characters = text[block.span.clone()].chars().count() as u64;
            stats.characters += characters;
            stats.dropped += if block.keep { 0 } else { characters };
        }
        let site = article.uri.as_deref().and_then(host).unwrap_or("?");
        stats.sites.insert(site.to_owned(), 1);
        let month = article.published.map(|day| format!("{:04}-{:02}", day.year(), day.month()));
        stats.months.insert(month.unwrap_or_else(|| "?".to_owned()), 1);
        stats.encodings.insert(article.encoding.label().to_owned(), 1);
        extractor.extract(raw, &mut |fact| {
            stats.facts += 1;
            *stats.kinds.entry(fact.kind.as_str().to_owned()).or_default() += 1;
            let metric = fact.metric.as_ref().and_then(|metric| metric.id.as_deref()).unwrap_or("?");
            *stats.metrics.entry(metric.to_owned()).or_default() += 1;
        });
        stats
    }

    /// The maps with their headings, for people.
    fn maps(&self) -> [(&'static str, &BTreeMap<String, u64>, Order); 5] {
        [
            ("Sites", &self.sites, Order::Count),
            ("Months of publication", &self.months, Order::Name),
            ("Encodings", &self.encodings, Order::Count),
            ("Facts by kind", &self.kinds, Order::Count),
            ("Facts by metric", &self.metrics, Order::Count),
        ]
    }

    /// The single counts with their names, for people.
    fn totals(&self) -> [(&'static str, String); 6] {
        let share = (self.dropped * 1000).checked_div(self.characters).unwrap_or(0);
        [
            ("Pages", self.pages.to_string()),
            ("Bytes", self.bytes.to_string()),
            ("Characters of text", self.characters.to_string()),
            ("Dropped as boilerplate or spam", format!("{}.{}%", share / 10, share % 10)),
            ("Facts", self.facts.to_string()),
            ("Problems", self.problems.to_string()),
        ]
    }
}

/// How the entries of a map are sorted for people.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Name,
    /// The most frequent first.
    Count,
}

/// Entries of a map for people, at most `most` of them.
fn ranked(map: &BTreeMap<String, u64>, order: Order, most: usize) -> Vec<(String, u64)> {
    let mut rows: Vec<_> = map.iter().map(|(key, count)| (key.clone(), *count)).collect();
    if order == Order::Count {
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    let rest: u64 = rows.iter().skip(most).map(|(_, count)| count).sum();
    rows.truncate(most);
    if rest > 0 {
        rows.push(("(others)".to_owned(), rest));
    }
    rows
}

/// Counts all pages of `feed`, read in `encoding` where their archive tells none, with the threads of the current rayon pool;
/// `report` hears of problems.
pub fn collect(
    feed: Feed,
    encoding: Option<Encoding>,
    extractor: &Extractor,
    report: &mut dyn FnMut(&Problem),
) -> Stats {
    let mut stats = Stats::default();
    let mut batch = Vec::new();
    for item in feed {
        let mut problems = Vec::new();
        let pages = item.pages(&mut problems).into_iter();
        batch.extend(pages.map(|page| RawPage { encoding: page.encoding.or(encoding), ..page }));
        problems.iter().for_each(&mut *report);
        stats.problems += problems.iter().filter(|p| p.severity > Severity::Note).count() as u64;
        if batch.len() >= BATCH {
            count(&mut batch, extractor, &mut stats);
        }
    }
    count(&mut batch, extractor, &mut stats);
    stats
}

fn count(batch: &mut Vec<RawPage<'static>>, extractor: &Extractor, stats: &mut Stats) {
    let pages: Vec<Stats> = batch.par_iter().map(|page| Stats::of_page(page, extractor)).collect();
    for page in pages {
        stats.add(page);
    }
    batch.clear();
}

/// `https://bao.example:80/a` → `bao.example`.
pub(crate) fn host(uri: &str) -> Option<&str> {
    let rest = uri.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSources;

    #[test]
    fn counts_add_up() {
        let extractor = Extractor::new(&RuleSources::builtin()).unwrap();
        let lines = concat!(
            r#"{"text":"Xã Tân Lập có 120 ha rừng.","url":"https://www.bao.example/1","published":"2020-06-01"}"#,
            "\n",
            r#"{"text":"Tỷ lệ hộ nghèo của huyện còn 4,5%.","url":"https://bao.example/2"}"#,
            "\n{broken\n"
        );
        let feed = Feed::of_bytes("a.jsonl", lines.as_bytes().to_vec());
        let stats = collect(feed, None, &extractor, &mut |_| {});
        assert_eq!((stats.pages, stats.problems), (2, 1));
        assert_eq!(stats.sites, BTreeMap::from([("bao.example".to_owned(), 2)]));
        assert_eq!(stats.months.get("2020-06"), Some(&1));
        assert_eq!(stats.facts, stats.kinds.values().sum::<u64>());
        assert!(stats.table().contains("bao.example") && stats.html().contains("bao.example"));
        let mut twice = stats.clone();
        twice.add(stats.clone());
        assert_eq!(twice.pages, 4);
    }

    #[test]
    fn names_from_an_archive_act_neither_on_a_terminal_nor_in_a_page() {
        let odd = || BTreeMap::from([("a\u{1b}[31m<i>red\u{202e}.example".to_owned(), 1)]);
        let stats = Stats { sites: odd(), metrics: odd(), ..Stats::default() };
        for shown in [stats.table(), stats.html()] {
            assert_eq!(shown.matches("red\u{FFFD}.example").count(), 2, "{shown}");
            assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
        }
        assert!(!stats.html().contains("<i>"));
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.bao.example:8080/x"), Some("bao.example"));
        assert_eq!(host("urn:x"), None);
    }
}

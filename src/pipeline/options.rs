//! How to run.

use std::collections::HashSet;

use globset::GlobSet;
use jiff::civil::Date;
use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128};

use super::Duplicates;
use crate::source::{Item, RawPage};
use crate::text::Encoding;

/// How to run. The default reads everything with one thread.
#[derive(Debug, Default)]
pub struct Options {
    /// Threads.
    pub jobs: usize,
    /// Which pages to read.
    pub filter: Filter,
    /// Stop after so many pages.
    pub limit: Option<u64>,
    /// Let the first problem that is more than a note end the run.
    pub strict: bool,
    /// The encoding of all pages whose archive does not tell it; otherwise it is found page by page.
    pub encoding: Option<Encoding>,
    /// The day of publication of pages that state none.
    pub published: Option<Date>,
    /// Look for pages with nearly the same article.
    pub duplicates: Option<Duplicates>,
    /// Go on behind what an earlier run has done already.
    pub resume: Option<Resume>,
}

/// What an earlier run has done.
#[derive(Debug, Clone)]
pub struct Resume {
    /// Units of pages.
    pub units: u64,
    /// What they came to.
    pub tally: crate::Tally,
}

/// Which pages are read. What is absent lets everything through.
#[derive(Debug, Default)]
pub struct Filter {
    /// Paths, addresses or names in archives that are read.
    pub select: Option<GlobSet>,
    /// Those that are not.
    pub exclude: Option<GlobSet>,
    /// Days of publication. Pages whose day is not known are left out where there is a first or last one.
    pub published: Days,
    /// The share of pages that is read, in 2⁻⁶⁴; which ones depends on path and record only.
    pub sample: Option<u64>,
    /// Read only a share of the pages.
    pub shard: Option<Shard>,
    /// Contents that are known already, as [`content_hash`] names them.
    pub seen: Option<HashSet<u128>>,
}

/// Days from the first to the last, both included; where one is absent, there is no such bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
}

impl Days {
    /// Whether all days are meant, those that are not known included.
    fn is_any(self) -> bool {
        self == Self::default()
    }

    fn has(self, day: Date) -> bool {
        self.first.is_none_or(|first| day >= first) && self.last.is_none_or(|last| day <= last)
    }
}

/// One of several shares of the pages; a hash over path and record tells which page is in which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 0.
    pub part: u64,
    /// How many there are.
    pub of: u64,
}

/// Names the content of a page: XXH3 with 128 bits over its bytes as stored.
pub fn content_hash(page: &RawPage<'_>) -> u128 {
    xxh3_128(&page.bytes)
}

impl Filter {
    /// Whether an item need not even be read. A path and the place in its archive decide, so the answer is the same
    /// on every machine.
    pub(super) fn skips(&self, item: &Item) -> bool {
        let Some(key) = item.key() else { return false };
        let hash = |seed| xxh3_64_with_seed(key.as_bytes(), seed);
        self.shard.is_some_and(|shard| hash(0) % shard.of.max(1) != shard.part)
            || self.sample.is_some_and(|share| hash(1) > share)
    }

    /// Whether a page is to be read, as far as its archive tells.
    pub(super) fn wants(&self, page: &RawPage<'_>) -> bool {
        let hit = |globs: &GlobSet| {
            let names = [page.uri.as_deref(), page.record.as_deref()];
            globs.is_match(page.path.as_ref()) || names.into_iter().flatten().any(|name| globs.is_match(name))
        };
        let old = || self.seen.as_ref().is_some_and(|seen| seen.contains(&content_hash(page)));
        self.select.as_ref().is_none_or(hit) && !self.exclude.as_ref().is_some_and(hit) && !old()
    }

    /// Whether pages must be read to know whether they are wanted: many say only in their text when they were published.
    pub(super) fn asks_for_days(&self) -> bool {
        !self.published.is_any()
    }

    /// Whether a page of that day is wanted.
    pub(super) fn wants_day(&self, day: Option<Date>) -> bool {
        self.published.is_any() || day.is_some_and(|day| self.published.has(day))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_page_is_in_one_shard() {
        let page = |i: usize| Item::Page(RawPage { path: format!("p{i}").into(), ..RawPage::default() });
        for i in 0..100 {
            let shard = |part| Filter { shard: Some(Shard { part, of: 4 }), ..Filter::default() };
            let taken = (0..4).filter(|&part| !shard(part).skips(&page(i))).count();
            assert_eq!(taken, 1);
        }
    }

    #[test]
    fn days_are_inclusive() {
        let filter =
            Filter { published: Days { first: Some(date(2020, 1, 1)), last: None }, ..Filter::default() };
        assert!(filter.wants_day(Some(date(2020, 1, 1))));
        assert!(!filter.wants_day(Some(date(2019, 12, 31))));
        assert!(!filter.wants_day(None));
        assert!(Filter::default().wants_day(None));
    }
}

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
    /// Go on after so many units, of which the tally is given: what an earlier run has done already.
    pub resume: Option<(u64, crate::Tally)>,
}

/// Which pages are read. What is absent lets everything through.
#[derive(Debug, Default)]
pub struct Filter {
    /// Paths, addresses or names in archives that are read.
    pub select: Option<GlobSet>,
    /// Those that are not.
    pub exclude: Option<GlobSet>,
    /// First and last day of publication. Pages whose day is not known are left out where one is given.
    pub published: (Option<Date>, Option<Date>),
    /// The share of pages that is read, in 2⁻⁶⁴; which ones depends on path and record only.
    pub sample: Option<u64>,
    /// Read the part `.0` (from 0) of `.1` parts.
    pub shard: Option<(u64, u64)>,
    /// Contents that are known already, as [`content_hash`] names them.
    pub seen: Option<HashSet<u128>>,
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
        self.shard.is_some_and(|(part, of)| hash(0) % of.max(1) != part)
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
        self.published != (None, None)
    }

    /// Whether a page of that day is wanted.
    pub(super) fn wants_day(&self, day: Option<Date>) -> bool {
        let (first, last) = self.published;
        match day {
            Some(day) => first.is_none_or(|first| day >= first) && last.is_none_or(|last| day <= last),
            None => first.is_none() && last.is_none(),
        }
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
            let shard = |part| Filter { shard: Some((part, 4)), ..Filter::default() };
            let taken = (0..4).filter(|&part| !shard(part).skips(&page(i))).count();
            assert_eq!(taken, 1);
        }
    }

    #[test]
    fn days_are_inclusive() {
        let filter = Filter { published: (Some(date(2020, 1, 1)), None), ..Filter::default() };
        assert!(filter.wants_day(Some(date(2020, 1, 1))));
        assert!(!filter.wants_day(Some(date(2019, 12, 31))));
        assert!(!filter.wants_day(None));
        assert!(Filter::default().wants_day(None));
    }
}

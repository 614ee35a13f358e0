//! Units of work: a few pages at a time.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Summary;
use super::options::{Filter, content_hash};
use crate::Extractor;
use crate::source::{Feed, Item, Problem, RawPage};

/// A unit is closed when it has so many items …
const MAX_ITEMS: usize = 64;
/// … or so many bytes that are already in memory.
const MAX_BYTES: usize = 256 << 10;

/// Cuts a feed into numbered units. The same input always gives the same units.
pub(super) struct Units {
    feed: Feed,
    next: u64,
}

impl Units {
    pub(super) fn new(feed: Feed) -> Self {
        Self { feed, next: 0 }
    }

    /// The next unit and its number; `None` at the end of the feed.
    pub(super) fn next(&mut self) -> Option<(u64, Vec<Item>)> {
        let mut items = Vec::new();
        let mut bytes = 0;
        while items.len() < MAX_ITEMS && bytes < MAX_BYTES {
            let Some(item) = self.feed.next() else { break };
            bytes += item.size();
            items.push(item);
        }
        if items.is_empty() {
            return None;
        }
        let number = self.next;
        self.next += 1;
        Some((number, items))
    }
}

/// What a unit came to.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Facts as JSON Lines.
    pub(super) lines: Vec<u8>,
    pub(super) problems: Vec<Problem>,
    /// Every page that was read: where its lines end, and its counts.
    pub(super) pages: Vec<(usize, Summary)>,
    /// Pages that were left out.
    pub(super) skipped: u64,
    /// Names of the contents that were read, where they are to be remembered.
    pub(super) seen: Vec<u128>,
}

impl Done {
    /// Reads the pages of a unit.
    pub(super) fn read(unit: Vec<Item>, filter: &Filter, extractor: &Extractor) -> Self {
        let mut done = Self::default();
        for item in unit {
            if filter.skips(&item) {
                done.skipped += 1;
                continue;
            }
            let mut problems = std::mem::take(&mut done.problems);
            item.load(&mut problems, &mut |problems, page| {
                if filter.wants(&page) {
                    done.read_page(&page, filter, extractor, problems);
                } else {
                    done.skipped += 1;
                }
            });
            done.problems = problems;
        }
        done
    }

    /// Only the names of the contents of a unit that an earlier run has read.
    pub(super) fn remember(unit: Vec<Item>, filter: &Filter) -> Self {
        let mut done = Self::default();
        for item in unit.into_iter().filter(|item| filter.seen.is_some() && !filter.skips(item)) {
            item.load(&mut Vec::new(), &mut |_, page| {
                if filter.wants(&page) {
                    done.seen.push(content_hash(&page));
                }
            });
        }
        done
    }

    /// Keeps the first `count` pages.
    pub(super) fn truncate(&mut self, count: usize) {
        if count < self.pages.len() {
            self.pages.truncate(count);
            self.lines.truncate(self.pages.last().map_or(0, |(end, _)| *end));
            self.seen.truncate(count);
        }
    }

    /// The counts of all pages.
    pub(super) fn summary(&self) -> Summary {
        let mut summary = Summary { skipped: self.skipped, ..Summary::default() };
        self.pages.iter().for_each(|(_, page)| summary.add(page));
        summary
    }

    /// Reads one page. A panic costs that page only: what it had written is taken back.
    fn read_page(
        &mut self,
        page: &RawPage<'_>,
        filter: &Filter,
        extractor: &Extractor,
        problems: &mut Vec<Problem>,
    ) {
        let before = self.lines.len();
        let lines = &mut self.lines;
        let mut facts = 0;
        let result = catch_unwind(AssertUnwindSafe(|| {
            extractor.extract(page, &mut |fact| {
                if !filter.wants_day(fact.source.published) {
                    return;
                }
                facts += 1;
                // Writing to memory cannot fail, and a fact has only keys and values that JSON can hold.
                let _ = serde_json::to_writer(&mut *lines, &fact);
                let _ = lines.write_all(b"\n");
            })
        }));
        if let Ok(report) = result {
            let (bytes, replaced) = (page.bytes.len() as u64, report.replaced as u64);
            let summary = Summary { pages: 1, bytes, facts, replaced, ..Summary::default() };
            self.pages.push((self.lines.len(), summary));
            if filter.seen.is_some() {
                self.seen.push(content_hash(page));
            }
        } else {
            self.lines.truncate(before);
            let problem = Problem::error(page.path.as_ref(), "internal error: reading this page panicked");
            problems.push(problem.in_record(page.record.as_deref()));
        }
    }
}

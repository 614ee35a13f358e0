//! Units of work: a few pages at a time.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Summary;
use crate::Extractor;
use crate::source::{Feed, Item, Problem, RawPage};

/// A unit is closed when it has so many items …
const MAX_ITEMS: usize = 64;
/// … or so many bytes that are already in memory.
const MAX_BYTES: usize = 256 << 10;

/// Cuts a feed into numbered units.
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
    pub(super) summary: Summary,
}

impl Done {
    /// Reads the pages of a unit.
    pub(super) fn read(unit: Vec<Item>, extractor: &Extractor) -> Self {
        let mut done = Self::default();
        for item in unit {
            done.read_item(item, extractor);
        }
        done
    }

    fn read_item(&mut self, item: Item, extractor: &Extractor) {
        let mut problems = std::mem::take(&mut self.problems);
        item.load(&mut problems, &mut |problems, page| {
            self.read_page(&page, extractor, problems);
        });
        self.problems = problems;
    }

    /// Reads one page. A panic costs that page only: what it had written is taken back.
    fn read_page(&mut self, page: &RawPage<'_>, extractor: &Extractor, problems: &mut Vec<Problem>) {
        let before = self.lines.len();
        let lines = &mut self.lines;
        let result = catch_unwind(AssertUnwindSafe(|| {
            extractor.extract(page, &mut |fact| {
                // Writing to memory cannot fail, and a fact has only keys and values that JSON can hold.
                let _ = serde_json::to_writer(&mut *lines, &fact);
                let _ = lines.write_all(b"\n");
            })
        }));
        if let Ok(report) = result {
            self.summary.pages += 1;
            self.summary.bytes += page.bytes.len() as u64;
            self.summary.facts += report.facts as u64;
            self.summary.replaced += report.replaced as u64;
        } else {
            self.lines.truncate(before);
            let problem = Problem::error(page.path.as_ref(), "internal error: reading this page panicked");
            problems.push(problem.in_record(page.record.as_deref()));
        }
    }
}

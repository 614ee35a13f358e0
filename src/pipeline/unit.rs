//! Units of work: a few pages at a time.

use std::borrow::Cow;
use std::io;
use std::iter::Peekable;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::duplicates::{Answer, Index, Signature};
use super::lines::{Lines, Pieces};
use super::options::content_hash;
use super::{LazyExtractor, Options, RunError};
use crate::Extractor;
use crate::Tally;
use crate::fact::PageName;
use crate::page::Article;
use crate::source::{Feed, Item, Problem, RawPage};

/// A unit is closed when it has so many items …
const MAX_ITEMS: usize = 64;
/// … or so many bytes that are already in memory.
const MAX_BYTES: usize = 64 << 10;

/// What duplicates of a page are told by, and its name; `None` where its article has no words.
type Signed = Option<(Signature, PageName<'static>)>;

/// Cuts a feed into numbered units. The same input always gives the same units.
pub(super) struct Units {
    feed: Peekable<Feed>,
    next: u64,
}

impl Units {
    pub(super) fn new(feed: Feed) -> Self {
        Self { feed: feed.peekable(), next: 0 }
    }

    /// Whether there is nothing to read.
    pub(super) fn is_empty(&mut self) -> bool {
        self.feed.peek().is_none()
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
    pub(super) lines: Lines,
    pub(super) problems: Vec<Problem>,
    /// Every page that was read: where its lines end, and its counts.
    pub(super) pages: Vec<(u64, Tally)>,
    /// Pages that were left out.
    pub(super) skipped: u64,
    /// Names of the contents that were read, where they are to be remembered.
    pub(super) seen: Vec<u128>,
    /// Whether a page made the program panic.
    panicked: bool,
    /// The articles of all pages, where duplicates are looked for; also of those that an earlier run has read.
    articles: Vec<Signed>,
}

impl Done {
    /// Reads the pages of a unit.
    pub(super) fn read(unit: Vec<Item>, options: &Options, extractor: &Extractor) -> Self {
        let mut done = Self::default();
        for item in unit {
            if options.filter.skips(&item) {
                done.skipped += 1;
                continue;
            }
            let mut problems = std::mem::take(&mut done.problems);
            item.load(&mut problems, &mut |problems, mut page| {
                page.encoding = page.encoding.or(options.encoding);
                if options.filter.wants(&page) {
                    done.read_page(&page, options, extractor, problems);
                } else {
                    done.skipped += 1;
                }
            });
            done.problems = problems;
        }
        done
    }

    /// Only what later units need to know of a unit that an earlier run has read: contents and articles.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub(super) fn remember(
        unit: Vec<Item>,
        options: &Options,
        extractor: &LazyExtractor,
    ) -> Result<Self, RunError> {
        let mut done = Self::default();
        let filter = &options.filter;
        if filter.seen.is_none() && options.duplicates.is_none() {
            return Ok(done);
        }
        if options.resume.as_ref().is_some_and(|earlier| earlier.tally.panicked) {
            // Which pages it was shows only where they are read once more; they are not known.
            let Self { seen, articles, .. } = Self::read(unit, options, extractor.get()?);
            return Ok(Self { seen, articles, ..done });
        }
        let reads = options.duplicates.is_some() || filter.asks_for_days();
        let extractor = if reads { Some(extractor.get()?) } else { None };
        for item in unit.into_iter().filter(|item| !filter.skips(item)) {
            item.load(&mut Vec::new(), &mut |_, mut page| {
                page.encoding = page.encoding.or(options.encoding);
                if !filter.wants(&page) {
                    return;
                }
                let article = extractor.map(|extractor| article(&page, options, extractor));
                if article.as_ref().is_some_and(|article| !filter.wants_day(article.published)) {
                    return;
                }
                if filter.seen.is_some() {
                    done.seen.push(content_hash(&page));
                }
                if options.duplicates.is_some() {
                    done.articles.push(article.and_then(|article| signed(&page, &article)));
                }
            });
        }
        Ok(done)
    }

    /// Leaves out or marks the facts of pages whose article `index` knows already.
    ///
    /// # Errors
    /// Where facts were put into a temporary file that cannot be read.
    pub(super) fn resolve_duplicates(&mut self, index: &mut Index) -> io::Result<()> {
        let answers: Vec<Answer> = std::mem::take(&mut self.articles)
            .into_iter()
            .map(|article| article.map_or(Answer::New, |(signature, name)| index.take(&signature, &name)))
            .collect();
        if answers.iter().all(|answer| *answer == Answer::New) {
            return Ok(());
        }
        let mut lines = std::mem::take(&mut self.lines);
        let mut start = 0;
        for ((end, tally), answer) in self.pages.iter_mut().zip(answers) {
            let own = start..*end;
            start = *end;
            tally.duplicates = u64::from(answer != Answer::New);
            let kept = &mut self.lines;
            let mut keep = |lines: &[u8]| -> io::Result<()> {
                kept.add(|end| match &answer {
                    Answer::Mark(first) => mark(lines, first, end),
                    _ => end.extend_from_slice(lines),
                });
                Ok(())
            };
            if answer == Answer::Drop {
                tally.facts = 0;
            } else {
                lines.pass(own, &mut keep)?;
            }
            *end = self.lines.len();
        }
        Ok(())
    }

    /// Keeps the first `count` pages.
    pub(super) fn truncate(&mut self, count: usize) {
        if count < self.pages.len() {
            self.pages.truncate(count);
            self.lines.truncate(self.pages.last().map_or(0, |(end, _)| *end));
            self.seen.truncate(count);
            self.articles.truncate(count);
        }
    }

    /// The counts of all pages.
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally { skipped: self.skipped, panicked: self.panicked, ..Tally::default() };
        self.pages.iter().for_each(|(_, page)| tally.add(page));
        tally
    }

    /// Reads one page. A panic costs that page only: what it had written is taken back.
    fn read_page(
        &mut self,
        page: &RawPage<'_>,
        options: &Options,
        extractor: &Extractor,
        problems: &mut Vec<Problem>,
    ) {
        let before = self.lines.len();
        let result = catch_unwind(AssertUnwindSafe(|| self.write_facts(page, options, extractor)));
        match result {
            Ok(None) => self.skipped += 1,
            Ok(Some((tally, signature))) => {
                self.articles.extend(signature);
                self.pages.push((self.lines.len(), tally));
                if options.filter.seen.is_some() {
                    self.seen.push(content_hash(page));
                }
            }
            Err(_) => {
                self.lines.truncate(before);
                self.panicked = true;
                let problem =
                    Problem::error(page.path.as_ref(), "internal error: reading this page panicked");
                problems.push(problem.in_record(page.record.as_deref()));
            }
        }
    }

    /// Writes the facts of a page, and says what that came to; `None` where the user does not want pages of its day.
    fn write_facts(
        &mut self,
        page: &RawPage<'_>,
        options: &Options,
        extractor: &Extractor,
    ) -> Option<(Tally, Option<Signed>)> {
        #[cfg(test)]
        assert!(page.record.as_deref() != Some(super::tests::PANICS), "a page that makes the program panic");
        let article = article(page, options, extractor);
        if !options.filter.wants_day(article.published) {
            return None;
        }
        let signature = options.duplicates.map(|_| signed(page, &article));
        let lines = &mut self.lines;
        let report = extractor.extract_article(page, &article, &mut |fact| {
            // Writing to memory cannot fail, and a fact has only keys and values that JSON can hold.
            let _ = serde_json::to_writer(Pieces(lines.end()), &fact);
            lines.end().push(b'\n');
            lines.settle();
        });
        let bytes = page.bytes.len() as u64;
        let tally = Tally {
            pages: 1,
            bytes,
            empty: u64::from(bytes == 0),
            facts: report.facts as u64,
            replaced: report.replaced as u64,
            ..Tally::default()
        };
        Some((tally, signature))
    }
}

/// The article of a page, which is of the day that the user tells where it states none.
fn article<'a>(page: &'a RawPage<'a>, options: &Options, extractor: &Extractor) -> Article<'a> {
    let mut article = extractor.page_rules().read_raw(page);
    article.published = article.published.or(options.published);
    article
}

fn signed(page: &RawPage<'_>, article: &Article<'_>) -> Signed {
    let owned = |text: &str| Cow::Owned(text.to_owned());
    let name = PageName { path: owned(&page.path), record: page.record.as_deref().map(owned) };
    Signature::of(article).map(|signature| (signature, name))
}

/// Adds to each line of JSON which page it is a duplicate of; it is the last key of a record.
fn mark(lines: &[u8], first: &PageName<'_>, to: &mut Vec<u8>) {
    let name = serde_json::to_string(first).unwrap_or_default();
    for line in lines.split_inclusive(|&b| b == b'\n') {
        let record = line.strip_suffix(b"}\n").unwrap_or(line);
        to.extend_from_slice(record);
        to.extend_from_slice(b",\"duplicates_of\":");
        to.extend_from_slice(name.as_bytes());
        to.extend_from_slice(b"}\n");
    }
}

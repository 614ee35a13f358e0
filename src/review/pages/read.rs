//! Reads both sides at the same pace and pairs their pages by name.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, Scope};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::{Article, PageChange, Totals};
use crate::page::PageRules;
use crate::source::{Feed, Fields, Input, Item, Problem, RawPage, shown};

/// How many items are read at once, in parallel.
const ITEMS_AT_ONCE: usize = 128;
/// How many such batches wait to be compared.
const WAITING: usize = 2;

/// One side: where its pages are, and the rules that find their articles.
#[derive(Debug)]
pub struct Side<'s> {
    /// Files or folders.
    pub inputs: Vec<String>,
    /// The rules.
    pub rules: &'s PageRules,
    /// The folder that names of pages are relative to; absent: they are whole paths.
    pub root: Option<PathBuf>,
    /// Where records have their pages.
    pub fields: Fields,
}

impl Side<'_> {
    /// The name of the root where that is a file and no folder.
    fn file_name(&self) -> Option<String> {
        let file = self.root.as_deref().filter(|root| !root.is_dir())?;
        Some(file.file_name()?.to_string_lossy().into_owned())
    }

    /// Whether this is what git gives for the side that does not have the page.
    fn has_no_page(&self) -> bool {
        self.root.as_deref() == Some(Path::new("/dev/null"))
    }
}

/// Names a line, so that its text need not be kept.
pub(super) fn line_name(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// Compares the articles of both sides and gives each page that differs to `each`, in the order of the pages. Problems
/// of reading go to `problem`.
///
/// # Errors
/// What `each` returns.
pub fn compare<E>(
    old: &Side<'_>,
    new: &Side<'_>,
    problem: &(impl Fn(&Problem) + Sync),
    each: &mut dyn FnMut(PageChange) -> Result<(), E>,
) -> Result<Totals, E> {
    let mut totals = Totals::default();
    // Two files are compared whatever they are called.
    let [old_file, new_file] = match [old.file_name(), new.file_name()] {
        [Some(old), Some(_)] if new.has_no_page() => [Some(old.clone()), Some(old)],
        [Some(_), Some(new)] => [Some(new.clone()), Some(new)],
        names => names,
    };
    let mut differing = thread::scope(|scope| {
        let old = Pages::start(scope, old, old_file, problem);
        pair(old, Pages::start(scope, new, new_file, problem), &mut totals)
    });
    differing.sort_by_key(|(number, _)| *number);
    for (_, page) in differing {
        totals.add(&page);
        each(page)?;
    }
    Ok(totals)
}

/// Pairs pages of the same name in turn, and keeps those that differ with their place.
fn pair(mut old: Pages, mut new: Pages, totals: &mut Totals) -> Vec<((u64, usize), PageChange)> {
    let mut waiting: [FxHashMap<String, VecDeque<(u64, Article)>>; 2] = Default::default();
    let mut differing = Vec::new();
    loop {
        let next = [old.next(), new.next()];
        if next.iter().all(Option::is_none) {
            break;
        }
        for (side, article) in next.into_iter().enumerate() {
            let Some(article) = article else { continue };
            let count = if side == 0 { &mut totals.old } else { &mut totals.new };
            let number = *count;
            *count += 1;
            let Some((_, other)) = waiting[1 - side].get_mut(&article.name).and_then(VecDeque::pop_front)
            else {
                waiting[side].entry(article.name.clone()).or_default().push_back((number, article));
                continue;
            };
            let (old, new) = if side == 0 { (article, other) } else { (other, article) };
            if old.lines != new.lines {
                differing.push(((number, side), PageChange::new(old, new)));
            }
        }
    }
    let [old, new] = waiting;
    let alone = |(number, article): (u64, Article), side: usize| {
        let (old, new) =
            if side == 0 { (article, Article::default()) } else { (Article::default(), article) };
        ((number, side), PageChange::new(old, new))
    };
    differing.extend(old.into_values().flatten().map(|page| alone(page, 0)));
    differing.extend(new.into_values().flatten().map(|page| alone(page, 1)));
    differing
}

/// The articles of one side, read by a thread of its own.
struct Pages {
    batches: Receiver<Vec<Article>>,
    batch: std::vec::IntoIter<Article>,
}

impl Pages {
    fn start<'scope>(
        scope: &'scope Scope<'scope, '_>,
        side: &'scope Side<'scope>,
        file: Option<String>,
        problem: &'scope (impl Fn(&Problem) + Sync),
    ) -> Self {
        let (sender, batches) = sync_channel(WAITING);
        scope.spawn(move || read(side, file.as_deref(), problem, &sender));
        Self { batches, batch: Vec::new().into_iter() }
    }

    fn next(&mut self) -> Option<Article> {
        loop {
            if let Some(article) = self.batch.next() {
                return Some(article);
            }
            self.batch = self.batches.recv().ok()?.into_iter();
        }
    }
}

fn read(
    side: &Side<'_>,
    file: Option<&str>,
    problem: &(impl Fn(&Problem) + Sync),
    to: &SyncSender<Vec<Article>>,
) {
    let mut feed = Feed::with_fields(side.inputs.iter().map(Input::from_arg).collect(), side.fields.clone());
    loop {
        let items: Vec<Item> = feed.by_ref().take(ITEMS_AT_ONCE).collect();
        if items.is_empty() {
            return;
        }
        let load = |item: Item| {
            let (mut articles, mut problems) = (Vec::new(), Vec::new());
            item.load(&mut problems, &mut |_, page| articles.push(article(&page, side, file)));
            (articles, problems)
        };
        let loaded: Vec<_> = items.into_par_iter().map(load).collect();
        let mut batch = Vec::new();
        for (articles, problems) in loaded {
            problems.iter().for_each(problem);
            batch.extend(articles);
        }
        if to.send(batch).is_err() {
            return;
        }
    }
}

fn article(raw: &RawPage<'_>, side: &Side<'_>, file: Option<&str>) -> Article {
    let read = side.rules.read_raw(raw);
    let text = read.text.as_str();
    let mut article = Article { name: name(raw, side.root.as_deref(), file), ..Article::default() };
    let said = |title: &str| read.page.blocks.iter().any(|b| b.keep && &text[b.span.clone()] == title);
    let title = read.title.as_deref().filter(|title| !said(title));
    article.lines.extend(title.map(|title| format!("title: {title}")));
    article.lines.extend(read.published.map(|day| format!("published: {day}")));
    for block in &read.page.blocks {
        if block.keep {
            article.lines.push(read.page.kept_text(text, block.span.clone()));
        } else {
            article.dropped.insert(line_name(&text[block.span.clone()]), block.rule);
        }
    }
    article
}

/// Path, below the root if there is one, and record. Where the root is a file, that has the name `file`.
fn name(raw: &RawPage<'_>, root: Option<&Path>, file: Option<&str>) -> String {
    let path = Path::new(&*raw.path);
    let below =
        || root.and_then(|root| path.strip_prefix(shown(root)).ok()).unwrap_or(path).to_string_lossy();
    match (&raw.record, file) {
        (Some(record), Some(_)) => format!("#{record}"),
        (Some(record), None) => format!("{}#{record}", below()),
        (None, Some(file)) => file.to_owned(),
        (None, None) => below().into_owned(),
    }
}

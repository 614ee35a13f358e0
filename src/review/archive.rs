//! The pages that facts cite, read again.

use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::fact::Fact;
use crate::source::{Feed, Fields, Input, RawPage};

/// How many pages of a container are held in memory and visited at once.
const PAGES_AT_ONCE: usize = 128;

/// Something that stands in a page of an archive.
pub trait Placed: Sync {
    /// The file.
    fn path(&self) -> &str;
    /// The record within a container.
    fn record(&self) -> Option<&str>;
}

impl Placed for Fact<'_> {
    fn path(&self) -> &str {
        &self.source.path
    }

    fn record(&self) -> Option<&str> {
        self.source.record.as_deref()
    }
}

/// Reads every page that `items` stand in once, in parallel, and gives it with its items to `visit`, which returns a
/// result for each of them. Items must be sorted by path and record; `fields`
/// says where records have their pages. Those whose page cannot be read have no result.
pub fn visit<P: Placed, T: Send + Clone>(
    items: &[P],
    archive: Option<&Path>,
    fields: &Fields,
    visit: &(impl Fn(&RawPage<'static>, &[P]) -> Vec<T> + Sync),
) -> Vec<Option<T>> {
    let files: Vec<&[P]> = items.chunk_by(|a, b| a.path() == b.path()).collect();
    let results: Vec<Vec<_>> =
        files.par_iter().map(|file| visit_file(file, archive, fields, visit)).collect();
    results.into_iter().flatten().collect()
}

/// Visits the pages of one file: itself, or those in it.
fn visit_file<P: Placed, T: Send + Clone>(
    items: &[P],
    archive: Option<&Path>,
    fields: &Fields,
    visit: &(impl Fn(&RawPage<'static>, &[P]) -> Vec<T> + Sync),
) -> Vec<Option<T>> {
    let mut results = vec![None; items.len()];
    let Some(first) = items.first() else { return results };
    let mut groups: FxHashMap<Option<Box<str>>, (usize, &[P])> = FxHashMap::default();
    let mut start = 0;
    for group in items.chunk_by(|a, b| a.record() == b.record()) {
        groups.insert(group[0].record().map(Into::into), (start, group));
        start += group.len();
    }
    let mut pages = Vec::new();
    let input = Input::Path(locate(first.path(), archive));
    for item in Feed::with_fields(vec![input], fields.clone()) {
        for page in item.pages(&mut Vec::new()) {
            if let Some((start, group)) = groups.remove(&page.record.as_deref().map(Into::into)) {
                pages.push((page, start, group));
            }
        }
        if pages.len() >= PAGES_AT_ONCE || groups.is_empty() {
            visit_pages(&mut pages, &mut results, visit);
        }
        if groups.is_empty() {
            break;
        }
    }
    visit_pages(&mut pages, &mut results, visit);
    results
}

fn visit_pages<P: Placed, T: Send + Clone>(
    pages: &mut Vec<(RawPage<'static>, usize, &[P])>,
    results: &mut [Option<T>],
    visit: &(impl Fn(&RawPage<'static>, &[P]) -> Vec<T> + Sync),
) {
    let found: Vec<Vec<T>> = pages.par_iter().map(|(page, _, group)| visit(page, group)).collect();
    for ((_, start, group), found) in pages.drain(..).zip(found) {
        for (slot, result) in results[start..start + group.len()].iter_mut().zip(found) {
            *slot = Some(result);
        }
    }
}

/// Where the file is below `archive`: as named, or with leading folders taken off until there is such a file.
pub(super) fn locate(path: &str, archive: Option<&Path>) -> PathBuf {
    let Some(archive) = archive else { return PathBuf::from(path) };
    let parts: Vec<_> =
        Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let mut tails = (0..parts.len()).map(|i| archive.join(parts[i..].iter().collect::<PathBuf>()));
    tails.find(|tail| tail.is_file()).unwrap_or_else(|| archive.join(path))
}

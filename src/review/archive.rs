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

/// Reads every page that `items` stand in once, in parallel, and gives it with its items to `visit`. Items must be
/// sorted by path and record; `fields` says where records have their pages. Gives the items of each page, in their
/// order, with what `visit` made of them; a page that cannot be read has no result.
pub fn visit<'p, P: Placed, T: Send>(
    items: &'p [P],
    archive: Option<&Path>,
    fields: &Fields,
    visit: &(impl Fn(&RawPage<'static>, &[P]) -> T + Sync),
) -> Vec<(&'p [P], Option<T>)> {
    let files: Vec<&[P]> = items.chunk_by(|a, b| a.path() == b.path()).collect();
    let results: Vec<Vec<_>> =
        files.par_iter().map(|file| visit_file(file, archive, fields, visit)).collect();
    results.into_iter().flatten().collect()
}

/// Visits the pages of one file: itself, or those in it.
fn visit_file<'p, P: Placed, T: Send>(
    items: &'p [P],
    archive: Option<&Path>,
    fields: &Fields,
    visit: &(impl Fn(&RawPage<'static>, &[P]) -> T + Sync),
) -> Vec<(&'p [P], Option<T>)> {
    let groups = items.chunk_by(|a, b| a.record() == b.record());
    let mut results: Vec<(&[P], Option<T>)> = groups.map(|group| (group, None)).collect();
    let Some(first) = items.first() else { return results };
    let mut wanted: FxHashMap<Option<Box<str>>, usize> = results
        .iter()
        .enumerate()
        .map(|(number, (group, _))| (group[0].record().map(Into::into), number))
        .collect();
    let mut pages = Vec::new();
    let input = Input::Path(locate(first.path(), archive));
    for item in Feed::with_fields(vec![input], fields.clone()) {
        for page in item.pages(&mut Vec::new()) {
            if let Some(number) = wanted.remove(&page.record.as_deref().map(Into::into)) {
                pages.push((page, number));
            }
        }
        if pages.len() >= PAGES_AT_ONCE || wanted.is_empty() {
            visit_pages(&mut pages, &mut results, visit);
        }
        if wanted.is_empty() {
            break;
        }
    }
    visit_pages(&mut pages, &mut results, visit);
    results
}

/// Visits pages, each with the number of its result.
fn visit_pages<P: Placed, T: Send>(
    pages: &mut Vec<(RawPage<'static>, usize)>,
    results: &mut [(&[P], Option<T>)],
    visit: &(impl Fn(&RawPage<'static>, &[P]) -> T + Sync),
) {
    let groups: Vec<&[P]> = pages.iter().map(|(_, number)| results[*number].0).collect();
    let found: Vec<T> = pages.par_iter().zip(groups).map(|((page, _), group)| visit(page, group)).collect();
    for ((_, number), found) in pages.drain(..).zip(found) {
        results[number].1 = Some(found);
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

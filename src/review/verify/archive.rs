//! The pages that facts cite, read again.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::check::{self, Outcome};
use super::{Citation, State};
use crate::source::{Feed, Input, RawPage};

/// How many pages of a container are held in memory and checked at once.
const PAGES_AT_ONCE: usize = 128;

/// Checks citations, which are sorted by path and record; gives an outcome for each.
pub(super) fn check_all(citations: &[Citation], archive: Option<&Path>) -> Vec<Outcome> {
    let files: Vec<&[Citation]> = citations.chunk_by(|a, b| a.path == b.path).collect();
    let outcomes: Vec<Vec<Outcome>> = files.par_iter().map(|file| check_file(file, archive)).collect();
    outcomes.into_iter().flatten().collect()
}

/// Checks the citations of one file: one page, or a container of many.
fn check_file(citations: &[Citation], archive: Option<&Path>) -> Vec<Outcome> {
    let mut outcomes = vec![(State::Missing, None); citations.len()];
    let Some(first) = citations.first() else { return outcomes };
    let mut groups: FxHashMap<Option<Box<str>>, _> = FxHashMap::default();
    let mut start = 0;
    for group in citations.chunk_by(|a, b| a.record == b.record) {
        groups.insert(group[0].record.clone(), start..start + group.len());
        start += group.len();
    }
    let mut pages = Vec::new();
    for item in Feed::new(vec![Input::Path(locate(&first.path, archive))]) {
        for page in item.pages(&mut Vec::new()) {
            if let Some(group) = groups.remove(&page.record.as_deref().map(Into::into)) {
                pages.push((page, group));
            }
        }
        if pages.len() >= PAGES_AT_ONCE || groups.is_empty() {
            check_pages(&mut pages, citations, &mut outcomes);
        }
        if groups.is_empty() {
            break;
        }
    }
    check_pages(&mut pages, citations, &mut outcomes);
    outcomes
}

type Group = (RawPage<'static>, std::ops::Range<usize>);

fn check_pages(pages: &mut Vec<Group>, citations: &[Citation], outcomes: &mut [Outcome]) {
    let checked: Vec<_> =
        pages.par_iter().map(|(page, group)| check::page(page, &citations[group.clone()])).collect();
    for ((_, group), found) in pages.drain(..).zip(checked) {
        outcomes[group].clone_from_slice(&found);
    }
}

/// Where the file is below `archive`: as named, or with leading folders taken off until there is such a file.
fn locate(path: &str, archive: Option<&Path>) -> PathBuf {
    let Some(archive) = archive else { return PathBuf::from(path) };
    let path = Path::new(path);
    let parts: Vec<_> =
        path.components().filter(|part| matches!(part, std::path::Component::Normal(_))).collect();
    let tails = (0..parts.len()).map(|i| archive.join(parts[i..].iter().collect::<PathBuf>()));
    tails
        .clone()
        .find(|tail| tail.is_file())
        .or_else(|| tails.clone().next())
        .unwrap_or_else(|| archive.join(path))
}

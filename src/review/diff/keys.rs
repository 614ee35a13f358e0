//! Which fact and which page a line is about, read without the rest of it.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::merge::UnmatchedLine;
use crate::sink::{Failure, SinkError, why_no_fact};

#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(borrow)]
    source: Place<'l>,
}

#[derive(Deserialize)]
struct Place<'l> {
    #[serde(borrow)]
    path: Cow<'l, str>,
    #[serde(borrow)]
    record: Option<Cow<'l, str>>,
    #[serde(borrow)]
    uri: Option<Cow<'l, str>>,
    #[serde(borrow)]
    sha256: Cow<'l, str>,
}

/// Hashes of what names a fact and its page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) id: u128,
    /// Path and record.
    pub(super) page: u128,
    /// Address, where there is one.
    pub(super) uri: Option<u64>,
    pub(super) sha256: u64,
    /// The last two parts of the path, and the last one; each with the record.
    pub(super) ends: [u64; 2],
}

/// The keys of all lines of a side.
pub(super) fn of(lines: &[UnmatchedLine], side: &str) -> Result<Vec<Key>, SinkError> {
    lines.par_iter().with_min_len(256).map(|held| key(held, side)).collect()
}

fn key(held: &UnmatchedLine, side: &str) -> Result<Key, SinkError> {
    let Line { id, source } =
        serde_json::from_slice(&held.line).map_err(|error| no_fact(held, side, &error))?;
    let record = source.record.as_deref().unwrap_or_default();
    let named = |path: &str| [path, "\0", record].concat();
    let mut slashes = source.path.rmatch_indices(['/', '\\']).map(|(at, _)| &source.path[at + 1..]);
    let last = slashes.next().unwrap_or(&source.path);
    let last_two = slashes.next().unwrap_or(&source.path);
    Ok(Key {
        id: xxh3_128(id.as_bytes()),
        page: xxh3_128(named(&source.path).as_bytes()),
        uri: source.uri.map(|uri| xxh3_64(uri.as_bytes())),
        sha256: xxh3_64(source.sha256.as_bytes()),
        ends: [last_two, last].map(|end| xxh3_64(named(end).as_bytes())),
    })
}

/// The line is not what a facts file has.
pub(super) fn no_fact(held: &UnmatchedLine, side: &str, error: &serde_json::Error) -> SinkError {
    let line = format!("line {}", held.number + 1);
    let place = if side.is_empty() { line } else { format!("{side}: {line}") };
    SinkError::new(Failure::Usage, &place, format!("is no fact: {}", why_no_fact(&held.line, error)))
}

/// Facts of both sides with the same id, as pairs of indices. Of several with that id, those on the same page go
/// together first, then those that come first.
pub(super) fn pair_by_id(old: &[Key], new: &[Key]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut old_free, mut new_free) = (vec![true; old.len()], vec![true; new.len()]);
    for same_page in [true, false] {
        let name = |key: &Key| (key.id, if same_page { key.page } else { 0 });
        let mut waiting: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (i, key) in old.iter().enumerate().rev().filter(|(i, _)| old_free[*i]) {
            waiting.entry(name(key)).or_default().push(i);
        }
        for (j, key) in new.iter().enumerate() {
            if !new_free[j] {
                continue;
            }
            if let Some(i) = waiting.get_mut(&name(key)).and_then(Vec::pop) {
                (old_free[i], new_free[j]) = (false, false);
                pairs.push((i, j));
            }
        }
    }
    pairs
}

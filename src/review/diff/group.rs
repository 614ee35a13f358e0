//! What differs, page by page. A page that moved is known by its address, its content, or the end of its path.

use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{self, Key};
use super::merge::UnmatchedLine;
use crate::sink::SinkError;

/// What differs on one page, as indices into the lines of both sides.
#[derive(Debug, Default, Clone)]
pub(super) struct Group {
    /// Where the first of its lines stands.
    first: (u64, usize),
    /// Facts of the same id.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Facts of the old side that have no counterpart by id.
    pub(super) old: Vec<usize>,
    /// Facts of the new side that have none.
    pub(super) new: Vec<usize>,
}

/// Pairs lines by id and groups them by page, in the order in which the pages come. `names` are those of the sides.
pub(super) fn by_page(
    old: &[UnmatchedLine],
    new: &[UnmatchedLine],
    names: &[String; 2],
) -> Result<Vec<Group>, SinkError> {
    let (old_keys, new_keys) = (keys::of(old, &names[0])?, keys::of(new, &names[1])?);
    let (mut old_free, mut new_free) = (vec![true; old.len()], vec![true; new.len()]);
    let mut groups: FxHashMap<u128, Group> = FxHashMap::default();
    for (i, j) in keys::pair_by_id(&old_keys, &new_keys) {
        (old_free[i], new_free[j]) = (false, false);
        enter(&mut groups, new_keys[j].page, (new[j].number, 1)).pairs.push((i, j));
    }
    let (old_alone, new_alone) = (unpaired(&old_keys, &old_free), unpaired(&new_keys, &new_free));
    let moved = moved_pages(&old_alone, &new_alone);
    for (i, key) in old_alone {
        let page = moved.get(&key.page).copied().unwrap_or(key.page);
        enter(&mut groups, page, (old[i].number, 0)).old.push(i);
    }
    for (j, key) in new_alone {
        enter(&mut groups, key.page, (new[j].number, 1)).new.push(j);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_unstable_by_key(|group| group.first);
    Ok(groups)
}

/// The lines that are free, by number, with their keys.
fn unpaired<'k>(keys: &'k [Key], free: &[bool]) -> Vec<(usize, &'k Key)> {
    keys.iter().enumerate().filter(|(i, _)| free[*i]).collect()
}

fn enter(groups: &mut FxHashMap<u128, Group>, page: u128, place: (u64, usize)) -> &mut Group {
    let group = groups.entry(page).or_insert_with(|| Group { first: place, ..Group::default() });
    group.first = group.first.min(place);
    group
}

/// Pages of which one side alone has unpaired facts, and under which other path the other side has the same page.
fn moved_pages(old: &[(usize, &Key)], new: &[(usize, &Key)]) -> FxHashMap<u128, u128> {
    let pages = |side: &[(usize, &Key)]| side.iter().map(|(_, key)| key.page).collect::<FxHashSet<_>>();
    let (old_pages, new_pages) = (pages(old), pages(new));
    let old = not_of(&new_pages, old);
    let new = not_of(&old_pages, new);
    let mut moved = FxHashMap::default();
    same_names(|key| key.uri, &old, &new, &mut moved);
    same_names(|key| Some(key.sha256), &old, &new, &mut moved);
    for end in [0, 1] {
        same_ends(end, &old, &new, &mut moved);
    }
    moved
}

fn not_of<'k>(pages: &FxHashSet<u128>, side: &[(usize, &'k Key)]) -> Vec<&'k Key> {
    side.iter().map(|(_, key)| *key).filter(|key| !pages.contains(&key.page)).collect()
}

/// Pairs pages of the same name; of several on the new side, the first.
fn same_names(
    name: impl Fn(&Key) -> Option<u64>,
    old: &[&Key],
    new: &[&Key],
    moved: &mut FxHashMap<u128, u128>,
) {
    let mut named: FxHashMap<u64, u128> = FxHashMap::default();
    for key in new {
        if let Some(name) = name(key) {
            named.entry(name).or_insert(key.page);
        }
    }
    for key in old {
        if let Some(page) = name(key).and_then(|name| named.get(&name)) {
            moved.entry(key.page).or_insert(*page);
        }
    }
}

/// Pairs what is left of the pages by the end of the path, as in two copies of one folder; where several pages of a
/// side end alike, none of them.
fn same_ends(end: usize, old: &[&Key], new: &[&Key], moved: &mut FxHashMap<u128, u128>) {
    let taken: FxHashSet<u128> = old.iter().filter_map(|key| moved.get(&key.page).copied()).collect();
    let only = |keys: &[&Key], is_left: &dyn Fn(u128) -> bool| {
        let mut pages: FxHashMap<u64, Option<u128>> = FxHashMap::default();
        for key in keys.iter().filter(|key| is_left(key.page)) {
            let page = pages.entry(key.ends[end]).or_insert(Some(key.page));
            *page = page.filter(|&page| page == key.page);
        }
        pages
    };
    let old = only(old, &|page| !moved.contains_key(&page));
    let new = only(new, &|page| !taken.contains(&page));
    let both = |(name, page): (u64, Option<u128>)| Some((page?, (*new.get(&name)?)?));
    moved.extend(old.into_iter().filter_map(both));
}

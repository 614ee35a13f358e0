//! What differs, page by page. A page that moved is known by its address, its content, or the end of its path.

use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{self, Key};
use super::merge::Held;
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
pub(super) fn by_page(old: &[Held], new: &[Held], names: &[String; 2]) -> Result<Vec<Group>, SinkError> {
    let keys = [keys::of(old, &names[0])?, keys::of(new, &names[1])?];
    let pairs = keys::pair_by_id(&keys[0], &keys[1]);
    let mut free = [vec![true; old.len()], vec![true; new.len()]];
    let mut groups: FxHashMap<u128, Group> = FxHashMap::default();
    for (i, j) in pairs {
        (free[0][i], free[1][j]) = (false, false);
        let group = enter(&mut groups, keys[1][j].page, (new[j].number, 1));
        group.pairs.push((i, j));
    }
    let moved = moved_pages(&keys, &free);
    for (side, lines) in [old, new].into_iter().enumerate() {
        for (i, held) in lines.iter().enumerate().filter(|(i, _)| free[side][*i]) {
            let page = keys[side][i].page;
            let page = if side == 0 { moved.get(&page).copied().unwrap_or(page) } else { page };
            let group = enter(&mut groups, page, (held.number, side));
            if side == 0 { &mut group.old } else { &mut group.new }.push(i);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_unstable_by_key(|group| group.first);
    Ok(groups)
}

fn enter(groups: &mut FxHashMap<u128, Group>, page: u128, place: (u64, usize)) -> &mut Group {
    let group = groups.entry(page).or_insert_with(|| Group { first: place, ..Group::default() });
    group.first = group.first.min(place);
    group
}

/// Pages of which one side alone has unpaired facts, and under which other path the other side has the same page.
fn moved_pages(keys: &[Vec<Key>; 2], free: &[Vec<bool>; 2]) -> FxHashMap<u128, u128> {
    let mut sides: FxHashMap<u128, u8> = FxHashMap::default();
    let each =
        |side: usize| keys[side].iter().zip(&free[side]).filter(|(_, free)| **free).map(|(key, _)| key);
    for side in [0, 1] {
        each(side).for_each(|key| *sides.entry(key.page).or_default() |= 1 << side);
    }
    let alone = |side: usize| each(side).filter(|key| sides[&key.page] == 1 << side).collect::<Vec<_>>();
    let (old, new) = (alone(0), alone(1));
    let mut moved = FxHashMap::default();
    for name in [|key: &Key| key.uri, |key: &Key| key.sha256] {
        let mut named: FxHashMap<u64, u128> = FxHashMap::default();
        new.iter().filter(|key| name(key) != 0).for_each(|key| {
            named.entry(name(key)).or_insert(key.page);
        });
        for key in &old {
            if let Some(page) = named.get(&name(key)) {
                moved.entry(key.page).or_insert(*page);
            }
        }
    }
    for end in [0, 1] {
        same_ends(end, &old, &new, &mut moved);
    }
    moved
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

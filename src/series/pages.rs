//! Which pages bear each other out: not one page at two addresses, nor two versions of one.

use std::collections::BTreeMap;

/// Whether there are at least two pages that have nothing to do with each other. Pages of one place, or of one hash, are
/// the same page, and so are all that are joined by such.
pub(super) fn are_several<'p>(pages: impl Iterator<Item = (String, &'p str)>) -> bool {
    let mut groups = Groups::default();
    let (mut places, mut hashes) = (BTreeMap::new(), BTreeMap::new());
    let mut apart = 0;
    for (place, hash) in pages {
        let page = groups.add();
        apart += 1;
        let same_place = *places.entry(place).or_insert(page);
        let same_hash = *hashes.entry(hash).or_insert(page);
        apart -= usize::from(groups.join(page, same_place)) + usize::from(groups.join(page, same_hash));
    }
    apart > 1
}

/// Sets of numbers that are joined; each number points to another of its set, and the last to itself.
#[derive(Default)]
struct Groups(Vec<usize>);

impl Groups {
    fn add(&mut self) -> usize {
        self.0.push(self.0.len());
        self.0.len() - 1
    }

    fn root(&mut self, mut number: usize) -> usize {
        while self.0[number] != number {
            self.0[number] = self.0[self.0[number]];
            number = self.0[number];
        }
        number
    }

    /// Whether they were apart.
    fn join(&mut self, one: usize, two: usize) -> bool {
        let (one, two) = (self.root(one), self.root(two));
        self.0[one] = two;
        one != two
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_versions_are_one_page() {
        let several = |pages: &[(&str, &'static str)]| {
            are_several(pages.iter().map(|(place, hash)| ((*place).to_owned(), *hash)))
        };
        assert!(!several(&[]) && !several(&[("a", "1")]));
        assert!(several(&[("a", "1"), ("b", "2")]));
        assert!(!several(&[("a", "1"), ("b", "1")]) && !several(&[("a", "1"), ("a", "2")]));
        // The second is a copy of the first, the third another version of the copy.
        assert!(!several(&[("a", "1"), ("b", "1"), ("b", "2")]));
        assert!(!several(&[("a", "1"), ("b", "2"), ("a", "2")]));
        assert!(several(&[("a", "1"), ("b", "1"), ("c", "2")]));
    }
}

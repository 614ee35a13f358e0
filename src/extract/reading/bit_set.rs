//! Sets of small numbers.

/// A set of small numbers, one bit each.
#[derive(Debug, Clone, Default)]
pub(super) struct BitSet(Vec<u64>);

impl BitSet {
    /// An empty one with room for the numbers below `end`.
    pub(super) fn below(end: usize) -> Self {
        Self(vec![0; end.div_ceil(64)])
    }

    /// Adds a number.
    #[inline]
    pub(super) fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    /// Removes all numbers.
    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Holds what `other` holds, in the place of what it held.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }

    /// Keeps only the numbers that `other`, a set of as much room, holds, too.
    pub(super) fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    /// Whether both have a number.
    pub(super) fn intersects(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    /// The numbers, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, &bits)| {
            let behind = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
            behind.take_while(|bits| *bits != 0).map(move |bits| 64 * word + bits.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_numbers() {
        let of = |numbers: &[usize]| {
            let mut set = BitSet::below(130);
            for &number in numbers {
                set.insert(number);
            }
            set
        };
        let numbers = |set: &BitSet| set.iter().collect::<Vec<_>>();
        let mut set = of(&[0, 63, 64, 129]);
        assert_eq!(numbers(&set), [0, 63, 64, 129]);
        assert!(set.intersects(&of(&[64])) && !set.intersects(&of(&[1, 65])));
        set.insert(5);
        set.intersect(&of(&[5, 6, 129]));
        assert_eq!(numbers(&set), [5, 129]);
        set.insert(200);
        assert_eq!(numbers(&set), [5, 129, 200]);
        set.clear();
        assert_eq!(numbers(&set), [0; 0]);
    }
}

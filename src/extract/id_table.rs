//! Integers to small numbers, for lookups at every word: open addressing with linear probing (Knuth, volume 3, 6.4),
//! at most half full.

/// What a table is looked up by; its default stands for an empty place and is never a key.
pub(super) trait Key: Copy + Eq + Default {
    /// The key in 64 bits, as different for different keys as they allow.
    fn folded(self) -> u64;
}

impl Key for u64 {
    fn folded(self) -> u64 {
        self
    }
}

impl Key for u128 {
    fn folded(self) -> u64 {
        self as u64 ^ ((self >> 64) as u64).rotate_left(29)
    }
}

/// Keys with numbers above 0.
#[derive(Debug, Clone)]
pub(super) struct IdTable<K> {
    /// A power of two of them.
    keys: Vec<K>,
    values: Vec<u32>,
    used: usize,
    /// How far to the right a hash moves to become a place.
    shift: u32,
}

/// Places of a table with its first entry.
const FEW: usize = 16;

impl<K> Default for IdTable<K> {
    fn default() -> Self {
        Self { keys: Vec::new(), values: Vec::new(), used: 0, shift: 63 }
    }
}

impl<K: Key> IdTable<K> {
    /// The number of `key`; 0 where it has none.
    #[inline]
    pub(super) fn get(&self, key: K) -> u32 {
        self.values.get(self.place(key)).copied().unwrap_or(0)
    }

    /// Gives `key` a number, if it has none yet.
    pub(super) fn insert(&mut self, key: K, value: u32) {
        if 2 * (self.used + 1) > self.keys.len() {
            self.grow();
        }
        let place = self.place(key);
        if self.keys[place] == K::default() {
            (self.keys[place], self.values[place]) = (key, value);
            self.used += 1;
        }
    }

    /// Where `key` stands, or the empty place where it would.
    #[inline]
    fn place(&self, key: K) -> usize {
        // Multiplicative (Fibonacci) hashing: the high bits of the product depend on all bits of the key.
        let mut at = (key.folded().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize;
        loop {
            at &= self.keys.len().wrapping_sub(1);
            match self.keys.get(at) {
                Some(found) if *found != key && *found != K::default() => at += 1,
                _ => return at,
            }
        }
    }

    fn grow(&mut self) {
        let size = (2 * self.keys.len()).max(FEW);
        let (keys, values) = (vec![K::default(); size], vec![0; size]);
        let larger = Self { keys, values, used: 0, shift: u64::BITS - size.ilog2() };
        let old = std::mem::replace(self, larger);
        for (key, value) in old.keys.into_iter().zip(old.values) {
            if key != K::default() {
                self.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_first_number_of_every_key() {
        let mut table = IdTable::<u64>::default();
        assert_eq!(table.get(7), 0);
        for key in 1..1000_u64 {
            table.insert(key << 40, key as u32);
            table.insert(key << 40, 1_000_000);
        }
        assert!((1..1000_u64).all(|key| table.get(key << 40) == key as u32));
        assert_eq!(table.get(1), 0);
    }
}

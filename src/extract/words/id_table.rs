//! Integers to small numbers, for lookups at every word: open addressing with linear probing (Knuth, volume 3, 6.4),
//! at most half full.

/// A place of a table; its default is an empty one. Key and number stand together, so that a lookup touches one line
/// of memory.
pub(crate) trait Slot: Copy + Default {
    /// What is looked up; the key of an empty place is never one.
    type Key: Copy + Eq;

    /// The place of a key with a number above 0.
    fn new(key: Self::Key, value: u32) -> Self;

    /// Its key.
    fn key(self) -> Self::Key;

    /// Its number; 0 where it is empty.
    fn value(self) -> u32;

    /// A key in 64 bits, as different for different keys as they allow.
    fn folded(key: Self::Key) -> u64;
}

impl Slot for (u64, u32) {
    type Key = u64;

    fn new(key: u64, value: u32) -> Self {
        (key, value)
    }

    fn key(self) -> u64 {
        self.0
    }

    fn value(self) -> u32 {
        self.1
    }

    fn folded(key: u64) -> u64 {
        key
    }
}

/// Keys with numbers above 0.
#[derive(Debug, Clone)]
pub(crate) struct IdTable<S> {
    /// A power of two of them.
    slots: Vec<S>,
    used: usize,
    /// How far to the right a hash moves to become a place.
    shift: u32,
}

/// Places of a table with its first entry.
const FEW: usize = 16;

impl<S> Default for IdTable<S> {
    fn default() -> Self {
        Self { slots: Vec::new(), used: 0, shift: 63 }
    }
}

impl<S: Slot> IdTable<S> {
    /// The number of `key`; 0 where it has none.
    #[inline]
    pub(crate) fn get(&self, key: S::Key) -> u32 {
        self.slots.get(self.place(key)).map_or(0, |slot| slot.value())
    }

    /// Gives `key` a number, if it has none yet.
    pub(crate) fn insert(&mut self, key: S::Key, value: u32) {
        if 2 * (self.used + 1) > self.slots.len() {
            self.grow();
        }
        let place = self.place(key);
        if self.slots[place].value() == 0 {
            self.slots[place] = S::new(key, value);
            self.used += 1;
        }
    }

    /// Where `key` stands, or the empty place where it would.
    #[inline]
    fn place(&self, key: S::Key) -> usize {
        // Multiplicative (Fibonacci) hashing: the high bits of the product depend on all bits of the key.
        let mut at = (S::folded(key).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize;
        loop {
            at &= self.slots.len().wrapping_sub(1);
            match self.slots.get(at) {
                Some(slot) if slot.key() != key && slot.value() != 0 => at += 1,
                _ => return at,
            }
        }
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(FEW);
        let larger = Self { slots: vec![S::default(); size], used: 0, shift: u64::BITS - size.ilog2() };
        let old = std::mem::replace(self, larger);
        for slot in old.slots.into_iter().filter(|slot| slot.value() != 0) {
            self.insert(slot.key(), slot.value());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_first_number_of_every_key() {
        let mut table = IdTable::<(u64, u32)>::default();
        assert_eq!(table.get(7), 0);
        for key in 1..1000_u64 {
            table.insert(key << 40, key as u32);
            table.insert(key << 40, 1_000_000);
        }
        assert!((1..1000_u64).all(|key| table.get(key << 40) == key as u32));
        assert_eq!(table.get(1), 0);
    }
}

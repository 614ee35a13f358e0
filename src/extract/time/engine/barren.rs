//! Beginnings of text at which no expression was found, so that common words are not tried again and again.
//!
//! A search that ended in nothing without a look beyond the first bytes of its place ends so wherever these bytes
//! stand. They are remembered four for each hash, the latest ones; what is forgotten is only searched again.

/// Bytes of a beginning, from short to long; below 16, so that the number of bytes has room in a key.
const WIDTHS: [usize; 3] = [7, 11, 15];
/// Beginnings with the same first bytes stand together, so that a look at them touches one line of memory.
const SHORTEST: usize = WIDTHS[0];
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 12;

/// Beginnings of one hash, the latest first.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Slot([u128; 4]);

/// What was found to be barren.
#[derive(Debug, Clone, Default)]
pub(super) struct Barren {
    /// Empty until there is something to remember.
    slots: Vec<Slot>,
}

impl Barren {
    /// Whether nothing begins at `at`, as far as is remembered.
    pub(super) fn holds(&self, text: &[u8], at: usize) -> bool {
        let Some(bytes) = beginning(text, at) else { return false };
        let Some(Slot(known)) = self.slots.get(slot(bytes)) else { return false };
        let [short, long, longest] = WIDTHS;
        let [short, long, longest] = [key(bytes, short), key(bytes, long), key(bytes, longest)];
        known.iter().any(|&known| known == short || known == long || known == longest)
    }

    /// Takes note that nothing begins at `at`, which the text up to `seen` tells.
    pub(super) fn note(&mut self, text: &[u8], at: usize, seen: usize) {
        let Some(bytes) = beginning(text, at) else { return };
        let Some(&width) = WIDTHS.iter().find(|&&width| seen <= at.saturating_add(width)) else { return };
        self.slots.resize(SLOTS, Slot::default());
        let Slot(known) = &mut self.slots[slot(bytes)];
        let [first, second, third, _] = *known;
        *known = [key(bytes, width), first, second, third];
    }
}

fn beginning(text: &[u8], at: usize) -> Option<u128> {
    text.get(at..)?.first_chunk::<16>().map(|bytes| u128::from_le_bytes(*bytes))
}

/// The first `width` bytes and their number.
#[inline]
fn key(bytes: u128, width: usize) -> u128 {
    bytes & ((1 << (8 * width)) - 1) | (width as u128) << 120
}

/// Where what begins with the same [`SHORTEST`] bytes stands.
fn slot(bytes: u128) -> usize {
    let first = (bytes as u64) << (64 - 8 * SHORTEST);
    (first.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_as_much_as_was_seen() {
        let mut barren = Barren::default();
        let text = b"trong khi do va khi khac";
        barren.note(text, 0, 9);
        assert!(barren.holds(text, 0) && barren.holds(b"trong khi dem ve khuya", 0));
        assert!(!barren.holds(b"trong khi nay la nhu the", 0) && !barren.holds(text, 1));
        barren.note(text, 1, usize::MAX);
        assert!(!barren.holds(text, 1));
    }
}

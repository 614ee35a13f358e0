//! Ascending numbers as the differences between them, each in as few bytes as it needs (LEB128): most take one or two, where the
//! numbers themselves would take four.

/// Appends ascending numbers to `into`.
pub(super) fn pack(numbers: &[u32], into: &mut Vec<u8>) {
    let mut before = 0;
    for &number in numbers {
        let mut rest = number - before;
        before = number;
        while rest >= 0x80 {
            into.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        into.push(rest as u8);
    }
}

/// The numbers that were packed.
pub(super) fn unpack(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let (mut number, mut rest, mut shift) = (0, 0, 0);
    bytes.iter().filter_map(move |&byte| {
        rest |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 != 0 {
            return None;
        }
        number += std::mem::take(&mut rest);
        shift = 0;
        Some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_take_a_byte_each() {
        let mut bytes = Vec::new();
        pack(&[127, 128, 300], &mut bytes);
        assert_eq!(bytes, [127, 1, 0xac, 1]);
    }

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::btree_set(any::<u32>(), 0..40)) {
            let numbers: Vec<u32> = numbers.into_iter().collect();
            let mut bytes = Vec::new();
            pack(&numbers, &mut bytes);
            prop_assert_eq!(unpack(&bytes).collect::<Vec<_>>(), numbers);
        }
    }
}

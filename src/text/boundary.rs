//! The characters' boundaries next to a byte: windows of so many bytes are cut there.

/// The last boundary at or before byte `offset`; the end of the text where that is beyond it.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The first boundary at or behind byte `offset`, which the text must have.
pub(crate) fn ceil_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_those_of_the_character_that_a_byte_is_in() {
        let text = "aếb";
        assert_eq!([0, 1, 2, 3, 4, 5, 9].map(|offset| floor_boundary(text, offset)), [0, 1, 1, 1, 4, 5, 5]);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|offset| ceil_boundary(text, offset)), [0, 1, 4, 4, 4, 5]);
    }
}

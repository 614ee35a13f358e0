//! Where citations stand in a page.

/// Line and column of the last citation, counted on from one to the next.
#[derive(Debug, Default)]
pub(super) struct Position {
    offset: usize,
    lines: usize,
    line_start: usize,
    characters: usize,
}

impl Position {
    /// Line and column of a byte of the raw page, both from 1; the column in characters, taking the page for UTF-8.
    pub(super) fn of(&mut self, raw: &[u8], offset: usize) -> (usize, usize) {
        if offset < self.offset {
            *self = Self::default();
        }
        let passed = &raw[self.offset..offset];
        if let Some(last) = memchr::memrchr(b'\n', passed) {
            self.lines += memchr::memchr_iter(b'\n', passed).count();
            self.line_start = self.offset + last + 1;
            self.characters = characters(&raw[self.line_start..offset]);
        } else {
            self.characters += characters(passed);
        }
        self.offset = offset;
        (self.lines + 1, self.characters + 1)
    }
}

/// How many characters begin in some UTF-8.
fn characters(utf8: &[u8]) -> usize {
    utf8.iter().filter(|byte| byte.cast_signed() >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let page = b"ab\n\ncd".as_slice();
        let mut position = Position::default();
        let found = [0, 1, 2, 3, 4, 5, 6].map(|offset| position.of(page, offset));
        assert_eq!(found, [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3)]);
        assert_eq!(Position::default().of(page, 5), (3, 2));
    }

    #[test]
    fn columns_are_characters() {
        let page = "Giá\nở mức 5 %".as_bytes();
        let mut position = Position::default();
        let number = page.iter().position(|byte| *byte == b'5').unwrap_or_default();
        assert_eq!(position.of(page, "Giá".len()), (1, 4));
        assert_eq!(position.of(page, number), (2, 7));
        assert_eq!(position.of(page, page.len()), (2, 10));
    }

    #[test]
    fn a_citation_before_the_last_one_is_counted_anew() {
        let page = "một\nhai ba\nbốn".as_bytes();
        let mut position = Position::default();
        assert_eq!(position.of(page, page.len()), (3, 4));
        let third = page.iter().position(|byte| *byte == b'b').unwrap_or_default();
        assert_eq!(position.of(page, third), (2, 5));
        assert_eq!(position.of(page, 0), (1, 1));
    }
}

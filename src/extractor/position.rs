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
        let passed = &raw[self.offset.min(raw.len())..offset.min(raw.len())];
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

//! Text from pages made harmless: it can steer no terminal and turn no text around it.

use std::borrow::Cow;

/// The text on one line, without characters that act instead of being seen: controls become their pictures
/// (U+2400 …), marks of direction U+FFFD.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if acts(c) { picture(c) } else { c }).collect())
}

/// Controls, line and paragraph separators, and the marks, embeddings, overrides and isolates of Unicode's
/// bidirectional algorithm (UAX #9, table 4).
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn picture(c: char) -> char {
    match u32::from(c) {
        0x7F => '\u{2421}',
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        _ => '\u{FFFD}',
    }
}

/// The name of a page for people: its file and, behind `#`, the record within it.
pub fn place(path: &str, record: Option<&str>) -> String {
    let record = record.map_or(String::new(), |record| format!("#{record}"));
    visible(&format!("{path}{record}")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_left() {
        assert_eq!(visible("Cả tỉnh có 12 trạm."), "Cả tỉnh có 12 trạm.");
        assert_eq!(visible("a\u{1b}[2Jb\nc\u{202E}d\u{9b}e"), "a␛[2Jb␊c\u{FFFD}d\u{FFFD}e");
    }
}

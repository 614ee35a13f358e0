//! What stands in quotation marks.

use std::ops::Range;

use super::token::{Token, TokenKind};

/// The tokens between two quotation marks, of which the first stands at token `open`, if that is one and there are at
/// least one and at most `longest` of them.
pub(crate) fn quoted(text: &str, tokens: &[Token], open: usize, longest: usize) -> Option<Range<usize>> {
    let close = match tokens.get(open)?.text(text) {
        "“" => "”",
        "‘" => "’",
        "«" => "»",
        "\"" => "\"",
        "'" => "'",
        _ => return None,
    };
    let first = open + 1;
    let behind = tokens.get(first..)?.iter().take(longest + 1);
    let length = behind.map(|token| token.text(text)).position(|mark| mark == close)?;
    (length > 0).then_some(first..first + length)
}

/// The mark at token `i`, or nothing where none stands there, or one that is the unit of the number before it and opens or closes
/// nothing (màn hình 6").
pub(crate) fn mark_at<'t>(text: &'t str, tokens: &[Token], i: usize) -> &'t str {
    let token = &tokens[i];
    let mark = token.text(text);
    let number = |before: usize| {
        let number = &tokens[before];
        number.kind == TokenKind::Number && number.end == token.start
    };
    let inch = mark == "\"" && i.checked_sub(1).is_some_and(number);
    if token.kind == TokenKind::Mark && !inch { mark } else { "" }
}

/// Whether a quotation goes on behind `tokens`, if one did `before` them.
pub(crate) fn quoting(text: &str, tokens: &[Token], before: bool) -> bool {
    (0..tokens.len()).fold(before, |quoting, i| match mark_at(text, tokens, i) {
        "“" => true,
        "”" => false,
        "\"" => !quoting,
        _ => quoting,
    })
}

#[cfg(test)]
mod tests {
    use super::{quoted, quoting};
    use crate::extract::words::vocabulary::Vocabulary;

    fn inside(text: &str) -> Option<String> {
        let mut tokens = Vec::new();
        Vocabulary::default().tokenize(text, &mut tokens);
        let found = quoted(text, &tokens, 0, 3)?;
        Some(text[tokens[found.start].start..tokens[found.end - 1].end].to_owned())
    }

    #[test]
    fn both_marks_are_needed_and_words_between_them() {
        assert_eq!(inside("“Hoa Sen” mở cửa").as_deref(), Some("Hoa Sen"));
        assert_eq!(inside("\"Hoa Sen\" mở cửa").as_deref(), Some("Hoa Sen"));
        assert_eq!(inside("“Hoa Sen\" mở cửa"), None);
        assert_eq!(inside("“Hoa Sen"), None);
        assert_eq!(inside("“” mở cửa"), None);
        assert_eq!(inside("Hoa Sen”"), None);
    }

    #[test]
    fn long_quotations_are_none() {
        assert_eq!(inside("“một hai ba” bốn").as_deref(), Some("một hai ba"));
        assert_eq!(inside("“một hai ba bốn”"), None);
    }

    #[test]
    fn a_quotation_goes_on_to_its_closing_mark() {
        let goes_on = |text: &str, before| {
            let mut tokens = Vec::new();
            Vocabulary::default().tokenize(text, &mut tokens);
            quoting(text, &tokens, before)
        };
        assert!(goes_on("Ông nói: “Giá tăng", false) && goes_on("Giá tăng.", true));
        assert!(!goes_on("\"Giá tăng\", ông nói", false) && !goes_on("giá tăng”, ông nói", true));
        // Inches open nothing.
        assert!(!goes_on("Màn hình 6\" giá rẻ", false));
    }
}

//! What stands in quotation marks.

use std::ops::Range;

use super::token::Token;

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

#[cfg(test)]
mod tests {
    use super::quoted;
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
}

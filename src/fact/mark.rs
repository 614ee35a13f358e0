//! Where the number of a fact stands in its sentence.

use std::ops::Range;

use super::Source;

impl Source<'_> {
    /// The byte range of the number in the sentence.
    pub(crate) fn number(&self) -> Range<usize> {
        quote(&self.sentence, &self.quote)
    }

    /// The sentence before the number, the number, and the sentence after it.
    pub(crate) fn parts(&self) -> [&str; 3] {
        parts(&self.sentence, &self.quote)
    }
}

/// The byte range of the quote in the sentence: the first occurrence that is no part of a longer number or word, else
/// the first; an empty range at the start where there is none.
fn quote(sentence: &str, quote: &str) -> Range<usize> {
    if quote.is_empty() {
        return 0..0;
    }
    let mut found = sentence.match_indices(quote).map(|(at, _)| at..at + quote.len());
    let first = found.clone().next().unwrap_or(0..0);
    found.find(|span| stands_alone(sentence, span)).unwrap_or(first)
}

/// The sentence before the quote, the quote, and the sentence after it.
pub(crate) fn parts<'s>(sentence: &'s str, quote: &str) -> [&'s str; 3] {
    let span = self::quote(sentence, quote);
    [&sentence[..span.start], &sentence[span.clone()], &sentence[span.end..]]
}

/// Whether what stands at `span` is neither inside a word nor part of a longer number such as `1.250` or `3/4`.
pub(crate) fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let joint = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | ',' | '/'));
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut before = text[..span.start].chars().rev();
    let mut after = text[span.end..].chars();
    let (last, next) = (before.next(), after.next());
    let joined_before = word(last) || (joint(last) && digit(before.next()));
    let ends_in_digit = digit(text[span.clone()].chars().next_back());
    let joined_after = ends_in_digit && (digit(next) || (joint(next) && digit(after.next())));
    !joined_before && !joined_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_inside_another_is_passed_over() {
        let sentence = "Từ 1.12 và 123 còn 12 trạm";
        assert_eq!(parts(sentence, "12"), ["Từ 1.12 và 123 còn ", "12", " trạm"]);
        assert_eq!(parts(sentence, "77"), ["", "", sentence]);
    }
}

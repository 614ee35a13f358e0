//! Which of several equal numbers of a page is meant: the n-th, from 1, that is no part of a longer one or of a word.

use std::ops::Range;

use crate::fact::mark;

/// Where the `at`-th occurrence of the number stands.
pub(in crate::review) fn locate(text: &str, number: &str, at: usize) -> Option<Range<usize>> {
    occurrences(text, number).nth(at.checked_sub(1)?)
}

/// Which occurrence of its words that is.
pub(in crate::review) fn number_of(text: &str, span: &Range<usize>) -> Option<usize> {
    occurrences(text, &text[span.clone()]).position(|found| found == *span).map(|before| before + 1)
}

fn occurrences(text: &str, number: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find(number).filter(|_| !number.is_empty())?;
            let span = start..start + number.len();
            if mark::stands_alone(text, &span) {
                from = span.end;
                return Some(span);
            }
            // The next one may begin within this one.
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_inside_longer_numbers_do_not_count() {
        let text = "12.5 và 12 rồi 12";
        assert_eq!(locate(text, "12", 1), Some(9..11));
        assert_eq!(locate(text, "12", 2), Some(18..20));
        assert_eq!(locate(text, "12", 3), None);
        assert_eq!((locate(text, "12", 0), locate(text, "", 1)), (None, None));
    }

    #[test]
    fn the_number_of_an_occurrence_leads_back_to_it() {
        for (text, number, count) in
            [("112 12 12", "12 12", 1), ("3 của 13 là 3, 3/4 không", "3", 2), ("12 12 12", "12", 3)]
        {
            let found: Vec<_> = (1..).map_while(|at| locate(text, number, at)).collect();
            assert_eq!(found.len(), count, "{text}");
            for (at, span) in (1..).zip(&found) {
                assert_eq!(number_of(text, span), Some(at), "{text}");
            }
        }
    }
}

//! Words of lists in a text, and at its ends.

use std::ops::Range;

/// Whether `text` ends with one of `words` and white space, in any of the usual letter cases. What is listed may be
/// a mark as well, which needs no space before it (`đồng/`).
pub(super) fn ends_with_any(text: &str, words: &[String]) -> bool {
    let text = text.trim_end();
    words.iter().any(|word| ends_with(text, word))
}

/// The same of words that are no names: with a capital only at the beginning of a clause, or where all is in capitals
/// (`Học sinh`, but not `Nguyễn Văn Học sinh`).
pub(super) fn ends_with_common(text: &str, words: &[String]) -> bool {
    let text = text.trim_end();
    let common = |word: &String| {
        let (before, tail) = text.split_at(text.len() - word.len());
        tail == word
            || !before.trim_end().ends_with(char::is_alphanumeric)
            || !tail.contains(char::is_lowercase)
    };
    words.iter().any(|word| ends_with(text, word) && common(word))
}

/// Whether `text` begins with one of `words`, whole.
pub(super) fn begins_with_any(text: &str, words: &[String]) -> bool {
    let behind = |word: &String| text.strip_prefix(word.as_str());
    words.iter().filter_map(behind).any(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether one of `words` stands whole in `text`.
pub(super) fn holds_any(text: &str, words: &[String]) -> bool {
    let holds = |word: &String| {
        text.match_indices(word.as_str()).any(|(at, word)| is_whole(text, at..at + word.len()))
    };
    words.iter().any(holds)
}

/// Whether no letter or digit goes on with what stands at `range`, on either side.
pub(super) fn is_whole(text: &str, range: Range<usize>) -> bool {
    !text[..range.start].ends_with(char::is_alphanumeric)
        && !text[range.end..].starts_with(char::is_alphanumeric)
}

/// Whether `text`, which has no white space behind it, ends with `word`.
fn ends_with(text: &str, word: &str) -> bool {
    if !ends_alike(text, word) {
        return false;
    }
    let Some(from) = text.len().checked_sub(word.len()) else { return false };
    let Some(tail) = text.get(from..) else { return false };
    let same = tail == word || tail.chars().flat_map(char::to_lowercase).eq(word.chars());
    let whole = !word.starts_with(char::is_alphanumeric) || !text[..from].ends_with(char::is_alphanumeric);
    same && whole
}

/// Whether the last letters may be the same; most words are told apart by them.
fn ends_alike(text: &str, word: &str) -> bool {
    match (text.as_bytes().last(), word.as_bytes().last()) {
        (Some(a), Some(b)) => !(a.is_ascii() || b.is_ascii()) || a.eq_ignore_ascii_case(b),
        _ => word.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_common_words() {
        let words = ["học", "nam"].map(str::to_owned);
        for text in ["các học", "Học", "Tuyển: Nam", "TRƯỜNG HỌC"] {
            assert!(ends_with_common(text, &words), "{text}");
        }
        for text in ["ông Nguyễn Văn Học", "anh Nam", "ham"] {
            assert!(!ends_with_common(text, &words), "{text}");
        }
    }

    #[test]
    fn whole_words_in_the_usual_letter_cases() {
        let words = ["mỗi", "thứ ba", "cả"].map(|word| [word.to_owned()]);
        let ends = |text: &str| words.each_ref().map(|word| ends_with_any(text, word));
        assert_eq!(ends("vào Mỗi "), [true, false, false]);
        assert_eq!(ends("THỨ BA"), [false, true, false]);
        assert_eq!(ends("giá cả"), [false, false, true]);
        assert_eq!(ends("nước chả"), [false; 3]);
        let slash = ["/".to_owned()];
        assert!(ends_with_any("đồng/", &slash) && !ends_with_any("đồng", &slash));
        assert_eq!(ends(""), [false; 3]);
    }

    #[test]
    fn parts_of_words_do_not_count() {
        let words = ["tính đến", "vụ"].map(str::to_owned);
        assert!(begins_with_any("tính đến nay", &words) && !begins_with_any("vụn, vụ", &words));
        assert!(
            holds_any("mùa, vụ.", &words) && holds_any("vụn vụ", &words) && !holds_any("vụn tính", &words)
        );
    }
}

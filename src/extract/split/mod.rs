//! A block of text as sentences.

mod length;

use std::ops::{Range, RangeInclusive};

use memchr::memmem;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use self::length::{LONGEST, SHORT, crowded, cut};
use super::words::token::is_alphanumeric;
use crate::rules::{RuleError, RuleSources};
use crate::text::floor_boundary;

/// Further marks and quotes behind the mark that ends a sentence, in bytes at most.
const CLOSING: usize = 64;
/// Group of thousands and unit behind a mark within a number, in bytes at most.
const GROUPED: usize = 24;
/// Longest first word of a sentence that begins right behind the mark of the one before, in bytes.
const GLUED: usize = 24;

/// What separates things that were joined.
const GAP: &[u8] = b"  ";
/// Longest words of a link, in bytes.
const LINK: usize = 48;

/// Compiled `rules/sentence.toml`.
#[derive(Debug, Default)]
pub struct Splitter {
    abbreviations: FxHashSet<String>,
    /// Words that no sentence ends with.
    unfinished: FxHashSet<String>,
    /// Words before and behind a number whose thousands have a space within.
    amount: FxHashSet<String>,
    counted: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceFile {
    #[serde(default)]
    abbreviation: Vec<List>,
    #[serde(default)]
    unfinished: Vec<List>,
    #[serde(default)]
    amount: Vec<List>,
    #[serde(default)]
    counted: Vec<List>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "comment")]
    _comment: String,
    words: Vec<String>,
}

impl Splitter {
    /// Compiles the lists of words.
    ///
    /// # Errors
    /// Where the file is broken.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        let files = sources.parse::<SentenceFile>("sentence.toml")?;
        let words = |list: fn(&SentenceFile) -> &Vec<List>| {
            files.iter().flat_map(|file| list(&file.value)).flat_map(|list| list.words.clone()).collect()
        };
        Ok(Self {
            abbreviations: words(|file| &file.abbreviation),
            unfinished: words(|file| &file.unfinished),
            amount: words(|file| &file.amount),
            counted: words(|file| &file.counted),
        })
    }

    /// The sentences of `text`, in order, without white space around them.
    pub fn split<'s, 't: 's>(&'s self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 's {
        let mut from = 0;
        std::iter::from_fn(move || {
            while from < text.len() {
                let end = self.end(text, from);
                let raw = &text[from..end];
                let start = from + (raw.len() - raw.trim_start().len());
                let trimmed = start..start + raw.trim().len();
                from = end;
                if !trimmed.is_empty() {
                    return Some(trimmed);
                }
            }
            None
        })
    }

    /// Where the sentence that begins at `from` ends.
    fn end(&self, text: &str, from: usize) -> usize {
        let end = self.mark(text, from);
        let end = self.gap(&text[from..end]).map_or(end, |length| from + length);
        if end - from <= SHORT {
            return end;
        }
        match crowded(&text.as_bytes()[from..end]) {
            Some(length) => cut(text, from, from + length),
            None => end,
        }
    }

    /// Where the mark stands that ends the sentence; where there is none for too long, the place to cut.
    fn mark(&self, text: &str, from: usize) -> usize {
        let bytes = text.as_bytes();
        let limit = text.len().min(from + LONGEST);
        let mut at = from;
        while let Some(offset) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..limit]) {
            let mark = at + offset;
            let end = mark + 1 + closing_len(&text[mark + 1..floor_boundary(text, mark + CLOSING)]);
            if end >= text.len() {
                return text.len();
            }
            if (starts_anew(&text[end..]) || is_glued(text, mark, end))
                && !(bytes[mark] == b'.'
                    && (self.is_abbreviated(&text[from..mark]) || self.is_thousand(text, from, mark)))
            {
                return end;
            }
            at = mark + 1;
        }
        if limit == text.len() {
            return limit;
        }
        cut(text, from, limit)
    }

    /// The length of what stands before a gap of several spaces in `text`, if something else begins behind it: so are captions
    /// and cells joined with what follows. Spaces at either side of a few words are only those of a link.
    fn gap(&self, text: &str) -> Option<usize> {
        memmem::find_iter(text.as_bytes(), GAP).find(|&at| {
            let (before, behind) = (&text[..at], text[at..].trim_start());
            let closes =
                before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ')' | ']'));
            let begins = behind.starts_with(char::is_uppercase)
                && !behind[..floor_boundary(behind, LINK)].contains("  ");
            let word = before.rsplit(' ').next().unwrap_or("");
            closes && begins && !self.unfinished.contains(word)
        })
    }

    /// Whether the mark at `mark` only groups the digits around it, with a space behind (`đạt 165. 434 tỷ`), as the words
    /// before and behind say.
    fn is_thousand(&self, text: &str, from: usize, mark: usize) -> bool {
        let mut before = text[from..mark].rsplit(' ');
        let (whole, word) = (before.next().unwrap_or(""), before.next().unwrap_or(""));
        let mut behind =
            text[mark + 1..floor_boundary(text, mark + GROUPED)].strip_prefix(' ').unwrap_or("").split(' ');
        let (group, unit) = (behind.next().unwrap_or(""), behind.next().unwrap_or(""));
        let digits = |text: &str, count: RangeInclusive<usize>| {
            count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let unit = unit.split(|c| !is_alphanumeric(c)).next().unwrap_or("");
        digits(whole, 1..=3)
            && digits(group, 3..=3)
            && self.amount.contains(word)
            && self.counted.contains(unit)
    }

    /// Whether the full stop behind `text` belongs to an abbreviation, an initial or a list number.
    fn is_abbreviated(&self, text: &str) -> bool {
        let word = text.rsplit(|c| !is_alphanumeric(c)).next().unwrap_or("");
        let one_letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let list_number = word.len() == text.trim_start().len() && word.bytes().all(|b| b.is_ascii_digit());
        one_letter || list_number || self.abbreviations.contains(word)
    }
}

/// Length of further marks and closing quotes that belong to the sentence.
fn closing_len(text: &str) -> usize {
    text.find(|c: char| !matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | ')' | ']' | '»'))
        .unwrap_or(text.len())
}

/// Whether white space and the beginning of a sentence come next.
fn starts_anew(text: &str) -> bool {
    let rest = text.trim_start();
    rest.len() < text.len()
        && rest.chars().next().is_none_or(|c| {
            c.is_uppercase()
                || c.is_ascii_digit()
                || matches!(c, '"' | '“' | '‘' | '(' | '[' | '-' | '•' | '«')
        })
}

/// Whether a sentence begins at `end` without white space behind the mark of the one before (`trong năm 2020.Sau đó …`): a
/// word with a capital behind a small letter or digit, and no address or name of a file (`Nga.Org`, `Win32.Generic`).
fn is_glued(text: &str, mark: usize, end: usize) -> bool {
    let last = text[..mark].rsplit(|c| !is_alphanumeric(c)).next().unwrap_or("");
    let closes = last.bytes().all(|b| b.is_ascii_digit())
        || last.ends_with(char::is_lowercase) && !last.contains(|c: char| c.is_ascii_digit());
    let word = &text[end..floor_boundary(text, end + GLUED)];
    let mut behind = word.chars().skip_while(|c| c.is_alphabetic());
    let opens = word.starts_with(char::is_uppercase)
        && behind.next().is_some_and(|c| c == ',' || c.is_whitespace())
        && word.chars().skip(1).take_while(|c| c.is_alphabetic()).all(char::is_lowercase);
    opens && !last.is_empty() && closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences<'t>(splitter: &Splitter, text: &'t str) -> Vec<&'t str> {
        splitter.split(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_at_marks_but_not_at_abbreviations() {
        let splitter =
            Splitter { abbreviations: ["TP".to_owned()].into_iter().collect(), ..Splitter::default() };
        let text = "1. Ở TP. Huế có 1.200 hộ. Ông N. Văn đi! \"Thế à?\" Vâng...";
        let sentences = sentences(&splitter, text);
        assert_eq!(sentences, ["1. Ở TP. Huế có 1.200 hộ.", "Ông N. Văn đi!", "\"Thế à?\"", "Vâng..."]);
    }

    #[test]
    fn sentences_end_at_marks_without_a_space_behind() {
        let splitter =
            Splitter { abbreviations: ["Tp".to_owned()].into_iter().collect(), ..Splitter::default() };
        let text = "Từ năm 2020.Sau đó, ở Tp.Huế có 15.258.Về giá, xem Win32.Generic và vnn.Vn.";
        let sentences = sentences(&splitter, text);
        let about = "Về giá, xem Win32.Generic và vnn.Vn.";
        assert_eq!(sentences, ["Từ năm 2020.", "Sau đó, ở Tp.Huế có 15.258.", about]);
    }

    #[test]
    fn a_mark_among_thousands_ends_no_sentence_where_the_words_around_are_those_of_an_amount() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let splitter =
            Splitter { amount: words(&["nộp"]), counted: words(&["đồng"]), ..Splitter::default() };
        let text = "Khách nộp 30. 000 đồng. Từ tháng 6. 300 đồng một vé. Họ nộp 30. 200 người xem.";
        let sentences = sentences(&splitter, text);
        let ends =
            ["Khách nộp 30. 000 đồng.", "Từ tháng 6.", "300 đồng một vé.", "Họ nộp 30.", "200 người xem."];
        assert_eq!(sentences, ends);
    }

    #[test]
    fn captions_end_at_a_gap_but_words_of_a_link_do_not() {
        let splitter =
            Splitter { unfinished: ["của".to_owned()].into_iter().collect(), ..Splitter::default() };
        let text = "Chợ mới (ảnh: Lan)  Sáng qua, chợ mới mở cửa đón nhiều khách của  Hội Nông dân xã Bình Yên. Máy bay của quân đội  Lào  hạ cánh.";
        let sentences = sentences(&splitter, text);
        let second = "Sáng qua, chợ mới mở cửa đón nhiều khách của  Hội Nông dân xã Bình Yên.";
        assert_eq!(sentences, ["Chợ mới (ảnh: Lan)", second, "Máy bay của quân đội  Lào  hạ cánh."]);
    }

    #[test]
    fn marks_without_end_do_not_make_a_sentence_without_end() {
        let splitter = Splitter::default();
        let text = format!("Có 5 con{}", "!".repeat(100_000));
        assert!(splitter.split(&text).all(|range| range.len() <= LONGEST + CLOSING));
        let dots = ".".repeat(300);
        let text = format!("Họ tên{dots} Nơi ở{dots} Tuổi");
        assert_eq!(splitter.split(&text).count(), 3);
    }
}

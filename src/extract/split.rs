//! A block of text as sentences.

use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::context::floor_boundary;
use crate::rules::{RuleError, RuleSources};

/// Longest sentence in bytes; longer runs of text are cut at a space, so that no record grows without bound.
const LONGEST: usize = 4096;

/// Compiled `rules/sentence.toml`.
#[derive(Debug, Default)]
pub struct Splitter {
    abbreviations: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceFile {
    #[serde(default)]
    abbreviation: Vec<Abbreviations>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "comment")]
    _comment: String,
    words: Vec<String>,
}

impl Splitter {
    /// Compiles the abbreviations.
    ///
    /// # Errors
    /// Where the file is broken.
    pub fn compile(sources: &RuleSources) -> Result<Self, RuleError> {
        let files = sources.parse::<SentenceFile>("sentence.toml")?;
        let entries = files.into_iter().flat_map(|f| f.value.abbreviation);
        Ok(Self { abbreviations: entries.flat_map(|a| a.words).collect() })
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
        let bytes = text.as_bytes();
        let limit = text.len().min(from + LONGEST);
        let mut at = from;
        while let Some(offset) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..limit]) {
            let mark = at + offset;
            let end = mark + 1 + closing_len(&text[mark + 1..]);
            if end >= text.len() {
                return text.len();
            }
            if starts_anew(&text[end..]) && !(bytes[mark] == b'.' && self.is_abbreviated(&text[from..mark])) {
                return end;
            }
            at = mark + 1;
        }
        if limit == text.len() {
            return limit;
        }
        let cut = floor_boundary(text, limit);
        text[from..cut].rfind(' ').map_or(cut, |space| from + space + 1)
    }

    /// Whether the full stop behind `text` belongs to an abbreviation, an initial or a list number.
    fn is_abbreviated(&self, text: &str) -> bool {
        let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_marks_but_not_at_abbreviations() {
        let splitter = Splitter { abbreviations: ["TP".to_owned()].into_iter().collect() };
        let text = "1. Ở TP. Huế có 1.200 hộ. Ông N. Văn đi! \"Thế à?\" Vâng...";
        let sentences: Vec<&str> = splitter.split(text).map(|r| &text[r]).collect();
        assert_eq!(sentences, ["1. Ở TP. Huế có 1.200 hộ.", "Ông N. Văn đi!", "\"Thế à?\"", "Vâng..."]);
    }

    #[test]
    fn endless_lines_are_cut() {
        let splitter = Splitter::default();
        let text = "chữ ".repeat(5000);
        assert!(splitter.split(&text).all(|r| r.len() <= LONGEST));
        assert_eq!(splitter.split(&text).map(|r| r.len() + 1).sum::<usize>(), text.len());
    }
}

//! Where numbers may stand: a fast pass that lets the rest of a page go unread.

use aho_corasick::packed;

use super::number::Evidence;
use super::token::number_end;

/// Finds digits and number words.
#[derive(Debug)]
pub(super) struct Candidates {
    words: Option<packed::Searcher>,
}

impl Candidates {
    /// Looks for digits and for these words, in lower case or with a capital.
    pub(super) fn new(words: &[String]) -> Self {
        let mut config = packed::Config::new().builder();
        for word in words {
            let mut chars = word.chars();
            config.add(word);
            if let Some(first) = chars.next() {
                config.add(first.to_uppercase().chain(chars).collect::<String>());
            }
        }
        Self { words: config.build() }
    }

    /// The offsets in `text` at which a number may begin, ascending, in the place of what `into` held; the numbers'
    /// separators are added to `evidence`.
    pub(super) fn find(&self, text: &str, into: &mut Vec<usize>, evidence: &mut Evidence) {
        into.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
            let start = at + offset;
            at = number_end(bytes, start);
            evidence.add(&text[start..at]);
            into.push(start);
        }
        let digits = into.len();
        if let Some(words) = &self.words {
            into.extend(words.find_iter(text).map(|m| m.start()));
        }
        if into.len() > digits {
            into.sort_unstable();
        }
    }
}

//! Where numbers may stand: a fast pass that lets the rest of a page go unread.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, BuildError, Input, MatchKind, StartKind};
use memchr::memmem::Finder;

use super::decimal::SeparatorCounts;
use crate::extract::words::token::number_end;
use crate::text::{capitalized, floor_boundary};

/// Words of so many bytes are told from others by their first bytes together; shorter ones are searched for alone.
const LONG: usize = 3;
/// Most bytes of a stem: up to 64 short ones are searched for 32 bytes at a time.
const STEM: usize = 6;

/// Finds digits and number words.
#[derive(Debug)]
pub(crate) struct Candidates {
    /// The first bytes of the long words: there are far fewer, and what looks like a word mostly is one.
    stems: AhoCorasick,
    /// The long words, as they begin where a stem does.
    long: AhoCorasick,
    short: Vec<Finder<'static>>,
}

impl Candidates {
    /// Looks for digits and for these words, in lower case or with a capital.
    ///
    /// # Errors
    /// Where they are too many.
    pub(crate) fn new(words: &[String]) -> Result<Self, BuildError> {
        let spellings = words.iter().flat_map(|word| [word.clone(), capitalized(word)]);
        let (long, short): (Vec<String>, Vec<String>) = spellings.partition(|word| word.len() >= LONG);
        let stems = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostFirst)
            .build(stems(&long))?;
        let long = AhoCorasick::builder().start_kind(StartKind::Anchored).build(&long)?;
        let short = short.iter().map(|word| Finder::new(word).into_owned()).collect();
        Ok(Self { stems, long, short })
    }

    /// The offsets in `text` at which a number may begin, ascending, in the place of what `into` held; the numbers'
    /// separators are added to `counts`.
    pub(crate) fn find(&self, text: &str, into: &mut Vec<usize>, counts: &mut SeparatorCounts) {
        into.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(start) = next_digit(bytes, at) {
            at = number_end(bytes, start);
            counts.add(&text[start..at]);
            into.push(start);
        }
        let digits = into.len();
        self.find_long(text, into);
        into.extend(self.short.iter().flat_map(|word| word.find_iter(bytes)));
        if into.len() > digits {
            into.sort_unstable();
        }
    }

    /// Adds the offsets of long words; one within another stands where that does, so that it may be missed or not.
    fn find_long(&self, text: &str, into: &mut Vec<usize>) {
        let mut at = 0;
        while let Some(stem) = self.stems.find(Input::new(text).range(at..)) {
            let word = Input::new(text).range(stem.start()..).anchored(Anchored::Yes);
            if self.long.is_match(word) {
                into.push(stem.start());
                at = stem.end();
            } else {
                at = stem.start() + 1;
            }
        }
    }
}

/// The first bytes of words, none of which begins as another does.
fn stems(words: &[String]) -> Vec<&str> {
    let mut stems: Vec<&str> = words.iter().map(|word| &word[..floor_boundary(word, STEM)]).collect();
    stems.sort_unstable();
    stems.dedup_by(|next, stem| next.starts_with(*stem));
    stems
}

/// The next digit at or after `from`, found in eight bytes at a time.
fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let (chunks, rest) = bytes[from..].as_chunks::<8>();
    for (i, chunk) in chunks.iter().enumerate() {
        // Digits become 0 to 9; what is more reaches the high bit when 118 is added, or has it already.
        let x = u64::from_le_bytes(*chunk) ^ (ONES * 0x30);
        let digits = !(((x & !HIGH) + ONES * 118) | x) & HIGH;
        if digits != 0 {
            return Some(from + 8 * i + digits.trailing_zeros() as usize / 8);
        }
    }
    let tail = bytes.len() - rest.len();
    rest.iter().position(u8::is_ascii_digit).map(|offset| tail + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_found_by_their_stems() {
        let words = ["nửa kg", "nửa tấn", "nghìn", "một nửa"].map(str::to_owned);
        let candidates = Candidates::new(&words).unwrap();
        let text = "một một nửa, nửa cân, Nửa tấn, nghì nghìn";
        let mut found = Vec::new();
        candidates.find(text, &mut found, &mut SeparatorCounts::default());
        assert_eq!(found, ["một nửa", "Nửa", "nghìn"].map(|word| text.find(word).unwrap()));
    }

    #[test]
    fn digits_are_found_among_any_bytes() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = [0xBA; 20];
                bytes[place] = byte;
                assert_eq!(next_digit(&bytes, 0), byte.is_ascii_digit().then_some(place));
                assert_eq!(next_digit(&bytes, place + 1), None);
            }
        }
    }
}
